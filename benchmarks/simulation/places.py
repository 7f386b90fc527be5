"""Where schedules begin: every place at which orders stand still in lives without bad luck."""

from datetime import timedelta
from functools import cache

from benchmarks.simulation import faults
from benchmarks.simulation.checker import Checker
from benchmarks.simulation.installation import Installation, Snapshot
from benchmarks.simulation.leg import without_prefect
from benchmarks.simulation.letters import COMPLETE, INCOMPLETE, ODD
from benchmarks.simulation.people import People
from benchmarks.simulation.running import Running

LONGEST = timedelta(days=60)
LIVES = ((COMPLETE,), (INCOMPLETE, ODD), (COMPLETE, COMPLETE))
"""The mails that are written at the beginning of each life."""


@cache
def places() -> tuple[Snapshot, ...]:
    """One snapshot of each combination of open gates that these lives pass."""
    found: dict[tuple[str, ...], Snapshot] = {}
    for number, letters in enumerate(LIVES):
        _live(number, letters, found)
    return tuple(found.values())


def _live(seed: int, letters: tuple[str, ...], found: dict[tuple[str, ...], Snapshot]) -> None:
    installation = Installation(seed, faults.NONE)
    people = People(installation, left=60, contrary=0.0)
    checker = Checker(installation)
    end = installation.hub.now + LONGEST
    with without_prefect(installation):
        Running(installation, number_of_services=1)
        for text in letters:
            people.order(text)
        people.begin()

        def new() -> bool:
            return _place(installation) not in found and checker.quiet()

        while installation.hub.now < end and people.left > 0:
            installation.hub.run(end, new)
            found.setdefault(_place(installation), installation.snapshot())
            if not installation.database.rows("select id from run where ended_at is null"):
                return


def _place(installation: Installation) -> tuple[str, ...]:
    """What is open now, and how many orders there are."""
    gates = installation.database.rows(
        'select g.kind, o.stage from gate g left join "order" o on o.id = g.order_id'
        " where g.state = 'open' order by g.kind, o.stage"
    )
    return tuple(f"{row['kind']} in {row['stage']}" for row in gates)
