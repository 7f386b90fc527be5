"""Working time: what a calendar says about days and instants. Minutes are minutes of open time."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

from domain.errors import Refusal

Opening = tuple[time, time]
"""From, until (local time); an end that is not after its start lies on the next day."""

Span = tuple[datetime, datetime]
"""From, until as UTC instants."""

OFFICE_HOURS: tuple[Opening, ...] = ((time(9), time(12)), (time(13), time(18)))
STANDARD_WEEK: tuple[tuple[Opening, ...], ...] = (OFFICE_HOURS,) * 5 + ((), ())

COMPANY = "company"
ONE_DAY = timedelta(days=1)
HORIZON_DAYS = 1500
"""A calendar that stays closed for so long is taken as never open."""


@dataclass(unsafe_hash=True)
class NeverOpen(Refusal):
    """The calendar has no working time within four years of this day."""

    calendar: str
    since: date


@dataclass(frozen=True)
class Day:
    """What a calendar says about one date; without `hours` a working day has the normal ones."""

    working: bool
    hours: tuple[Opening, ...] | None = None
    name_zh: str = ""
    name_en: str = ""
    provisional: bool = False


@dataclass(frozen=True)
class CalendarDay:
    """One row of a calendar: a date, what is so on it, and where that is known from."""

    on: date
    day: Day
    source: str = COMPANY


@dataclass(frozen=True)
class Calendar:
    """Weekly opening hours (Monday first) and the dates that differ from them.

    `official_years` are the years whose holidays are announced; None: nothing is announced here.
    """

    name: str
    timezone: str
    week: tuple[tuple[Opening, ...], ...] = STANDARD_WEEK
    normal: tuple[Opening, ...] = OFFICE_HOURS
    days: Mapping[date, Day] = field(default_factory=dict, hash=False)
    official_years: frozenset[int] | None = None

    @property
    def zone(self) -> ZoneInfo:
        """The time zone in which the opening hours are written."""
        return ZoneInfo(self.timezone)


@dataclass(frozen=True)
class Together:
    """Several calendars at once: open when all are. Dates are those of the first one's zone."""

    calendars: tuple[Calendar, ...]

    @property
    def name(self) -> str:
        """The names of all calendars, joined."""
        return " & ".join(calendar.name for calendar in self.calendars)

    @property
    def zone(self) -> ZoneInfo:
        """The time zone whose dates are meant."""
        return self.calendars[0].zone


AnyCalendar = Calendar | Together


def intersection(*calendars: AnyCalendar) -> Together:
    """A calendar that is open when all of these are."""
    parts: list[Calendar] = []
    for calendar in calendars:
        parts += calendar.calendars if isinstance(calendar, Together) else (calendar,)
    return Together(tuple(parts))


def hours_on(calendar: Calendar, on: date) -> tuple[Opening, ...]:
    """Opening hours of this date, in local time; empty when closed."""
    day = calendar.days.get(on)
    weekly = calendar.week[on.weekday()]
    if day is None:
        return weekly
    if not day.working:
        return ()
    return day.hours if day.hours is not None else weekly or calendar.normal


def is_workday(calendar: AnyCalendar, on: date) -> bool:
    """True when there is work on this date (in all calendars, if several)."""
    if isinstance(calendar, Together):
        return all(is_workday(part, on) for part in calendar.calendars)
    return bool(hours_on(calendar, on))


def is_provisional(calendar: AnyCalendar, on: date) -> bool:
    """True when this date may still change because its year is not announced."""
    if isinstance(calendar, Together):
        return any(is_provisional(part, on) for part in calendar.calendars)
    day = calendar.days.get(on)
    if day is not None and day.provisional:
        return True
    return calendar.official_years is not None and on.year not in calendar.official_years


def day_name(calendar: Calendar, on: date) -> tuple[str, str]:
    """The name of a special date in Chinese and English; empty for an ordinary one."""
    day = calendar.days.get(on)
    return (day.name_zh, day.name_en) if day else ("", "")


def local_date(calendar: AnyCalendar, at: datetime) -> date:
    """The date that this instant has in the calendar's zone."""
    return at.astimezone(calendar.zone).date()


def openings(calendar: AnyCalendar, on: date) -> tuple[Span, ...]:
    """Open spans of this date as UTC instants, in order."""
    if isinstance(calendar, Together):
        return _common(calendar, on)
    zone = calendar.zone
    return tuple(
        (_instant(on, start, zone), _instant(on if end > start else on + ONE_DAY, end, zone))
        for start, end in hours_on(calendar, on)
    )


def _instant(on: date, at: time, zone: ZoneInfo) -> datetime:
    return datetime.combine(on, at, tzinfo=zone).astimezone(UTC)


def _common(together: Together, on: date) -> tuple[Span, ...]:
    spans = openings(together.calendars[0], on)
    for other in together.calendars[1:]:
        # Another zone's working day may begin the evening before or end the morning after.
        near = [span for n in (-1, 0, 1) for span in openings(other, on + n * ONE_DAY)]
        pairs = ((max(a, c), min(b, d)) for a, b in spans for c, d in near)
        spans = tuple(sorted(pair for pair in pairs if pair[0] < pair[1]))
    return spans


