"""Looking back: surveys, facts, lessons, improvements, the archive; blueprints they improve."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.base import Base


class Survey(Base):
    """Five numbers from a contact: overall, on time, quality, communication, recommend."""

    __tablename__ = "survey"
    __table_args__ = (UniqueConstraint("order_id", "contact_mail"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    order_id: Mapped[int] = mapped_column(ForeignKey("order.id"), index=True)
    contact_mail: Mapped[str] = mapped_column(String(254))
    sent_at: Mapped[datetime]
    answered_at: Mapped[datetime | None]
    answers: Mapped[dict[str, Any]] = mapped_column(default=dict)
    comment: Mapped[str] = mapped_column(Text, default="")


class Retrospective(Base):
    """The facts of an order, computed from its events."""

    __tablename__ = "retrospective"
    __table_args__ = (UniqueConstraint("order_id", "round"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    order_id: Mapped[int] = mapped_column(ForeignKey("order.id"), index=True)
    round: Mapped[int]
    facts: Mapped[dict[str, Any]]
    created_at: Mapped[datetime]


class Lesson(Base):
    """What an order taught; shown where a later order resembles it."""

    __tablename__ = "lesson"

    id: Mapped[int] = mapped_column(primary_key=True)
    order_id: Mapped[int] = mapped_column(ForeignKey("order.id"), index=True)
    order_type: Mapped[str] = mapped_column(String(32), index=True)
    text_zh: Mapped[str] = mapped_column(Text)
    text_en: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime]


class Improvement(Base):
    """A proposed change of a blueprint, with the decision on it."""

    __tablename__ = "improvement"

    id: Mapped[int] = mapped_column(primary_key=True)
    order_id: Mapped[int] = mapped_column(ForeignKey("order.id"), index=True)
    order_type: Mapped[str] = mapped_column(String(32))
    node: Mapped[str] = mapped_column(String(40))
    extra_hours: Mapped[Decimal]
    text_zh: Mapped[str] = mapped_column(Text)
    text_en: Mapped[str] = mapped_column(Text)
    owner: Mapped[str] = mapped_column(String(40))
    state: Mapped[str] = mapped_column(String(16), default="proposed")
    """proposed, accepted (part of the blueprint now), refused."""
    decided_at: Mapped[datetime | None]


class Archive(Base):
    """The closed order's manifest: every file with its hash, and until when it is kept."""

    __tablename__ = "archive"

    id: Mapped[int] = mapped_column(primary_key=True)
    order_id: Mapped[int] = mapped_column(ForeignKey("order.id"), unique=True)
    manifest: Mapped[list[Any]]
    sha256: Mapped[str] = mapped_column(String(64))
    archived_at: Mapped[datetime]
    keep_until: Mapped[date]


class CalendarDay(Base):
    """One day of a working calendar that differs from the weekly pattern."""

    __tablename__ = "calendar_day"
    __table_args__ = (UniqueConstraint("calendar", "day"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    calendar: Mapped[str] = mapped_column(String(40))
    day: Mapped[date]
    working: Mapped[bool]
    name: Mapped[str] = mapped_column(String(120), default="")
    provisional: Mapped[bool] = mapped_column(default=False)
    source: Mapped[str] = mapped_column(String(80), default="")


def survey_of(session: Session, order_id: int) -> Survey | None:
    """The survey that was sent for the order."""
    return session.scalar(select(Survey).where(Survey.order_id == order_id).limit(1))


def accepted_extra_hours(session: Session, order_type: str) -> dict[str, Decimal]:
    """Hours that accepted improvements add to the nodes of a blueprint."""
    found: dict[str, Decimal] = {}
    for row in session.scalars(
        select(Improvement).where(
            Improvement.order_type == order_type, Improvement.state == "accepted"
        )
    ):
        found[row.node] = found.get(row.node, Decimal(0)) + row.extra_hours
    return found


def improvements(session: Session, order_id: int) -> Sequence[Improvement]:
    """Improvements that the order proposed."""
    return session.scalars(
        select(Improvement).where(Improvement.order_id == order_id).order_by(Improvement.id)
    ).all()


def lessons(session: Session, order_id: int) -> Sequence[Lesson]:
    """Lessons that the order taught."""
    return session.scalars(
        select(Lesson).where(Lesson.order_id == order_id).order_by(Lesson.id)
    ).all()


def lessons_for(session: Session, order_type: str, limit: int = 5) -> Sequence[Lesson]:
    """The newest lessons of earlier orders of this type."""
    return session.scalars(
        select(Lesson)
        .where(Lesson.order_type == order_type)
        .order_by(Lesson.id.desc())
        .limit(limit)
    ).all()


def archive_of(session: Session, order_id: int) -> Archive | None:
    """The archive entry of a closed order."""
    return session.scalar(select(Archive).where(Archive.order_id == order_id))


def days(session: Session, calendar: str) -> Sequence[CalendarDay]:
    """All stored days of the calendar, in order."""
    return session.scalars(
        select(CalendarDay).where(CalendarDay.calendar == calendar).order_by(CalendarDay.day)
    ).all()
