"""Reads mails in a process of its own, which is killed when a mail takes too much of it."""

import os
import signal
import socket
import struct
import subprocess
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

from connectors.errors import Unreachable
from connectors.reader_process import receive, send
from domain.errors import Unreadable
from domain.mail.meaning import Context, Understanding
from domain.mail.message import Mail
from domain.mail.opened import Opened

LONGEST_SECONDS = 10.0
PROGRAM = "connectors.reader_process"

_ROOT = Path(__file__).parents[1]


class ConfinedReader:
    """One reading process at a time, reused; made at the first mail or by `start`."""

    def __init__(self, longest_seconds: float = LONGEST_SECONDS, program: str = PROGRAM) -> None:
        """Nothing runs yet."""
        self._program = program
        self._longest = longest_seconds
        self._one = threading.Lock()
        self._mother: subprocess.Popen[bytes] | None = None
        self._control: socket.socket | None = None
        self._talk: socket.socket | None = None
        self.pid = 0
        self._served = 0

    def open(self, raw: bytes) -> Opened:
        """The mail and the words of its files."""
        found: Opened = self.ask("open", raw)
        return found

    def understand(self, raw: bytes, context: Context) -> tuple[Mail, Understanding]:
        """The mail and what it means."""
        found: tuple[Mail, Understanding] = self.ask("understand", raw, context)
        return found

    def ask(self, *words: Any) -> Any:
        """What the reading process answers. Raises `Unreadable` with what went wrong."""
        with self._one:
            for _ in range(2):
                fresh = self._served == 0
                done, said = self._tried(words)
                if done:
                    return said
                if fresh or said not in _ITS_OWN:
                    break  # only a fresh process may blame the mail for its end
        raise Unreadable(said)

    def start(self) -> None:
        """The process is there before the first mail."""
        with self._one:
            self._ready()

    def close(self) -> None:
        """Nothing of it runs any more."""
        with self._one:
            self._end()
            if self._control is not None:
                self._control.close()
            if self._mother is not None:
                self._mother.wait(timeout=10)
            self._mother = self._control = None

    def _tried(self, words: tuple[Any, ...]) -> tuple[bool, Any]:
        """Whether it was done, and the value or the reason; a process that ended is gone."""
        talk = self._ready()
        until = time.monotonic() + self._longest
        try:
            talk.settimeout(self._longest)
            send(talk, words)
            done, said = receive(talk, lambda: max(until - time.monotonic(), 0.001))
        except TimeoutError:
            done, said = False, "too_slow"
        except (OSError, EOFError):
            return False, self._cause()
        self._served += 1
        if said in ("too_slow", "too_much_memory"):
            self._end()
        return done, said

    def _ready(self) -> socket.socket:
        if self._talk is None:
            self._talk, theirs = socket.socketpair()
            with theirs:
                self.pid, _ = self._born(theirs)
        return self._talk

    def _born(self, theirs: socket.socket) -> tuple[int, int]:
        """The pid of a new reader, and how the one before it ended."""
        if self._control is None or self._mother is None or self._mother.poll() is not None:
            self._control, other = socket.socketpair()
            with other:
                self._mother = _mother(self._program, other)
        socket.send_fds(self._control, [b"n"], [theirs.fileno()])
        told = self._control.recv(16)
        if len(told) < 16:
            raise Unreachable("reader", "its process does not start")
        pid, ended = struct.unpack("!qq", told)
        return pid, ended

    def _cause(self) -> str:
        """Why the process that has just ended did: its processor time, or something else."""
        self._end()
        self._talk, theirs = socket.socketpair()
        with theirs:
            self.pid, ended = self._born(theirs)
        slow = os.WIFSIGNALED(ended) and os.WTERMSIG(ended) == signal.SIGXCPU
        return "too_slow" if slow else "crashed"

    def _end(self) -> None:
        if self._talk is None:
            return
        self._talk.close()
        self._talk, self._served = None, 0
        with suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)


_ITS_OWN = ("too_much_memory", "crashed")
"""Ends that may be owed to the mails before."""


def _mother(program: str, other: socket.socket) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", program, str(other.fileno())],
        cwd=_ROOT,
        env={**os.environ, "OPENBLAS_NUM_THREADS": "1"},
        pass_fds=(other.fileno(),),
        stdin=subprocess.DEVNULL,
        start_new_session=True,
    )
