"""To which order a mail belongs, and which mail of ours it answers."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from domain.mail.message import Mail
from domain.mail.tokens import read_token
from domain.names import Purpose
from models import message as messages
from models import outbox
from models.customer import PUBLIC_DOMAINS
from models.order import Order
from models.outbox import Owed
from tasks.services import Services


@dataclass(frozen=True)
class Thread:
    """The order, why we think so, and the mail of ours that is answered, if any."""

    order: Order
    how: str
    purpose: Purpose | None = None
    answered: Owed | None = None


def thread_of(
    session: Session, services: Services, mail: Mail, order_ref: str | None
) -> Thread | None:
    """Token address, then our Message-ID, then any known one, then number and same sender."""
    answered = _answered(session, mail)
    for address in (*mail.delivered_to, *(each.address for each in mail.to)):
        token = read_token(services.signing_key, address)
        order = session.get(Order, token[0]) if token is not None and token[0] else None
        if order is not None and token is not None:
            fits = answered if answered and answered.order_id == order.id else None
            return Thread(order, "token", token[1], fits)
    if answered is not None and answered.order_id is not None:
        order = session.get_one(Order, answered.order_id)
        return Thread(order, "message_id", Purpose(answered.purpose), answered)
    known = messages.known(session, _ids(mail))
    if known is not None and known.order_id is not None:
        return Thread(session.get_one(Order, known.order_id), "known_message")
    return _by_number(session, mail, order_ref)


def _ids(mail: Mail) -> list[str]:
    first = [mail.in_reply_to] if mail.in_reply_to else []
    return [*first, *reversed(mail.references)]


def _answered(session: Session, mail: Mail) -> Owed | None:
    for each in _ids(mail):
        row = outbox.of_message_id(session, each)
        if row is not None:
            return row
    return None


def _by_number(session: Session, mail: Mail, order_ref: str | None) -> Thread | None:
    """The number alone says nothing: the sender must be of the same customer."""
    if not order_ref:
        return None
    order = session.scalar(select(Order).where(Order.order_no == order_ref.strip().upper()))
    if order is None:
        return None
    return Thread(order, "number") if speaks_for(order, mail.sender.address) else None


def speaks_for(order: Order, sender: str) -> bool:
    """True if the address is a contact of the order's customer, or of the customer's own domain."""
    address = sender.lower()
    own = {order.contact_mail.lower()} - {""}
    if order.customer is not None:
        own |= {each.mail for each in order.customer.contacts if each.active}
    domains = {each.rpartition("@")[2] for each in own} - PUBLIC_DOMAINS
    return address in own or address.rpartition("@")[2] in domains
