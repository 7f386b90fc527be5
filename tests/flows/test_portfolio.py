"""The review's run says why it did nothing, or what it found."""

from datetime import datetime
from pathlib import Path

import pytest

from flows.portfolio import review
from tasks.services import using
from tests.world import make_world


@pytest.mark.parametrize(
    ("day", "kind", "name"),
    [
        ("2026-11-28", "daily", "NotToday"),
        ("2026-11-24", "weekly", "NotToday"),
        ("2026-11-23", "weekly", "Reviewed"),
        ("2026-12-01", "monthly", "Reviewed"),
    ],
)
def test_a_run_ends_completed_and_says_why(
    sqlite_url: str, tmp_path: Path, day: str, kind: str, name: str
) -> None:
    world = make_world(sqlite_url, tmp_path)
    world.clock[0] = datetime.fromisoformat(f"{day}T09:00+08:00")
    with using(world.services):
        state = review.fn(kind)
    assert (state.is_completed(), state.name) == (True, name)
    assert (day in str(state.message)) is (name == "NotToday")
    world.services.engine.dispose()
