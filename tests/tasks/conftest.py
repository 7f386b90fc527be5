"""A fresh in-memory installation for each test of the tasks."""

from pathlib import Path

import pytest

from tests.world import World, make_world


@pytest.fixture
def world(tmp_path: Path) -> World:
    """One installation with eight people and one customer, its clock at a Tuesday morning."""
    return make_world(f"sqlite:///{tmp_path}/orders.db", tmp_path)
