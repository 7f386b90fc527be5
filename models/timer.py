"""Due actions: what happens when nobody does anything."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, exists, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from domain.names import State
from models.base import Base, insert_once
from models.gate import FIRST_KINDS, Gate
from models.order import Order


class Timer(Base):
    """One thing to look at when its time has come; its key makes it unique."""

    __tablename__ = "timer"
    __table_args__ = (Index("ix_timer_due", "done_at", "due_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(160), unique=True)
    kind: Mapped[str] = mapped_column(String(32))
    order_id: Mapped[int | None] = mapped_column(ForeignKey("order.id"), index=True)
    gate_id: Mapped[int | None] = mapped_column(ForeignKey("gate.id"), index=True)
    due_at: Mapped[datetime]
    payload: Mapped[dict[str, Any]] = mapped_column(default=dict)
    done_at: Mapped[datetime | None]


def set_timer(session: Session, row: Timer) -> None:
    """The timer stands once; setting it again changes nothing."""
    insert_once(
        session,
        Timer,
        key=row.key,
        kind=row.kind,
        order_id=row.order_id,
        gate_id=row.gate_id,
        due_at=row.due_at,
        payload=row.payload or {},
    )


def due(session: Session, *, at: datetime, limit: int) -> Sequence[Timer]:
    """Timers whose time has come, earliest first; those of a held order rest (`gate.rests`)."""
    held = exists().where(Order.id == Timer.order_id, Order.state == State.ON_HOLD)
    beside = exists().where(Gate.id == Timer.gate_id, Gate.kind.in_(FIRST_KINDS))
    return session.scalars(
        select(Timer)
        .where(Timer.done_at.is_(None), Timer.due_at <= at, ~held | beside)
        .order_by(Timer.due_at, Timer.id)
        .limit(limit)
    ).all()


def claim(session: Session, timer_id: int, *, at: datetime) -> bool:
    """True if the caller alone acts on the timer; the act and the claim are one transaction."""
    got = session.execute(
        update(Timer).where(Timer.id == timer_id, Timer.done_at.is_(None)).values(done_at=at)
    )
    return got.rowcount == 1  # type: ignore[attr-defined,no-any-return]  # CursorResult


def clear(session: Session, *, gate_id: int, at: datetime) -> None:
    """Nothing more is due for this gate."""
    session.execute(
        update(Timer).where(Timer.gate_id == gate_id, Timer.done_at.is_(None)).values(done_at=at)
    )
