"""Many people at one gate at the same moment: one word counts, and everybody is told the truth."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks.faults.linear import OPEN, Act, Does, Register, Told, explained
from benchmarks.faults.meetings import meet
from benchmarks.faults.shelf import Databases

SEED = int(os.environ.get("ORDERFLOW_FAULT_SEED", "20261124"))
OPERATIONS = int(os.environ.get("ORDERFLOW_FAULT_OPERATIONS", "1000"))
BEGIN = Register(OPEN, "16")


@pytest.fixture
def hasty() -> Iterator[None]:
    """Threads give way to each other far more often than usual."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-4)
    yield
    sys.setswitchinterval(before)


def test_what_everybody_is_told_can_have_happened_one_after_the_other(
    databases: Databases, tmp_path: Path, hasty: None
) -> None:
    met = meet(databases, tmp_path, operations=OPERATIONS, seed=SEED)
    assert met.problems == []
    for kind in ("vote done", "vote closed", "hold done", "resume done", "look seen"):
        assert met.acts[kind], kind


def vote(told: Told, began: int, done: int, result: str = "", seen: Register | None = None) -> Act:
    """Somebody's word, from when to when."""
    return Act("p", Does.VOTE, told, began, done, result=result, seen=seen)


def look(began: int, done: int, seen: Register) -> Act:
    """Somebody looks, from when to when."""
    return Act("p", Does.LOOK, Told.SEEN, began, done, seen=seen)


APPROVED = Register("approved", "16")


def test_a_later_answer_is_explained_by_an_earlier_one() -> None:
    assert explained(
        [vote(Told.DONE, 0, 3, "approved"), vote(Told.CLOSED, 1, 2, seen=APPROVED)], BEGIN
    )


def test_two_words_that_count_are_not_explained() -> None:
    assert not explained(
        [vote(Told.DONE, 0, 1, "approved"), vote(Told.DONE, 2, 3, "rejected")], BEGIN
    )


def test_who_looks_after_the_decision_must_see_it() -> None:
    decision = vote(Told.DONE, 0, 1, "approved")
    assert not explained([decision, look(2, 3, BEGIN)], BEGIN)
    assert explained([decision, look(2, 3, APPROVED)], BEGIN)


def test_who_is_late_must_be_told_what_was_decided() -> None:
    wrong = vote(Told.CLOSED, 2, 3, seen=Register("rejected", ""))
    assert not explained([vote(Told.DONE, 0, 1, "approved"), wrong], BEGIN)


def test_a_word_that_counts_while_the_order_is_held_is_not_explained() -> None:
    held = Act("p", Does.HOLD, Told.DONE, 0, 1)
    assert not explained([held, vote(Told.DONE, 2, 3, "approved")], BEGIN)


def test_what_is_there_at_the_end_counts_too() -> None:
    assert not explained([vote(Told.DONE, 0, 1, "approved")], BEGIN, BEGIN)
