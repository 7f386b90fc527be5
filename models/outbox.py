"""What we owe to the outside: mails as rendered bytes, claimed, sent, and kept."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ForeignKey, Index, LargeBinary, String, Text, func, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from domain.errors import Refusal
from models.base import Base, upsert
from models.bell import Bell, ring

RETRY_MINUTES = (1, 5, 30, 120, 480, 1440)
"""Waits between attempts; after the last one the mail is dead and a person is told."""

NOT_SENT = ("pending", "sending", "unknown")
"""States of mails that nobody is known to have handed over."""

NOT_KEPT = "?"
"""The variant of mails that were owed before variants were kept."""

CLAIM = timedelta(seconds=60)
"""So long a mail belongs to the one who sends it."""


@dataclass(unsafe_hash=True)
class OtherMail(Refusal):
    """Two different mails are owed under one key; only the first would ever be sent."""

    key: str
    owed: str
    wanted: str


class Owed(Base):
    """One mail to one recipient, owed by the transaction that wrote it."""

    __tablename__ = "outbox"
    __table_args__ = (Index("ix_outbox_due", "state", "next_try_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(200), unique=True)
    order_id: Mapped[int | None] = mapped_column(ForeignKey("order.id"), index=True)
    gate_id: Mapped[int | None] = mapped_column(ForeignKey("gate.id"))
    purpose: Mapped[str] = mapped_column(String(24))
    variant: Mapped[str] = mapped_column(String(24), default="", server_default=NOT_KEPT)
    """Which mail of this purpose."""
    sender: Mapped[str] = mapped_column(String(254))
    recipient: Mapped[str] = mapped_column(String(254))
    subject: Mapped[str] = mapped_column(String(400))
    text: Mapped[str] = mapped_column(Text)
    message_id: Mapped[str] = mapped_column(String(300), unique=True)
    raw: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    state: Mapped[str] = mapped_column(String(12), default="pending")
    """pending, sending, sent, failed (for good), unknown (may have been sent: see `doubt`)."""
    attempts: Mapped[int] = mapped_column(default=0)
    next_try_at: Mapped[datetime]
    claimed_until: Mapped[datetime | None]
    sent_at: Mapped[datetime | None]
    error: Mapped[str] = mapped_column(Text, default="")
    created_at: Mapped[datetime]


def owe(session: Session, row: Owed) -> Owed:
    """The row is owed once; the same mail once more under its key gives back the first.

    Raises `OtherMail` if another one has the key.
    """
    kept = {name: each for name, each in vars(row).items() if name in Owed.__table__.columns}
    # Whichever unique key is met first: two who owe one mail at once may agree in both.
    once = upsert(session, Owed).values(**kept).on_conflict_do_nothing()
    written: Owed | None = session.scalar(once.returning(Owed))
    if written is not None:
        ring(session, Bell.MAIL_OUT)
        return written
    return same(
        session.scalars(select(Owed).where(Owed.key == row.key)).one(),
        order_id=row.order_id,
        gate_id=row.gate_id,
        purpose=row.purpose,
        variant=row.variant or "",
    )


def with_key(session: Session, key: str) -> Owed | None:
    """The mail that is owed under this key already."""
    return session.scalar(select(Owed).where(Owed.key == key))


def same(
    found: Owed, *, order_id: int | None, gate_id: int | None, purpose: str, variant: str
) -> Owed:
    """The mail owed already, if it is the one that is wanted; else `OtherMail` is raised.

    Bytes are not compared: date, Message-ID, thread and deadlines of one mail differ each time it
    is written, and by then an order has often gone on. The first was decided upon and is sent.
    """
    kept = found.variant if found.variant != NOT_KEPT else variant
    owed, wanted = f"{found.purpose} {kept}".strip(), f"{purpose} {variant}".strip()
    if (found.order_id, found.gate_id, owed) != (order_id, gate_id, wanted):
        raise OtherMail(found.key, owed, wanted)
    return found


def due(session: Session, *, at: datetime, limit: int, searched: bool = False) -> Sequence[Owed]:
    """Mails to send now: those whose time has come.

    If nothing can be `searched`, also those whose sender has died: better twice than never.
    """
    ready = (Owed.state == "pending") & (Owed.next_try_at <= at)
    stale = (Owed.state == "sending") & (Owed.claimed_until < at)
    statement = (
        select(Owed)
        .where(ready if searched else ready | stale | (Owed.state == "unknown"))
        .order_by(Owed.next_try_at, Owed.id)
        .limit(limit)
    )
    if session.get_bind().dialect.name == "postgresql":
        statement = statement.with_for_update(skip_locked=True)
    return session.scalars(statement).all()


def claim(session: Session, row: Owed, *, at: datetime) -> int | None:
    """The number of the attempt, if the caller alone may send the mail for the next minute."""
    was = row.attempts
    got = session.execute(
        update(Owed)
        .where(Owed.id == row.id, Owed.attempts == was, Owed.state == row.state)
        .values(state="sending", attempts=was + 1, claimed_until=at + CLAIM)
    )
    return was + 1 if got.rowcount == 1 else None  # type: ignore[attr-defined]  # CursorResult


def being_sent(session: Session, *, at: datetime) -> int:
    """How many mails somebody is handing over at this moment."""
    claimed = select(func.count()).where(Owed.state == "sending", Owed.claimed_until >= at)
    return session.scalar(claimed) or 0


def not_sent(session: Session) -> Sequence[Owed]:
    """Mails that have not been handed over yet, oldest first."""
    return session.scalars(select(Owed).where(Owed.state.in_(NOT_SENT)).order_by(Owed.id)).all()


def sent(session: Session, owed_id: int, *, at: datetime) -> None:
    """The mail has been handed over, whoever else may have it in hand by now."""
    session.execute(
        update(Owed)
        .where(Owed.id == owed_id)
        .values(state="sent", sent_at=at, claimed_until=None, error="")
    )


def put_off(
    session: Session, owed_id: int, attempt: int, error: str, *, at: datetime, unsure: bool = False
) -> bool:
    """The mail is tried again later, or (False) given up for good.

    If it is `unsure` whether it was taken, it is looked for before it is sent again.
    """
    row = _mine(session, owed_id, attempt)
    if row is None:
        return True
    row.error = error[:2000]
    if not unsure:
        row.claimed_until = None
    if row.attempts > len(RETRY_MINUTES):
        row.state = "failed"
        return False
    row.state = "unknown" if unsure else "pending"
    row.next_try_at = at + timedelta(minutes=RETRY_MINUTES[row.attempts - 1])
    return True


def refused(session: Session, owed_id: int, attempt: int, error: str) -> bool:
    """The receiving side has said no, and trying again would not help; False if it is too late."""
    row = _mine(session, owed_id, attempt)
    if row is not None:
        row.state, row.error, row.claimed_until = "failed", error[:2000], None
    return row is not None


def _mine(session: Session, owed_id: int, attempt: int) -> Owed | None:
    """The mail, unless somebody else has it in hand since, or it is known to have been sent."""
    statement = (
        select(Owed)
        .where(Owed.id == owed_id, Owed.attempts == attempt)
        .where(Owed.state.in_(("sending", "unknown")))
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return session.scalar(statement)


def of_message_id(session: Session, message_id: str) -> Owed | None:
    """The mail of ours with this Message-ID."""
    return session.scalar(select(Owed).where(Owed.message_id == message_id.strip()))


def sent_to(session: Session, recipients: Collection[str], since: datetime) -> Owed | None:
    """The newest mail that went to one of these addresses (in lower case) since then."""
    return session.scalar(
        select(Owed)
        .where(func.lower(Owed.recipient).in_(recipients), Owed.sent_at >= since)
        .order_by(Owed.id.desc())
        .limit(1)
    )


def of_order(session: Session, order_id: int) -> Sequence[Owed]:
    """All mails owed for the order, oldest first."""
    return session.scalars(select(Owed).where(Owed.order_id == order_id).order_by(Owed.id)).all()


def said_to(session: Session, order_id: int, recipient: str) -> Sequence[tuple[datetime, str]]:
    """When and under which Message-ID the order's mails went to this address."""
    return [
        (at, message_id)
        for at, message_id in session.execute(
            select(Owed.created_at, Owed.message_id).where(
                Owed.order_id == order_id, func.lower(Owed.recipient) == recipient.lower()
            )
        )
    ]
