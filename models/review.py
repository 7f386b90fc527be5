"""Reviews of all orders that have taken place, each with the snapshot that it looked at."""

from datetime import datetime
from typing import Any

from sqlalchemy import String, UniqueConstraint, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.base import Base


class Review(Base):
    """One review of a period: what was so at one instant."""

    __tablename__ = "review"
    __table_args__ = (UniqueConstraint("kind", "period"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(16))
    period: Mapped[str] = mapped_column(String(16))
    at: Mapped[datetime]
    snapshot: Mapped[dict[str, Any]]


def of_period(session: Session, kind: str, period: str) -> Review | None:
    """The review of this period, None while it has not taken place."""
    return session.scalar(select(Review).where(Review.kind == kind, Review.period == period))


def last(session: Session, kind: str, *, before: datetime) -> Review | None:
    """The newest review of this kind that took place before this instant."""
    return session.scalar(
        select(Review)
        .where(Review.kind == kind, Review.at < before)
        .order_by(Review.at.desc())
        .limit(1)
    )


def hold(session: Session, row: Review) -> bool:
    """True if this is the review of its period now; False if another one was faster."""
    try:
        with session.begin_nested():
            session.add(row)
    except IntegrityError:
        return False
    return True
