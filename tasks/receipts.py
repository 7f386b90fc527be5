"""The receipt of a delivery: asked for once more where the customer has said nothing."""

from datetime import datetime

from sqlalchemy.orm import Session

from domain.names import OURSELVES, Channel, Fact
from domain.reminders import RECEIPT_HOURS
from models import delivery as deliveries
from models import event as events
from models.delivery import Delivery
from models.order import Order
from models.timer import Timer, set_timer
from tasks import telling_customer
from tasks.post import post
from tasks.services import Services


def expect(session: Session, services: Services, order: Order, at: datetime) -> None:
    """The customer's receipt of the newest delivery is looked for in two working days."""
    made = deliveries.last_delivery(session, order.id)
    if made is not None and order.contact_mail:
        set_timer(
            session,
            Timer(
                key=f"receipt:{order.order_no}:{made.round}",
                kind="receipt",
                order_id=order.id,
                due_at=services.due(session, RECEIPT_HOURS, at=at),
                payload={"round": made.round},
            ),
        )


def remind(
    session: Session, services: Services, order: Order, timer: Timer, as_of: datetime
) -> None:
    """Who has said neither that it arrived nor what they think of it is asked once more."""
    made = deliveries.last_delivery(session, order.id)
    if made is None or made.round != timer.payload["round"] or order.ended or known(session, made):
        return
    at = services.now()
    letter = telling_customer.receipt_reminder(session, services, order, made)
    post(session, services, order, letter, at=at)
    events.append(
        session,
        order.id,
        Fact.REMINDER_SENT,
        by=OURSELVES,
        channel=Channel.CLOCK,
        at=at,
        payload={"kind": "receipt", "round": made.round, "as_of": as_of.isoformat()},
    )


def known(session: Session, made: Delivery) -> bool:
    """True where the customer has confirmed the receipt, or judged what they have received."""
    verdict = deliveries.last_acceptance(session, made.order_id)
    judged = verdict is not None and verdict.round >= made.round and verdict.signed_at is not None
    return made.received_at is not None or judged
