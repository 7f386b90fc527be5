"""Whatever call of the outside world goes wrong, the order goes on as if it had not."""

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from benchmarks.faults.shelf import Databases
from benchmarks.faults.sweep import sweep

EVERY = int(os.environ.get("ORDERFLOW_FAULT_EVERY", "229"))
"""So many cases are passed over between two: `python -m benchmarks faults` leaves none out."""
TODAY = datetime.now(UTC).toordinal()
OFFSET = int(os.environ.get("ORDERFLOW_FAULT_OFFSET", str(TODAY))) % EVERY


@pytest.mark.parametrize("offset", [OFFSET], ids=[f"every-{EVERY}th-from-{OFFSET}"])
def test_the_nth_call_that_fails_is_lost_or_kills_changes_nothing(
    databases: Databases, tmp_path: Path, offset: int
) -> None:
    swept = sweep(databases, tmp_path, every=EVERY, offset=offset)
    assert swept.problems == []
    assert swept.calls > 3000
    assert min(swept.cases.values()) > 0 and len(swept.cases) == 3
