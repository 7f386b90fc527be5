"""A stored mail is understood and sent where it belongs: an order, a gate, a person, nowhere."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import Any

from sqlalchemy.orm import Session

from domain.errors import Fenced
from domain.mail.as_json import as_json
from domain.mail.marked import marked
from domain.mail.meaning import Context, Understanding
from domain.mail.message import Mail
from domain.names import Purpose
from domain.worktime import is_workday
from models.installation import kept
from models.message import Message, held, unread
from models.person import PersonRow, person_with_mail
from tasks.services import Services
from tasks.thread import Thread, thread_of

log = logging.getLogger("orderflow.intake")

TRIES = 3
"""A mail that fails so often goes to a person with the reason."""


@dataclass(frozen=True)
class Read:
    """One stored mail with all that is known about it."""

    row_id: int
    mail: Mail
    found: Understanding
    sender: str
    order_id: int | None
    order_no: str | None
    how: str
    purpose: Purpose | None
    gate_id: int | None
    person: str | None
    trusted: bool


def waiting(services: Services, limit: int = 50) -> list[int]:
    """Ids of stored mails that nobody has understood yet, oldest first."""
    with services.reading() as session:
        return list(unread(session, limit))


@contextmanager
def alone(services: Services, row_id: int) -> Iterator[bool]:
    """Whether this mail is still to be read, and by nobody else as long as the block lasts."""
    with services.reading() as session:
        yield held(session, row_id)


def read_one(services: Services, row_id: int) -> Read:
    """The mail understood, with the order and the mail of ours to which it belongs."""
    with services.reading() as session:
        row = session.get_one(Message, row_id)
        raw = kept(session, row.raw_sha256)
        mail, first = services.reader.understand(raw, _context(session, services, row, None))
        reference = first.order_ref.value if first.order_ref else None
        thread = thread_of(session, services, mail, reference)
        found = first
        if thread:
            again = _context(session, services, row, thread)
            _, found = services.reader.understand(raw, again)
        person = person_with_mail(session, mail.sender.address)
        return _read(services, row, mail, found, thread, person)


def _read(
    services: Services,
    row: Message,
    mail: Mail,
    found: Understanding,
    thread: Thread | None,
    person: PersonRow | None,
) -> Read:
    answered = thread.answered if thread else None
    return Read(
        row_id=row.id,
        mail=mail,
        found=found,
        sender=mail.sender.address.lower(),
        order_id=thread.order.id if thread else None,
        order_no=thread.order.order_no if thread else None,
        how=thread.how if thread else "",
        purpose=thread.purpose if thread else None,
        gate_id=answered.gate_id if answered else None,
        person=person.person if person else None,
        trusted=_trusted(services, found),
    )


def _trusted(services: Services, found: Understanding) -> bool:
    """Only our own server's word counts; the local loop has no other way in than this machine."""
    mail = services.settings.mail
    if not mail.authserv_id:
        return mail.tls == "none" and not mail.imap
    return found.authenticated is True


def _context(session: Session, services: Services, row: Message, thread: Thread | None) -> Context:
    company = services.settings.company
    return Context(
        our_domains=frozenset({company.domain}),
        our_names=(company.name_zh, company.name_en),
        our_server=services.settings.mail.authserv_id,
        workday=partial(is_workday, services.calendar(session)),
        purpose=thread.purpose if thread else None,
        order_no=thread.order.order_no if thread else None,
        questions=tuple(str(each) for each in thread.order.questions) if thread else (),
        received_at=row.received_at,
    )


def settle(
    session: Session,
    mail: Read,
    state: str,
    *,
    reason: str = "",
    order_id: int | None = None,
) -> Message:
    """The mail's row says what has become of it and what was understood; Fenced if it did."""
    row = session.get_one(Message, mail.row_id, populate_existing=True, with_for_update=True)
    if row.state != "new":  # another service was faster, and what this one did is undone
        raise Fenced(f"mail {mail.row_id}", 0)
    row.state, row.reason = state, reason[:1000]
    row.order_id = order_id or mail.order_id
    row.kind, row.confidence = mail.found.kind, mail.found.kind_confidence
    reasons = list(mail.found.reasons)
    row.new_text = mail.found.new_text.replace("\0", "\ufffd")
    row.understanding = _plain(
        {**as_json(mail.found, str(row.id)), "words": marked(mail.found), "reasons": reasons}
    )
    return row


def _plain(value: Any) -> Any:
    """JSON without NUL, which PostgreSQL does not keep."""
    if isinstance(value, str):
        return value.replace("\0", "\ufffd")
    if isinstance(value, dict):
        return {key: _plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    return value
