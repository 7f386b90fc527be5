"""The periodic look at all orders: its day, its period, its agenda, what has changed."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Any

from domain.deviation import Light
from domain.worktime import (
    Calendar,
    add_workdays,
    day_name,
    first_workday_of_month,
    first_workday_of_week,
    is_workday,
    workdays,
)

WEEK = timedelta(days=7)
HOUR = time(9)
"""When reviews begin, as prefect.yaml says too."""


class ReviewKind(StrEnum):
    """How often all orders are looked at."""

    DAILY = "daily"
    WEEKLY = "weekly"
    MONTHLY = "monthly"


@dataclass(frozen=True)
class NotToday:
    """Why a review does not take place on this day, and on which day the next one does."""

    kind: ReviewKind
    day: date
    reason_zh: str
    reason_en: str
    next_on: date


def not_today(kind: ReviewKind, calendar: Calendar, day: date) -> NotToday | None:
    """None on the day of the review: every working day, or the first one of week or month."""
    if is_workday(calendar, day):
        if first_of(kind, calendar, day) == day:
            return None
        zh, en = _LATER[kind]
        zh, en = f"{day} 不是{zh}", f"{day} is not {en}"
    else:
        name_zh, name_en = day_name(calendar, day)
        zh = f"{day} 不是工作日" + (f"({name_zh})" if name_zh else "")
        en = f"{day} is not a working day" + (f" ({name_en})" if name_en else "")
    following = next_day(kind, calendar, day)
    zh, en = f"{zh};下一次:{following}", f"{en}; the next one is on {following}"
    return NotToday(kind, day, zh, en, following)


_LATER = {
    ReviewKind.WEEKLY: ("本周第一个工作日", "the first working day of its week"),
    ReviewKind.MONTHLY: ("本月第一个工作日", "the first working day of its month"),
}


def first_of(kind: ReviewKind, calendar: Calendar, day: date) -> date | None:
    """The day of the review in this day's period; None in a period without a working day."""
    if kind is ReviewKind.WEEKLY:
        return first_workday_of_week(calendar, day)
    if kind is ReviewKind.MONTHLY:
        return first_workday_of_month(calendar, day)
    return day if is_workday(calendar, day) else None


def next_day(kind: ReviewKind, calendar: Calendar, day: date) -> date:
    """The next day after this one on which the review takes place."""
    later = workdays(calendar, day + timedelta(days=1))
    return next(each for each in later if first_of(kind, calendar, each) == each)


def last_day(kind: ReviewKind, calendar: Calendar, day: date) -> date:
    """The newest day up to this one on which the review takes place."""
    looked = day
    while (first := first_of(kind, calendar, looked)) is None or first > day:
        looked = _before(kind, looked)
    return first


def begins(calendar: Calendar, day: date) -> datetime:
    """The instant at which a review of this day begins, by the clock of the company."""
    return datetime.combine(day, HOUR, tzinfo=calendar.zone)


def agenda_at(calendar: Calendar, day: date) -> datetime:
    """The instant at which a review's agenda goes out: its hour on the working day before."""
    return begins(calendar, add_workdays(calendar, day, -1))


def period(kind: ReviewKind, day: date) -> str:
    """The name of the period in which this day lies: 2026-11-24, 2026-W48, 2026-11."""
    if kind is ReviewKind.DAILY:
        return day.isoformat()
    if kind is ReviewKind.MONTHLY:
        return f"{day:%Y-%m}"
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02d}"


def looks_back(kind: ReviewKind, calendar: Calendar, day: date) -> tuple[date, tuple[str, ...]]:
    """The day of the review before this one, and the periods without a working day in between:
    they had no review and are joined to this one's."""
    joined: list[str] = []
    earlier = _before(kind, day)
    while (first := first_of(kind, calendar, earlier)) is None:
        joined.append(period(kind, earlier))
        earlier = _before(kind, earlier)
    return first, tuple(reversed(joined)) if kind is not ReviewKind.DAILY else ()


def _before(kind: ReviewKind, day: date) -> date:
    if kind is ReviewKind.DAILY:
        return day - timedelta(days=1)
    return day - WEEK if kind is ReviewKind.WEEKLY else first_of_month_before(day)


def first_of_month_before(day: date) -> date:
    """The first day of the month before this day's."""
    return (day.replace(day=1) - timedelta(days=1)).replace(day=1)


Row = Mapping[str, Any]
"""One order in a stored review, as plain values."""


def agenda(rows: Sequence[Row]) -> list[Row]:
    """Red by score, amber, new ones, overdue actions, those without a word, the others."""
    return sorted(rows, key=_place)


def _place(row: Row) -> tuple[int, float, str]:
    groups = (
        row["light"] == Light.RED,
        row["light"] == Light.AMBER,
        row["new"],
        row["overdue"],
        row["light"] == Light.NONE,
        True,
    )
    return groups.index(True), -float(row["score"] or 0), row["order_no"]


COMPARED = ("state", "light", "promised_at", "forecast_at", "owner", "priority")
"""What a review compares with the one before."""


def changes(before: Sequence[Row], now: Sequence[Row], ended: Mapping[str, str]) -> Iterator[Row]:
    """What is otherwise than in the review before; `ended` has the last state of what is closed."""
    earlier = {row["order_no"]: row for row in before}
    for row in now:
        old = earlier.pop(row["order_no"], None)
        if old is None:
            yield {"order_no": row["order_no"], "what": "new", "before": "", "after": row["state"]}
            continue
        for what in COMPARED:
            if old.get(what) != row[what]:
                values = {"before": old.get(what) or "", "after": row[what] or ""}
                yield {"order_no": row["order_no"], "what": what, **values}
    for number, old in earlier.items():
        after = ended.get(number, "")
        yield {"order_no": number, "what": "ended", "before": old["state"], "after": after}
