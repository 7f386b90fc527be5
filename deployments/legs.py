"""The worker's children: one process a leg, each remembered by a note that outlives the worker."""

import logging
import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import NoReturn

import httpx

from deployments.claims import Claims
from deployments.home import Home
from deployments.supervise import die_with_parent, how_it_ended, open_log

GRACE_SECONDS = 5.0
"""What legs get to end by themselves, and once more after SIGTERM."""

log = logging.getLogger("orderflow.worker")


class Legs:
    """Processes and the runs that they carry."""

    def __init__(self, home: Home, claims: Claims, in_child: Callable[[], None]) -> None:
        """`in_child` lets go of what only the worker may use."""
        self._home = home
        self._claims = claims
        self._in_child = in_child
        self._legs: dict[int, str] = {}
        self._died: dict[str, str] = {}
        self._notes = home.data / "legs"
        self._notes.mkdir(exist_ok=True, mode=0o700)

    def __len__(self) -> int:
        """How many legs run."""
        return len(self._legs)

    @property
    def runs(self) -> set[str]:
        """The runs that are carried now."""
        return set(self._legs.values())

    def start(self, flow_run_id: str, act: Callable[[], NoReturn]) -> None:
        """A process of its own does this for the run."""
        pid = self.fork(act)
        self._legs[pid] = flow_run_id
        (self._notes / flow_run_id).write_text(str(pid))

    def fork(self, act: Callable[[], object]) -> int:
        """Process number of a child that does this and ends, at the latest with the worker."""
        parent = os.getpid()
        pid = os.fork()
        if pid:
            return pid
        try:
            signal.set_wakeup_fd(-1)
            for name in (signal.SIGTERM, signal.SIGINT, signal.SIGCHLD):
                signal.signal(name, signal.SIG_DFL)
            # Not SIGTERM: on it Prefect tries for minutes to reach a server that may be gone too.
            die_with_parent(signal.SIGKILL, parent)
            self._in_child()
            with open_log(self._home.log("runs")) as file:
                os.dup2(file.fileno(), 1)
                os.dup2(file.fileno(), 2)
            act()
        finally:
            os._exit(1)  # never up the worker's stack

    def reap(self) -> list[int]:
        """Forgets ended legs and tells Prefect, once, of those that died; other ended children."""
        others = []
        for pid, code in _ended():
            run = self._legs.pop(pid, None)
            if run is None:
                others.append(pid)
            elif run not in self._legs.values():  # else already carried on by another leg
                if code:
                    self._died[run] = how_it_ended(code)
                else:
                    (self._notes / run).unlink(missing_ok=True)
        for run in list(self._died):
            self._tell(run)
        return others

    def kill(self, flow_run_id: str) -> None:
        """The legs of a cancelled run end now; they may be killed at any line.

        Not SIGTERM: Prefect's engine would report a crash, and the run would be replaced.
        """
        for pid, run in self._legs.items():
            if run == flow_run_id:
                os.kill(pid, signal.SIGKILL)

    def bury(self) -> None:
        """Runs whose process died with an earlier worker do not stay Running for ever."""
        for note in self._notes.iterdir():
            pid = int(note.read_text() or 0)
            deadline = time.monotonic() + GRACE_SECONDS
            while _is_leg(pid):  # it got SIGKILL when its worker died
                if time.monotonic() > deadline:
                    os.kill(pid, signal.SIGKILL)
                time.sleep(0.05)
            self._died[note.name] = "its worker died"

    def end(self) -> None:
        """All legs have ended: by themselves, else by SIGTERM, else by SIGKILL."""
        for how in (None, signal.SIGTERM, signal.SIGKILL):
            for pid in self._legs if how else ():
                os.kill(pid, how or 0)
            deadline = time.monotonic() + GRACE_SECONDS
            while self._legs and time.monotonic() < deadline:
                with suppress(httpx.HTTPError):  # the next worker will tell
                    self.reap()
                time.sleep(0.05)

    def _tell(self, run: str) -> None:
        how = self._died[run]
        given = self._claims.has_died(run, f"process ended: {how}")
        log.info("leg of %s ended: %s %s", run, how, given or "")
        del self._died[run]
        (self._notes / run).unlink(missing_ok=True)


def _ended() -> Iterator[tuple[int, int]]:
    """Children that have ended, with their return code (minus the signal that killed one)."""
    with suppress(ChildProcessError):
        while True:
            pid, status = os.waitpid(-1, os.WNOHANG)
            if pid == 0:
                return
            yield pid, os.waitstatus_to_exitcode(status)


def _is_leg(pid: int) -> bool:
    """Whether the process lives and is a worker's (Linux; elsewhere it counts as gone)."""
    try:
        return b"deployments.worker" in Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return False
