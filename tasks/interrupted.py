"""Mails whose sender died with them in hand: the archive says whether they went out."""

import logging
from datetime import timedelta

from connectors.archive import Archive
from connectors.errors import Rejected, Unreachable
from domain.names import OURSELVES, Channel, Fact
from models import doubt as doubts
from models import event as events
from models import order as orders
from models.doubt import Doubt
from models.outbox import Owed
from tasks import fence
from tasks.services import Services

log = logging.getLogger("orderflow.outbox")

SETTLING = timedelta(seconds=30)
"""A copy may still be on its way to the archive when its claim has run out."""

LOOK_AGAIN = timedelta(seconds=30)
AT_ONCE = 20


def look(services: Services) -> int:
    """How many mails are found to have been sent; those that were not are owed again.

    Without an archive nothing is looked for, and `outbox.due` gives them once more.
    """
    archive, at = services.archive, services.now()
    if archive is None:
        return 0
    with services.reading() as session:
        if not doubts.any_doubt(session, at=at):
            return 0
    with services.writing() as session:
        if fence.why_held(session, services):
            return 0
        doubts.doubt(session, at=at, until=at + SETTLING)
        unknown = doubts.doubts(session, at=at, limit=AT_ONCE)
    try:
        return sum(_settle(services, archive, each) for each in unknown)
    except (Unreachable, Rejected) as away:
        log.warning("Interrupted mails wait for the archive: %s: %s", away.what, away.reason)
        with services.writing() as session:
            doubts.look_later(session, away.reason, at=at, until=services.now() + LOOK_AGAIN)
        return 0


def _settle(services: Services, archive: Archive, it: Doubt) -> bool:
    """Whether the mail lies in the archive."""
    there = archive.holds(it.message_id, since=it.claimed_at)
    log.info("Interrupted mail %s %s", it.id, "was sent" if there else "is sent again")
    at = services.now()
    with services.writing() as session:
        if not there:
            doubts.was_not_sent(session, it, at=at)
            return False
        row = session.get_one(Owed, it.id)
        order = orders.locked(session, row.order_id) if row.order_id is not None else None
        if not doubts.was_sent(session, it, at=at):
            return False
        if order is not None:
            facts = {"purpose": row.purpose, "to": row.recipient, "found_in": archive.name}
            events.append(
                session,
                order.id,
                Fact.MAIL_SENT,
                by=OURSELVES,
                channel=Channel.MAIL,
                at=at,
                payload=facts,
            )
    return True
