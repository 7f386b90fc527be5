"""The figures of the Recognizers specs: counted by place and value, absent without the specs."""

from pathlib import Path

import pytest

from benchmarks.recognizers import Case, Wanted, recognizers, shares
from benchmarks.result import NotHere

CASE = Case("by 20 April", "2026-03-18", (Wanted(3, 11, frozenset({"2026-04-20"})),))


@pytest.mark.parametrize(("day", "share"), [("2026-04-20", 1), ("2026-04-21", 0)])
def test_only_the_right_value_at_its_place_counts(day: str, share: int) -> None:
    recall, precision = shares("x", [CASE], lambda _: [(3, 11, day)])
    assert (recall.value, precision.value) == (share, share)


def test_without_the_specs_the_benchmark_says_so(tmp_path: Path) -> None:
    with pytest.raises(NotHere):
        recognizers(tmp_path / "none")
