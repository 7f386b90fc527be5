"""The decoder: a list of tasks becomes dates, persons and one reason a task. Only it makes dates.

Exact serial schedule generation: each task in turn takes the first gap that fits it whole. It
pauses over its person's absences, never over other work.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from domain.names import Party
from domain.planning.axis import SLOT, Axis, BeyondHorizon, OwnTime
from domain.planning.blueprint import LinkKind
from domain.planning.diary import Diary, diary_of, party_time
from domain.planning.path import floats_of
from domain.planning.problem import (
    Kind,
    Link,
    Missing,
    Objective,
    Person,
    Placement,
    Problem,
    Proposal,
    Reason,
    Schedule,
    Task,
    TaskId,
)
from domain.planning.sequence import eligible_order
from domain.planning.staff import candidates, surplus

PARTY_KIND = {
    Party.US: Kind.PREDECESSOR,
    Party.CUSTOMER: Kind.CUSTOMER,
    Party.SUPPLIER: Kind.SUPPLIER,
}


def decode(
    problem: Problem,
    sequence: Sequence[TaskId],
    persons: Mapping[TaskId, str] | None = None,
    *,
    rule: str = "given",
) -> Proposal:
    """The schedule that this list makes, with a reason for each start; persons may be fixed."""
    decoder = _Decoder(problem, persons or {})
    for task in eligible_order(decoder.tasks, sequence):
        decoder.place(decoder.tasks[task])
    return decoder.proposal(rule)


@dataclass(frozen=True)
class _Bound:
    """A slot that the task's start (or its finish) must not lie before, and why."""

    slot: int
    kind: Kind
    blocker: TaskId | None = None
    link: Link | None = None
    of_finish: bool = False

    def index(self, own: OwnTime, work: int) -> int:
        """The first own slot at which the task may start."""
        if self.of_finish:
            return max(own.index(max(self.slot - 1, 0)) - work + 1, 0)
        return own.index(self.slot)


@dataclass(frozen=True)
class _Fit:
    """A task in one person's time: own slot of its start, its placement and its reason."""

    index: int
    placement: Placement
    reason: Reason
    surplus: int = 0


