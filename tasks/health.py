"""How an order stands: red, amber, green, what was found, when its work will be done."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from domain.deviation import Health, Open, Standing, health
from domain.forecast import OPEN, Work
from domain.names import GateKind, Language, Party, State
from domain.worktime import Calendar
from models import activity as activities
from models import gate as gates
from models.activity import Activity, Baseline
from models.gate import Gate
from models.order import Order
from models.person import PersonRow
from tasks.costs import spent_hours
from tasks.services import Services
from templates import portfolio
from templates.views import Light

UNDECIDED = (GateKind.WORK, GateKind.UNTIL)
"""Nobody is asked anything at these gates: what is late there are tasks and dates."""

NOTHING = Decimal(0)
HANDED_OVER = (State.DELIVERED, State.ACCEPTED, State.RETROSPECTIVE)


def light_of(session: Session, services: Services, order: Order) -> tuple[Light, str]:
    """The order's light and why, in both languages."""
    now = health_of(session, order, services.calendar(session), at=services.now())
    return now.light, why(now)


def why(now: Health) -> str:
    """The worst finding in both languages; empty for a green order."""
    if not now.found:
        return ""
    said = [portfolio.deviation(now.found[0], language) for language in (Language.ZH, Language.EN)]
    return " / ".join(said)[:400]


@dataclass(frozen=True)
class Grounds:
    """What the lights of some orders are judged by, read in a few questions for all of them."""

    work: Mapping[int, Sequence[Activity]]
    plans: Mapping[int, Sequence[Baseline]]
    gates: Mapping[int, Sequence[Gate]]
    """Open gates; the one at which the order stands comes first."""
    rates: Mapping[str, Decimal]
    """What an hour of each person costs; empty where no order has a budget."""


def grounds(session: Session, of: Sequence[Order]) -> Grounds:
    """The grounds of these orders."""
    ids = [each.id for each in of]
    work = activities.of_orders(session, ids)
    planned = [n for n in ids if any(e.milestone and e.state in OPEN for e in work[n])]
    rates: dict[str, Decimal] = {}
    if any(each.budget for each in of):
        rates = {each.person: each.hourly_rate for each in session.scalars(select(PersonRow))}
    return Grounds(
        work,
        activities.baselines(session, planned) if planned else {},
        gates.open_gates_of(session, ids),
        rates,
    )


def health_of(session: Session, order: Order, calendar: Calendar, *, at: datetime) -> Health:
    """The order's light, findings and forecast at this instant."""
    return judged(order, grounds(session, [order]), calendar, at=at)


def judged(order: Order, on: Grounds, calendar: Calendar, *, at: datetime) -> Health:
    """The light, findings and forecast of one of the orders whose grounds these are."""
    rows = on.work[order.id]
    planned = {each.number: each.finishes_at for each in on.plans.get(order.id, ())}
    spent, left = _costs(on.rates, rows) if order.budget else (NOTHING, NOTHING)
    standing = Standing(
        promised_on=None if order.ended else order.promised_on,
        held=order.state == State.ON_HOLD,
        delivered=order.state in HANDED_OVER,
        work=[_one(each, planned.get(each.number)) for each in rows],
        gates=[
            Open(
                each.number, str(each.kind), str(each.party), each.due_at.astimezone(calendar.zone)
            )
            for each in on.gates[order.id]
            if each.kind not in UNDECIDED and not gates.rests(order, each)
        ],
        budget=order.budget,
        cost=spent,
        cost_left=left,
    )
    return health(standing, calendar, at=at)


def _one(row: Activity, baseline_finish: datetime | None) -> Work:
    return Work(
        label=row.label,
        name_zh=row.name_zh,
        name_en=row.name_en,
        state=row.state,
        starts_at=row.starts_at,
        finishes_at=row.finishes_at,
        left_hours=float(left_hours(row)),
        after={
            str(each["after"]): int(each.get("lag") or 0)
            for each in row.links
            if each.get("kind", "FS").upper() == "FS"
        },
        person=row.person or "",
        party=Party(row.party),
        milestone=row.milestone,
        baseline_finish=baseline_finish,
        blocked=row.blocked,
        blocked_since=row.blocked_since,
    )


def left_hours(row: Activity) -> Decimal:
    """Working hours that remain of the activity: as reported, else as planned."""
    return row.work_hours if row.remaining_hours is None else row.remaining_hours


def _costs(rates: Mapping[str, Decimal], rows: Sequence[Activity]) -> tuple[Decimal, Decimal]:
    """What the work has cost, and what the rest of it will cost."""
    spent, left = NOTHING, NOTHING
    for each in rows:
        rate = rates.get(each.person or "", NOTHING)
        spent += spent_hours(each) * rate
        left += left_hours(each) * rate if each.state in OPEN else NOTHING
    return spent, left
