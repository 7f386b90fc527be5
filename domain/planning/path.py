"""Critical path of a schedule: how far each task may slip before the finish moves."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

from domain.planning.blueprint import LinkKind
from domain.planning.problem import Link, Placement, Schedule, Task, TaskId


@dataclass(frozen=True)
class _Tie:
    """`pred` may finish at most `room` slots later than now for each slot that `succ` has."""

    pred: TaskId
    succ: TaskId
    room: int


def floats_of(tasks: Mapping[TaskId, Task], schedule: Schedule) -> dict[TaskId, int]:
    """Total float in slots: over links, and over the next task of the same person."""
    placed = schedule.by_task
    ties: dict[TaskId, list[_Tie]] = {}
    for tie in _link_ties(tasks, placed) + _person_ties(placed):
        ties.setdefault(tie.pred, []).append(tie)
    slack = {task: schedule.finish - placement.finish for task, placement in placed.items()}
    # Ties go forward in time, except finish-to-finish ones: repeat until nothing shrinks.
    order = sorted(placed, key=lambda task: (placed[task].finish, placed[task].start), reverse=True)
    changed = True
    while changed:
        changed = False
        for task in order:
            least = min(
                (tie.room + slack[tie.succ] for tie in ties.get(task, ())), default=slack[task]
            )
            if least < slack[task]:
                slack[task], changed = least, True
    return {task: max(slots, 0) for task, slots in slack.items()}


def _link_ties(tasks: Mapping[TaskId, Task], placed: Mapping[TaskId, Placement]) -> list[_Tie]:
    return [
        _Tie(link.pred, task.id, _room(link, placed[link.pred], placed[task.id]))
        for task in tasks.values()
        for link in task.links
        if link.pred in placed and task.id in placed
    ]


def _room(link: Link, pred: Placement, succ: Placement) -> int:
    """Slots between the two ends that the link ties, beyond its lag."""
    before = pred.finish if link.kind in (LinkKind.FS, LinkKind.FF) else pred.start
    after = succ.start if link.kind in (LinkKind.FS, LinkKind.SS) else succ.finish
    # A lag by the clock ends at an open slot at the earliest: taken as it is in this schedule.
    return 0 if link.elapsed else max(after - before - link.lag, 0)


def _person_ties(placed: Mapping[TaskId, Placement]) -> list[_Tie]:
    by_person: dict[str, list[Placement]] = {}
    for placement in placed.values():
        if placement.person is not None and placement.pieces:
            by_person.setdefault(placement.person, []).append(placement)
    ties = []
    for placements in by_person.values():
        placements.sort(key=lambda placement: placement.start)
        for one, next_one in pairwise(placements):
            ties.append(_Tie(one.task, next_one.task, next_one.start - one.finish))
    return ties
