"""Diaries: a person's own time and the work that is in it already."""

from bisect import bisect_right, insort
from dataclasses import dataclass, field

from domain.names import Party
from domain.planning.axis import OwnTime, full_time, time_of
from domain.planning.problem import Person, Problem, TaskId
from domain.worktime import is_workday


@dataclass
class Diary:
    """Own slots of one person or party; the work in it is in order and does not overlap."""

    own: OwnTime
    busy: list[tuple[int, int, TaskId]] = field(default_factory=list)

    def gap(self, ready: int, length: int) -> tuple[int, TaskId | None]:
        """First own slot from `ready` on with room for so many, and the work that ends before."""
        start, blocker = ready, None
        n = bisect_right(self.busy, ready, key=lambda block: block[1])
        for first, end, task in self.busy[n:]:
            if first - start >= length:
                break
            start, blocker = max(start, end), task
        return start, blocker

    def take(self, start: int, end: int, task: TaskId) -> None:
        """Enter this work; where older entries are in the way (a committed clash) they stay."""
        start = max([start, *(e for s, e, _ in self.busy if s <= start < e)])
        for first, until, _ in [block for block in self.busy if start <= block[0] < end]:
            self._enter(start, first, task)
            start = until
        self._enter(start, end, task)

    def _enter(self, start: int, end: int, task: TaskId) -> None:
        if end > start:
            insort(self.busy, (start, end, task))


def diary_of(problem: Problem, person: Person) -> Diary:
    """The person's time without absences, with what other orders have committed."""
    if person.share >= 1 and not person.absences:
        own = full_time(problem.axis.size)
    else:
        own = time_of(problem.axis, lambda on: 0.0 if person.away(on) else person.share)
    diary = Diary(own)
    for placement in problem.committed:
        if placement.person == person.id:
            for start, end in placement.pieces:
                diary.take(own.index(start), own.index(end), placement.task)
    return diary


def party_time(problem: Problem, party: Party) -> OwnTime:
    """The working days of customer or supplier among ours; all of ours when nothing is known."""
    calendar = problem.calendars.get(party)
    if calendar is None:
        return full_time(problem.axis.size)
    return time_of(problem.axis, lambda on: float(is_workday(calendar, on)))
