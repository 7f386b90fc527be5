"""What we owe to the outside: mails as rendered bytes, claimed, sent, and kept."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import ForeignKey, Index, LargeBinary, String, Text, func, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.base import Base
from models.bell import Bell, ring

RETRY_MINUTES = (1, 5, 30, 120, 480, 1440)
"""Waits between attempts; after the last one the mail is dead and a person is told."""


class Owed(Base):
    """One mail to one recipient, owed by the transaction that wrote it."""

    __tablename__ = "outbox"
    __table_args__ = (Index("ix_outbox_due", "state", "next_try_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(200), unique=True)
    order_id: Mapped[int | None] = mapped_column(ForeignKey("order.id"), index=True)
    gate_id: Mapped[int | None] = mapped_column(ForeignKey("gate.id"))
    purpose: Mapped[str] = mapped_column(String(24))
    sender: Mapped[str] = mapped_column(String(254))
    recipient: Mapped[str] = mapped_column(String(254))
    subject: Mapped[str] = mapped_column(String(400))
    text: Mapped[str] = mapped_column(Text)
    message_id: Mapped[str] = mapped_column(String(300), unique=True)
    raw: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    state: Mapped[str] = mapped_column(String(12), default="pending")
    """pending, sending, sent, failed (for good), unknown (a crash while sending), held."""
    attempts: Mapped[int] = mapped_column(default=0)
    next_try_at: Mapped[datetime]
    claimed_until: Mapped[datetime | None]
    sent_at: Mapped[datetime | None]
    error: Mapped[str] = mapped_column(Text, default="")
    created_at: Mapped[datetime]


def owe(session: Session, row: Owed) -> Owed:
    """The row is owed once; a second one under the same key gives back the first."""
    found = session.scalar(select(Owed).where(Owed.key == row.key))
    if found is not None:
        return found
    try:
        with session.begin_nested():
            session.add(row)
        ring(session, Bell.MAIL_OUT)
    except IntegrityError:  # another transaction owed it in this instant
        return session.scalars(select(Owed).where(Owed.key == row.key)).one()
    return row


def due(session: Session, *, at: datetime, limit: int) -> Sequence[Owed]:
    """Mails to send now: pending ones whose time has come, and stale claims of a dead sender."""
    statement = (
        select(Owed)
        .where(
            ((Owed.state == "pending") & (Owed.next_try_at <= at))
            | ((Owed.state == "sending") & (Owed.claimed_until < at))
        )
        .order_by(Owed.next_try_at, Owed.id)
        .limit(limit)
    )
    if session.get_bind().dialect.name == "postgresql":
        statement = statement.with_for_update(skip_locked=True)
    return session.scalars(statement).all()


def claim(session: Session, row: Owed, *, until: datetime) -> bool:
    """True if the caller alone may send the mail until then."""
    was = row.attempts
    got = session.execute(
        update(Owed)
        .where(Owed.id == row.id, Owed.attempts == was, Owed.state.in_(("pending", "sending")))
        .values(state="sending", attempts=was + 1, claimed_until=until)
    )
    return got.rowcount == 1  # type: ignore[attr-defined,no-any-return]  # CursorResult


def being_sent(session: Session, *, at: datetime) -> int:
    """How many mails somebody is handing over at this moment."""
    claimed = select(func.count()).where(Owed.state == "sending", Owed.claimed_until >= at)
    return session.scalar(claimed) or 0


def waiting(session: Session) -> int:
    """How many mails have not been handed over yet."""
    return session.scalar(select(func.count()).where(Owed.state.in_(("pending", "sending")))) or 0


def sent(session: Session, owed_id: int, *, at: datetime) -> None:
    """The mail has been handed over."""
    session.execute(
        update(Owed)
        .where(Owed.id == owed_id)
        .values(state="sent", sent_at=at, claimed_until=None, error="")
    )


def put_off(session: Session, owed_id: int, error: str, *, at: datetime) -> bool:
    """The mail is tried again later, or (False) given up for good."""
    row = session.get_one(Owed, owed_id, populate_existing=True)
    row.error, row.claimed_until = error[:2000], None
    if row.attempts > len(RETRY_MINUTES):
        row.state = "failed"
        return False
    row.state = "pending"
    row.next_try_at = at + timedelta(minutes=RETRY_MINUTES[row.attempts - 1])
    return True


def refused(session: Session, owed_id: int, error: str) -> None:
    """The receiving side has said no; trying again would not help."""
    row = session.get_one(Owed, owed_id, populate_existing=True)
    row.state, row.error, row.claimed_until = "failed", error[:2000], None


def of_message_id(session: Session, message_id: str) -> Owed | None:
    """The mail of ours with this Message-ID."""
    return session.scalar(select(Owed).where(Owed.message_id == message_id.strip()))


def of_order(session: Session, order_id: int) -> Sequence[Owed]:
    """All mails owed for the order, oldest first."""
    return session.scalars(select(Owed).where(Owed.order_id == order_id).order_by(Owed.id)).all()
