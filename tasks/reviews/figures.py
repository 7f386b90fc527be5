"""Figures of a month over all orders, from their rows, beside those of the month before."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from itertools import pairwise
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from domain.kpi import Delivered, Ended, Month, figures
from domain.names import Event, OrderType
from domain.worktime import Calendar, local_date, worktime_between
from models.activity import Activity, Baseline
from models.delivery import Delivery
from models.event import EventRow
from models.order import Line, Order
from models.retrospective import Retrospective, Survey

Row = dict[str, Any]
FIRST_PLAN = 1
"""The number of the plan that was approved first."""


def orders_now(rows: Sequence[Mapping[str, Any]]) -> list[Row]:
    """How many orders are open, red, overdue in a review's own agenda."""
    counts = {
        "orders_open": len(rows),
        "orders_red": sum(row["light"] == "red" for row in rows),
        "overdue_actions": sum(bool(row["overdue"]) for row in rows),
    }
    return [{"key": key, "value": value, "before": None} for key, value in counts.items()]


def compared(session: Session, calendar: Calendar, cuts: Sequence[datetime]) -> list[Row]:
    """Each figure of the span between the last two instants, and of the span before."""
    before, now = (
        figures(_month(session, calendar, since, until)) for since, until in pairwise(cuts)
    )
    keys = dict.fromkeys([*now, *before])
    return [{"key": key, "value": now.get(key), "before": before.get(key)} for key in keys]


def _month(session: Session, calendar: Calendar, since: datetime, until: datetime) -> Month:
    """The facts of a month, from the rows of all orders."""
    return Month(
        delivered=_delivered(session, calendar, since, until),
        confirm_hours=_confirm_hours(session, calendar, since, until),
        ended=_ended(session, calendar, since, until),
        changes=_count(session, Event.CUSTOMER_CHANGED, since, until),
        answers=_answers(session, since, until),
        waits=_waits(session, since, until),
        received=_received(session, since, until),
    )


def _delivered(
    session: Session, calendar: Calendar, since: datetime, until: datetime
) -> list[Delivered]:
    """First deliveries with a promise, and their number of lines."""
    lines = select(func.count()).where(Line.order_id == Order.id).scalar_subquery()
    rows = session.execute(
        select(Delivery.delivered_at, Order.promised_on, lines)
        .join(Order, Order.id == Delivery.order_id)
        .where(Delivery.round == 1, Delivery.delivered_at >= since, Delivery.delivered_at < until)
        .where(Order.promised_on.is_not(None))
    ).all()
    return [
        Delivered(count, local_date(calendar, at) <= promised)
        for at, promised, count in rows
        if promised is not None
    ]


def _confirm_hours(
    session: Session, calendar: Calendar, since: datetime, until: datetime
) -> list[float]:
    """Working hours from receipt to the customer's confirmation, an order each."""
    rows = session.execute(
        select(Order.received_at, EventRow.at)
        .join(Order, Order.id == EventRow.order_id)
        .where(EventRow.kind == Event.CUSTOMER_CONFIRMED)
        .where(EventRow.at >= since, EventRow.at < until)
    ).all()
    return [worktime_between(calendar, start, end) / 60 for start, end in rows]


def _ended(session: Session, calendar: Calendar, since: datetime, until: datetime) -> list[Ended]:
    """Tasks that ended, each against its first approved plan."""
    rows = session.execute(
        select(Activity.finished_at, Baseline.finishes_at)
        .join(
            Baseline,
            (Baseline.order_id == Activity.order_id) & (Baseline.number == Activity.number),
        )
        .where(Baseline.n == FIRST_PLAN, Activity.state == "done", Activity.milestone.is_(False))
        .where(Activity.finished_at >= since, Activity.finished_at < until)
    ).all()
    return [
        Ended(local_date(calendar, done) <= local_date(calendar, planned))
        for done, planned in rows
        if done is not None
    ]


def _count(session: Session, kind: Event, since: datetime, until: datetime) -> int:
    found = select(func.count()).where(
        EventRow.kind == kind, EventRow.at >= since, EventRow.at < until
    )
    return session.scalar(found) or 0


def _answers(session: Session, since: datetime, until: datetime) -> list[dict[str, float]]:
    rows = session.scalars(
        select(Survey).where(Survey.answered_at >= since, Survey.answered_at < until)
    )
    return [{key: float(value) for key, value in each.answers.items()} for each in rows]


def _waits(session: Session, since: datetime, until: datetime) -> list[tuple[str, float]]:
    """Party and working hours of each order that was looked back on."""
    rows = session.scalars(
        select(Retrospective).where(
            Retrospective.created_at >= since, Retrospective.created_at < until
        )
    )
    return [
        (str(share["party"]), float(share["hours"]))
        for each in rows
        for share in each.facts.get("shares", ())
    ]


def _received(session: Session, since: datetime, until: datetime) -> list[str]:
    rows = session.scalars(
        select(Order.order_type).where(Order.received_at >= since, Order.received_at < until)
    )
    return [each if each in set(OrderType) else "unclassified" for each in rows]
