"""`python -m benchmarks.struck_reader HOME URL PORT USER CERTIFICATE`: an intake to be killed.

It stores what lies in the mailbox, makes of it what it is, says `ready` when it begins, and ends
when nothing waits any more.
"""

import ssl
import sys
import time
from dataclasses import replace
from pathlib import Path

from sqlalchemy import func, select

from connectors.errors import Unreachable
from connectors.imap import ImapServer
from connectors.inbox_imap import ImapInbox
from connectors.reader_confined import ConfinedReader
from models.message import Message
from tasks import routing, storing
from tasks.services import Services, build
from tasks.settings import load

PAUSE_SECONDS = 0.2
BATCH = 20


def opened(home: Path, url: str) -> Services:
    """The installation in this folder, on this database."""
    return build(load(home, environment={"ORDERFLOW_DATABASE__URL": url}))


def main(home: str, url: str, port: str, user: str, certificate: str) -> int:
    """0 when the mailbox is empty and every stored mail has been dealt with."""
    from tests.dovecot import PASSWORD

    reader = ConfinedReader()
    reader.start()
    services = replace(opened(Path(home), url), reader=reader)
    trusting = ssl.create_default_context(cafile=certificate)
    server = ImapServer(
        host="127.0.0.1", user=user, password=PASSWORD, port=int(port), context=trusting
    )
    inbox = ImapInbox(server)
    print("ready", flush=True)
    try:
        while _work(services, inbox):
            pass
    finally:
        reader.close()
    return 0


def _work(services: Services, inbox: ImapInbox) -> bool:
    """Whether anything was there to be done, or the mailbox could not be asked."""
    try:
        stored = storing.empty(services, [inbox])
        waits = bool(stored) or bool(inbox.waiting(1))
    except Unreachable:
        time.sleep(PAUSE_SECONDS)
        waits = True
    routing.read_all(services, BATCH)
    with services.reading() as session:
        new = select(func.count()).where(Message.state == "new")
        return bool(session.scalar(new)) or waits


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
