"""The simulation sees: a bug that is planted into the seam is found."""

import pytest

from benchmarks.simulation.planted.all_bugs import BUGS, found_after

SEEN_AT_ONCE = (
    "a_step_is_not_written",
    "a_decision_wakes_nobody",
    "what_is_new_counts_as_seen",
    "a_run_never_ends",
    "a_new_leg_has_the_old_key",
    "a_replaced_run_is_left_running",
)
"""Those that a few schedules show; `python -m benchmarks simulation` looks for all of them."""


@pytest.mark.parametrize("bug", SEEN_AT_ONCE)
def test_a_planted_bug_is_found(bug: str) -> None:
    assert found_after(bug, within=40) is not None


def test_at_least_thirty_bugs_are_planted_each_with_what_it_does() -> None:
    assert len(BUGS) >= 30
    assert all(bug.__doc__ for bug in BUGS.values())
