"""The history of an order: append-only events, each chained to the one before by its hash."""

import hashlib
import json
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, func, select, text, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.base import Base

FIRST = "0" * 64
"""The hash before the first event of an order."""


class EventRow(Base):
    """One thing that happened to one order."""

    __tablename__ = "event"
    __table_args__ = (
        UniqueConstraint("order_id", "seq"),
        Index(
            "ix_event_untold",
            "id",
            postgresql_where=text("told_at IS NULL"),
            sqlite_where=text("told_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    order_id: Mapped[int] = mapped_column(ForeignKey("order.id"))
    seq: Mapped[int]
    kind: Mapped[str] = mapped_column(String(40))
    at: Mapped[datetime] = mapped_column(index=True)
    actor: Mapped[str] = mapped_column(String(254))
    channel: Mapped[str] = mapped_column(String(16))
    payload: Mapped[dict[str, Any]] = mapped_column(default=dict)
    prev_hash: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64))
    told_at: Mapped[datetime | None]
    """When the engine was told, so that users can hang automations on it; display only."""


def link(row: EventRow) -> str:
    """The hash that the row must carry: over its content and the hash before it."""
    content = {
        "order": row.order_id,
        "seq": row.seq,
        "kind": row.kind,
        "at": row.at.isoformat(timespec="microseconds"),
        "actor": row.actor,
        "channel": row.channel,
        "payload": row.payload,
        "prev": row.prev_hash,
    }
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    # A mail may hold half a surrogate pair; it is part of what was said and of the hash.
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def append(
    session: Session,
    order_id: int,
    kind: str,
    *,
    by: str,
    channel: str,
    at: datetime,
    payload: dict[str, Any] | None = None,
) -> EventRow:
    """The new last event of the order. The caller holds the order's row."""
    last = session.execute(
        select(EventRow.seq, EventRow.hash)
        .where(EventRow.order_id == order_id)
        .order_by(EventRow.seq.desc())
        .limit(1)
    ).first()
    seq, prev = (last.seq + 1, last.hash) if last else (1, FIRST)
    row = EventRow(
        order_id=order_id,
        seq=seq,
        kind=str(kind),
        at=at,
        actor=by,
        channel=str(channel),
        payload=payload or {},
        prev_hash=prev,
    )
    row.hash = link(row)
    session.add(row)
    session.flush()
    return row


def history(session: Session, order_id: int) -> Sequence[EventRow]:
    """All events of the order, oldest first."""
    return session.scalars(
        select(EventRow).where(EventRow.order_id == order_id).order_by(EventRow.seq)
    ).all()


def broken_links(session: Session, order_id: int) -> list[int]:
    """Sequence numbers at which the order's chain does not hold."""
    broken, before, expected = [], FIRST, 1
    for row in history(session, order_id):
        if row.seq != expected or row.prev_hash != before or row.hash != link(row):
            broken.append(row.seq)
        before, expected = row.hash, row.seq + 1
    return broken


def untold(session: Session, limit: int) -> Sequence[EventRow]:
    """Events of which the engine has not been told, oldest first."""
    return session.scalars(
        select(EventRow).where(EventRow.told_at.is_(None)).order_by(EventRow.id).limit(limit)
    ).all()


def told(session: Session, ids: Collection[int], *, at: datetime) -> None:
    """The engine knows of these events since that instant."""
    session.execute(update(EventRow).where(EventRow.id.in_(ids)).values(told_at=at))


def count(session: Session, order_id: int) -> int:
    """How many events the order has."""
    return session.scalar(select(func.count()).where(EventRow.order_id == order_id)) or 0


def newest(session: Session) -> int:
    """The number of the last event of all orders; 0 before the first one."""
    return session.scalar(select(func.max(EventRow.id))) or 0
