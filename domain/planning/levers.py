"""Levers: what would bring a finish forward, each one tried with the decoder, not guessed."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from domain.names import Language
from domain.planning.axis import Axis, axis_of
from domain.planning.decode import decode
from domain.planning.explain import day_words, why
from domain.planning.problem import (
    Kind,
    Order,
    Person,
    Placement,
    Problem,
    Proposal,
    Task,
    TaskId,
)
from domain.worktime import Day, is_workday, workdays_between


class LeverKind(StrEnum):
    """What could be done to finish earlier."""

    OTHER_ORDER_WAITS = "other_order_waits"
    ABSENCE_MOVED = "absence_moved"
    SECOND_PERSON = "second_person"
    PARTY_FASTER = "party_faster"
    OVERTIME = "overtime"


@dataclass(frozen=True)
class Lever:
    """One thing to change, and the working days that the finish gains by it."""

    kind: LeverKind
    subject: TaskId | date | str
    finish: date
    days: int


_WORDS = {
    LeverKind.OTHER_ORDER_WAITS: ("若 {subject} 让路", "if {subject} waits"),
    LeverKind.ABSENCE_MOVED: ("若 {subject} 不缺勤", "if {subject} is not away"),
    LeverKind.SECOND_PERSON: (
        "若再有一人与 {subject} 同时做",
        "with a second person beside {subject}",
    ),
    LeverKind.PARTY_FASTER: ("若 {subject} 用时减半", "if {subject} takes half the time"),
    LeverKind.OVERTIME: ("若{subject}加班", "with overtime on {subject}"),
}


def lever_sentence(problem: Problem, lever: Lever, language: Language) -> str:
    """One sentence: what to change, the new finish, and the working days gained."""
    axis, subject = problem.axis, lever.subject
    if isinstance(subject, TaskId):
        own = subject in problem.tasks
        words = subject.no if own else f"{subject.order} {subject.no}"
    else:
        words = day_words(axis, subject, language) if isinstance(subject, date) else subject
    finish = day_words(axis, lever.finish, language)
    if language is Language.ZH:
        return f"{_WORDS[lever.kind][0].format(subject=words)}:{finish}(提前 {lever.days} 个工作日)"
    unit = "working day" if lever.days == 1 else "working days"
    how = _WORDS[lever.kind][1].format(subject=words)
    return f"{how}: {finish} ({lever.days} {unit} earlier)"


def levers(
    problem: Problem, proposal: Proposal, task: TaskId | None = None, *, limit: int = 10
) -> tuple[Lever, ...]:
    """What would bring the finish forward, most days first; each one is tried, not guessed."""
    now = problem.axis.end_day(proposal.schedule.finish)
    placements = sorted(proposal.schedule.placements, key=lambda p: (p.start, p.finish, p.task))
    sequence = [placed.task for placed in placements]
    found = {}
    for kind, subject, changed in _changes(problem, proposal, task):
        schedule = decode(changed, sequence).schedule
        finish = schedule.axis.end_day(schedule.finish)
        days = workdays_between(problem.axis.calendar, finish, now)
        if days > 0:
            found[kind, str(subject)] = Lever(kind, subject, finish, days)
    return tuple(sorted(found.values(), key=lambda lever: -lever.days)[:limit])


_Change = tuple[LeverKind, TaskId | date | str, Problem]


def _changes(problem: Problem, proposal: Proposal, task: TaskId | None) -> Iterator[_Change]:
    """The problem without each blocker of the chain, and with a Saturday worked."""
    tasks = problem.tasks
    people = {person.id: person for person in problem.people}
    for reason in why(proposal, task):
        person = people.get(reason.person or "")
        if reason.kind is Kind.PERSON and isinstance(reason.blocker, TaskId) and person:
            if reason.blocker in tasks:
                second = replace(person, id=f"{person.id}'", absences=())
                more = replace(problem, people=(*problem.people, second))
                yield LeverKind.SECOND_PERSON, person.name, more
            else:
                rest = tuple(p for p in problem.committed if p.task != reason.blocker)
                yield LeverKind.OTHER_ORDER_WAITS, reason.blocker, replace(problem, committed=rest)
        elif reason.kind is Kind.ABSENCE and person:
            yield LeverKind.ABSENCE_MOVED, person.name, _present(problem, person)
        elif reason.kind in (Kind.CUSTOMER, Kind.SUPPLIER) and isinstance(reason.blocker, TaskId):
            faster = _quicker(problem, tasks[reason.blocker])
            yield LeverKind.PARTY_FASTER, reason.blocker, faster
    saturday = _first_saturday(problem.axis, proposal)
    if saturday is not None:
        yield LeverKind.OVERTIME, saturday, with_overtime(problem, saturday)


def _present(problem: Problem, person: Person) -> Problem:
    here = replace(person, absences=())
    people = tuple(here if p.id == person.id else p for p in problem.people)
    return replace(problem, people=people)


def _quicker(problem: Problem, task: Task) -> Problem:
    """The same problem with half the time for this task."""
    quick = replace(task, work=(task.work + 1) // 2)

    def swapped(order: Order) -> Order:
        return replace(order, tasks=tuple(quick if t.id == task.id else t for t in order.tasks))

    return replace(problem, orders=tuple(swapped(order) for order in problem.orders))


def _first_saturday(axis: Axis, proposal: Proposal) -> date | None:
    """The first free Saturday while the plan runs."""
    on = axis.day_of(proposal.schedule.start)
    last = axis.end_day(proposal.schedule.finish)
    while on < last:
        if on.weekday() == 5 and not is_workday(axis.calendar, on):
            return on
        on += timedelta(days=1)
    return None


def with_overtime(problem: Problem, on: date) -> Problem:
    """The same problem with this closed date worked; all slots are counted anew."""
    old, calendar = problem.axis, problem.axis.calendar
    days = {**calendar.days, on: Day(True, name_zh="加班", name_en="Overtime")}
    length = (old.days[-1].on - old.days[0].on).days + 1
    new = axis_of(replace(calendar, days=days), old.at(0), days=length)

    def moved(slot: int) -> int:
        return new.slot_at(old.at(slot)) if slot < old.size else new.size

    def ended(slot: int) -> int:
        return new.end_slot(old.end_at(slot))

    def committed(placed: Placement) -> Placement:
        pieces = tuple((moved(start), ended(end)) for start, end in placed.pieces)
        start, finish = moved(placed.start), ended(placed.finish)
        return replace(placed, start=start, finish=finish, pieces=pieces)

    def order(each: Order) -> Order:
        tasks = tuple(replace(t, pin=t.pin and moved(t.pin)) for t in each.tasks)
        due = None if each.due is None else ended(each.due)
        return replace(each, release=moved(each.release), due=due, tasks=tasks)

    return replace(
        problem,
        axis=new,
        orders=tuple(order(each) for each in problem.orders),
        committed=tuple(committed(placed) for placed in problem.committed),
    )
