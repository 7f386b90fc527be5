"""One measured figure."""

from dataclasses import dataclass
from typing import Any


class NotHere(Exception):
    """A benchmark cannot run here; the text says what is missing."""


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
            "ratio_to": {k: round(v, 3) for k, v in self.ratio_to.items()}
            if self.ratio_to
            else None,
            "detail": self.detail,
        }

    def cells(self) -> tuple[str, str, str, str, str]:
        """The figure as a row of the table: name, value, target, ratio, detail."""
        target = "" if self.target is None else f"{self.target:g} {'✓' if self.met else '✗'}"
        ratio = "; ".join(f"{each:.2f} × {name}" for name, each in (self.ratio_to or {}).items())
        return self.name, f"{self.value:.2f} {self.unit}", target, ratio, self.detail