class _Decoder:
    """The state of one decoding: what has been placed so far."""

    def __init__(self, problem: Problem, persons: Mapping[TaskId, str]) -> None:
        self.problem = problem
        self.tasks = problem.tasks
        self.persons = persons
        self.people = {person.id: person for person in problem.people}
        self.release = {order.no: order.release for order in problem.orders}
        self.diaries = {person.id: diary_of(problem, person) for person in problem.people}
        self.parties = {party: party_time(problem, party) for party in Party}
        self.placed: dict[TaskId, Placement] = {}
        self.reasons: dict[TaskId, Reason] = {}
        self.missing: list[Missing] = []
        self.surplus = 0

    def place(self, task: Task) -> None:
        """Give this task its dates, after everything that it waits for."""
        bounds = self._bounds(task)
        people = self._candidates(task)
        fits = [self._fit(task, bounds, person) for person in people or (None,)]
        best = min(fits, key=lambda fit: (fit.placement.finish, fit.surplus))
        if best.placement.person is not None:
            diary = self.diaries[best.placement.person]
            diary.take(best.index, best.index + task.work, task.id)
        self.placed[task.id] = best.placement
        self.reasons[task.id] = best.reason
        self.surplus += best.surplus

    def _candidates(self, task: Task) -> list[Person]:
        if task.id in self.persons:
            return [self.people[self.persons[task.id]]]
        people, missing = candidates(task, self.problem.people)
        if missing is not None:
            self.missing.append(missing)
        return people

    def _bounds(self, task: Task) -> list[_Bound]:
        """Everything that keeps this task from starting (or finishing) earlier."""
        bounds = [_Bound(self.release.get(task.id.order, 0), Kind.RELEASE)]
        if task.pin is not None:
            bounds.append(_Bound(task.pin, Kind.PIN))
        return bounds + [self._tied(link) for link in task.links if link.pred in self.placed]

    def _tied(self, link: Link) -> _Bound:
        pred = self.placed[link.pred]
        at_finish = link.kind in (LinkKind.FS, LinkKind.FF)
        slot = pred.finish if at_finish else pred.start
        of_finish = link.kind in (LinkKind.FF, LinkKind.SF)
        if link.elapsed:
            axis = self.problem.axis
            at = axis.end_at(slot) if at_finish else axis.at(slot)
            slot = _after(axis, at + timedelta(minutes=link.elapsed), of_finish)
            return _Bound(slot, Kind.LAG, link.pred, link, of_finish)
        kind = PARTY_KIND[self.tasks[link.pred].party]
        return _Bound(max(slot + link.lag, 0), kind, link.pred, link, of_finish)

    def _fit(self, task: Task, bounds: list[_Bound], person: Person | None) -> _Fit:
        """The task in the first gap of this person's (or party's) time."""
        if task.work == 0:
            return _milestone(task, bounds)
        diary = self.diaries[person.id] if person else Diary(self.parties[task.party])
        own = diary.own
        ready = [bound.index(own, task.work) for bound in bounds]
        index, blocker = diary.gap(max(ready), task.work)
        if index + task.work > own.size:
            raise BeyondHorizon(self.problem.axis.days[-1].on)
        pieces = own.pieces(index, task.work)
        name = person.id if person else None
        placement = Placement(task.id, name, pieces[0][0], pieces[-1][1], pieces)
        if blocker is not None:
            late = placement.start - own.slot(max(ready))
            reason = Reason(Kind.PERSON, task.id, blocker, late, name)
        else:
            reason = self._binding(task.id, bounds, [own.slot(n) for n in ready], placement)
        return _Fit(index, placement, reason, surplus(task, person))

    def _binding(
        self, task: TaskId, bounds: list[_Bound], starts: list[int], placement: Placement
    ) -> Reason:
        """The bound that lies latest, or the absence (closed day) on which it ends."""
        bound, late = _latest(bounds, starts)
        blocker: TaskId | date | None = bound.blocker
        if not bound.of_finish and placement.start > bound.slot:
            late, blocker = placement.start - bound.slot, self.problem.axis.day_of(bound.slot)
            return Reason(Kind.ABSENCE, task, blocker, late, placement.person, bound.link)
        return Reason(bound.kind, task, blocker, late, placement.person, bound.link)

    def proposal(self, rule: str) -> Proposal:
        """All that was placed, with floats, objective and buffer."""
        schedule = Schedule(self.problem.axis, tuple(self.placed.values()))
        length = schedule.finish - schedule.start
        return Proposal(
            schedule,
            self.reasons,
            floats_of(self.tasks, schedule),
            self._objective(),
            math.ceil(length * self.problem.buffer_share),
            rule,
            tuple(self.missing),
        )

    def _objective(self) -> Objective:
        late = finish = 0
        for order in self.problem.orders:
            end = max((self.placed[task.id].finish for task in order.tasks), default=order.release)
            late += order.weight * max(end - order.due, 0) if order.due is not None else 0
            finish += order.weight * end
        return Objective(late, finish, self.surplus)


def _after(axis: Axis, at: datetime, of_finish: bool) -> int:
    """The first slot that begins at this instant or later, or before which work ends later."""
    return axis.slot_at(at - SLOT) + 1 if of_finish else axis.slot_at(at)


def _latest(bounds: list[_Bound], starts: list[int]) -> tuple[_Bound, int]:
    """The bound with the latest start, and how many slots later it is than the next one."""
    # Of equal ones the last is told: a link says more than the release.
    ranked = sorted(range(len(bounds)), key=lambda n: (starts[n], n))
    before = starts[ranked[-2]] if len(ranked) > 1 else starts[ranked[-1]]
    return bounds[ranked[-1]], starts[ranked[-1]] - before


def _milestone(task: Task, bounds: list[_Bound]) -> _Fit:
    """A task without work: it happens when the last thing that it waits for has."""
    slots = [bound.slot for bound in bounds]
    bound, late = _latest(bounds, slots)
    reason = Reason(bound.kind, task.id, bound.blocker, late, None, bound.link)
    return _Fit(max(slots), Placement(task.id, None, max(slots), max(slots), ()), reason)
