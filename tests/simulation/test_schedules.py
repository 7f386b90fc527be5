"""Whatever goes wrong in whatever order: nothing is lost, doubled or stuck."""

import gc
import os

import pytest

from benchmarks.simulation.schedule import schedule

FIRST = int(os.environ.get("ORDERFLOW_SIMULATION_SEED", "0"))
SCHEDULES = int(os.environ.get("ORDERFLOW_SIMULATION_SCHEDULES", "2000"))

PARTS = 10
"""Several processes share the schedules."""


@pytest.mark.parametrize("part", range(PARTS))
def test_no_schedule_leaves_anything_lost_doubled_or_stuck(part: int) -> None:
    wrong: dict[int, tuple[str, ...]] = {}
    for nth, seed in enumerate(range(FIRST + part, FIRST + SCHEDULES, PARTS)):
        outcome = schedule(seed)
        if outcome.violations:
            wrong[seed] = outcome.violations
        if nth % 10 == 0:
            gc.collect()
    assert not wrong
