"""The worker's legs: one process each, remembered by a note that outlives the worker."""

import logging
import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import httpx

from deployments.claims import Claim, Claims
from deployments.crew import Crew
from deployments.supervise import die_with_parent, how_it_ended, open_log

GRACE_SECONDS = 5.0
"""What killed processes get to be gone."""
HEARD = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGCHLD)
"""Signals that mean something to the worker, and what they always mean to its children."""

log = logging.getLogger("orderflow.worker")


@dataclass
class Leg:
    """A run carried by a process under one claim, until then (monotonic seconds) at most."""

    run: str
    claimed_as: str
    until: float
    why: str = ""
    """Why we have ended it; empty while we have not."""


@dataclass(frozen=True)
class Death:
    """What Prefect has not been told of yet."""

    claimed_as: str
    how: str


class Legs:
    """Processes and the runs that they carry."""

    def __init__(
        self,
        notes: Path,
        logged: Path,
        claims: Claims,
        in_child: Callable[[], None],
        act: Callable[[Claim], int],
    ) -> None:
        """`in_child` lets go of what only the worker may use; legs `act` and log to `logged`."""
        self._notes = notes
        self._logged = logged
        self._claims = claims
        self._in_child = in_child
        self.crew = Crew(self._fork_logged, act)
        self._legs: dict[int, Leg] = {}
        self._died: dict[str, Death] = {}
        notes.mkdir(exist_ok=True, mode=0o700)

    def __len__(self) -> int:
        """How many legs run."""
        return len(self._legs)

    @property
    def runs(self) -> set[str]:
        """The runs that are carried now."""
        return {leg.run for leg in self._legs.values()}

    def start(self, claim: Claim, seconds: float) -> None:
        """A process of its own carries the run, for so many seconds at most."""
        run = claim.flow_run_id
        self._forget(run)  # an earlier death of it is history now
        note = self._notes / run
        note.write_text(f"0 {claim.claimed_as}")  # a worker killed in this line has left a trace
        pid = self.crew.give(claim)
        self._legs[pid] = Leg(run, claim.claimed_as, time.monotonic() + seconds)
        note.write_text(f"{pid} {claim.claimed_as} {_born(pid)}")

    def fork(self, act: Callable[[], object]) -> int:
        """Process number of a child that does this and ends, at the latest with the worker."""
        parent = os.getpid()
        pid = os.fork()
        if pid:
            return pid
        try:
            signal.set_wakeup_fd(-1)
            for name in HEARD:
                signal.signal(name, signal.SIG_DFL)
            os.setsid()  # Ctrl-C in the worker's terminal is for the worker, which drains
            # Not SIGTERM: on it Prefect tries for minutes to reach a server that may be gone too.
            die_with_parent(signal.SIGKILL, parent)
            self._in_child()
            self.crew.let_go()
            act()
        finally:
            os._exit(1)  # never up the worker's stack

    def reap(self) -> dict[int, int]:
        """Return codes of ended children that were no legs; `tell` knows of the legs that died."""
        others = {}
        processes = dict(_ended())
        for pid, code in (*self.crew.legs_ended(), *processes.items()):
            leg = self._legs.pop(pid, None)
            if leg is None:
                others[pid] = code
            elif leg.run in self.runs:
                continue  # resumed while its old process was ending: another leg carries it on
            elif code:
                self._died[leg.run] = Death(leg.claimed_as, leg.why or how_it_ended(code))
            else:
                self._forget(leg.run)
        for pid in processes:
            self.crew.gone(pid)
        return others

    def tell(self) -> None:
        """Prefect knows of each death, once; `httpx.HTTPError` while it does not answer."""
        for run, death in list(self._died.items()):
            try:
                given = self._claims.has_died(run, f"process ended: {death.how}", death.claimed_as)
            except httpx.HTTPStatusError as error:
                if error.response.is_server_error:
                    raise
                given = f"not taken by Prefect: HTTP {error.response.status_code}"
            log.info("leg of %s ended: %s %s", run, death.how, given or "")
            self._forget(run)

    def _fork_logged(self, act: Callable[[], object]) -> int:
        def logged() -> None:
            with open_log(self._logged) as file:
                os.dup2(file.fileno(), 1)
                os.dup2(file.fileno(), 2)
            act()

        return self.fork(logged)

    def kill(self, flow_run_id: str, why: str) -> None:
        """The run's legs end now; they may be killed at any line.

        Not SIGTERM: Prefect's engine would report a crash, also of what was cancelled.
        """
        for pid, leg in self._legs.items():
            if leg.run == flow_run_id:
                leg.why = why
                os.kill(pid, signal.SIGKILL)

    def kill_overdue(self, now: float) -> None:
        """Legs that have had their time are ended; their runs count as crashed."""
        for pid, leg in self._legs.items():
            if now >= leg.until and not leg.why:
                leg.why = "it has run too long"
                os.kill(pid, signal.SIGKILL)

    def bury(self) -> None:
        """Runs whose process died with an earlier worker do not stay Running for ever."""
        for note in self._notes.iterdir():
            pid, claimed_as, born = [*note.read_text().split(" "), "", "", ""][:3]
            deadline = time.monotonic() + GRACE_SECONDS
            while born and _born(int(pid)) == born:  # it got SIGKILL when its worker died
                if time.monotonic() > deadline:
                    os.kill(int(pid), signal.SIGKILL)
                time.sleep(0.05)
            self._died[note.name] = Death(claimed_as, "its worker died")

    def end(self, why: str) -> None:
        """No leg runs and no carrier is left; Prefect knows, or the next worker tells it."""
        for run in self.runs:
            self.kill(run, why)
        self.crew.dismiss()
        deadline = time.monotonic() + GRACE_SECONDS
        while (self._legs or self.crew) and time.monotonic() < deadline:
            self.reap()
            time.sleep(0.01)
        with suppress(httpx.HTTPError):
            self.tell()

    def _forget(self, run: str) -> None:
        self._died.pop(run, None)
        (self._notes / run).unlink(missing_ok=True)


def _ended() -> Iterator[tuple[int, int]]:
    """Children that have ended, with their return code (minus the signal that killed one)."""
    with suppress(ChildProcessError):
        while True:
            pid, status = os.waitpid(-1, os.WNOHANG)
            if pid == 0:
                return
            yield pid, os.waitstatus_to_exitcode(status)


def _born(pid: int) -> str:
    """When the process began, in the kernel's ticks: a number given twice is told apart by it.

    Empty when there is none (or no Linux, where nothing is waited for).
    """
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[19]
    except OSError:
        return ""
