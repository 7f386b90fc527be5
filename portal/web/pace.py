"""How often somebody may send forms: a modest limit, kept in memory."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from fastapi import FastAPI

WINDOW = timedelta(minutes=1)
MOST = 30
"""Forms from one client to one page within a minute."""

REMEMBERED = 10_000


class TooMany(Exception):
    """More forms in a minute than a person sends."""


@dataclass
class Pace:
    """Counts forms per client and page in windows of one minute."""

    most: int = MOST
    since: datetime | None = None
    counts: dict[str, int] = field(default_factory=dict)

    def allows(self, key: str, *, at: datetime) -> bool:
        """True while the key has sent no more than it may in this minute."""
        if self.since is None or at >= self.since + WINDOW or len(self.counts) > REMEMBERED:
            self.since, self.counts = at, {}
        self.counts[key] = self.counts.get(key, 0) + 1
        return self.counts[key] <= self.most


def pace_of(app: FastAPI) -> Pace:
    """The counter of this portal."""
    counter: Pace = app.state.pace
    return counter
