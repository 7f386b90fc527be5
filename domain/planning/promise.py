"""The promised date: how likely each finish is, and which date we may tell the customer.

Simulated with the plan's persons and sequence; work of other orders stays where it is planned.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from domain.planning.problem import Problem, Proposal, TaskId
from domain.planning.simulate import durations, simulate
from domain.worktime import AnyCalendar, add_workdays

if TYPE_CHECKING:
    from numpy import int64
    from numpy.typing import NDArray

    Slots = NDArray[int64]

RHO = 0.3
"""Share of variance that all tasks of an order have in common; independent tasks look too safe."""


@dataclass(frozen=True)
class Driver:
    """A task whose duration moves the finish, and how strongly (correlation 0 to 1)."""

    task: TaskId
    strength: float


@dataclass(frozen=True)
class Promise:
    """Finishes in 50, 80 and 90 of 100 cases; the plan's own date; what drives them."""

    p50: date
    p80: date
    p90: date
    p80_low: date
    p80_high: date
    planned: date
    planned_chance: float
    drivers: tuple[Driver, ...]
    finishes: tuple[date, ...]
    """All simulated finish dates, in order."""

    def chance(self, on: date) -> float:
        """How likely it is (0 to 1) that all is done on this date at the latest."""
        return sum(finish <= on for finish in self.finishes) / len(self.finishes)


def promise(
    problem: Problem, proposal: Proposal, *, runs: int = 1000, seed: int, rho: float = RHO
) -> Promise:
    """Simulate the plan so many times; the same seed gives the same answer."""
    import numpy as np

    placements = sorted(proposal.schedule.placements, key=lambda p: (p.start, p.finish, p.task))
    tasks = problem.tasks
    work = durations([tasks[placed.task] for placed in placements], runs, seed, rho)
    finish = np.max(np.stack(list(simulate(problem, proposal, work).values())), axis=0)
    axis = problem.axis
    dates = tuple(axis.end_day(int(slot)) for slot in np.sort(finish))
    planned = axis.end_day(proposal.schedule.finish)

    def rank(share: float) -> date:
        return dates[min(max(math.ceil(share * runs) - 1, 0), runs - 1)]

    spread = 1.96 * math.sqrt(0.8 * 0.2 / runs)
    return Promise(
        p50=rank(0.5),
        p80=rank(0.8),
        p90=rank(0.9),
        p80_low=rank(0.8 - spread),
        p80_high=rank(0.8 + spread),
        planned=planned,
        planned_chance=sum(on <= planned for on in dates) / runs,
        drivers=_drivers(work, finish),
        finishes=dates,
    )


def _drivers(work: "Mapping[TaskId, Slots]", finish: "Slots", limit: int = 5) -> tuple[Driver, ...]:
    """The tasks whose work moves the finish most."""
    import numpy as np

    found = []
    for task, slots in work.items():
        if slots.std() > 0 and finish.std() > 0:
            strength = float(np.corrcoef(slots, finish)[0, 1])
            found.append(Driver(task, round(max(strength, 0.0), 3)))
    return tuple(sorted(found, key=lambda driver: -driver.strength)[:limit])


@dataclass(frozen=True)
class PromisedDate:
    """The date to tell the customer; whether it keeps their wish, and the earliest possible one."""

    on: date
    keeps_wish: bool
    earliest: date


def promised_date(earliest: date, wished: date | None, customer: AnyCalendar) -> PromisedDate:
    """The wish if the buffered finish allows it, else that finish; on a workday of the customer."""
    on = max(earliest, wished) if wished else earliest
    rounded = add_workdays(customer, on, 0)
    return PromisedDate(rounded, wished is not None and earliest <= wished, earliest)
