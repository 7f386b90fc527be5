"""The outbox is emptied: each owed mail handed over under a claim, at least once."""

import logging
from dataclasses import dataclass

from sqlalchemy.orm import Session

from connectors.errors import Rejected, Unreachable
from connectors.mailer import Unsure
from domain.names import OURSELVES, Channel, Fact
from models import event as events
from models import order as orders
from models import outbox
from models.outbox import Owed
from tasks import alarms, fence, interrupted
from tasks.services import Services

log = logging.getLogger("orderflow.outbox")


@dataclass(frozen=True)
class Taken:
    """A claimed mail, as it is handed over outside of any transaction."""

    id: int
    attempt: int
    raw: bytes
    sender: str
    recipients: tuple[str, ...]


def send_due(services: Services, limit: int = 50) -> int:
    """How many mails have been handed over in this round, or are found to have been before."""
    count = interrupted.look(services)
    for _ in range(limit):
        # One claim at a time: none runs out while others are sent, and a crash leaves one in doubt.
        taken = _claim(services)
        if taken is None:
            break
        count += _send(services, taken)
    return count


def _claim(services: Services) -> Taken | None:
    at = services.now()
    archive = services.settings.mail.archive
    with services.writing() as session:
        due = outbox.due(session, at=at, limit=1, searched=services.archive is not None)
        if due and fence.why_held(session, services):
            return None
        for row in due:
            raw = row.raw
            attempt = outbox.claim(session, row, at=at)
            if attempt is not None:
                # The recipient first: whoever delivers one after the other keeps the copy last.
                copies = (archive,) if archive and archive != row.recipient else ()
                return Taken(row.id, attempt, raw, row.sender, (row.recipient, *copies))
    return None


def _send(services: Services, taken: Taken) -> int:
    try:
        services.mailer.send(taken.raw, taken.sender, taken.recipients)
    except Unreachable as away:
        log.warning("Mail %s is tried again later: %s", taken.id, away.reason)
        _put_off(services, taken, away)
        return 0
    except Rejected as no:
        log.warning("Mail %s was refused: %s", taken.id, no.reason)
        with services.writing() as session:
            if outbox.refused(session, taken.id, taken.attempt, no.reason):
                tell_failure(session, services, session.get_one(Owed, taken.id))
        return 0
    with services.writing() as session:
        outbox.sent(session, taken.id, at=services.now())
    return 1


def _put_off(services: Services, taken: Taken, away: Unreachable) -> None:
    unsure = isinstance(away, Unsure) and services.archive is not None
    with services.writing() as session:
        if not outbox.put_off(
            session, taken.id, taken.attempt, away.reason, at=services.now(), unsure=unsure
        ):
            tell_failure(session, services, session.get_one(Owed, taken.id))


def tell_failure(session: Session, services: Services, row: Owed) -> None:
    """The order's history and its owner know that a mail did not arrive."""
    if row.order_id is not None:
        order = orders.locked(session, row.order_id)
        facts = {"purpose": row.purpose, "to": row.recipient, "reason": row.error[:300]}
        events.append(
            session,
            order.id,
            Fact.MAIL_FAILED,
            by=OURSELVES,
            channel=Channel.MAIL,
            at=services.now(),
            payload=facts,
        )
    alarms.mail_failed(session, services, row, at=services.now())
