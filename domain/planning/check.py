"""The checker: finds what is wrong with a schedule. It shares no code with the decoder."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from domain.names import Party
from domain.planning.axis import Axis
from domain.planning.blueprint import LinkKind
from domain.planning.problem import Link, Person, Placement, Problem, Schedule, Task, TaskId
from domain.worktime import is_workday


class Fault(StrEnum):
    """What can be wrong with a placement."""

    NOT_PLACED = "not_placed"
    PLACED_TWICE = "placed_twice"
    UNKNOWN_TASK = "unknown_task"
    WRONG_WORK = "wrong_work"
    OUTSIDE_AXIS = "outside_axis"
    TOO_EARLY = "too_early"
    LINK_BROKEN = "link_broken"
    OVERLAP = "overlap"
    ABSENT = "absent"
    PARTY_CLOSED = "party_closed"
    NO_PERSON = "no_person"
    UNSKILLED = "unskilled"
    OTHER_PERSON = "other_person"
    PAUSED_AT_WORK = "paused_at_work"


@dataclass(frozen=True)
class Violation:
    """One fault: of which task, against what (a task, a date, a person)."""

    fault: Fault
    task: TaskId
    against: TaskId | date | str | None = None


def check(problem: Problem, schedule: Schedule) -> tuple[Violation, ...]:
    """All faults of this schedule; empty when it can be worked as it stands."""
    tasks = problem.tasks
    found = list(_completeness(problem, schedule))
    for placement in schedule.placements:
        if placement.task in tasks:
            found += _alone(problem, tasks[placement.task], placement)
    found += _links(problem, schedule)
    found += _overlaps(problem, schedule)
    return tuple(found)


def _completeness(problem: Problem, schedule: Schedule) -> Iterator[Violation]:
    known, seen = problem.tasks, set[TaskId]()
    for placement in schedule.placements:
        if placement.task not in known:
            yield Violation(Fault.UNKNOWN_TASK, placement.task)
        if placement.task in seen:
            yield Violation(Fault.PLACED_TWICE, placement.task)
        seen.add(placement.task)
    for task in known:
        if task not in seen:
            yield Violation(Fault.NOT_PLACED, task)


def _alone(problem: Problem, task: Task, placed: Placement) -> Iterator[Violation]:
    """Faults that one placement has by itself."""
    if sum(end - start for start, end in placed.pieces) != task.work:
        yield Violation(Fault.WRONG_WORK, task.id)
    if placed.start < 0 or placed.finish > problem.axis.size or not _in_order(placed):
        yield Violation(Fault.OUTSIDE_AXIS, task.id)
        return
    release = next(order.release for order in problem.orders if order.no == task.id.order)
    if placed.start < max(release, task.pin or 0):
        yield Violation(Fault.TOO_EARLY, task.id)
    if task.work and task.party is Party.US:
        yield from _person(problem, task, placed)
    elif task.party in problem.calendars:
        calendar = problem.calendars[task.party]
        for on in _dates(problem.axis, placed):
            if not is_workday(calendar, on):
                yield Violation(Fault.PARTY_CLOSED, task.id, on)


def _in_order(placed: Placement) -> bool:
    """Pieces follow each other, begin at the start and end at the finish."""
    if not placed.pieces:
        return placed.start == placed.finish
    flat = [slot for piece in placed.pieces for slot in piece]
    return flat == sorted(flat) and (flat[0], flat[-1]) == (placed.start, placed.finish)


def _dates(axis: Axis, placed: Placement) -> list[date]:
    """The dates on which the pieces lie."""
    spans = [(s, e) for s, e in placed.pieces if e > s]
    return [d.on for d in axis.days if any(s < d.end and e > d.first for s, e in spans)]


def _person(problem: Problem, task: Task, placed: Placement) -> Iterator[Violation]:
    person = next((p for p in problem.people if p.id == placed.person), None)
    if person is None:
        yield Violation(Fault.NO_PERSON, task.id, placed.person)
        return
    assigned = any(p.id == task.person for p in problem.people)
    if assigned and person.id != task.person:
        yield Violation(Fault.OTHER_PERSON, task.id, person.id)
    able = task.skill is None or person.skills.get(task.skill, 0) >= task.level
    somebody = any(p.skills.get(task.skill or "", 0) >= task.level for p in problem.people)
    wrong = not able and (somebody or task.role not in person.roles)
    if wrong and not assigned:
        yield Violation(Fault.UNSKILLED, task.id, person.id)
    for on in _dates(problem.axis, placed):
        if any(first <= on <= last for first, last in person.absences):
            yield Violation(Fault.ABSENT, task.id, on)
    if person.share >= 1:
        yield from _pauses(problem.axis, person, task, placed)


def _pauses(axis: Axis, person: Person, task: Task, placed: Placement) -> Iterator[Violation]:
    """A task may pause only over days on which its person is away."""
    for (_, end), (start, _) in zip(placed.pieces, placed.pieces[1:], strict=False):
        for day in axis.days:
            away = any(first <= day.on <= last for first, last in person.absences)
            if day.first < start and day.end > end and not away:
                yield Violation(Fault.PAUSED_AT_WORK, task.id, day.on)


def _links(problem: Problem, schedule: Schedule) -> Iterator[Violation]:
    placed = {placement.task: placement for placement in schedule.placements}
    for task in problem.tasks.values():
        for link in task.links:
            both = task.id in placed and link.pred in placed
            if both and not _kept(problem.axis, link, placed[link.pred], placed[task.id]):
                yield Violation(Fault.LINK_BROKEN, task.id, link.pred)


def _kept(axis: Axis, link: Link, pred: Placement, task: Placement) -> bool:
    from_finish = link.kind in (LinkKind.FS, LinkKind.FF)
    to_start = link.kind in (LinkKind.FS, LinkKind.SS)
    before = pred.finish if from_finish else pred.start
    after = task.start if to_start else task.finish
    if not link.elapsed:
        return after >= before + link.lag
    since = axis.end_at(before) if from_finish else axis.at(before)
    until = axis.at(after) if to_start else axis.end_at(after)
    return until - since >= timedelta(minutes=link.elapsed)


def _overlaps(problem: Problem, schedule: Schedule) -> Iterator[Violation]:
    """Two works of one person at the same time; clashes among committed work are not ours."""
    ours = problem.tasks.keys()
    work: dict[str, list[tuple[int, int, TaskId]]] = {}
    for placement in (*problem.committed, *schedule.placements):
        for start, end in placement.pieces if placement.person else ():
            work.setdefault(placement.person or "", []).append((start, end, placement.task))
    for pieces in work.values():
        pieces.sort()
        for n, (_, end, task) in enumerate(pieces):
            for start, _, other in pieces[n + 1 :]:
                if start >= end:
                    break
                if task in ours or other in ours:
                    yield Violation(Fault.OVERLAP, other if other in ours else task, task)
