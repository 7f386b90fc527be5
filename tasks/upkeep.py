"""What is next for an order: nothing waits unseen."""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from domain.names import Stage
from models import gate as gates
from models.order import Order
from tasks.services import Services

SOON = timedelta(minutes=15)
"""An order that works by itself is looked at again after so long."""


def next_action(session: Session, services: Services, order: Order, *, at: datetime) -> None:
    """The order says who acts next and by when; an ended one has no next action."""
    if order.ended:
        order.next_action, order.next_action_at = "", None
        return
    gate = gates.standing(session, order)
    if gate is not None:
        order.next_action, order.next_action_at = gate.kind, gate.due_at
    else:
        order.next_action, order.next_action_at = Stage(order.stage), at + SOON
    session.flush()


def waiting_for(session: Session, order: Order) -> str | None:
    """The kind of gate at which the order stands, None while it works."""
    gate = gates.standing(session, order)
    return str(gate.kind) if gate is not None else None
