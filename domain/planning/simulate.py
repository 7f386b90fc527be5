"""Simulation of a plan: durations drawn, dates passed along with persons and sequence fixed.

Work of other orders stays where it is planned. Arrays hold one value a run, in slots.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from domain.planning.axis import SLOTS_PER_HOUR, Axis
from domain.planning.blueprint import Estimate, LinkKind
from domain.planning.diary import diary_of, party_time
from domain.planning.problem import Kind, Link, Person, Problem, Proposal, Task, TaskId
from domain.planning.sequence import eligible_order

if TYPE_CHECKING:
    from numpy import float64, int64
    from numpy.typing import NDArray

    Slots = NDArray[int64]
    Numbers = NDArray[float64]


def durations(tasks: Sequence[Task], runs: int, seed: int, rho: float) -> "dict[TaskId, Slots]":
    """Work in slots of each task in each run: PERT beta, tied by one common factor of the order."""
    import numpy as np

    chance = np.random.default_rng(seed)
    common = chance.standard_normal(runs)
    found = {}
    for task in tasks:
        own = chance.standard_normal(runs)
        z = math.sqrt(rho) * common + math.sqrt(1 - rho) * own
        hours = _pert(task.estimate, z)
        slots = np.ceil(hours * SLOTS_PER_HOUR).astype(np.int64)
        found[task.id] = slots if task.work else np.zeros(runs, dtype=np.int64)
    return found


def _pert(estimate: Estimate, z: "Numbers") -> "Numbers":
    """Hours of a PERT beta distribution at these standard normal values."""
    import numpy as np

    spread = estimate.high - estimate.low
    if spread <= 0:
        return np.full(z.shape, estimate.likely)
    mode = (estimate.likely - estimate.low) / spread
    x = np.linspace(0.0005, 0.9995, 500)
    density = x ** (4 * mode) * (1 - x) ** (4 * (1 - mode))
    share = np.cumsum(density) / np.sum(density)
    grid = np.linspace(-4, 4, 200)
    normal = np.array([0.5 * (1 + math.erf(value / math.sqrt(2))) for value in grid])
    quantiles = np.interp(normal, share, x)
    hours: Numbers = estimate.low + spread * np.interp(z, grid, quantiles)
    return hours


@dataclass(frozen=True)
class _Free:
    """Time left to a person (party): the number of each slot, and the slot of each number."""

    numbers: "Slots"
    slots: "Slots"


def simulate(
    problem: Problem, proposal: Proposal, work: "Mapping[TaskId, Slots]"
) -> "dict[TaskId, Slots]":
    """The finish slot of each task in each run, in the planned sequence of each person."""
    import numpy as np

    tasks, axis = problem.tasks, problem.axis
    placed = proposal.schedule.by_task
    people = {person.id: person for person in problem.people}
    free: dict[str, _Free] = {}
    starts: dict[TaskId, Slots] = {}
    ends: dict[TaskId, Slots] = {}
    hands: dict[str, Slots] = {}
    releases = {order.no: order.release for order in problem.orders}
    for task in _in_turn(proposal, tasks):
        who = placed[task.id].person
        key = who or str(task.party)
        if key not in free:
            free[key] = _free(problem, task, people.get(who or ""))
        floor = _floor(proposal, task.id, releases[task.id.order])
        begin = np.full(work[task.id].shape, floor, dtype=np.int64)
        begin = _linked(axis, task, begin, starts, ends, work[task.id])
        if who is not None:
            begin = np.maximum(begin, hands.get(who, begin))
        starts[task.id], ends[task.id] = _placed(free[key], begin, work[task.id])
        if who is not None:
            hands[who] = ends[task.id]
    return ends


def _in_turn(proposal: Proposal, tasks: Mapping[TaskId, Task]) -> list[Task]:
    """Tasks by planned start, each after the ones it is tied to."""
    by_start = sorted(proposal.schedule.placements, key=lambda p: (p.start, p.finish, p.task))
    return [tasks[task] for task in eligible_order(tasks, [p.task for p in by_start])]


def _floor(proposal: Proposal, task: TaskId, release: int) -> int:
    """Nobody starts earlier than planned when other orders' work is in the way."""
    reason = proposal.reasons[task]
    held = reason.kind is Kind.PERSON and isinstance(reason.blocker, TaskId)
    foreign = held and reason.blocker not in proposal.reasons
    return proposal.schedule.by_task[task].start if foreign else release


def _free(problem: Problem, task: Task, person: Person | None) -> _Free:
    import numpy as np

    size = problem.axis.size
    is_free = np.zeros(size + 1, dtype=bool)
    diary = diary_of(problem, person) if person else None
    own = diary.own if diary else party_time(problem, task.party)
    for start, end in zip(own.firsts, own.ends, strict=True):
        is_free[start:end] = True
    for placement in problem.committed if person else ():
        for start, end in placement.pieces if placement.person == (person and person.id) else ():
            is_free[start:end] = False
    is_free[size] = False
    slots = np.append(np.flatnonzero(is_free), size)
    return _Free(np.cumsum(is_free) - is_free, slots)


def _placed(free: _Free, begin: "Slots", work: "Slots") -> "tuple[Slots, Slots]":
    """Start and finish slots of work that begins at these slots at the earliest."""
    import numpy as np

    last = len(free.slots) - 1
    index = free.numbers[np.minimum(begin, len(free.numbers) - 1)]
    start = free.slots[np.minimum(index, last)]
    finish = free.slots[np.minimum(index + np.maximum(work, 1) - 1, last)] + 1
    none = work == 0
    return np.where(none, begin, start), np.where(none, begin, np.maximum(finish, start))


def _linked(
    axis: Axis,
    task: Task,
    begin: "Slots",
    starts: "Mapping[TaskId, Slots]",
    ends: "Mapping[TaskId, Slots]",
    work: "Slots",
) -> "Slots":
    """Earliest starts after all ties of the task."""
    import numpy as np

    for link in task.links:
        if link.pred not in ends:
            continue
        from_finish = link.kind in (LinkKind.FS, LinkKind.FF)
        before = ends[link.pred] if from_finish else starts[link.pred]
        bound = _lagged(axis, link, before)
        if link.kind in (LinkKind.FF, LinkKind.SF):
            bound = bound - work
        begin = np.maximum(begin, bound)
    return begin


def _lagged(axis: Axis, link: Link, before: "Slots") -> "Slots":
    """The slots before (or at) which a tie allows more, its lag added."""
    import numpy as np

    if not link.elapsed:
        return before + link.lag
    lag, last = timedelta(minutes=link.elapsed), axis.size - 1
    after = {
        int(slot): axis.slot_at(axis.at(min(int(slot), last)) + lag) for slot in np.unique(before)
    }
    return np.array([after[int(slot)] for slot in before], dtype=np.int64)
