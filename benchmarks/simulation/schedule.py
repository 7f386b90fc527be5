"""One schedule: an installation, its people, bad luck for a while, then peace; what is left?"""

from dataclasses import dataclass, field
from datetime import timedelta

from benchmarks.simulation import faults
from benchmarks.simulation.checker import Checker
from benchmarks.simulation.faults import Faults
from benchmarks.simulation.installation import Installation, Snapshot
from benchmarks.simulation.leg import without_prefect
from benchmarks.simulation.people import People
from benchmarks.simulation.running import Running

LONGEST = timedelta(days=40)
PEACE = timedelta(days=20)


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


def play(seed: int, luck: Faults, start: Snapshot | None, moves: int) -> Outcome:
    """The schedule of this seed, played to its end."""
    installation = Installation(seed, luck, start)
    hub = installation.hub
    people = People(installation, left=moves)
    began = hub.now
    with without_prefect(installation):
        Running(installation)
        if start is None:
            people.order()
        people.begin()
        checker = Checker(installation, people)
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
