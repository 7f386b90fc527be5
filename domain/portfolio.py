"""The periodic look at all orders: on which day it takes place, and over which period."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from domain.worktime import (
    AnyCalendar,
    first_workday_of_month,
    first_workday_of_week,
    is_workday,
)


class ReviewKind(StrEnum):
    """How often all orders are looked at."""

    DAILY = "daily"
    WEEKLY = "weekly"
    MONTHLY = "monthly"


@dataclass(frozen=True)
class NotToday:
    """Why a review does not take place: the next day on which it would be looked at."""

    kind: ReviewKind
    day: date
    reason_zh: str
    reason_en: str


def not_today(kind: ReviewKind, calendar: AnyCalendar, day: date) -> NotToday | None:
    """None on the day of the review: every working day, or the first one of week or month.

    A week or month without a working day has no review; its period is joined to the next one,
    because a review looks back to the one before, whenever that was.
    """
    if not is_workday(calendar, day):
        return NotToday(kind, day, f"{day} 不是工作日", f"{day} is not a working day")
    if kind is ReviewKind.WEEKLY and first_workday_of_week(calendar, day) != day:
        return NotToday(
            kind,
            day,
            f"{day} 不是本周第一个工作日",
            f"{day} is not the first working day of its week",
        )
    if kind is ReviewKind.MONTHLY and first_workday_of_month(calendar, day) != day:
        return NotToday(
            kind,
            day,
            f"{day} 不是本月第一个工作日",
            f"{day} is not the first working day of its month",
        )
    return None


def period(kind: ReviewKind, day: date) -> str:
    """The name of the period that a review on this day closes: 2026-11-24, 2026-W48, 2026-11."""
    if kind is ReviewKind.DAILY:
        return day.isoformat()
    if kind is ReviewKind.MONTHLY:
        return f"{day:%Y-%m}"
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02d}"
