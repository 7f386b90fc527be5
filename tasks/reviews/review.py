"""One review: its day, deviations found, the snapshot kept, minutes owed, the page shown."""

import json
import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from domain.errors import BadValue
from domain.names import Language
from domain.portfolio import NotToday, ReviewKind, not_today, period
from domain.worktime import local_date
from models import order as orders
from models import review as reviews
from models.review import Review
from tasks.deviations import deviating, find
from tasks.reviews import heads, minutes
from tasks.reviews.snapshot import snapshot
from tasks.services import Services
from templates import portfolio

log = logging.getLogger("orderflow.review")


@dataclass(frozen=True)
class ReviewDone:
    """What came of a review; `not_today` says why it did not take place."""

    kind: ReviewKind
    at: datetime
    not_today: NotToday | None = None
    content: Mapping[str, Any] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """The summary as plain values."""
        why = self.not_today
        reason = (
            {
                "reason_zh": why.reason_zh,
                "reason_en": why.reason_en,
                "next_on": why.next_on.isoformat(),
            }
            if why
            else {}
        )
        head = {"kind": str(self.kind), "at": self.at.isoformat(), "took_place": why is None}
        return {**head, **reason, **self.content}

    def lines(self, language: Language) -> list[str]:
        """The summary for a person."""
        if self.not_today is not None:
            zh = language is Language.ZH
            return [self.not_today.reason_zh if zh else self.not_today.reason_en]
        return portfolio.minutes(self.content, language)


def review(services: Services, kind: str, *, at: datetime | None = None) -> ReviewDone:
    """The review of this kind for the period of that instant; the same period gives the same one.

    Killed at any line and run again, it tells each deviation once and sends each mail once.
    """
    if kind not in set(ReviewKind):
        raise BadValue("kind", kind, ", ".join(ReviewKind))
    which, when = ReviewKind(kind), at or services.now()
    with services.reading() as session:
        calendar = services.calendar(session)
    day = local_date(calendar, when)
    why = not_today(which, calendar, day)
    if why is not None:
        log.info("No %s review: %s", which, why.reason_en)
        return ReviewDone(which, when, why)
    kept = _kept(services, which, day)
    if kept is None:
        find_deviations(services, at=when)
        kept = _hold(services, which, day, when)
    assert kept is not None  # noqa: S101  # somebody has kept it: we or who was faster
    held_at, content = kept
    minutes.show(services, which, held_at, content)
    return ReviewDone(which, held_at, None, content)


def hold_late(services: Services, kind: ReviewKind, day: date) -> ReviewDone:
    """The review of a day that went by without one, of what is so now; it says that it is late."""
    at = services.now()
    find_deviations(services, at=at)
    kept = _hold(services, kind, day, at, late=True)
    assert kept is not None  # noqa: S101  # somebody has kept it: we or who was faster
    minutes.show(services, kind, *kept)
    return ReviewDone(kind, kept[0], None, kept[1])


def find_deviations(services: Services, *, at: datetime) -> int:
    """How many deviations of open orders were found that nobody knew; their owners know now."""
    with services.reading() as session:
        calendar = services.calendar(session)
        # Nobody is kept waiting while all are looked at; what deviates is looked at again, locked.
        deviate = [
            each
            for batch in orders.open_batches(session)
            for each in deviating(session, batch, calendar, at=at)
        ]
    found = 0
    for order_id in deviate:
        with services.writing() as session:
            order = orders.locked(session, order_id)
            if not order.ended:
                found += len(find(session, services, order, calendar, at=at))
    return found


Kept = tuple[datetime, Mapping[str, Any]]


def _kept(services: Services, kind: ReviewKind, day: date) -> Kept | None:
    with services.reading() as session:
        row = reviews.of_period(session, kind, period(kind, day))
        return (row.at, row.snapshot) if row is not None else None


def _hold(
    services: Services, kind: ReviewKind, day: date, at: datetime, *, late: bool = False
) -> Kept | None:
    """The review of this period: what is so now, kept with its mails in one transaction."""
    looked = snapshot(services, kind, day, at=at)
    looked["missed"] = day.isoformat() if late else ""
    content: dict[str, Any] = json.loads(json.dumps(looked))
    row = Review(kind=str(kind), period=content["period"], at=at, snapshot=content)
    with services.writing() as session:
        first = reviews.hold(session, row)
        if first:
            minutes.owe(session, services, kind, content)
            if kind is ReviewKind.DAILY:
                heads.owe(session, services, day, since=datetime.fromisoformat(content["since"]))
    return (at, content) if first else _kept(services, kind, day)
