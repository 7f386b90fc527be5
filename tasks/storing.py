"""Mails are kept first: raw bytes and a row under a key, then the inbox lets go of them."""

import hashlib
import logging

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from connectors.errors import Rejected, Unreachable
from connectors.inbox import Envelope, Inbox
from domain.mail.decode import read
from domain.mail.limits import limits
from domain.mail.message import Mail
from models import message as messages
from models.installation import keep
from models.message import Attachment, Message
from tasks import fence
from tasks.services import Services

log = logging.getLogger("orderflow.inbox")


def empty(services: Services, inboxes: list[Inbox], limit: int = 50) -> list[int]:
    """Ids of the messages that were stored from these inboxes now."""
    stored: list[int] = []
    for inbox in inboxes:
        try:
            found = inbox.waiting(limit)
            if found and not fence.may_act(services):
                return stored
            for envelope in found:
                stored += take(services, inbox, envelope)
        except (Unreachable, Rejected) as away:
            log.warning("Mailbox %s cannot be read now: %s", inbox.name, away.reason)
    return stored


def take(services: Services, inbox: Inbox, envelope: Envelope) -> list[int]:
    """The id of the message, if it is new; the inbox has let go of the mail."""
    try:
        found = store(services, inbox.name, envelope.raw)
    except IntegrityError:  # another service has kept it in this instant, so now it is there
        found = store(services, inbox.name, envelope.raw)
    inbox.done(envelope.key)
    return [found] if found is not None else []


def store(services: Services, source: str, raw: bytes) -> int | None:
    """The id of the new message; None if this mail is here already."""
    reason = limits(raw)
    mail = read(raw) if reason is None else None
    key = _key(mail) if mail is not None else hashlib.sha256(raw).hexdigest()
    at = services.now()
    with services.writing() as session:
        if messages.with_key(session, key) is not None:
            return None
        row = Message(
            dedupe_key=key,
            source=source,
            raw_sha256=keep(session, raw, at=at),
            received_at=at,
            state="new" if reason is None else "quarantined",
            reason=reason or "",
        )
        if mail is not None:
            _describe(row, mail)
        session.add(row)
        session.flush()
        if mail is not None:
            _files(session, row, mail, services)
        return row.id


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


def _files(session: Session, row: Message, mail: Mail, services: Services) -> None:
    for each in mail.attachments:
        session.add(
            Attachment(
                message_id=row.id,
                name=_clean(each.name)[:300],
                mime=each.mime[:120],
                size=len(each.data),
                sha256=keep(session, each.data, at=services.now()),
            )
        )
