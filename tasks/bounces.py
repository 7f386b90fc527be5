"""A mail of ours came back: the address is marked, the owner knows, nobody is answered."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from domain.mail.automatic import Automatic
from models import order as orders
from models import outbox
from models.customer import Contact
from tasks import alarms
from tasks.services import Services


def failed(session: Session, services: Services, machine: Automatic, *, at: datetime) -> None:
    """The contact's address is marked, and the order's owner is told, once per mail."""
    owed = outbox.of_message_id(session, machine.original_id) if machine.original_id else None
    addresses = {each.lower() for each in machine.failed} or {owed.recipient if owed else ""}
    for contact in session.scalars(select(Contact).where(Contact.mail.in_(addresses))):
        contact.bounced_at = at
    if owed is not None:
        if owed.order_id is not None:
            orders.locked(session, owed.order_id)  # before the counter of its mails
        owed.error = f"bounced: {machine.status or ''}".strip()[:300]
        alarms.mail_failed(session, services, owed, at=at)
