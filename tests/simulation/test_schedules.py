"""Whatever goes wrong in whatever order: nothing is lost, doubled or stuck."""

import gc
import os

from benchmarks.simulation.schedule import schedule

FIRST = int(os.environ.get("ORDERFLOW_SIMULATION_SEED", "0"))
SCHEDULES = int(os.environ.get("ORDERFLOW_SIMULATION_SCHEDULES", "200"))


def test_no_schedule_leaves_anything_lost_doubled_or_stuck() -> None:
    wrong = {}
    for seed in range(FIRST, FIRST + SCHEDULES):
        outcome = schedule(seed)
        if outcome.violations:
            wrong[seed] = outcome.violations
        if seed % 10 == 0:
            gc.collect()
    assert wrong == {}
