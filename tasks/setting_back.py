"""A clock that was set back is noticed: nothing waits until it has caught up with itself."""

import logging
from datetime import datetime, timedelta

from models import clock
from tasks.services import Services

log = logging.getLogger("orderflow.clock")

NOTICED = timedelta(minutes=1)
"""A smaller step back changes nothing that anybody waits for."""
SILENCE = timedelta(hours=1)
"""Longer than anybody is away who is well."""
LOOKS_BACK = timedelta(days=1)
"""How far somebody looks who has never looked before."""


def looked_until(services: Services, mark: str | None, *, at: datetime) -> datetime:
    """Until when the engine's ended runs were looked at, by the clock as it goes now."""
    if mark is None:
        return at - LOOKS_BACK
    before = datetime.fromisoformat(mark)
    if at - before > SILENCE:
        log.warning("The last look was %s ago: nothing ran, or the clock was set on", at - before)
    if before - at < NOTICED:
        return before
    log.warning("The clock was set back by %s; what it had put off is looked at now", before - at)
    with services.writing() as session:
        clock.set_back(session, at=at)
    return at - LOOKS_BACK
