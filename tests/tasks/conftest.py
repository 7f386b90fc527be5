"""A fresh in-memory installation for each test of the tasks, on each database."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.world import World, make_world


@pytest.fixture
def world(database_url: str, tmp_path: Path) -> Iterator[World]:
    """One installation with eight people and one customer, its clock at a Tuesday morning."""
    made = make_world(database_url, tmp_path)
    yield made
    made.services.engine.dispose()
