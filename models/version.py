"""Frozen contents of an order: what was offered, confirmed, changed."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.base import Base


class OrderVersion(Base):
    """Version n of an order's content; `confirmed_at` once both sides agreed on it."""

    __tablename__ = "order_version"
    __table_args__ = (UniqueConstraint("order_id", "n"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    order_id: Mapped[int] = mapped_column(ForeignKey("order.id"), index=True)
    n: Mapped[int]
    snapshot: Mapped[dict[str, Any]]
    sha256: Mapped[str] = mapped_column(String(64))
    reason: Mapped[str] = mapped_column(Text, default="")
    differences: Mapped[list[Any]] = mapped_column(default=list)
    created_at: Mapped[datetime]
    confirmed_at: Mapped[datetime | None]


def latest(session: Session, order_id: int) -> OrderVersion | None:
    """The newest version of the order."""
    return session.scalar(
        select(OrderVersion)
        .where(OrderVersion.order_id == order_id)
        .order_by(OrderVersion.n.desc())
        .limit(1)
    )


def confirmed(session: Session, order_id: int) -> OrderVersion | None:
    """The newest version on which both sides agreed."""
    return session.scalar(
        select(OrderVersion)
        .where(OrderVersion.order_id == order_id, OrderVersion.confirmed_at.is_not(None))
        .order_by(OrderVersion.n.desc())
        .limit(1)
    )
