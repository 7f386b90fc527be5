"""The process that hears Prefect's events for the worker: started again whenever it ends."""

import logging
import os
import signal
from collections.abc import Callable
from contextlib import suppress

from deployments.supervise import how_it_ended

FIRST_PAUSE, LONGEST_PAUSE = 0.5, 60.0
"""Seconds between a death and the next start; they double."""
GOOD_LIFE = 60.0
"""Seconds after which an earlier death no longer counts."""

log = logging.getLogger("orderflow.worker")


class Listener:
    """One child process. Without it runs start late, never not at all: the worker polls."""

    def __init__(self, fork: Callable[[], int]) -> None:
        """`fork` gives the process number of a new one."""
        self._fork = fork
        self._pid: int | None = None
        self._since = self._again_at = 0.0
        self._deaths = 0

    def keep(self, now: float) -> None:
        """It runs, unless it has died a short while ago; `now` in monotonic seconds."""
        if self._pid is None and now >= self._again_at:
            self._pid, self._since = self._fork(), now

    def ended(self, pid: int, code: int, now: float) -> bool:
        """Whether the ended child was this one; it is started again after a pause."""
        if pid != self._pid:
            return False
        self._pid = None
        self._deaths = 0 if now - self._since > GOOD_LIFE else self._deaths
        pause = min(LONGEST_PAUSE, FIRST_PAUSE * 2**self._deaths)
        self._deaths += 1
        self._again_at = now + pause
        how = how_it_ended(code)
        log.warning("the listener for Prefect's events has ended (%s); again in %g s", how, pause)
        return True

    def end(self) -> None:
        """It does not run; whoever owns it reaps it."""
        if self._pid is not None:
            with suppress(ProcessLookupError):
                os.kill(self._pid, signal.SIGKILL)
        self._pid, self._again_at = None, float("inf")
