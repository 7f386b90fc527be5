"""`python -m benchmarks faults`: everything that can go wrong, made to go wrong."""

import sys

from benchmarks.faults.real import results, struck
from benchmarks.faults.restart import restarted
from benchmarks.faults.shards import imagined
from benchmarks.result import Result

KILLS = 300
OPERATIONS = 100_000


def faults(kills: int | None = None) -> list[Result]:
    """So many faults on the real product; fewer than 300 take the same share of all else."""
    wanted = kills or KILLS
    share = min(1.0, wanted / KILLS)
    found = list(results(struck(wanted), wanted))
    print("… a restart", file=sys.stderr, flush=True)
    found += restarted()
    print("… calls and doors", file=sys.stderr, flush=True)
    return found + imagined(max(1, round(1 / share)), int(OPERATIONS * share))
