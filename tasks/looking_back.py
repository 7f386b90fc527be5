"""An order's history as the retrospective's rules need it."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from domain.names import Event, Fact, OrderType, Party, Stage, State
from domain.retrospective import Done, Facts, Happened, History, Moved, Waited, look_back
from models import activity as activities
from models import event as events
from models.activity import Activity
from models.event import EventRow
from models.gate import Gate
from models.order import Order
from tasks.costs import cost_to_date, spent_hours
from tasks.planning import blueprint
from tasks.services import Services

MOVES = frozenset(str(each) for each in Event)


def facts_of(session: Session, services: Services, order: Order) -> Facts:
    """Planned against actual, waiting by party, moved dates, estimate errors of this order."""
    past = events.history(session, order.id)
    history = History(
        happened=_happened(past),
        activities=_done(session, order),
        gates=_waited(session, order),
        moves=_moves(past),
        earlier=_earlier(session, order),
    )
    order_type = OrderType(order.order_type or OrderType.MANUFACTURE_TO_ORDER)
    return look_back(history, services.calendar(session), blueprint(session, order_type))


def as_json(session: Session, order: Order, facts: Facts) -> dict[str, Any]:
    """The facts as they are stored and shown; hours are working hours."""
    total = sum(facts.minutes_by_party.values()) or 1
    return {
        "shares": [
            {
                "party": str(party),
                "hours": str((Decimal(minutes) / 60).quantize(Decimal("0.1"))),
                "percent": round(100 * minutes / total),
            }
            for party, minutes in facts.minutes_by_party.items()
        ],
        "estimates": [
            {
                "task": each.no,
                "name_zh": each.name_zh,
                "name_en": each.name_en,
                "planned_hours": str(each.planned_hours),
                "actual_hours": str(each.actual_hours),
                "days": each.days,
            }
            for each in facts.variances
        ],
        "moves": [
            {"before": str(m.before), "after": str(m.after), "cause": m.cause, "party": m.party}
            for m in facts.moves
        ],
        "lead_times": [vars(each) for each in facts.lead_times],
        "cost": str(cost_to_date(session, order.id)),
        "budget": str(order.budget or ""),
    }


def _happened(past: Sequence[EventRow]) -> list[Happened]:
    found = []
    for row in past:
        if row.kind in MOVES:
            party = row.payload.get("party")
            found.append(
                Happened(
                    Event(row.kind),
                    State(row.payload.get("to", State.RECEIVED)),
                    row.at,
                    Party(party) if party else None,
                )
            )
    return found


def _done(session: Session, order: Order) -> list[Done]:
    baseline = {each.number: each for each in activities.baseline(session, order.id)}
    found = []
    for each in activities.of_order(session, order.id):
        if each.state != "done" or each.key == "rework":
            continue
        planned = baseline.get(each.number)
        found.append(
            _one(
                each,
                planned.starts_at if planned else each.starts_at,
                planned.finishes_at if planned else each.finishes_at,
            )
        )
    return found


def _one(row: Activity, start: Any, finish: Any) -> Done:
    return Done(
        no=row.label,
        key=row.key,
        name_zh=row.name_zh,
        name_en=row.name_en,
        planned_hours=float(row.work_hours),
        actual_hours=float(spent_hours(row)),
        planned_start=start,
        planned_finish=finish,
        actual_start=row.started_at,
        actual_finish=row.finished_at,
        party=Party(row.party),
    )


def _waited(session: Session, order: Order) -> list[Waited]:
    rows = session.scalars(select(Gate).where(Gate.order_id == order.id).order_by(Gate.id))
    return [
        Waited(
            kind=str(each.kind),
            asked_at=each.asked_at,
            answered_at=each.answered_at,
            party=Party(each.party),
            decides=not order.process.gate(each.kind, Stage(each.stage)).only_waits,
        )
        for each in rows
    ]


def _moves(past: Sequence[EventRow]) -> list[Moved]:
    found = []
    for row in past:
        before, after = row.payload.get("before"), row.payload.get("after")
        if row.kind == Fact.PROMISE_MOVED and before not in (None, "None") and after:
            cause = str(row.payload.get("cause", ""))
            found.append(
                Moved(row.at, date.fromisoformat(before), date.fromisoformat(after), cause)
            )
    return found


def _earlier(session: Session, order: Order) -> list[tuple[str, float, float]]:
    """The same steps in earlier closed orders of this type."""
    rows = session.scalars(
        select(Activity)
        .join(Order, Order.id == Activity.order_id)
        .where(Order.order_type == order.order_type, Order.id != order.id)
        .where(Order.state == State.CLOSED, Activity.state == "done")
        .order_by(Activity.id.desc())
        .limit(500)
    )
    return [(e.key, float(e.work_hours), float(spent_hours(e))) for e in rows]
