"""The parent of all legs: looks what is due, claims it, forks; one thread, woken by a datagram."""

import logging
import os
import selectors
import signal
import socket
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path

import httpx

from deployments.claims import Claims
from deployments.home import Home
from deployments.legs import HEARD, Legs
from deployments.listener import Listener
from deployments.renewal import Renewal
from deployments.seat import Seat
from deployments.wake import Echoes, listen, received
from deployments.warm import Warm
from domain.turns import Turns

POLL_SECONDS = 2.0
BEAT_SECONDS = 30

log = logging.getLogger("orderflow.worker")


@dataclass(frozen=True)
class Limits:
    """So many legs at a time; so many seconds for a leg, and for all at a stop or a renewal."""

    legs: int = 8
    leg_seconds: float = 900.0
    stop_seconds: float = 8.0
    renew_seconds: float = 60.0


class Leaving(StrEnum):
    """Why the worker takes no more runs."""

    STOP = "the worker was stopped"
    RENEW = "the worker's code was renewed"


class Parent:
    """A process that carries nothing itself. A fork copies only the thread that calls it."""

    def __init__(
        self,
        home: Home,
        seat: Seat,
        claims: Claims,
        loaded: Warm,
        limits: Limits,
        stamp: Path | None,
    ) -> None:
        """A change of the file `stamp` means that new code is there."""
        self._seat = seat
        self._claims = claims
        self._limits = limits
        self._wanted: Turns[str] = Turns()
        self._echoes = Echoes()
        self._receiver = listen(seat.address)
        self._alarm, self._bell = socket.socketpair()
        self._legs = Legs(seat.notes, home.log("runs"), claims, self._let_go, loaded.act)
        self._listener = Listener(lambda: self._legs.fork(lambda: loaded.hear(seat.address)))
        self._renewal = Renewal(self._legs.fork, stamp)
        self._next_poll = self._next_beat = 0.0
        self._leaving: Leaving | None = None
        self._until = 0.0

    def serve(self) -> Leaving:
        """Carries out what is due until a signal; says which."""
        self._hear_signals()
        self._legs.bury()
        with selectors.DefaultSelector() as selector:
            selector.register(self._receiver, selectors.EVENT_READ)
            selector.register(self._alarm, selectors.EVENT_READ)
            selector.register(self._legs.crew.replies, selectors.EVENT_READ)
            while (leaving := self._left(time.monotonic())) is None:
                until = min(self._next_poll, self._until or self._next_poll)
                selector.select(max(0.0, until - time.monotonic()))
                _drain(self._alarm)
                words = received(self._receiver)
                self._wanted.add(self._echoes.without(words, time.monotonic()))
                self._turn(time.monotonic())
        self._seat.address.unlink(missing_ok=True)
        self._listener.end()
        self._legs.end(leaving)
        self._let_go()
        return leaving

    def _left(self, now: float) -> Leaving | None:
        """Why the loop ends now: the last leg has ended, or its time is over."""
        return self._leaving if not self._legs or now >= self._until else None

    def _turn(self, now: float) -> None:
        """Does what can be done now."""
        for pid, code in self._legs.reap().items():
            renewed = not self._listener.ended(pid, code, now) and self._renewal.ended(pid, code)
            if renewed and not self._leaving:
                self._leave(Leaving.RENEW, self._limits.renew_seconds)
        self._listener.keep(now)
        self._legs.kill_overdue(now)
        self._legs.crew.rest(now)
        if not self._leaving:
            self._renewal.look()
        try:
            self._legs.tell()
            if now >= self._next_poll:
                self._next_poll = now + POLL_SECONDS
                self._poll(now)
            self._start_wanted()
        except httpx.HTTPError as error:
            log.warning("Prefect does not answer: %s", type(error).__name__)
            self._next_poll = time.monotonic() + POLL_SECONDS

    def _poll(self, now: float) -> None:
        """What no datagram has told: due runs, and legs whose run was cancelled."""
        if now >= self._next_beat:
            self._next_beat = now + BEAT_SECONDS
            self._claims.beat(self._seat.name, BEAT_SECONDS)
        free = self._limits.legs - len(self._legs)
        if free > 0 and not self._leaving:
            self._wanted.add(self._claims.due(datetime.now(UTC), 2 * free))
        if self._legs:
            for run in self._claims.cancelling(self._legs.runs):
                self._legs.kill(run, "cancelled")

    def _start_wanted(self) -> None:
        """Legs for what is wanted, as long as there is room; the rest stays wanted."""
        for flow_run_id in self._wanted.drop(self._legs.runs):
            self._try(flow_run_id, carried=True)
        while self._wanted and not self._leaving and len(self._legs) < self._limits.legs:
            self._try(self._wanted.next(), carried=False)

    def _try(self, flow_run_id: str, *, carried: bool) -> None:
        """The run is looked at; if that fails, the next poll finds it again."""
        try:
            self._look_at(flow_run_id, carried=carried)
        except httpx.HTTPStatusError as error:
            if error.response.is_server_error:
                raise
            log.warning("run %s cannot be taken: %s", flow_run_id, error)

    def _look_at(self, flow_run_id: str, *, carried: bool) -> None:
        """Starts the run if it is due and nobody else has taken it; ends it if it is cancelled."""
        run = self._claims.look(flow_run_id)
        if run is None:
            return
        if carried and (run.get("state") or {}).get("type") == "CANCELLING":
            self._legs.kill(flow_run_id, "cancelled")
            return
        claim = None if self._leaving else self._claims.claim(run, datetime.now(UTC))
        if claim is not None:
            self._legs.start(claim, self._limits.leg_seconds)

    def _let_go(self) -> None:
        """Closes what belongs to the worker: at its end, and in each child."""
        signal.set_wakeup_fd(-1)
        for end in (self._receiver, self._alarm, self._bell):
            end.close()
        self._claims.close()
        self._seat.leave()

    def _hear_signals(self) -> None:
        """Every signal wakes the loop."""
        self._alarm.setblocking(False)
        self._bell.setblocking(False)
        signal.set_wakeup_fd(self._bell.fileno(), warn_on_full_buffer=False)
        for name in HEARD:
            signal.signal(name, self._hear)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGHUP})

    def _hear(self, number: int, _: object) -> None:
        if number == signal.SIGHUP and not os.isatty(0):  # a terminal that closes hangs up too
            self._renewal.ask()
        elif number != signal.SIGCHLD:
            again = self._leaving is Leaving.STOP  # whoever asks twice is in a hurry
            self._leave(Leaving.STOP, 0.0 if again else self._limits.stop_seconds)

    def _leave(self, why: Leaving, seconds: float) -> None:
        self._leaving, self._until = why, time.monotonic() + seconds
        log.info("no new legs: %s; %d may end within %g s", why, len(self._legs), seconds)


def _drain(alarm: socket.socket) -> None:
    try:
        while alarm.recv(1024):
            pass
    except BlockingIOError:
        return
