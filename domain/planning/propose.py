"""Proposals: the best of several lists, and the earliest finish that follows from it."""

import random
from collections.abc import Iterator
from dataclasses import dataclass

from domain.planning.decode import decode
from domain.planning.problem import Problem, Proposal, TaskId
from domain.planning.sequence import lists


@dataclass(frozen=True)
class Effort:
    """How much is tried, counted, so that the same problem gives the same plan everywhere."""

    shuffles: int = 24


INSTANT = Effort(shuffles=0)


def propose(problem: Problem, *, effort: Effort | None = None) -> Proposal:
    """The best plan found: one for each priority rule, then seeded changes of the best list."""
    effort = effort or Effort()
    tried = {name: decode(problem, tasks, rule=name) for name, tasks in lists(problem).items()}
    best = min(tried.values(), key=lambda proposal: proposal.objective)
    for sequence in _neighbours(problem, best, effort):
        trial = decode(problem, sequence, rule=f"{best.rule.removesuffix('+')}+")
        best = min(best, trial, key=lambda proposal: proposal.objective)
    return best


def _neighbours(problem: Problem, best: Proposal, effort: Effort) -> Iterator[tuple[TaskId, ...]]:
    """The list by starts, then the same with its tasks moved a little at random."""
    placements = best.schedule.placements
    if not effort.shuffles or len(placements) < 2:
        return
    chance = random.Random(problem.seed)  # noqa: S311 - a search, not a secret
    by_start = [placed.task for placed in sorted(placements, key=lambda p: (p.start, p.task))]
    reach = max(3.0, len(by_start) / 6)
    for n in range(effort.shuffles):
        rank = {
            task: k + (chance.uniform(-reach, reach) if n else 0) for k, task in enumerate(by_start)
        }
        yield tuple(sorted(by_start, key=lambda task: rank[task]))


def earliest_finish(problem: Problem, *, effort: Effort = INSTANT) -> int:
    """The slot before which all is done, buffer included, over what is committed already."""
    return propose(problem, effort=effort).buffered_finish
