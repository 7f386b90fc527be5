"""What keeps an order from being as planned, found from facts; and the light that follows."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from domain.forecast import Work, forecasts
from domain.worktime import Calendar, local_date, workdays_between

OVERRUN = Decimal("1.1")
"""A cost forecast above this share of the budget is a deviation."""

SLIP_DAYS = 2
"""A milestone that slips by so many working days is a deviation."""


class Light(StrEnum):
    """How an order stands; `none` where nobody has said anything in the period."""

    RED = "red"
    AMBER = "amber"
    GREEN = "green"
    NONE = "none"


class Kind(StrEnum):
    """What is not as it should be, worst first."""

    PROMISE_PASSED = "promise_passed"
    FORECAST_LATE = "forecast_late"
    COST_OVER = "cost_over"
    BLOCKED = "blocked"
    TASK_LATE = "task_late"
    MILESTONE_SLIPS = "milestone_slips"
    GATE_OVERDUE = "gate_overdue"


RED = frozenset({Kind.PROMISE_PASSED, Kind.FORECAST_LATE, Kind.COST_OVER})
REMINDED = frozenset({Kind.GATE_OVERDUE})
"""What reminders and escalations care for already: shown, and not told as a deviation."""


@dataclass(frozen=True)
class Deviation:
    """One finding: of which task or gate, with its facts as plain texts; `since` tells one
    occurrence from the next of the same kind."""

    kind: Kind
    subject: str = ""
    since: str = ""
    facts: Mapping[str, str] = field(default_factory=dict, hash=False)

    @property
    def key(self) -> str:
        """The name of this occurrence, once and for all."""
        return f"{self.kind}:{self.subject}:{self.since}"[:200]


@dataclass(frozen=True)
class Open:
    """An open gate: who has to answer, by when."""

    number: str
    kind: str
    party: str
    due_at: datetime


@dataclass(frozen=True)
class Standing:
    """What is known of one order; money in the company's currency."""

    promised_on: date | None
    held: bool = False
    delivered: bool = False
    work: Sequence[Work] = ()
    gates: Sequence[Open] = ()
    budget: Decimal | None = None
    cost: Decimal = Decimal(0)
    cost_left: Decimal = Decimal(0)


@dataclass(frozen=True)
class Health:
    """How an order stands: its light, what was found, when all work will be done."""

    light: Light
    found: tuple[Deviation, ...] = ()
    forecast_on: date | None = None


def health(order: Standing, calendar: Calendar, *, at: datetime) -> Health:
    """Red beats amber beats green; the findings come worst first."""
    ends = forecasts(order.work, calendar, at=at)
    finish = local_date(calendar, max(ends.values())) if ends else None
    found = [
        *_late(order, finish, local_date(calendar, at)),
        *_cost(order),
        *(() if order.held else _of_work(order.work, ends, calendar, at)),
        *_of_gates(order.gates, at),
    ]
    ranked = tuple(sorted(found, key=lambda one: list(Kind).index(one.kind)))
    return Health(light_of(ranked), ranked, finish)


def light_of(found: Sequence[Deviation]) -> Light:
    """The light of an order with these findings."""
    if any(one.kind in RED for one in found):
        return Light.RED
    return Light.AMBER if found else Light.GREEN


def _late(order: Standing, finish: date | None, today: date) -> Iterator[Deviation]:
    promised = order.promised_on
    if promised is None or order.delivered:
        return
    facts = {"promised": promised.isoformat()}
    if promised < today:
        yield Deviation(Kind.PROMISE_PASSED, since=promised.isoformat(), facts=facts)
    elif finish is not None and finish > promised:
        facts |= {"forecast": finish.isoformat()}
        yield Deviation(Kind.FORECAST_LATE, since=promised.isoformat(), facts=facts)


def _cost(order: Standing) -> Iterator[Deviation]:
    expected = order.cost + order.cost_left
    if order.budget and expected > order.budget * OVERRUN:
        facts = {"cost": f"{expected:.2f}", "budget": f"{order.budget:.2f}"}
        yield Deviation(Kind.COST_OVER, since=f"{order.budget:.2f}", facts=facts)


def _of_work(
    work: Sequence[Work], ends: Mapping[str, datetime], calendar: Calendar, at: datetime
) -> Iterator[Deviation]:
    for each in work:
        names = {"zh": each.name_zh, "en": each.name_en, "who": each.person or each.party}
        if each.running and each.blocked:
            since = each.blocked_since.isoformat() if each.blocked_since else ""
            more = {"why": each.blocked[:200], "day": since[:10]}
            yield Deviation(Kind.BLOCKED, each.label, since, names | more)
        if each.running and each.finishes_at is not None and each.finishes_at < at:
            day = local_date(calendar, each.finishes_at).isoformat()
            yield Deviation(Kind.TASK_LATE, each.label, day, names | {"day": day})
        elif each.milestone and each.baseline_finish and each.label in ends:
            planned = local_date(calendar, each.baseline_finish)
            days = workdays_between(calendar, planned, local_date(calendar, ends[each.label]))
            if days >= SLIP_DAYS:
                more = {"day": planned.isoformat(), "days": str(days)}
                yield Deviation(Kind.MILESTONE_SLIPS, each.label, planned.isoformat(), names | more)


def _of_gates(gates: Sequence[Open], at: datetime) -> Iterator[Deviation]:
    for gate in gates:
        if gate.due_at < at:
            facts = {"gate": gate.kind, "party": gate.party, "at": gate.due_at.isoformat()}
            yield Deviation(Kind.GATE_OVERDUE, gate.number, facts=facts)
