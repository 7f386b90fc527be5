"""What all schedules begin with is made once."""

import gc
import logging
from collections.abc import Iterator

import pytest

from benchmarks.simulation.places import places


@pytest.fixture(scope="session", autouse=True)
def ready() -> Iterator[None]:
    """The places where schedules begin, and silence about the bad luck in them."""
    log = logging.getLogger("orderflow")
    before, log.level = log.level, logging.CRITICAL
    places()
    gc.collect()
    yield
    log.level = before
