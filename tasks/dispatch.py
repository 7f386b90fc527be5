"""Which runs are started and woken next: what is new passes what has piled up meanwhile.

Only so many are under way to a worker at a time. The rest waits here and not in the engine's queue,
where after an outage of the workers a fresh mail would stand behind thousands.
"""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from domain.turns import Turns
from models import backlog
from tasks import engine
from tasks.services import Services

UNDER_WAY = 24
"""Runs that no worker has taken up yet; a few workers' hands full."""
AT_ONCE = 8
"""Runs of one round: it stays short, so that the next one sees what has come."""
LOST = timedelta(seconds=60)
"""A run that no worker has taken up by then is looked at again."""


class Dispatch:
    """What one service has sent on its way."""

    def __init__(self, services: Services) -> None:
        """Nothing is under way."""
        self._services = services
        self._turns: Turns[int] = Turns()
        self._under_way: dict[int, datetime] = {}

    def round(self) -> list[str]:
        """Ids of the runs that were started or woken now."""
        at = self._services.now()
        with self._services.reading() as session:
            starting = list(backlog.to_start(session, at=at))
            waking = list(backlog.to_wake(session))
            self._arrived(session, at)
        self._turns.keep([*starting, *waking])
        chosen = self._choose(at)
        if not chosen:
            return []
        started = engine.start_runs(self._services, only=chosen & set(starting))
        return started + engine.wake_runs(self._services, only=chosen & set(waking))

    def _arrived(self, session: Session, at: datetime) -> None:
        """A run that has looked, or that nobody took up, is not under way any more."""
        if self._under_way:
            there = set(backlog.not_looked_yet(session, self._under_way))
            self._under_way = {
                run: since
                for run, since in self._under_way.items()
                if run in there and at - since < LOST
            }

    def _choose(self, at: datetime) -> set[int]:
        room = min(UNDER_WAY - len(self._under_way), AT_ONCE, len(self._turns))
        chosen = {self._turns.next() for _ in range(max(room, 0))}
        self._under_way.update(dict.fromkeys(chosen, at))
        return chosen
