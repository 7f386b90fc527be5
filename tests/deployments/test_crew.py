"""Carriers: one leg at a time, one after another in one process, none after a leg that failed."""

import atexit
import os
import selectors
from collections.abc import Callable, Iterator

import pytest

from deployments.claims import Claim
from deployments.crew import Crew


def claim(run: str) -> Claim:
    """A claimed run; what the leg does is written in its id."""
    return Claim(run, {"state": {"id": "1"}}, "flows.order.carry_order")


def act(what: Claim) -> int:
    """The leg of a run called `die` dies; one called `fail` goes wrong."""
    if what.flow_run_id == "die":
        os._exit(7)
    return int(what.flow_run_id == "fail")


class Parent:
    """A crew and what its worker would do for it."""

    def __init__(self) -> None:
        """Nobody is hired yet."""
        self.crew = Crew(self.fork, act)
        self.children: set[int] = set()
        self._ended: list[tuple[int, int]] = []

    def fork(self, do: Callable[[], object]) -> int:
        """Process number of a child that does this."""
        pid = os.fork()
        if pid == 0:
            atexit._clear()  # a carrier says goodbye, but what the tests clean up is not its own
            try:
                do()
            finally:
                os._exit(1)
        self.children.add(pid)
        return pid

    def ended(self) -> tuple[int, int]:
        """The next leg that has ended: its process and its code."""
        with selectors.DefaultSelector() as selector:
            selector.register(self.crew.replies, selectors.EVENT_READ)
            while not self._ended:
                assert selector.select(timeout=30)
                self._ended += self.crew.legs_ended()
        return self._ended.pop(0)

    def buried(self, pid: int) -> int:
        """The exit code of a process that ends by itself."""
        code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
        self.children.remove(pid)
        self.crew.gone(pid)
        return code


@pytest.fixture
def parent() -> Iterator[Parent]:
    one = Parent()
    yield one
    one.crew.dismiss()
    for pid in list(one.children):
        one.buried(pid)


def test_the_next_leg_runs_in_the_process_of_the_last_one(parent: Parent) -> None:
    first = parent.crew.give(claim("a"))
    assert parent.ended() == (first, 0)
    assert parent.crew.give(claim("b")) == first
    assert parent.ended() == (first, 0)


def test_legs_at_the_same_time_have_a_process_each(parent: Parent) -> None:
    pids = {parent.crew.give(claim(run)) for run in "abc"}
    assert len(pids) == 3 == len(parent.crew)


def test_a_process_whose_leg_went_wrong_takes_no_other(parent: Parent) -> None:
    first = parent.crew.give(claim("fail"))
    assert parent.ended() == (first, 1)
    assert parent.crew.give(claim("a")) != first
    assert parent.buried(first) == 1


def test_a_process_that_died_is_replaced(parent: Parent) -> None:
    first = parent.crew.give(claim("die"))
    assert parent.buried(first) == 7
    assert parent.crew.give(claim("a")) != first


def test_dismissed_carriers_end_by_themselves(parent: Parent) -> None:
    pid = parent.crew.give(claim("a"))
    parent.ended()
    parent.crew.dismiss()
    assert parent.buried(pid) == 0
    assert not parent.crew


def test_of_carriers_that_long_had_nothing_to_do_one_stays(parent: Parent) -> None:
    first, second = (parent.crew.give(claim(run)) for run in "ab")
    assert {parent.ended()[0], parent.ended()[0]} == {first, second}
    parent.crew.rest(now=1e12)
    assert parent.buried(second) == 0
    assert parent.crew.give(claim("c")) == first
