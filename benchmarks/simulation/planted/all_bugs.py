"""All planted bugs by name, and after how many schedules each is found."""

from collections.abc import Callable, Mapping
from types import ModuleType

from benchmarks.simulation.planted import decisions, drivers, mails
from benchmarks.simulation.planted.drivers import Planted
from benchmarks.simulation.schedule import schedule


def _of(module: ModuleType) -> dict[str, Callable[[], Planted]]:
    return {
        name: each
        for name, each in vars(module).items()
        if callable(each) and not name.startswith("_") and each.__module__ == module.__name__
    }


BUGS: Mapping[str, Callable[[], Planted]] = {**_of(drivers), **_of(mails), **_of(decisions)}


def found_after(bug: str, within: int) -> int | None:
    """How many schedules it took to see that something is wrong; None where that many did not."""
    with BUGS[bug]():
        for seed in range(within):
            if schedule(seed).violations:
                return seed + 1
    return None
