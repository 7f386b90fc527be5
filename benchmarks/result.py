"""One measured figure."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Result:
    """A figure with its unit; `ratio_to` names what it is compared with, in the same run."""

    name: str
    value: float
    unit: str
    target: float | None = None
    higher_is_better: bool = True
    ratio_to: dict[str, float] | None = None
    detail: str = ""

    @property
    def met(self) -> bool | None:
        """Whether the target is met; None where there is none."""
        if self.target is None:
            return None
        return self.value >= self.target if self.higher_is_better else self.value <= self.target

    def as_json(self) -> dict[str, Any]:
        """The figure as plain values."""
        return {
            "name": self.name,
            "value": round(self.value, 3),
            "unit": self.unit,
            "target": self.target,
            "met": self.met,
            "ratio_to": self.ratio_to,
            "detail": self.detail,
        }

    def line(self) -> str:
        """The figure as a row of the table."""
        ratio = "".join(f" ({value:.1f} × {name})" for name, value in (self.ratio_to or {}).items())
        return f"{self.name:56} {self.value:9.2f} {self.unit}{ratio} {self.detail}".rstrip()
