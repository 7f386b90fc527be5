"""How an order stands: red, amber, green, what was found, when its work will be done."""

from collections.abc import Sequence
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
from models.activity import Activity
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


def health_of(session: Session, order: Order, calendar: Calendar, *, at: datetime) -> Health:
    """The order's light, findings and forecast at this instant."""
    rows = activities.of_order(session, order.id)
    spent, left = _costs(session, rows) if order.budget else (NOTHING, NOTHING)
    standing = Standing(
        promised_on=None if order.ended else order.promised_on,
        held=order.state == State.ON_HOLD,
        delivered=order.state in HANDED_OVER,
        work=_work(session, order, rows),
        gates=[
            Open(
                each.number, str(each.kind), str(each.party), each.due_at.astimezone(calendar.zone)
            )
            for each in gates.open_gates(session, order.id)
            if each.kind not in UNDECIDED and not gates.rests(order, each)
        ],
        budget=order.budget,
        cost=spent,
        cost_left=left,
    )
    return health(standing, calendar, at=at)


def _work(session: Session, order: Order, rows: Sequence[Activity]) -> list[Work]:
    planned = {}
    if any(each.milestone and each.state in OPEN for each in rows):
        planned = {e.number: e.finishes_at for e in activities.baseline(session, order.id)}
    return [_one(each, planned.get(each.number)) for each in rows]


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


def _costs(session: Session, rows: Sequence[Activity]) -> tuple[Decimal, Decimal]:
    """What the work has cost, and what the rest of it will cost."""
    rates = {each.person: each.hourly_rate for each in session.scalars(select(PersonRow))}
    spent, left = NOTHING, NOTHING
    for each in rows:
        rate = rates.get(each.person or "", NOTHING)
        spent += spent_hours(each) * rate
        left += left_hours(each) * rate if each.state in OPEN else NOTHING
    return spent, left
