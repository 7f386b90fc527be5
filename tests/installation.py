"""The whole product as a user starts it: `python -m deployments` in a folder of its own."""

import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import pytest

from benchmarks.running import ROOT, Installation, kill, running

__all__ = ["ROOT", "Installation", "installation", "kill", "running", "until"]

T = TypeVar("T")


def until(look: Callable[[], T], what: str, seconds: float = 120, every: float = 0.05) -> T:
    """What `look` finds as soon as it finds something; fails with `what` after so many seconds."""
    end = time.monotonic() + seconds
    while not (found := look()):
        assert time.monotonic() < end, f"not within {seconds:.0f} s: {what}"
        time.sleep(every)
    return found


@pytest.fixture(scope="session")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """The whole product with its sample company, once for all tests that need it.

    $ORDERFLOW_TEST_HOME names one that runs already: quick turns while writing tests.
    """
    there = os.environ.get("ORDERFLOW_TEST_HOME")
    if there:
        yield Installation(Path(there))
        return
    with running(tmp_path_factory.mktemp("installation")) as one:
        yield one
