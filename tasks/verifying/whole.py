"""What must hold of the database as a whole, beside its orders."""

import hashlib
from collections.abc import Callable, Iterator, Mapping

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from domain.names import GateState
from models.event import EventRow
from models.gate import Gate
from models.installation import Blob, Counter
from models.message import Message
from models.order import Order
from models.outbox import Owed
from models.run import Run


def blobs(session: Session) -> Iterator[str]:
    """Bytes that are not what their hash says; read one by one, so that memory stays small."""
    for sha256 in session.scalars(select(Blob.sha256)).all():
        data = session.scalar(select(Blob.data).where(Blob.sha256 == sha256))
        if hashlib.sha256(data or b"").hexdigest() != sha256:
            yield f"{sha256} was changed"


def mails(session: Session) -> Iterator[str]:
    """Mails of ours that are not themselves alone, or sent at no time."""
    twice = select(Owed.message_id).group_by(Owed.message_id).having(func.count() > 1)
    for message_id in session.scalars(twice):
        yield f"{message_id} is two mails"
    lost = select(Owed.message_id).where(Owed.state == "sent", Owed.sent_at.is_(None))
    for message_id in session.scalars(lost):
        yield f"{message_id} is sent at no time"


def messages(session: Session) -> Iterator[str]:
    """Mails that are said to have opened an order, and did not."""
    opened = select(Message.id).where(Message.state == "order_created", Message.order_id.is_(None))
    for message in session.scalars(opened):
        yield f"message {message} opened no order"


def gates(session: Session) -> Iterator[str]:
    """Open gates without an order at which nobody stands."""
    driven = select(Run.gate_id).where(Run.gate_id.is_not(None), Run.ended_at.is_(None))
    for gate in session.scalars(
        select(Gate).where(
            Gate.order_id.is_(None), Gate.state == GateState.OPEN, Gate.id.not_in(driven)
        )
    ):
        yield f"{gate.number} has no run"


def strays(session: Session) -> Iterator[str]:
    """Events of orders that are not there."""
    known = select(Order.id)
    for order_id in session.scalars(
        select(EventRow.order_id).where(EventRow.order_id.not_in(known)).distinct()
    ):
        yield f"events of order {order_id}, which is gone"


def numbers(session: Session) -> Iterator[str]:
    """Order numbers that were given out and are not there: an order never disappears."""
    for counter in session.scalars(select(Counter).where(Counter.name.like("SO-%"))):
        wanted = {f"{counter.name}-{number:05d}" for number in range(1, counter.last + 1)}
        there = select(Order.order_no).where(Order.order_no.like(f"{counter.name}-%"))
        for order_no in sorted(wanted - set(session.scalars(there))):
            yield f"{order_no} is gone"


WHOLE: Mapping[str, Callable[[Session], Iterator[str]]] = {
    "mail_once": mails,
    "mail_became_order": messages,
    "gate_has_run": gates,
    "no_strays": strays,
    "no_order_gone": numbers,
    "blobs_match": blobs,
}
