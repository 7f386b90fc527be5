"""Named checks of an order before it is confirmed: each is fine, warns or stops, and says why."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from domain.content import Content


class Weight(StrEnum):
    """How a check ended."""

    OK = "ok"
    WARN = "warn"
    STOP = "stop"


@dataclass(frozen=True)
class Check:
    """The result of one named check; `facts` are what it saw."""

    rule: str
    weight: Weight
    facts: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Known:
    """What the checks know beside the content itself."""

    today: date
    promised_on: date | None
    earliest_on: date | None
    chance: float | None
    blocked_reason: str | None
    credit_limit: Decimal | None
    open_amount: Decimal
    new_customer: bool
    same_po: tuple[str, ...] = ()
    usual_amount: Decimal | None = None
    workday: bool = True


def checks(content: Content, known: Known) -> tuple[Check, ...]:
    """All checks of a content, those that stop first."""
    found = [
        _blocked(known),
        _credit(content, known),
        _dates(content, known),
        _criteria(content),
        _same_po(known),
        _amount(content, known),
        _customer(known),
        _delivery_day(known),
    ]
    order = [Weight.STOP, Weight.WARN, Weight.OK]
    return tuple(sorted(found, key=lambda each: order.index(each.weight)))


def stops(found: Sequence[Check]) -> bool:
    """True if one of the checks stands in the way."""
    return any(each.weight is Weight.STOP for each in found)


def _blocked(known: Known) -> Check:
    if known.blocked_reason:
        return Check("blocked_customer", Weight.STOP, {"reason": known.blocked_reason})
    return Check("blocked_customer", Weight.OK)


def _credit(content: Content, known: Known) -> Check:
    if known.credit_limit is None or content.amount is None:
        return Check("credit_limit", Weight.OK)
    total = known.open_amount + content.amount
    facts = {"open": str(total), "limit": str(known.credit_limit)}
    return Check("credit_limit", Weight.WARN if total > known.credit_limit else Weight.OK, facts)


def _dates(content: Content, known: Known) -> Check:
    wished = content.requested_on
    facts = {"requested_on": str(wished or ""), "earliest_on": str(known.earliest_on or "")}
    if known.chance is not None:
        facts["chance"] = f"{round(known.chance * 100)} %"
    if wished is not None and wished < known.today:
        return Check("requested_date", Weight.WARN, {**facts, "past": "yes"})
    late = bool(wished and known.promised_on and known.promised_on > wished)
    return Check("requested_date", Weight.WARN if late else Weight.OK, facts)


def _criteria(content: Content) -> Check:
    bare = [str(each.no) for each in content.lines if not each.criterion]
    facts = {"lines": ", ".join(bare)} if bare else {}
    return Check("acceptance_criterion", Weight.WARN if bare else Weight.OK, facts)


def _same_po(known: Known) -> Check:
    facts = {"orders": ", ".join(known.same_po)} if known.same_po else {}
    return Check("duplicate_po", Weight.WARN if known.same_po else Weight.OK, facts)


def _amount(content: Content, known: Known) -> Check:
    if content.amount is None:
        return Check("amount", Weight.WARN, {"missing": "yes"})
    if known.usual_amount:
        more = round((content.amount / known.usual_amount - 1) * 100)
        weight = Weight.WARN if abs(more) > 50 else Weight.OK
        return Check("amount", weight, {"against_last_orders": f"{more:+d} %"})
    return Check("amount", Weight.OK)


def _customer(known: Known) -> Check:
    return Check("new_customer", Weight.WARN if known.new_customer else Weight.OK)


def _delivery_day(known: Known) -> Check:
    return Check("delivery_day", Weight.OK if known.workday else Weight.WARN)
