"""One schedule: an installation, its people, bad luck for a while, then peace; what is left?"""

import gc
from dataclasses import dataclass, field
from datetime import timedelta
from random import Random

from benchmarks.simulation import faults
from benchmarks.simulation.checker import Checker
from benchmarks.simulation.faults import Faults
from benchmarks.simulation.installation import Installation, Snapshot
from benchmarks.simulation.leg import without_prefect
from benchmarks.simulation.people import People
from benchmarks.simulation.places import places
from benchmarks.simulation.running import Running

LONGEST = timedelta(days=40)
PEACE = timedelta(days=4)
"""So long a schedule may take to come to rest once nothing goes wrong any more."""


@dataclass(frozen=True)
class Outcome:
    """What became of one schedule."""

    seed: int
    steps: int
    seconds: float
    """Virtual time that has passed."""
    digest: str
    violations: tuple[str, ...]
    stages: int
    """How many different stages have been committed."""
    trace: tuple[str, ...] = field(repr=False)


WHOLE_LIFE = 0.01
"""How often an order lives its whole life in one schedule."""
LIFE_MOVES, MOST_MOVES = 30, 3


def schedule(seed: int) -> Outcome:
    """The schedule of this seed: where it begins, what goes wrong, what people do, all drawn."""
    luck = Random(seed)  # noqa: S311  # drawn for variety, not for secrecy
    drawn = faults.drawn(luck)
    if luck.random() < WHOLE_LIFE:
        return play(seed, drawn, None, LIFE_MOVES)
    return play(seed, drawn, luck.choice(places()), luck.randint(1, MOST_MOVES))


def play(seed: int, luck: Faults, start: Snapshot | None, moves: int) -> Outcome:
    """The schedule with these faults from this start, until people have moved so often."""
    gc.disable()  # what is alive must not hang on when the collector comes by
    try:
        return _played(seed, luck, start, moves)
    finally:
        gc.enable()


def _played(seed: int, luck: Faults, start: Snapshot | None, moves: int) -> Outcome:
    installation = Installation(seed, luck, start)
    hub = installation.hub
    people = People(installation, left=moves)
    began = hub.now
    with without_prefect(installation):
        Running(installation, 1 + hub.luck.randrange(2))
        if start is None:
            people.order()
        people.begin()
        checker = Checker(installation)
        hub.run(began + LONGEST, lambda: people.left <= 0)
        hub.faults = faults.NONE
        hub.run(hub.now + PEACE, checker.quiet)
        found = checker.problems()
    return Outcome(
        seed,
        hub.steps,
        (hub.now - began).total_seconds(),
        hub.digest(),
        tuple(found),
        len(installation.database.rows("select distinct stage from step")),
        tuple(hub.trace),
    )
