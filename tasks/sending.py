"""The outbox is emptied: each owed mail handed over under a claim, at least once."""

import logging
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy.orm import Session

from connectors.errors import Rejected, Unreachable
from domain.names import OURSELVES, Channel, Fact
from models import event as events
from models import order as orders
from models import outbox
from models.outbox import Owed
from tasks import alarms, fence
from tasks.services import Services

log = logging.getLogger("orderflow.outbox")

CLAIM = timedelta(seconds=60)


@dataclass(frozen=True)
class Taken:
    """A claimed mail, as it is handed over outside of any transaction."""

    id: int
    raw: bytes
    sender: str
    recipients: tuple[str, ...]


def send_due(services: Services, limit: int = 50) -> int:
    """How many mails have been handed over in this round."""
    count = 0
    for taken in _claim(services, limit):
        count += _send(services, taken)
    return count


def _claim(services: Services, limit: int) -> list[Taken]:
    at = services.now()
    archive = services.settings.mail.archive
    with services.writing() as session:
        found = []
        due = outbox.due(session, at=at, limit=limit)
        if due and fence.why_held(session, services):
            return []
        for row in due:
            raw = row.raw
            if outbox.claim(session, row, until=at + CLAIM):
                copies = (archive,) if archive and archive != row.recipient else ()
                found.append(Taken(row.id, raw, row.sender, (row.recipient, *copies)))
        return found


def _send(services: Services, taken: Taken) -> int:
    try:
        services.mailer.send(taken.raw, taken.sender, taken.recipients)
    except Unreachable as away:
        log.warning("Mail %s is tried again later: %s", taken.id, away.reason)
        with services.writing() as session:
            if not outbox.put_off(session, taken.id, away.reason, at=services.now()):
                _tell_failure(services, session, taken.id)
        return 0
    except Rejected as no:
        log.warning("Mail %s was refused: %s", taken.id, no.reason)
        with services.writing() as session:
            outbox.refused(session, taken.id, no.reason)
            _tell_failure(services, session, taken.id)
        return 0
    with services.writing() as session:
        outbox.sent(session, taken.id, at=services.now())
    return 1


def _tell_failure(services: Services, session: Session, owed_id: int) -> None:
    """The order's history and its owner know that a mail did not arrive."""
    row = session.get_one(Owed, owed_id)
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
