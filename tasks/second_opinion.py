"""A language model is asked about mails that wait for a person; what it says is only shown.

It has a duty of its own: no mail waits for it, and nothing is done because of it.
"""

import logging
from datetime import timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from connectors.errors import Rejected, Unreachable
from connectors.second_reader import SecondReader, reader_for
from domain.mail.decode import read
from domain.mail.opinion import opinion, question, suggestions
from domain.mail.understand import base_of
from domain.names import GateState
from models import message as messages
from models import run as runs
from models.gate import Gate
from models.installation import kept
from models.message import Message
from tasks import mailgate
from tasks.services import Services

log = logging.getLogger("orderflow.opinion")

TRIES = 2
MOST = 100
RECENT = timedelta(days=1)
"""An older mail has been looked at by now, or nobody wants to be helped with it."""
FRESH = timedelta(minutes=2)
"""A form that has stood for so long is not taken from under the hands of whoever fills it."""


def reader_of(services: Services) -> SecondReader | None:
    """The model that the settings name, if any."""
    told = services.settings.opinion
    return reader_for(told.url, told.model, told.key, told.timeout_seconds)


def ask_next(services: Services, reader: SecondReader) -> bool:
    """Whether a mail was there to ask about; one that gets no answer is asked about twice."""
    with services.reading() as session:
        row = _next(session, services)
        if row is None:
            return False
        row_id, before = row.id, dict(row.understanding)
        mail = read(kept(session, row.raw_sha256))
        text = row.new_text or row.text
        asked = question(row.subject, row.sender, text)
        base = base_of(mail, row.received_at)
    try:
        said = opinion(reader.answer(asked), f"{row.subject}\n{text}", base)
    except (Unreachable, Rejected) as away:
        log.warning("No second opinion about mail %s: %s", row_id, away.reason)
        _keep(services, row_id, None)
        return False
    _keep(services, row_id, suggestions(before, said))
    return True


def _next(session: Session, services: Services) -> Message | None:
    """The newest mail of a person's that has no opinion yet."""
    waiting = messages.with_people(session, services.now() - RECENT, MOST)
    return next((row for row in waiting if _tries(row) < TRIES), None)


def _tries(row: Message) -> int:
    """How often was asked about the mail; an opinion is asked for no more."""
    found = dict(row.understanding.get("opinion") or {})
    return int(found.get("tries", TRIES if found else 0))


def _keep(services: Services, row_id: int, said: dict[str, Any] | None) -> None:
    """The mail has the opinion beside its understanding, and so has its gate's briefing."""
    with services.writing() as session:
        row = session.get_one(Message, row_id, populate_existing=True, with_for_update=True)
        kept_now = {"tries": _tries(row) + 1} if said is None else said
        row.understanding = {**row.understanding, "opinion": kept_now}
        asked = select(Gate).where(Gate.message_id == row_id, Gate.state == GateState.OPEN)
        gate = session.scalar(asked) if said is not None else None
        if gate is not None:
            gate.briefing = mailgate.briefing_of(session, row)
            if services.now() - gate.asked_at < FRESH:
                runs.wake_gate(session, gate.id)
