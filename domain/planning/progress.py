"""Planning again while work goes on: what is done stays, the rest is planned from now on."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from domain.names import Party
from domain.planning.axis import SLOTS_PER_HOUR, Axis
from domain.planning.blueprint import LinkKind
from domain.planning.problem import Link, Order, Problem, Task, TaskId
from domain.planning.propose import INSTANT, propose


@dataclass(frozen=True)
class Actual:
    """What has been reported of a task; `remaining` in hours, None: as planned."""

    started_at: datetime | None = None
    finished_at: datetime | None = None
    remaining: float | None = None
    person: str | None = None


NOTHING = Actual()


def rest_of(problem: Problem, actuals: Mapping[TaskId, Actual], *, at: datetime) -> Problem:
    """The problem that is left at this instant: finished tasks gone, started ones shortened.

    The axis stays, so that slots mean the same; nothing starts before `at`.
    """
    now = problem.axis.slot_at(at)
    orders = tuple(_rest_of_order(problem.axis, order, actuals, now) for order in problem.orders)
    return replace(problem, orders=orders)


def _rest_of_order(axis: Axis, order: Order, actuals: Mapping[TaskId, Actual], now: int) -> Order:
    left = tuple(
        _rest(axis, task, actuals)
        for task in order.tasks
        if actuals.get(task.id, NOTHING).finished_at is None
    )
    return replace(order, tasks=left, release=max(order.release, now))


def _rest(axis: Axis, task: Task, actuals: Mapping[TaskId, Actual]) -> Task:
    actual = actuals.get(task.id, NOTHING)
    person = actual.person or task.person
    if actual.started_at is not None:
        return replace(_shortened(task, actual), links=(), pin=None, person=person)
    bounds = [_bound(axis, link, actuals.get(link.pred, NOTHING)) for link in task.links]
    pins = [pin for pin in (task.pin, *bounds) if pin is not None]
    links = tuple(
        link for link in task.links if actuals.get(link.pred, NOTHING).finished_at is None
    )
    return replace(task, links=links, pin=max(pins, default=None), person=person)


def _shortened(task: Task, actual: Actual) -> Task:
    """The task with its remaining hours; at least a quarter, since it has not been finished."""
    if actual.remaining is None or task.work == 0:
        return task
    work = max(math.ceil(actual.remaining * SLOTS_PER_HOUR), 1)
    factor = work / task.work
    return replace(task, work=work, estimate=task.estimate.scaled(factor))


def _bound(axis: Axis, link: Link, actual: Actual) -> int | None:
    """The earliest start that a tie to finished or started work still asks for."""
    if link.kind is LinkKind.FS and actual.finished_at is not None:
        if link.elapsed:
            return axis.slot_at(actual.finished_at + timedelta(minutes=link.elapsed))
        return max(axis.end_slot(actual.finished_at) + link.lag, 0)
    if link.kind is LinkKind.SS and actual.started_at is not None:
        return max(axis.slot_at(actual.started_at) + link.lag, 0)
    return None


def forecast_finish(
    problem: Problem, actuals: Mapping[TaskId, Actual], *, at: datetime
) -> date | None:
    """The day on which all will be done as things stand; None when nothing is left."""
    rest = rest_of(problem, actuals, at=at)
    if not rest.tasks:
        return None
    return problem.axis.end_day(propose(rest, effort=INSTANT).schedule.finish)


def earned(tasks: Mapping[TaskId, Task], actuals: Mapping[TaskId, Actual]) -> float:
    """Share of the weight that is earned, 0 to 1: started work by its remaining hours."""
    total = sum(task.weight for task in tasks.values())
    if not total:
        return 0.0
    return sum(_earned(task, actuals.get(task.id, NOTHING)) for task in tasks.values()) / total


def _earned(task: Task, actual: Actual) -> float:
    if actual.finished_at is not None:
        return float(task.weight)
    if actual.started_at is None or task.work == 0 or task.party is not Party.US:
        return 0.0
    left = task.hours if actual.remaining is None else actual.remaining
    return task.weight * min(max(1 - left / max(task.hours, left), 0.0), 0.9)
