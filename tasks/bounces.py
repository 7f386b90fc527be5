"""A mail of ours came back: the address is marked, the owner knows, nobody is answered."""

from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from domain.mail.automatic import Automatic
from models import outbox
from models.customer import Contact
from models.outbox import Owed
from tasks import sending
from tasks.services import Services

BOUNCED = "bounced:"
RECENT = timedelta(days=7)
"""A report that names an address and no mail is about one that went there in this time."""


def failed(session: Session, services: Services, machine: Automatic, *, at: datetime) -> None:
    """The contact's address is marked, and the order's owner is told, once per mail.

    Anybody can write such a report: what is about no mail of ours changes nothing, and only the
    address to which ours went is marked, whatever others are named.
    """
    owed = _ours(session, machine, at)
    if owed is None:
        return
    if owed.error.startswith(BOUNCED):
        return  # told already
    owed.error = f"{BOUNCED} {machine.status or ''}".strip()[:300]
    sending.tell_failure(session, services, owed)  # it holds the order before any other row
    gone = select(Contact).where(func.lower(Contact.mail) == owed.recipient.lower())
    for contact in session.scalars(gone):
        contact.bounced_at = at


def _ours(session: Session, machine: Automatic, at: datetime) -> Owed | None:
    """The mail of ours that the report is about: by its Message-ID, else by where it went."""
    named = outbox.of_message_id(session, machine.original_id) if machine.original_id else None
    if named is not None or machine.original_id:
        return named
    return outbox.sent_to(session, [each.lower() for each in machine.failed], at - RECENT)
