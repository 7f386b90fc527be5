"""New code for a worker that runs: tried by a process beside it before the old code is left."""

import logging
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

TRY = "--try"
"""The word on the worker's command line that loads everything, serves nothing, and ends."""

log = logging.getLogger("orderflow.worker")


def own_command() -> list[str]:
    """The command line by which this process was started."""
    return [sys.executable, *sys.orig_argv[1:]]


def become(*more: str) -> NoReturn:
    """This process begins anew with its own command line: same number, code as it is now."""
    command = [*own_command(), *more]
    sys.stdout.flush()
    sys.stderr.flush()
    os.execv(command[0], command)  # noqa: S606  # the line by which we were started


class Renewal:
    """Whether new code is there, and whether it can be loaded."""

    def __init__(self, fork: Callable[[Callable[[], object]], int], stamp: Path | None) -> None:
        """`stamp` is a file that changes when new code is complete; None: only a signal tells."""
        self._fork = fork
        self._stamp = stamp
        self._seen = _mark(stamp)
        self._asked = False
        self._trial: int | None = None

    def ask(self) -> None:
        """New code is there."""
        self._asked = True

    def look(self) -> None:
        """The new code is being tried, where there is some."""
        mark = _mark(self._stamp)
        self._asked |= mark not in (self._seen, "")
        self._seen = mark or self._seen
        if self._asked and self._trial is None:
            self._asked = False
            self._trial = self._fork(lambda: become(TRY))

    def ended(self, pid: int, code: int) -> bool:
        """Whether the ended child has found that the new code can be loaded."""
        if pid != self._trial:
            return False
        self._trial = None
        if code:
            log.error("the new code cannot be loaded (see above); the worker goes on with the old")
        return code == 0


def _mark(stamp: Path | None) -> str:
    """Changes with the file; empty while there is none."""
    try:
        found = stamp.stat() if stamp else None
    except OSError:
        return ""
    return f"{found.st_ino} {found.st_size} {found.st_mtime_ns}" if found else ""
