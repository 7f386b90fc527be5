"""Planned work: activities (people say tasks), their baseline and what was reported of them."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint, delete, func, select
from sqlalchemy.orm import Mapped, Session, aliased, mapped_column

from domain.errors import UnknownActivity
from models.base import Base


class Activity(Base):
    """One node of an order's work breakdown; hours are working hours."""

    __tablename__ = "activity"
    __table_args__ = (UniqueConstraint("order_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    order_id: Mapped[int] = mapped_column(ForeignKey("order.id"), index=True)
    number: Mapped[int]
    wbs: Mapped[str] = mapped_column(String(24))
    key: Mapped[str] = mapped_column(String(40), default="")
    """The blueprint's node from which it was made."""
    name_zh: Mapped[str] = mapped_column(String(300))
    name_en: Mapped[str] = mapped_column(String(300))
    round: Mapped[int] = mapped_column(default=1)
    """The round of execute in which it is done."""
    state: Mapped[str] = mapped_column(String(16), default="proposed")
    """proposed, planned, released, started, done, cancelled."""
    party: Mapped[str] = mapped_column(String(16), default="us")
    skill: Mapped[str] = mapped_column(String(40), default="")
    person: Mapped[str | None] = mapped_column(String(40), index=True)
    work_hours: Mapped[Decimal]
    milestone: Mapped[bool] = mapped_column(default=False)
    checkpoint: Mapped[bool] = mapped_column(default=False)
    critical: Mapped[bool] = mapped_column(default=False)
    links: Mapped[list[Any]] = mapped_column(default=list)
    reason: Mapped[dict[str, Any]] = mapped_column(default=dict)
    starts_at: Mapped[datetime | None]
    finishes_at: Mapped[datetime | None]
    percent: Mapped[int] = mapped_column(default=0)
    remaining_hours: Mapped[Decimal | None]
    spent_hours: Mapped[Decimal] = mapped_column(default=Decimal(0))
    blocked: Mapped[str] = mapped_column(Text, default="")
    blocked_party: Mapped[str] = mapped_column(String(16), default="")
    blocked_since: Mapped[datetime | None]
    started_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]
    origin: Mapped[str] = mapped_column(String(120), default="")
    """Why it exists beyond the blueprint: a finding or a punch item."""

    @property
    def label(self) -> str:
        """What people call it: T3."""
        return f"T{self.number}"


class Baseline(Base):
    """The plan as approved: one row an activity."""

    __tablename__ = "baseline"
    __table_args__ = (UniqueConstraint("order_id", "n", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    order_id: Mapped[int] = mapped_column(ForeignKey("order.id"), index=True)
    n: Mapped[int]
    number: Mapped[int]
    starts_at: Mapped[datetime]
    finishes_at: Mapped[datetime]
    work_hours: Mapped[Decimal]
    cost: Mapped[Decimal]


class Progress(Base):
    """One report about one activity."""

    __tablename__ = "progress"

    id: Mapped[int] = mapped_column(primary_key=True)
    order_id: Mapped[int] = mapped_column(ForeignKey("order.id"), index=True)
    number: Mapped[int]
    at: Mapped[datetime]
    by: Mapped[str] = mapped_column(String(254))
    channel: Mapped[str] = mapped_column(String(16))
    percent: Mapped[int | None]
    remaining_hours: Mapped[Decimal | None]
    blocked: Mapped[str] = mapped_column(Text, default="")
    note: Mapped[str] = mapped_column(Text, default="")


class Risk(Base):
    """What may go wrong with an order, and what we do about it."""

    __tablename__ = "risk"

    id: Mapped[int] = mapped_column(primary_key=True)
    order_id: Mapped[int] = mapped_column(ForeignKey("order.id"), index=True)
    code: Mapped[str] = mapped_column(String(40))
    text_zh: Mapped[str] = mapped_column(Text)
    text_en: Mapped[str] = mapped_column(Text)
    probability: Mapped[int]
    impact: Mapped[int]
    response_zh: Mapped[str] = mapped_column(Text, default="")
    response_en: Mapped[str] = mapped_column(Text, default="")
    state: Mapped[str] = mapped_column(String(16), default="open")


def of_order(session: Session, order_id: int) -> Sequence[Activity]:
    """The order's activities by number."""
    return of_orders(session, [order_id])[order_id]


def of_orders(session: Session, order_ids: Collection[int]) -> Mapping[int, Sequence[Activity]]:
    """The activities of each of these orders by number, in one question."""
    found: dict[int, list[Activity]] = {each: [] for each in order_ids}
    wanted = select(Activity).where(Activity.order_id.in_(order_ids))
    for each in session.scalars(wanted.order_by(Activity.order_id, Activity.number)):
        found[each.order_id].append(each)
    return found


def numbered(session: Session, order_id: int, order_no: str, label: str) -> Activity:
    """The activity called T3, t03 or 3; UnknownActivity if there is none."""
    digits = label.strip().upper().removeprefix("T")
    found = None
    if digits.isdecimal() and len(digits) < 6:
        found = session.scalar(
            select(Activity).where(Activity.order_id == order_id, Activity.number == int(digits))
        )
    if found is None:
        raise UnknownActivity(order_no, label)
    return found


def drop_proposed(session: Session, order_id: int) -> None:
    """A proposal that was not approved leaves nothing behind."""
    session.execute(
        delete(Activity).where(Activity.order_id == order_id, Activity.state == "proposed")
    )
    session.execute(delete(Risk).where(Risk.order_id == order_id))


def last_number(session: Session, order_id: int) -> int:
    """The highest task number of the order, 0 if it has none."""
    return (
        session.scalar(select(func.max(Activity.number)).where(Activity.order_id == order_id)) or 0
    )


def unfinished(session: Session, order_id: int) -> Sequence[Activity]:
    """Released work that has not ended."""
    return session.scalars(
        select(Activity)
        .where(Activity.order_id == order_id, Activity.state.in_(("released", "started")))
        .order_by(Activity.number)
    ).all()


def committed_elsewhere(session: Session, order_id: int) -> Sequence[Activity]:
    """Other orders' planned and running work that occupies people."""
    return session.scalars(
        select(Activity).where(
            Activity.order_id != order_id,
            Activity.person.is_not(None),
            Activity.state.in_(("planned", "released", "started")),
        )
    ).all()


def reports(session: Session, order_id: int, *, since: datetime) -> Sequence[Progress]:
    """What was reported about the order's work since then."""
    return session.scalars(
        select(Progress).where(Progress.order_id == order_id, Progress.at >= since)
    ).all()


def baseline(session: Session, order_id: int) -> Sequence[Baseline]:
    """The newest approved plan, by task number."""
    return baselines(session, [order_id])[order_id]


def baselines(session: Session, order_ids: Collection[int]) -> Mapping[int, Sequence[Baseline]]:
    """The newest approved plan of each of these orders, by task number, in one question."""
    other = aliased(Baseline)
    newest = select(func.max(other.n)).where(other.order_id == Baseline.order_id).scalar_subquery()
    wanted = select(Baseline).where(Baseline.order_id.in_(order_ids), Baseline.n == newest)
    found: dict[int, list[Baseline]] = {each: [] for each in order_ids}
    for each in session.scalars(wanted.order_by(Baseline.order_id, Baseline.number)):
        found[each.order_id].append(each)
    return found
