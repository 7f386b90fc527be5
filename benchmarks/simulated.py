"""The simulation as a benchmark. Prefect, which costs seconds, is imported only when it runs."""

import sys

from benchmarks.result import Result


def simulation(schedules: int | None = None) -> list[Result]:
    """Figures of so many schedules (100,000 where none are named) and of the planted bugs."""
    from benchmarks.simulation import figures

    return figures.simulation(schedules)


def replay(seed: int) -> int:
    """Prints all that happens in the schedule of this seed; 1 if something is wrong after it."""
    from benchmarks.simulation import figures

    outcome = figures.replay(seed)
    print(*outcome.trace, sep="\n")
    about = f"seed {seed}: {outcome.steps} steps, {outcome.seconds:.0f} s, trace {outcome.digest}"
    print(about, *outcome.violations, sep="\n", file=sys.stderr)
    return int(bool(outcome.violations))
