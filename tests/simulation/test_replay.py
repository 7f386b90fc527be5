"""A schedule is the same each time: what a seed has found can be looked at again."""

from benchmarks.simulation import faults
from benchmarks.simulation.schedule import play


def test_an_order_without_bad_luck_passes_all_nine_stages_and_leaves_nothing_undone() -> None:
    first = play(7, faults.NONE, None, moves=40)
    assert first.violations == ()
    assert first.stages == 9


def test_the_same_seed_gives_the_same_trace() -> None:
    once, again, other = (play(seed, faults.RATES, None, moves=2) for seed in (3, 3, 4))
    assert once.trace == again.trace
    assert once.digest == again.digest != other.digest
