"""Mails that came in: stored first, understood afterwards, never lost."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from domain.mail.subjects import bare_subject
from domain.names import ENDED
from models.base import Base
from models.order import Order

MAILS_EACH = 20
"""So many mails about each order are looked at for their subjects."""

_READING = 7  # the first half of the key of every lock on the reading of a mail


class Message(Base):
    """One mail, note or form that reached us. Its raw bytes are in `blob`."""

    __tablename__ = "message"
    __table_args__ = (Index("ix_message_state", "state", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    dedupe_key: Mapped[str] = mapped_column(String(64), unique=True)
    source: Mapped[str] = mapped_column(String(120))
    raw_sha256: Mapped[str] = mapped_column(ForeignKey("blob.sha256"))
    received_at: Mapped[datetime]
    message_id: Mapped[str] = mapped_column(String(400), default="", index=True)
    in_reply_to: Mapped[str] = mapped_column(String(400), default="")
    references: Mapped[list[str]] = mapped_column(default=list)
    sender: Mapped[str] = mapped_column(String(254), default="", index=True)
    sender_name: Mapped[str] = mapped_column(String(200), default="")
    recipient: Mapped[str] = mapped_column(String(254), default="")
    subject: Mapped[str] = mapped_column(String(400), default="")
    text: Mapped[str] = mapped_column(Text, default="")
    new_text: Mapped[str] = mapped_column(Text, default="")
    sent_at: Mapped[datetime | None]
    state: Mapped[str] = mapped_column(String(20), default="new")
    """new, linked, order_created, needs_person, ignored, quarantined."""
    reason: Mapped[str] = mapped_column(Text, default="")
    kind: Mapped[str] = mapped_column(String(32), default="")
    confidence: Mapped[float] = mapped_column(default=0.0)
    understanding: Mapped[dict[str, Any]] = mapped_column(default=dict)
    order_id: Mapped[int | None] = mapped_column(ForeignKey("order.id"), index=True)
    tries: Mapped[int] = mapped_column(default=0)


class Attachment(Base):
    """A file that came with a message or was made for an order."""

    __tablename__ = "attachment"

    id: Mapped[int] = mapped_column(primary_key=True)
    message_id: Mapped[int] = mapped_column(ForeignKey("message.id"), index=True)
    name: Mapped[str] = mapped_column(String(300))
    mime: Mapped[str] = mapped_column(String(120))
    size: Mapped[int]
    sha256: Mapped[str] = mapped_column(ForeignKey("blob.sha256"))
    words: Mapped[str] = mapped_column(Text, default="", deferred=True)
    """The text found in the file, for whoever searches."""


def with_key(session: Session, dedupe_key: str) -> Message | None:
    """The mail that was stored under this key already."""
    return session.scalar(select(Message).where(Message.dedupe_key == dedupe_key))


def with_keys(session: Session, dedupe_keys: Sequence[str]) -> frozenset[str]:
    """Those of the keys under which a mail is stored already."""
    found = select(Message.dedupe_key).where(Message.dedupe_key.in_(dedupe_keys))
    return frozenset(session.scalars(found))


def unread(session: Session, limit: int) -> Sequence[int]:
    """Ids of stored mails that nobody has tried to understand, oldest first."""
    return session.scalars(
        select(Message.id).where(Message.state == "new").order_by(Message.id).limit(limit)
    ).all()


def understood_since(session: Session, since: datetime | None) -> Sequence[int]:
    """Ids of mails that were dealt with and came in since then, oldest first."""
    wanted = select(Message.id).where(Message.state != "new").order_by(Message.id)
    if since is not None:
        wanted = wanted.where(Message.received_at >= since)
    return session.scalars(wanted).all()


def with_people(session: Session, since: datetime, limit: int) -> Sequence[Message]:
    """Mails that came in since then and wait for a person, newest first."""
    return session.scalars(
        select(Message)
        .where(Message.state == "needs_person", Message.received_at >= since)
        .order_by(Message.id.desc())
        .limit(limit)
    ).all()


def held(session: Session, message_id: int) -> bool:
    """Whether the mail is unread and this transaction has it to itself until its end.

    A lock of PostgreSQL beside the row, which other transactions may write meanwhile. SQLite has
    no such lock, and one service.
    """
    if session.get_bind().dialect.name == "postgresql":
        alone = session.scalar(select(func.pg_try_advisory_xact_lock(_READING, message_id)))
        if not alone:
            return False
    return session.scalar(select(Message.state).where(Message.id == message_id)) == "new"


def known(session: Session, message_ids: Sequence[str]) -> Message | None:
    """The newest stored mail with one of these Message-IDs that belongs to an order."""
    if not message_ids:
        return None
    return session.scalar(
        select(Message)
        .where(Message.message_id.in_(list(message_ids)), Message.order_id.is_not(None))
        .order_by(Message.id.desc())
        .limit(1)
    )


def of_order(session: Session, order_id: int) -> Sequence[Message]:
    """Everything that came in about the order, oldest first."""
    return session.scalars(
        select(Message).where(Message.order_id == order_id).order_by(Message.id)
    ).all()


def orders_of(session: Session, sender: str, subject: str, limit: int) -> Sequence[str]:
    """Numbers of the open orders that a mail without any reference may be about.

    Those about which this address wrote before; the ones under the same subject come first, then
    the newest. It is a suggestion: customers write "Re: order" about anything.
    """
    rows = session.execute(
        select(Order.order_no, Message.subject)
        .join(Message, Message.order_id == Order.id)
        .where(func.lower(Message.sender) == sender.lower(), Order.state.not_in(ENDED))
        .order_by(Order.id.desc())
        .limit(limit * MAILS_EACH)
    ).all()
    same = [number for number, theirs in rows if bare_subject(theirs) == bare_subject(subject)]
    return list(dict.fromkeys([*same, *(number for number, _ in rows)]))[:limit]


def said_by(session: Session, order_id: int, sender: str) -> Sequence[tuple[datetime, str]]:
    """When and under which Message-ID this address wrote about the order."""
    return [
        (at, message_id)
        for at, message_id in session.execute(
            select(Message.received_at, Message.message_id).where(
                Message.order_id == order_id,
                func.lower(Message.sender) == sender.lower(),
                Message.message_id != "",
            )
        )
    ]


def attachments(session: Session, message_id: int) -> Sequence[Attachment]:
    """Files of the message."""
    return session.scalars(
        select(Attachment).where(Attachment.message_id == message_id).order_by(Attachment.id)
    ).all()