def _days(calendar: AnyCalendar, since: date, step: int) -> Iterator[date]:
    """Dates from `since` on, for as long as a sensible calendar needs to open."""
    yield from (since + timedelta(days=n * step) for n in range(HORIZON_DAYS))
    raise NeverOpen(calendar.name, since)


def workdays(calendar: AnyCalendar, since: date) -> Iterator[date]:
    """Working days from this date on, this date included."""
    while True:
        since = next(on for on in _days(calendar, since, 1) if is_workday(calendar, on))
        yield since
        since += ONE_DAY


def add_workdays(calendar: AnyCalendar, on: date, count: int) -> date:
    """The count-th working day after (before, if negative) this date; 0: itself or the next one."""
    if count >= 0:
        first = on + ONE_DAY if count else on
        return next(islice(workdays(calendar, first), max(count - 1, 0), None))
    for _ in range(-count):
        on = next(d for d in _days(calendar, on - ONE_DAY, -1) if is_workday(calendar, d))
    return on


def workdays_between(calendar: AnyCalendar, start: date, end: date) -> int:
    """How many working days lie after `start` up to `end`; negative when `end` is earlier."""
    if end < start:
        return -workdays_between(calendar, end, start)
    span = (end - start).days
    return sum(is_workday(calendar, start + timedelta(days=n)) for n in range(1, span + 1))


def first_workday_of_week(calendar: AnyCalendar, on: date) -> date | None:
    """First working day of this date's week (Monday to Sunday); None in a week without one."""
    monday = on - timedelta(days=on.weekday())
    week = (monday + timedelta(days=n) for n in range(7))
    return next((day for day in week if is_workday(calendar, day)), None)


def first_workday_of_month(calendar: AnyCalendar, on: date) -> date | None:
    """First working day of this date's month; None in a month without one."""
    first = add_workdays(calendar, on.replace(day=1), 0)
    return first if (first.year, first.month) == (on.year, on.month) else None


def add_worktime(calendar: AnyCalendar, at: datetime, minutes: int) -> datetime:
    """The instant (UTC) after so many open minutes; before, if negative. 0 changes nothing."""
    left = timedelta(minutes=abs(minutes))
    at = at.astimezone(UTC)
    if minutes == 0:
        return at
    for start, end in _spans(calendar, at, forward=minutes > 0):
        if minutes > 0:
            start = max(start, at)
        else:
            end = min(end, at)
        if end - start >= left:
            return start + left if minutes > 0 else end - left
        left -= max(end - start, timedelta())
    raise NeverOpen(calendar.name, local_date(calendar, at))


def _spans(calendar: AnyCalendar, at: datetime, *, forward: bool) -> Iterator[Span]:
    """Open spans around and after (before) this instant, nearest first, while any come."""
    step = 1 if forward else -1
    on, closed = local_date(calendar, at) - step * ONE_DAY, 0  # a night shift began yesterday
    while closed < HORIZON_DAYS:
        spans = openings(calendar, on)
        yield from spans if forward else reversed(spans)
        closed = 0 if spans else closed + 1
        on += step * ONE_DAY


def worktime_between(calendar: AnyCalendar, start: datetime, end: datetime) -> int:
    """Open minutes (whole ones) between two instants; negative when `end` is earlier."""
    start, end = start.astimezone(UTC), end.astimezone(UTC)
    if end < start:
        return -worktime_between(calendar, end, start)
    first, last = local_date(calendar, start) - ONE_DAY, local_date(calendar, end)
    dates = (first + timedelta(days=n) for n in range((last - first).days + 1))
    spans = (span for on in dates for span in openings(calendar, on))
    open_time = (min(b, end) - max(a, start) for a, b in spans if b > start and a < end)
    return int(sum(open_time, timedelta()) / timedelta(minutes=1))


def next_open(calendar: AnyCalendar, at: datetime) -> datetime:
    """This instant if the calendar is open, else the instant (UTC) at which it opens next."""
    at = at.astimezone(UTC)
    for start, end in _spans(calendar, at, forward=True):
        if end > at:
            return max(start, at)
    raise NeverOpen(calendar.name, local_date(calendar, at))


def opens_on(calendar: AnyCalendar, on: date) -> datetime:
    """The instant (UTC) at which the first working day from this date on begins."""
    return next_open(calendar, datetime.combine(on, time(), tzinfo=calendar.zone))


def closes_on(calendar: AnyCalendar, on: date) -> datetime:
    """The instant (UTC) at which work ends on this date; midnight at its end on a closed day."""
    spans = openings(calendar, on)
    return spans[-1][1] if spans else _instant(on + ONE_DAY, time(), calendar.zone)


def calendar_of(
    name: str,
    timezone: str,
    days: Iterable[CalendarDay],
    *,
    week: tuple[tuple[Opening, ...], ...] = STANDARD_WEEK,
) -> Calendar:
    """A calendar from stored rows. A year is announced when it has rows of a notice, all final.

    Rows of the company itself (source "company") announce nothing and win over a notice's.
    """
    rows = sorted(days, key=lambda row: row.source == COMPANY)
    noticed = {row.on.year for row in rows if row.source != COMPANY}
    unsure = {row.on.year for row in rows if row.day.provisional}
    normal = next((hours for hours in week if hours), OFFICE_HOURS)
    by_date = {row.on: row.day for row in rows}
    announced = frozenset(noticed - unsure) if noticed else None
    return Calendar(name, timezone, week, normal, by_date, announced)
