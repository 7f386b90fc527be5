"""What a rule found: the value, where it stood, which rule, how sure, and what else it may be."""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Generic, TypeVar

SURE = 0.8
"""From this confidence on, a value is used without asking."""

Value = TypeVar("Value")


@dataclass(frozen=True)
class Field(Generic[Value]):
    """A value and its origin: `text:120-133`, `subject`, `header:from`, `attachment:a.xlsx:B3`."""

    value: Value
    source: str
    rule: str
    confidence: float
    alternatives: tuple[Value, ...] = ()

    def doubted(self, confidence: float) -> "Field[Value]":
        """The same value, at most so sure."""
        return replace(self, confidence=min(self.confidence, confidence))


@dataclass(frozen=True)
class Line:
    """One thing that is ordered. What the mail does not say is None, never guessed."""

    item: str | None
    model: str | None
    quantity: Decimal | None
    unit: str | None = None
    unit_price: Decimal | None = None
    currency: str | None = None
    due_date: date | None = None
    group: str | None = None
    remark: str | None = None
    source: str = ""
    confidence: float = 0.0
