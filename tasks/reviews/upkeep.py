"""Reviews kept in time by the service: the agenda a working day before, a missed one held late."""

import logging
from collections.abc import Iterable
from datetime import date, datetime, timedelta

from domain.portfolio import ReviewKind, agenda_at, begins, last_day, next_day, period
from domain.worktime import Calendar, local_date
from models import installation
from models import review as reviews
from tasks import fence
from tasks.reviews import minutes
from tasks.reviews.review import hold_late
from tasks.reviews.snapshot import snapshot
from tasks.services import Services

log = logging.getLogger("orderflow.review")

MARK = "reviews_seen"
"""Up to this instant has been looked whether every agenda went out and every review was held."""

PATIENCE = timedelta(minutes=15)
"""So long the engine has time to begin a review by its own clock."""

WITH_AGENDA = (ReviewKind.WEEKLY, ReviewKind.MONTHLY)


def look_after(services: Services) -> list[str]:
    """What was owed since the last look and is done now: `agenda weekly 2026-W49` and the like.

    The first look of an installation finds nothing: nothing was missed before it was there.
    """
    until = services.now() - PATIENCE
    with services.reading() as session:
        mark = installation.value(session, MARK)
        calendar = services.calendar(session)
    if not fence.may_act(services):
        return []
    done: list[str] = []
    if mark is not None:
        since = datetime.fromisoformat(mark)
        done += _missed(services, calendar, since, until)
        done += _agendas(services, calendar, since, until)
    with services.writing() as session:
        installation.remember(session, MARK, until.isoformat())
    return done


def _missed(
    services: Services, calendar: Calendar, since: datetime, until: datetime
) -> Iterable[str]:
    """The newest review of each kind, held now if nobody held it in its time."""
    for kind in ReviewKind:
        day = _newest(kind, calendar, until)
        if begins(calendar, day) <= since or _held(services, kind, day):
            continue
        log.warning("The %s review of %s was missed and is held now", kind, day)
        hold_late(services, kind, day)
        yield f"{kind} {period(kind, day)}"


def _newest(kind: ReviewKind, calendar: Calendar, until: datetime) -> date:
    today = local_date(calendar, until)
    day = last_day(kind, calendar, today)
    early = begins(calendar, day) > until
    return last_day(kind, calendar, today - timedelta(days=1)) if early else day


def _held(services: Services, kind: ReviewKind, day: date) -> bool:
    with services.reading() as session:
        return reviews.of_period(session, kind, period(kind, day)) is not None


def _agendas(
    services: Services, calendar: Calendar, since: datetime, until: datetime
) -> Iterable[str]:
    """Who takes part in the next review has its agenda."""
    for kind in WITH_AGENDA:
        day = next_day(kind, calendar, _newest(kind, calendar, services.now()))
        if since < agenda_at(calendar, day) <= until:
            content = snapshot(services, kind, day, at=services.now())
            with services.writing() as session:
                minutes.announce(session, services, kind, day, content)
            yield f"agenda {kind} {period(kind, day)}"
