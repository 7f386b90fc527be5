"""One answer to one question of ours, as a value; None where a person must read it."""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from domain.mail.extract.cells import quantity_of
from domain.mail.extract.dates import Workday, days_in, workday_of_week
from domain.mail.extract.values import SURE
from domain.mail.plain import narrow

_NONE = re.compile(
    r"(?:没有?|无|没有?特殊要求|无特殊要求|none|no|n/?a|nothing special)[。.!]?", re.I
)
_OPEN = re.compile(r"(?:不限|不急|不着急|随时|open|no hurry|any time|no fixed date)[。.!]?", re.I)
LONGEST = 300


@dataclass(frozen=True)
class Given:
    """What was answered; the value may be None where that is the answer (no date is wanted)."""

    value: Any


def given(
    field: str, text: str, base: datetime, workday: Workday = workday_of_week
) -> Given | None:
    """The value of a field from the words of its answer; `base` is the mail's own date."""
    words = narrow(text).strip("。.;, \t\n")
    if not words or len(words) > LONGEST:
        return None
    match field:
        case "quantity":
            amount, _ = quantity_of(words)
            return Given(amount) if amount is not None and amount > 0 else None
        case "due_date":
            return _day(words, base, workday)
        case "special_requirements":
            return Given([] if _NONE.fullmatch(words) else [text.strip()])
        case "customer" | "contact":
            return Given(text.strip()) if len(words) <= 120 else None
        case _:
            return None


def _day(words: str, base: datetime, workday: Workday) -> Given | None:
    if _OPEN.fullmatch(words):
        return Given(None)
    days = days_in(words, base, workday)
    if len(days) != 1 or days[0].alternatives or days[0].confidence < SURE:
        return None
    return Given(days[0].value)
