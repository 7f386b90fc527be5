"""Processes that live and die with this one: start, wait until they answer, restart, stop."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from deployments.errors import NeverAnswered, ProgramMissing

_PR_SET_PDEATHSIG = 1
_LOG_BYTES = 20_000_000  # a longer log is put aside at the next start
_LONGEST_PAUSE = 60.0  # seconds between two tries to start what keeps dying
_GOOD_LIFE = 60.0  # seconds after which an earlier death no longer counts

_libc = ctypes.CDLL(None) if sys.platform == "linux" else None


@dataclass(frozen=True)
class Part:
    """A process of the installation: how it is started, asked and stopped."""

    name: str
    command: tuple[str, ...]
    log: Path
    environment: Mapping[str, str] = field(default_factory=dict)
    folder: Path | None = None
    answers: Callable[[], bool] = lambda: True
    stop_with: signal.Signals = signal.SIGTERM
    patience: float = 120.0  # seconds until it must answer


def die_with_parent(how: signal.Signals, parent: int) -> None:
    """This process gets the signal when `parent` ends, however that ends (Linux only)."""
    if _libc is not None:
        _libc.prctl(_PR_SET_PDEATHSIG, how.value)
    if os.getppid() != parent:  # it was faster
        os._exit(1)


def start(part: Part, *, keep_open: Sequence[int] = ()) -> subprocess.Popen[bytes]:
    """The running process; it inherits `keep_open`. From the main thread only: see prctl(2)."""
    parent = os.getpid()

    def prepare() -> None:
        # A shell that starts us with & has set SIGINT to be ignored, and that is inherited.
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        die_with_parent(part.stop_with, parent)

    with open_log(part.log) as log:
        try:
            return subprocess.Popen(
                part.command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env=dict(part.environment) or None,
                cwd=part.folder,
                preexec_fn=prepare,
                pass_fds=tuple(keep_open),
                start_new_session=True,  # Ctrl-C in a terminal is for us: we stop them in order
            )
        except OSError as error:
            raise ProgramMissing(part.name, part.command[0]) from error


def wait_until_it_answers(part: Part, process: subprocess.Popen[bytes]) -> None:
    """The part answers, or `NeverAnswered`."""
    deadline = time.monotonic() + part.patience
    while process.poll() is None:
        if part.answers():
            return
        if time.monotonic() > deadline:
            break
        time.sleep(0.05)
    raise NeverAnswered(part.name, str(part.log), last_line(part.log))


def last_line(log: Path) -> str:
    """What a log says last, up to 200 characters."""
    try:
        lines = log.read_text("utf-8", errors="replace").split("\n")
    except OSError:
        return ""
    return next((line.strip()[:200] for line in reversed(lines) if line.strip()), "")


def how_it_ended(code: int) -> str:
    """ "exit 1", "SIGKILL": the return code of a process in words."""
    return f"exit {code}" if code >= 0 else signal.Signals(-code).name


@dataclass
class Running:
    """A started part with its luck so far."""

    part: Part
    process: subprocess.Popen[bytes]
    since: float
    deaths: int = 0
    again_at: float | None = None


class Supervisor:
    """The parts that run; used from the main thread only."""

    def __init__(self, keep_open: Sequence[int], told: Callable[[str, str, float], None]) -> None:
        """`told(name, how, seconds)` hears of each death and when the part is started again."""
        self.keep_open = tuple(keep_open)
        self._told = told
        self._running: list[Running] = []

    @property
    def pids(self) -> dict[str, int]:
        """Process number by part."""
        return {one.part.name: one.process.pid for one in self._running}

    def start(self, part: Part) -> None:
        """The part runs; it may not answer yet."""
        process = start(part, keep_open=self.keep_open)
        self._running.append(Running(part, process, time.monotonic()))

    def wait(self, *names: str) -> None:
        """The named parts answer (all when none is named), or `NeverAnswered`."""
        for one in self._running:
            if not names or one.part.name in names:
                wait_until_it_answers(one.part, one.process)

    def look_after(self) -> bool:
        """Starts again what has died, after a pause that doubles; whether a process is new."""
        now = time.monotonic()
        changed = False
        for one in self._running:
            if one.again_at is None and one.process.poll() is not None:
                self._plan_restart(one, now)
            if one.again_at is not None and now >= one.again_at:
                one.process = start(one.part, keep_open=self.keep_open)
                one.since, one.again_at, changed = now, None, True
        return changed

    def stop(self, *, patience: float = 15.0) -> None:
        """All parts have ended, the last started first; what does not end in time is killed."""
        while self._running:
            stop(self._running.pop(), patience)

    def _plan_restart(self, one: Running, now: float) -> None:
        one.deaths = 0 if now - one.since > _GOOD_LIFE else one.deaths
        pause = min(_LONGEST_PAUSE, 0.5 * 2**one.deaths)
        one.deaths += 1
        one.again_at = now + pause
        self._told(one.part.name, how_it_ended(one.process.returncode), pause)


def stop(one: Running, patience: float) -> None:
    """The part has ended."""
    if one.process.poll() is not None:
        return
    one.process.send_signal(one.part.stop_with)
    try:
        one.process.wait(patience)
    except subprocess.TimeoutExpired:
        one.process.kill()
        one.process.wait()


def open_log(path: Path) -> IO[bytes]:
    """The log for appending; one that has grown long is put aside first."""
    if path.exists() and path.stat().st_size > _LOG_BYTES:
        path.replace(path.with_suffix(".log.1"))
    return path.open("ab")
