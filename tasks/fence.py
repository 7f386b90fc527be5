"""Who may act: a restored copy keeps still until it takes over, and then its original does.

An installation that is held takes no mail, sends none, fires no timer and starts no run. It says
so itself (a row), or a Maildir that it shares with another one does (a file names its owner).
"""

import logging
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from connectors.errors import Unreachable
from models import installation, outbox
from models.installation import Installation
from tasks.backup import mailboxes
from tasks.services import Services

log = logging.getLogger("orderflow.fence")

HELD, COPY_OF, COPIED_AT = "held", "copy_of", "copied_at"
"""Names under which the installation keeps why it is held, what it is a copy of, and of when."""

RESTORED, STOOD_DOWN, SUPERSEDED, REPLACED = "restored", "stood_down", "superseded", "replaced"
"""Why an installation is held: it is a fresh copy; it was told to stand down; another one owns its
mailbox; the database below this process was exchanged."""


def why_held(session: Session, services: Services) -> str:
    """Why this installation may not act; empty where it may, until the transaction ends."""
    wanted = select(Installation).where(Installation.name.in_(("instance", HELD)))
    kept = {
        each.name: each.value
        for each in session.scalars(
            wanted.with_for_update(read=True).execution_options(populate_existing=True)
        )
    }
    if kept.get(HELD):
        return kept[HELD]
    if kept.get("instance", services.instance) != services.instance:
        return REPLACED
    strangers = mailboxes.owners(services) - {services.instance}
    return SUPERSEDED if strangers else ""


def may_act(services: Services) -> bool:
    """Whether this installation may take mail in, fire timers and start runs now."""
    with services.reading() as session:
        return not why_held(session, services)


def look_around(services: Services) -> str:
    """Why this installation is held, written down where it has just been found out.

    The Maildirs of an installation that acts carry its name.
    """
    with services.writing() as session:
        why = why_held(session, services)
        if why == SUPERSEDED and installation.value(session, HELD) is None:
            installation.remember(session, HELD, why)
            log.error("Another installation empties our mailbox: nothing is sent any more")
    if not why:
        mailboxes.own(services, services.instance, also_taken=False)
    return why


def stand_down(services: Services) -> int:
    """Mails that are just being handed over; from now on no other one is."""
    with services.writing() as session:
        _alone(session)
        installation.remember(session, HELD, STOOD_DOWN)
        return outbox.being_sent(session, at=services.now())


def take_over(services: Services) -> int:
    """This installation acts from now on, and its Maildirs are its own.

    How many mails that the original has read since the backup are read again.
    """
    with services.reading() as session:
        found = installation.value(session, COPIED_AT)
    copied_at = datetime.fromisoformat(found) if found else None
    if copied_at is not None:
        _settle_sent(services, copied_at)
    with services.writing() as session:
        _alone(session)
        installation.forget(session, HELD)
        installation.forget(session, COPIED_AT)
    mailboxes.own(services, services.instance, also_taken=True)
    return mailboxes.read_again(services, copied_at) if copied_at is not None else 0


def _settle_sent(services: Services, copied_at: datetime) -> None:
    """What the original has sent since the backup, by the archive, is not owed any more."""
    archive = services.archive
    if archive is None:
        return
    with services.reading() as session:
        owed = [(each.id, each.message_id) for each in outbox.not_sent(session)]
    try:
        known = [
            id_
            for id_, name in owed
            if archive.holds(name, since=copied_at - mailboxes.CLOCKS_DIFFER)
        ]
    except Unreachable as away:
        log.warning("The archive cannot say what was sent since the backup: %s", away.reason)
        return
    with services.writing() as session:
        for id_ in known:
            outbox.sent(session, id_, at=services.now())


def owed(services: Services) -> int:
    """Mails that have not been handed over yet."""
    with services.reading() as session:
        return len(outbox.not_sent(session))


def _alone(session: Session) -> None:
    """Whoever is about to act has committed or waits until we have."""
    session.execute(
        select(Installation.name).where(Installation.name == "instance").with_for_update()
    )
