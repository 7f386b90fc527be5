"""A held order's clocks: they stand still, and go on where somebody else had stopped the order."""

from collections.abc import Callable, Iterator
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from domain.names import OURSELVES, Channel, Event, Fact, GateKind, Party
from domain.reminders import after_hold
from models import delivery as deliveries
from models import event as events
from models import gate as gates
from models.event import EventRow
from models.order import Order
from models.timer import Timer
from tasks.services import Services

Later = Callable[[datetime], datetime]
"""The deadline that an earlier one has become."""


RUN_ON = (*gates.FIRST_KINDS, GateKind.UNTIL)
"""Deadlines that a hold does not move: of what can be answered meanwhile, and days on which
something begins, which stay days however long the order is held."""


def held(session: Session, services: Services, order: Order, at: datetime) -> None:
    """The order says why it is held, and for whom."""
    row = _last_hold(session, order)
    if row is not None:
        order.hold_reason = str(row.payload.get("reason") or "")
        order.hold_party = str(row.payload.get("party") or Party.US)


def resumed(session: Session, services: Services, order: Order, at: datetime) -> None:
    """What stood still through no fault of ours has as much time left as when it stopped."""
    row = _last_hold(session, order)
    if row is not None and order.hold_party != Party.US:
        _go_on(session, order, _later(session, services, row.at, at), since=row.at, at=at)
    order.hold_reason = order.hold_party = None


def _last_hold(session: Session, order: Order) -> EventRow | None:
    found = [e for e in events.history(session, order.id) if e.kind == Event.ORDER_HELD]
    return found[-1] if found else None


def _later(session: Session, services: Services, since: datetime, at: datetime) -> Later:
    calendar = None if services.settings.policy.quick else services.calendar(session)
    return lambda due_at: after_hold(calendar, due_at, since, at)


def _go_on(session: Session, order: Order, later: Later, *, since: datetime, at: datetime) -> None:
    stood = [each for each in gates.open_gates(session, order.id) if each.kind not in RUN_ON]
    moved = {each.number: each.due_at for each in stood}
    for gate in stood:
        gate.due_at = later(gate.due_at)
        if gate.kind == GateKind.CUSTOMER_ACCEPTANCE:
            _longer(session, order, gate.due_at)
    for timer in _timers(session, order, {each.id for each in stood}):
        timer.due_at = later(timer.due_at)
    events.append(
        session,
        order.id,
        Fact.NOTE_WRITTEN,
        by=OURSELVES,
        channel=Channel.SYSTEM,
        at=at,
        payload={
            "held_since": since.isoformat(),
            "party": order.hold_party,
            "due": {e.number: [moved[e.number].isoformat(), e.due_at.isoformat()] for e in stood},
        },
    )


def _timers(session: Session, order: Order, stood: set[int]) -> Iterator[Timer]:
    rows = session.scalars(select(Timer).where(Timer.order_id == order.id, Timer.done_at.is_(None)))
    return (each for each in rows if each.gate_id is None or each.gate_id in stood)


def _longer(session: Session, order: Order, until: datetime) -> None:
    asked = deliveries.last_acceptance(session, order.id)
    if asked is not None:
        asked.until = until
