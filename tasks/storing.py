"""Mails are kept first: raw bytes and a row under a key, then the inbox lets go of them."""

import hashlib
import logging
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from connectors.errors import Rejected, Unreachable
from connectors.inbox import Envelope, Inbox
from domain.errors import Unreadable
from domain.mail.message import Mail
from domain.mail.opened import Opened
from models import message as messages
from models.bell import Bell, ring
from models.installation import keep
from models.message import Attachment, Message
from tasks import fence, mailgate
from tasks.services import Services

log = logging.getLogger("orderflow.inbox")

TOGETHER = 200
"""Mails of a full mailbox that are kept in one transaction."""


@dataclass(frozen=True)
class Found:
    """A mail as it is kept: its bytes, and what they are or why nobody reads them."""

    raw: bytes
    opened: Opened | None
    reason: str = ""

    @property
    def key(self) -> str:
        """Equal for two copies of one mail."""
        return _key(self.opened.mail) if self.opened else hashlib.sha256(self.raw).hexdigest()

    @property
    def set_aside(self) -> str:
        """Why the mailbox keeps the mail apart; empty where it does not."""
        return self.opened.mail.ambiguity if self.opened else self.reason


def empty(services: Services, inboxes: Sequence[Inbox], limit: int = TOGETHER) -> list[int]:
    """Ids of the messages that were stored from these inboxes now."""
    stored: list[int] = []
    for inbox in inboxes:
        try:
            found = inbox.waiting(limit)
            if found and not fence.may_act(services):
                return stored
            stored += take(services, inbox, *found)
        except (Unreachable, Rejected) as away:
            log.warning("Mailbox %s cannot be read now: %s", inbox.name, away.reason)
    return stored


def take(services: Services, inbox: Inbox, *envelopes: Envelope) -> list[int]:
    """Ids of the messages that are new; the inbox has let go of all mails."""
    _keep_bytes(services, [each.raw for each in envelopes])
    found = [_opened(services, each.raw) for each in envelopes]
    try:
        stored = _store(services, inbox.name, found)
    except IntegrityError:  # another service has kept one in this instant, so now it is there
        stored = [row for each in found for row in _store(services, inbox.name, [each])]
    for envelope, one in zip(envelopes, found, strict=True):
        if one.set_aside:
            inbox.quarantine(envelope.key, one.set_aside)
        else:
            inbox.done(envelope.key)
    return stored


def store(services: Services, source: str, raw: bytes) -> int | None:
    """The id of the new message; None if this mail is here already."""
    stored = _store(services, source, [_opened(services, raw)])
    return stored[0] if stored else None


def _keep_bytes(services: Services, raws: Sequence[bytes]) -> None:
    """The bytes are on disk before anybody reads them, whatever the reading does."""
    if raws:
        with services.writing() as session:
            for raw in raws:
                keep(session, raw, at=services.now())


def _opened(services: Services, raw: bytes) -> Found:
    try:
        return Found(raw, services.reader.open(raw))
    except Unreadable as poison:
        return Found(raw, None, poison.reason)


def _store(services: Services, source: str, found: Sequence[Found]) -> list[int]:
    """Ids of the new rows; all of them are kept, or none."""
    with services.writing() as session:
        known = messages.with_keys(session, [each.key for each in found])
        fresh = {each.key: each for each in reversed(found) if each.key not in known}
        rows = [_row(session, services, source, each) for each in reversed(fresh.values())]
        if rows:
            ring(session, Bell.MAIL_IN)
        return [row.id for row in rows]


def _row(session: Session, services: Services, source: str, found: Found) -> Message:
    at = services.now()
    row = Message(
        dedupe_key=found.key,
        source=source,
        raw_sha256=keep(session, found.raw, at=at),
        received_at=at,
        state="new" if found.opened else "quarantined",
        reason=found.reason,
    )
    if found.opened:
        _describe(row, found.opened.mail)
    session.add(row)
    session.flush()
    if found.opened:
        _files(session, row, found.opened, services)
    else:
        mailgate.open_for(session, services, row, at=at)
    return row


def _key(mail: Mail) -> str:
    """Equal for two copies of one mail: Message-ID, sender and date, else its content."""
    if mail.message_id:
        parts = [mail.message_id, mail.sender.address.lower(), str(mail.sent_at or "")]
    else:
        files = [each.sha256 for each in mail.attachments]
        parts = [mail.sender.address.lower(), str(mail.sent_at or ""), mail.subject, mail.body]
        parts += files
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()


def _describe(row: Message, mail: Mail) -> None:
    row.message_id = (mail.message_id or "")[:400]
    row.in_reply_to = (mail.in_reply_to or "")[:400]
    row.references = [each[:400] for each in mail.references[-50:]]
    row.sender = mail.sender.address[:254].lower()
    row.sender_name = mail.sender.name[:200]
    row.recipient = (mail.delivered_to[0] if mail.delivered_to else "")[:254]
    row.subject = _clean(mail.subject)[:400]
    row.text = _clean(mail.body)
    row.sent_at = mail.sent_at


def _clean(text: str) -> str:
    """PostgreSQL keeps no NUL in a text."""
    return text.replace("\0", "\ufffd").encode("utf-8", "replace").decode("utf-8")


def _files(session: Session, row: Message, opened: Opened, services: Services) -> None:
    for file, words in zip(opened.mail.attachments, opened.words, strict=True):
        session.add(
            Attachment(
                message_id=row.id,
                name=_clean(file.name)[:300],
                mime=file.mime[:120],
                size=len(file.data),
                sha256=keep(session, file.data, at=services.now()),
                words=words,
            )
        )
