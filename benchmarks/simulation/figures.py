"""Many schedules on all cores: how many there were, and what they have found."""

import gc
import logging
import os
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context

from benchmarks.result import Result
from benchmarks.simulation.places import places
from benchmarks.simulation.planted.all_bugs import BUGS, found_after
from benchmarks.simulation.schedule import Outcome, schedule

SCHEDULES = 100_000
WITHIN = 1_000
"""Within so many schedules each planted bug must be found."""
AT_ONCE = 50
SECONDS_OF_A_MONTH = 30.4 * 86400


@dataclass(frozen=True)
class Found:
    """What some schedules came to."""

    schedules: int
    steps: int
    seconds: float
    """Virtual time."""
    violations: tuple[tuple[int, str], ...]
    """Seed and sentence."""


def ready() -> None:
    """Nothing is printed by the product, and what all schedules share is there."""
    logging.getLogger("orderflow").setLevel(logging.CRITICAL)
    places()
    gc.collect()
    gc.freeze()


def play_some(first: int, last: int) -> Found:
    """The schedules of these seeds, the last one not included."""
    ended = [schedule(seed) for seed in range(first, last)]
    gc.collect()
    return Found(
        len(ended),
        sum(each.steps for each in ended),
        sum(each.seconds for each in ended),
        tuple((each.seed, problem) for each in ended for problem in each.violations),
    )


def simulation(schedules: int | None = None) -> list[Result]:
    """Schedules played, what they found, how fast; and how many planted bugs are found."""
    ready()
    began = time.monotonic()
    some = list(_everywhere(schedules or SCHEDULES))
    took = time.monotonic() - began
    count = sum(each.schedules for each in some)
    violations = [each for one in some for each in one.violations]
    months = sum(each.seconds for each in some) / SECONDS_OF_A_MONTH
    seen = "; ".join(f"seed {seed}: {problem}" for seed, problem in violations[:5])
    steps = sum(each.steps for each in some)
    seen_after = planted_bugs()
    missed = [bug for bug, after in seen_after.items() if after is None]
    slowest = max((after, bug) for bug, after in seen_after.items() if after is not None)
    return [
        Result("simulated schedules", count, "schedules", detail=f"{steps} steps"),
        Result("violations", len(violations), "count", 0, False, detail=seen),
        Result("schedules per second", count / took, "1/s", detail=f"{_cores()} processes"),
        Result("simulated time", months / took, "months/s"),
        Result(
            "planted bugs found",
            len(BUGS) - len(missed),
            "count",
            len(BUGS),
            detail=f"missed: {', '.join(missed)}" if missed else f"last: {slowest}",
        ),
    ]


def _cores() -> int:
    return os.cpu_count() or 1


def _everywhere(count: int) -> Iterator[Found]:
    firsts = range(0, count, AT_ONCE)
    lasts = [min(first + AT_ONCE, count) for first in firsts]
    with ProcessPoolExecutor(_cores(), mp_context=get_context("fork")) as pool:
        yield from pool.map(play_some, firsts, lasts)


def planted_bugs(within: int = WITHIN) -> dict[str, int | None]:
    """By planted bug, after how many schedules it was found; None where so many did not see it."""
    with ProcessPoolExecutor(_cores(), mp_context=get_context("fork")) as pool:
        return dict(zip(BUGS, pool.map(found_after, BUGS, [within] * len(BUGS)), strict=True))


def replay(seed: int) -> Outcome:
    """One schedule again, with its trace."""
    ready()
    return schedule(seed)
