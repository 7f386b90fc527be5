"""Task lists: priority rules and the order in which links allow tasks to be placed."""

import heapq
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from domain.errors import Refusal
from domain.planning.problem import Problem, Task, TaskId

Tasks = Mapping[TaskId, Task]


@dataclass(unsafe_hash=True)
class CyclicPlan(Refusal):
    """These tasks wait for each other in a circle."""

    order: str
    tasks: tuple[str, ...]


def eligible_order(tasks: Tasks, sequence: Sequence[TaskId]) -> tuple[TaskId, ...]:
    """The tasks in the given order as far as links allow: predecessors come first."""
    rank = {task: n for n, task in enumerate(sequence)}
    waits = {task.id: {link.pred for link in task.links} & tasks.keys() for task in tasks.values()}
    after = _successors(tasks)
    ready = [(rank.get(task, len(rank)), task) for task, preds in waits.items() if not preds]
    heapq.heapify(ready)
    found: list[TaskId] = []
    while ready:
        _, task = heapq.heappop(ready)
        found.append(task)
        for later in after.get(task, ()):
            waits[later].discard(task)
            if not waits[later]:
                heapq.heappush(ready, (rank.get(later, len(rank)), later))
    if len(found) < len(tasks):
        raise _circle({task: preds for task, preds in waits.items() if preds})
    return tuple(found)


def _successors(tasks: Tasks) -> dict[TaskId, tuple[TaskId, ...]]:
    after: dict[TaskId, dict[TaskId, None]] = {}
    for task in tasks.values():
        for link in task.links:
            if link.pred in tasks:
                after.setdefault(link.pred, {})[task.id] = None
    return {task: tuple(later) for task, later in after.items()}


def _circle(waits: Mapping[TaskId, set[TaskId]]) -> CyclicPlan:
    """Walk back along what each task waits for until one comes twice."""
    task = min(waits)
    seen: list[TaskId] = []
    while task not in seen:
        seen.append(task)
        task = min(waits[task] & waits.keys())
    circle = seen[seen.index(task) :]
    return CyclicPlan(task.order, tuple(str(member) for member in reversed(circle)))


def _chain(
    tasks: Tasks, order: Iterable[TaskId], ends: Mapping[TaskId, Iterable[TaskId]]
) -> dict[TaskId, int]:
    """Longest work from the far end of the links through each task, itself included."""
    length: dict[TaskId, int] = {}
    for task in order:
        length[task] = tasks[task].work + max(
            (length[end] for end in ends.get(task, ())), default=0
        )
    return length


def _followers(
    after: Mapping[TaskId, tuple[TaskId, ...]], order: Sequence[TaskId]
) -> dict[TaskId, int]:
    """How many tasks wait for each one, directly or not."""
    reach: dict[TaskId, set[TaskId]] = {}
    for task in reversed(order):
        reach[task] = set().union(*({later} | reach[later] for later in after.get(task, ())))
    return {task: len(later) for task, later in reach.items()}


@dataclass(frozen=True)
class _View:
    """What rules look at."""

    tasks: Tasks
    weight: Mapping[str, int]
    due: Mapping[str, int]
    tail: Mapping[TaskId, int]
    head: Mapping[TaskId, int]
    followers: Mapping[TaskId, int]
    hands: Mapping[TaskId, int]


Rule = Callable[[_View, TaskId], tuple[float, ...]]

RULES: dict[str, Rule] = {
    "slack": lambda view, t: (view.due[t.order] - view.tail[t], -view.tail[t]),
    "longest_tail": lambda view, t: (-view.tail[t],),
    "weighted_slack": lambda view, t: (
        (view.due[t.order] - view.tail[t]) / view.weight[t.order],
        -view.tail[t],
    ),
    "most_followers": lambda view, t: (-view.followers[t], -view.tail[t]),
    "scarce_hands": lambda view, t: (view.hands[t], -view.tail[t]),
    "shortest_work": lambda view, t: (view.tasks[t].work, -view.tail[t]),
    "earliest_ready": lambda view, t: (view.head[t], -view.tail[t]),
}
"""What each list puts first; ties go by task number."""


def lists(problem: Problem) -> dict[str, tuple[TaskId, ...]]:
    """One task list for each rule, the smallest value first."""
    view = _view(problem)
    wbs_order = {task: n for n, task in enumerate(view.tasks)}
    return {
        name: tuple(sorted(view.tasks, key=lambda t: (rule(view, t), wbs_order[t])))
        for name, rule in RULES.items()
    }


def _view(problem: Problem) -> _View:
    tasks = problem.tasks
    order = eligible_order(tasks, tuple(tasks))
    after = _successors(tasks)
    before = {
        task.id: [lk.pred for lk in task.links if lk.pred in tasks] for task in tasks.values()
    }
    return _View(
        tasks,
        {each.no: max(each.weight, 1) for each in problem.orders},
        {each.no: problem.axis.size if each.due is None else each.due for each in problem.orders},
        _chain(tasks, reversed(order), after),
        _chain(tasks, order, before),
        _followers(after, order),
        {task.id: sum(_able(task, p.skills) for p in problem.people) for task in tasks.values()},
    )


def _able(task: Task, skills: Mapping[str, int]) -> bool:
    return task.skill is not None and skills.get(task.skill, 0) >= task.level
