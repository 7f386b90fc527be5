"""From dates and instants to a problem, and back: what rows hold and what planning counts in."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from domain.names import Party
from domain.planning.axis import Axis, axis_of
from domain.planning.problem import (
    Order,
    Person,
    Placement,
    Problem,
    Proposal,
    Reason,
    Task,
    TaskId,
)
from domain.planning.staff import follower
from domain.worktime import Calendar


@dataclass(frozen=True)
class Commitment:
    """Work of another order that is planned already: who, which task, from when to when."""

    order_no: str
    activity_no: str
    person: str
    start: datetime
    finish: datetime


@dataclass(frozen=True)
class Wanted:
    """What is asked of one order: its tasks, not before, promised (or wished) for."""

    order_no: str
    tasks: tuple[Task, ...]
    start: datetime
    due: date | None = None
    weight: int = 1


def framed(
    wanted: Wanted,
    people: Sequence[Person],
    calendar: Calendar,
    *,
    committed: Iterable[Commitment] = (),
    calendars: Mapping[Party, Calendar] | None = None,
    seed: int = 0,
) -> Problem:
    """The planning problem of one order over what others have committed, on the calendar's axis."""
    axis = axis_of(calendar, wanted.start)
    due = None if wanted.due is None else axis.slots_of(wanted.due, wanted.due)[1]
    release = axis.slot_at(wanted.start)
    order = Order(wanted.order_no, wanted.tasks, release, due, wanted.weight)
    placed = [_placement(axis, each) for each in committed]
    ahead = tuple(each for each in placed if each.finish > each.start)
    return Problem(axis, tuple(people), (order,), ahead, calendars or {}, seed=seed)


def _placement(axis: Axis, each: Commitment) -> Placement:
    """Committed work in slots; what lies before the axis is cut off."""
    start, finish = axis.slot_at(each.start), axis.end_slot(each.finish)
    task = TaskId(each.order_no, each.activity_no)
    return Placement(task, each.person, start, finish, ((start, finish),))


@dataclass(frozen=True)
class Planned:
    """One task of a proposal with its instants: a row of the plan's table and of the records."""

    task: Task
    person: str | None
    follower: str | None
    """Of a customer's or supplier's task: who of ours asks for it."""
    start: datetime
    finish: datetime
    start_day: date
    finish_day: date
    float_hours: float
    critical: bool
    provisional: bool
    reason: Reason = field(hash=False)


def planned(problem: Problem, proposal: Proposal) -> tuple[Planned, ...]:
    """The tasks of a proposal with instants and days, in the order of their numbers."""
    axis, placed = problem.axis, proposal.schedule.by_task
    rows = []
    for task in problem.tasks.values():
        spot = placed[task.id]
        start = axis.at(spot.start) if task.work else axis.end_at(spot.start)
        ours = task.party is Party.US
        rows.append(
            Planned(
                task,
                spot.person,
                None if ours else follower(task, problem.people),
                start,
                axis.end_at(spot.finish),
                axis.day_of(spot.start) if task.work else axis.end_day(spot.start),
                axis.end_day(spot.finish),
                proposal.floats[task.id] / 4,
                task.id in proposal.critical,
                axis.provisional(spot.start, spot.finish),
                proposal.reasons[task.id],
            )
        )
    return tuple(rows)


def finish_days(problem: Problem, proposal: Proposal) -> tuple[date, date]:
    """The day on which the plan ends, and the day on which it ends with its buffer used up."""
    axis = problem.axis
    return axis.end_day(proposal.schedule.finish), axis.end_day(proposal.buffered_finish)
