"""The worker's carriers: those that carry a leg, and those that wait for the next one."""

import os
import socket
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

from deployments import carrier
from deployments.claims import Claim

IDLE_SECONDS = 60.0
"""After so long without work a carrier is dismissed, but for one that keeps what it has loaded."""


@dataclass
class Carrier:
    """The worker's end of a carrier; whether it takes another leg, and since when."""

    link: socket.socket
    free: bool
    since: float


class Crew:
    """One leg at a time for each carrier; a new one is forked only when none is free."""

    def __init__(
        self, fork: Callable[[Callable[[], object]], int], act: Callable[[Claim], int]
    ) -> None:
        """`act` carries out what was claimed, in the carrier; 0 when Prefect knows how it went."""
        self._fork = fork
        self._act = act
        self._carriers: dict[int, Carrier] = {}
        self.replies, self._reply = os.pipe()
        """Becomes readable when a leg has ended."""
        os.set_blocking(self.replies, False)

    def __len__(self) -> int:
        """How many carriers there are."""
        return len(self._carriers)

    def give(self, claim: Claim) -> int:
        """Number of the process that carries the run from now."""
        for pid, each in self._carriers.items():
            if each.free and _told(each, claim):
                return pid
        pid = self._hire()
        _told(self._carriers[pid], claim)  # one that is dead already is heard of as every death
        return pid

    def legs_ended(self) -> list[tuple[int, int]]:
        """Process number and code of each leg that has ended since the last look."""
        ended = carrier.read_replies(self.replies)
        for pid, code in ended:
            if pid in self._carriers and not code:
                each = self._carriers[pid]
                each.free, each.since = True, time.monotonic()
        return ended

    def gone(self, pid: int) -> None:
        """The process has ended."""
        known = self._carriers.pop(pid, None)
        if known is not None:
            known.link.close()

    def rest(self, now: float) -> None:
        """Carriers that have long had nothing to do are dismissed, but for one."""
        free = [each for each in self._carriers.values() if each.free]
        for each in free[1:]:
            if now - each.since > IDLE_SECONDS:
                _dismiss(each)

    def dismiss(self) -> None:
        """Every carrier ends after the leg that it carries."""
        for each in self._carriers.values():
            _dismiss(each)

    def let_go(self) -> None:
        """A forked child drops its copies: the other carriers are not its own."""
        os.close(self.replies)
        for each in self._carriers.values():
            each.link.close()

    def _hire(self) -> int:
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)

        def begin() -> None:
            ours.close()
            carrier.carry_on(theirs, self._reply, self._act)

        pid = self._fork(begin)
        theirs.close()
        self._carriers[pid] = Carrier(ours, free=False, since=time.monotonic())
        return pid


def _told(each: Carrier, claim: Claim) -> bool:
    each.free = False
    try:
        carrier.order(each.link, claim)
    except OSError:  # it has just ended
        return False
    return True


def _dismiss(each: Carrier) -> None:
    each.free = False
    with suppress(OSError):
        each.link.shutdown(socket.SHUT_WR)
