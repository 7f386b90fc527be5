"""Turns: what is new passes what has piled up, and what has piled up is served all the same."""

import pytest

from domain.turns import Turns


def test_the_newest_and_the_oldest_take_turns() -> None:
    turns: Turns[int] = Turns()
    turns.add(range(5))
    assert [turns.next() for _ in range(5)] == [4, 0, 3, 1, 2]


def test_who_comes_behind_a_thousand_waits_for_one_at_most() -> None:
    turns: Turns[int] = Turns()
    turns.add(range(1000))
    for fresh in range(1000, 1100):
        turns.add([fresh])
        assert fresh in (turns.next(), turns.next())


def test_the_oldest_is_served_however_many_come() -> None:
    turns: Turns[int] = Turns()
    turns.add(range(10))
    served = set()
    for fresh in range(100, 120):
        turns.add([fresh])
        served.add(turns.next())
    assert set(range(10)) <= served


def test_who_asks_again_keeps_the_place() -> None:
    turns: Turns[int] = Turns()
    turns.add([1, 2])
    turns.keep([2, 1, 3])
    assert [turns.next() for _ in range(3)] == [3, 1, 2]


def test_who_has_gone_is_not_served() -> None:
    turns: Turns[int] = Turns()
    turns.add([1, 2, 3])
    turns.keep([2])
    assert (turns.next(), len(turns)) == (2, 0)
    with pytest.raises(KeyError):
        turns.next()


def test_some_can_be_taken_out_of_turn() -> None:
    turns: Turns[int] = Turns()
    turns.add([1, 2, 3])
    assert turns.drop({3, 1, 9}) == [1, 3]
    assert turns.next() == 2
