"""What is left after disaster, once everything that can go on has gone on."""

import time
from collections.abc import Sequence
from contextlib import suppress

from benchmarks.faults.checker import Checker
from benchmarks.faults.doomed import Doomed
from benchmarks.faults.people import OUTAGE

PATIENCE_SECONDS = 420.0
"""A mail that could not be handed over twice is tried again after five minutes."""


def survived(
    one: Doomed, numbers: Sequence[str], *, rounds: bool = False, seconds: float = PATIENCE_SECONDS
) -> list[str]:
    """Problems that are still there after so many seconds; nothing as soon as all is well."""
    end = time.monotonic() + seconds
    found = ["broken: nobody could look"]
    while found and time.monotonic() < end:
        # What was killed last may still be on its way up.
        with suppress(*OUTAGE), one.database() as database:
            looks = Checker(database, one.maildir, one.prefect, tuple(numbers), rounds)
            found = looks.problems()
        if found:
            time.sleep(1)
    return found
