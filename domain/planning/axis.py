"""The axis of planning: quarter hours of open time, numbered; nights and holidays do not exist."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache

from domain.errors import Refusal
from domain.worktime import Calendar, is_provisional, local_date, openings

SLOT = timedelta(minutes=15)
SLOTS_PER_HOUR = 4
SLOTS_PER_DAY = 32
AXIS_DAYS = 730


@dataclass(unsafe_hash=True)
class BeyondHorizon(Refusal):
    """The plan would end later than the last day that planning looks at."""

    last_day: date


@dataclass(frozen=True)
class AxisDay:
    """A working day of the axis: its date and its slots [first, end)."""

    on: date
    first: int
    end: int


@dataclass(frozen=True)
class Axis:
    """The open slots of one calendar. Instants are UTC; a slot is its number from 0."""

    calendar: Calendar
    days: tuple[AxisDay, ...]
    starts: tuple[datetime, ...]
    """The instant at which each unbroken stretch begins."""
    firsts: tuple[int, ...]
    """The first slot of each stretch, and at the end the number of all slots."""

    @property
    def size(self) -> int:
        """How many slots there are."""
        return self.firsts[-1]

    def at(self, slot: int) -> datetime:
        """The instant at which this slot begins."""
        if not 0 <= slot < self.size:
            raise BeyondHorizon(self.days[-1].on)
        n = bisect_right(self.firsts, slot) - 1
        return self.starts[n] + (slot - self.firsts[n]) * SLOT

    def end_at(self, slot: int) -> datetime:
        """The instant at which work ends that finishes before this slot."""
        return self.at(slot - 1) + SLOT if slot > 0 else self.at(0)

    def slot_at(self, at: datetime) -> int:
        """The first slot that begins at this instant or later; 0 for an earlier one."""
        n = bisect_right(self.starts, at) - 1
        if n < 0:
            return 0
        inside = -((self.starts[n] - at) // SLOT)  # rounded up
        return min(self.firsts[n] + inside, self.firsts[n + 1])

    def end_slot(self, at: datetime) -> int:
        """The slot before which work ends that ends at this instant (counted from below)."""
        n = bisect_right(self.starts, at) - 1
        if n < 0:
            return 0
        return min(self.firsts[n] + (at - self.starts[n]) // SLOT, self.firsts[n + 1])

    def day_of(self, slot: int) -> date:
        """The date of this slot."""
        return self.days[self.day_index(slot)].on

    def end_day(self, slot: int) -> date:
        """The date on which work ends that finishes before this slot."""
        return self.day_of(max(slot - 1, 0))

    def day_index(self, slot: int) -> int:
        """The number of the working day of this slot."""
        if not 0 <= slot < self.size:
            raise BeyondHorizon(self.days[-1].on)
        return bisect_right(self.days, slot, key=lambda day: day.first) - 1

    def slots_of(self, first: date, last: date) -> tuple[int, int]:
        """The slots [from, until) of these dates, both included."""
        low = bisect_left(self.days, first, key=lambda day: day.on)
        high = bisect_right(self.days, last, key=lambda day: day.on)
        start = self.days[low].first if low < len(self.days) else self.size
        return start, max(self.days[high - 1].end if high else 0, start)

    def provisional(self, start: int, end: int) -> bool:
        """True when a date between these slots is not announced yet."""
        first, last = self.day_of(start), self.end_day(max(end, start + 1))
        span = (last - first).days
        calendar = self.calendar
        return any(is_provisional(calendar, first + timedelta(days=n)) for n in range(span + 1))


def axis_of(calendar: Calendar, start: datetime, *, days: int = AXIS_DAYS) -> Axis:
    """The axis of this calendar from the date of `start` on, so many calendar days long."""
    first = local_date(calendar, start)
    dates = (first + timedelta(days=n) for n in range(days))
    axis_days: list[AxisDay] = []
    starts: list[datetime] = []
    firsts = [0]
    for on in dates:
        before = firsts[-1]
        for begin, end in openings(calendar, on):
            starts.append(begin.astimezone(UTC))
            firsts.append(firsts[-1] + (end - begin) // SLOT)
        if firsts[-1] > before:
            axis_days.append(AxisDay(on, before, firsts[-1]))
    return Axis(calendar, tuple(axis_days), tuple(starts), tuple(firsts))


@dataclass(frozen=True)
class OwnTime:
    """The slots in which one person (or party) works: numbered by themselves, holidays left out."""

    firsts: tuple[int, ...]
    """Axis slot at which each own stretch begins."""
    ends: tuple[int, ...]
    counts: tuple[int, ...]
    """Own slots before each stretch, and at the end all of them."""

    def index(self, slot: int) -> int:
        """The number of the first own slot at this axis slot or later."""
        n = bisect_right(self.firsts, slot) - 1
        if n < 0:
            return 0
        return self.counts[n] + min(slot, self.ends[n]) - self.firsts[n]

    def slot(self, index: int) -> int:
        """The axis slot of this own slot."""
        n = bisect_right(self.counts, index) - 1
        if n >= len(self.firsts):
            return self.ends[-1] if self.ends else 0
        return self.firsts[n] + index - self.counts[n]

    @property
    def size(self) -> int:
        """How many own slots there are."""
        return self.counts[-1]

    def pieces(self, index: int, length: int) -> tuple[tuple[int, int], ...]:
        """The axis slots [from, until) of so many own slots from this one on."""
        found: list[tuple[int, int]] = []
        n = bisect_right(self.counts, index) - 1
        while length > 0 and n < len(self.firsts):
            start = self.firsts[n] + index - self.counts[n]
            end = min(self.ends[n], start + length)
            found.append((start, end))
            length -= end - start
            n, index = n + 1, self.counts[n + 1]
        return tuple(found)


def own_time(stretches: Iterable[tuple[int, int]]) -> OwnTime:
    """Own time from axis slots [from, until) in order; neighbours are joined."""
    joined: list[list[int]] = []
    for start, end in stretches:
        if joined and joined[-1][1] == start:
            joined[-1][1] = end
        elif end > start:
            joined.append([start, end])
    counts = [0]
    for start, end in joined:
        counts.append(counts[-1] + end - start)
    return OwnTime(tuple(s for s, _ in joined), tuple(e for _, e in joined), tuple(counts))


def time_of(axis: Axis, present: Callable[[date], float]) -> OwnTime:
    """Own time of somebody who is here for this share of each day (0 away, 1 all day)."""
    return own_time(
        (day.first, day.first + round((day.end - day.first) * present(day.on))) for day in axis.days
    )


@lru_cache(maxsize=16)
def full_time(size: int) -> OwnTime:
    """Own time of somebody who is always here."""
    return own_time(((0, size),))
