"""What follows when something has happened to an order: gates, effects, mails, what is next."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from domain.names import ENDED, Event, GateKind, Stage
from models import gate as gates
from models import order as orders
from models import run as runs
from models.order import Moved, Order
from tasks import upkeep
from tasks.asking import open_gate
from tasks.consequences import CONSEQUENCES
from tasks.services import Services
from tasks.telling import tell


def happen(
    session: Session,
    services: Services,
    order: Order,
    event: Event,
    *,
    by: str,
    channel: str,
    at: datetime,
    payload: dict[str, Any] | None = None,
) -> Moved:
    """The event has moved the order, and everything that the process table says follows."""
    moved = orders.move(session, order, event, by=by, channel=channel, at=at, payload=payload)
    follow(session, services, order, moved, at=at)
    return moved


def follow(
    session: Session, services: Services, order: Order, moved: Moved, *, at: datetime
) -> None:
    """Gates are withdrawn and asked, values settled, mails owed, the run woken."""
    if order.state in ENDED:
        gates.withdraw(session, order.id, at=at)
    elif moved.to.enters is not None:
        gates.withdraw(session, order.id, at=at, keep=(GateKind.CANCEL, GateKind.HOLD))
    settle = CONSEQUENCES.get(moved.event)
    if settle is not None:
        settle(session, services, order, at)
        session.flush()
    if moved.to.asks is not None:
        open_gate(session, services, order, moved.to.asks, at=at)
    if moved.event is Event.CANCEL_REQUESTED:
        open_gate(session, services, order, GateKind.CANCEL, at=at)
    if moved.event is Event.TROUBLE_REPORTED:
        open_gate(session, services, order, GateKind.TROUBLE, at=at)
    for purpose in _told(order, moved):
        tell(session, services, order, purpose, moved.event, at=at)
    upkeep.next_action(session, services, order, at=at)
    runs.wake(session, order.id)
    session.flush()


def _told(order: Order, moved: Moved) -> tuple[Any, ...]:
    """Purposes told on the event; the row is of the stage in which it happened."""
    for step in order.process.steps:
        if moved.event in step.leads_to and moved.event in step.tells:
            return step.tells[moved.event]
    return order.process.anytime_tells.get(moved.event, ())


def stage_of(order: Order) -> Stage:
    """The stage in which the order is."""
    return Stage(order.stage)
