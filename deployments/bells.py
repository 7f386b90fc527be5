"""The service's ear: a thread that hears the database's bells and wakes the duties at once."""

import logging
import threading

from sqlalchemy import Engine

from models.bell import Bell, listen, rings
from tasks.effect import GROUND_LOST

QUIET_SECONDS = 1.0
"""A duty whose bell is heard looks by itself only so often; a bell may be lost."""

log = logging.getLogger("orderflow.service")


class Bells(threading.Thread):
    """Waits that end when a bell rings; plain pauses where the database carries no bells."""

    def __init__(self, bound: Engine | None, stopped: threading.Event) -> None:
        """Hears nothing before it is started."""
        super().__init__(name="bells", daemon=True)
        self._bound = bound
        self._stopped = stopped
        self._heard = {bell: threading.Event() for bell in Bell}
        self._listening = False

    def run(self) -> None:
        """Listens until the service stops; a lost connection is opened again."""
        while self._bound and rings(self._bound) and not self._stopped.is_set():
            try:
                for heard in listen(self._bound, seconds=QUIET_SECONDS):
                    if not self._listening:
                        self._listening = True
                        self.ring_all()  # nobody has heard what rang meanwhile
                    for bell in self._heard.keys() & heard:
                        self._heard[bell].set()
                    if self._stopped.is_set():
                        return
            except GROUND_LOST as lost:
                log.warning("bells: %s", str(lost).partition("\n")[0])
            self._listening = False
            self._stopped.wait(QUIET_SECONDS)

    def pause(self, bell: Bell | None, seconds: float) -> float:
        """How long a duty may wait that looks every so many seconds where no bell is heard."""
        return max(seconds, QUIET_SECONDS) if bell and self._listening else seconds

    def wait(self, bell: Bell | None, seconds: float) -> None:
        """Returns when the bell rings, the time is over, or the service stops."""
        (self._heard[bell] if bell else self._stopped).wait(seconds)

    def hush(self, bell: Bell | None) -> None:
        """What has rung before is heard."""
        if bell:
            self._heard[bell].clear()

    def ring_all(self) -> None:
        """Every wait ends now."""
        for each in self._heard.values():
            each.set()
