"""What was kept outside of the database: no history is shorter, or another one, than it was."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from email import message_from_bytes
from email.message import Message

from sqlalchemy import select
from sqlalchemy.orm import Session

from connectors.archive import Archive, message_id_of
from connectors.errors import Unreachable
from domain.mail.limits import limits
from domain.mail.tokens import read_message_id
from models.event import EventRow
from models.order import Order
from models.outbox import Owed
from tasks.services import Services
from tasks.verifying.case import AT_ONCE

NO_ORDER = "–"
HEAD = re.compile(rb"(?<!\S)(\S{1,40}) (\d{1,9}) ([0-9a-f]{64})\b")
"""Order, number of its last event, hash of that event: a line of the daily mail to the archive."""

ON_ITS_WAY = timedelta(hours=1)

Heads = dict[str, set[tuple[int, str]]]
Found = Iterator[tuple[str, str]]
"""Order number and what is wrong with its history."""


def heads(session: Session, services: Services) -> Found:
    """Histories that do not have what the archive knows of them; refuses where it knows nothing."""
    address = services.settings.mail.archive
    if not address:
        return
    if services.archive is None:
        yield NO_ORDER, "the archive cannot be read: [mail] archive_box is not set"
        return
    known: Heads = defaultdict(set)
    try:
        wrong = list(_collected(session, services, services.archive, address, known))
    except Unreachable as away:
        yield NO_ORDER, f"the archive cannot be read: {away.what}: {away.reason}"
        return
    yield from wrong
    orders = sorted(known)
    for start in range(0, len(orders), AT_ONCE):
        numbers = orders[start : start + AT_ONCE]
        there = _histories(session, numbers)
        for number in numbers:
            for detail in _compared(known[number], there.get(number, {})):
                yield number, detail


def _collected(
    session: Session, services: Services, archive: Archive, address: str, known: Heads
) -> Found:
    """Every head in the archive is in `known`; what comes back speaks of mails, not of orders."""
    newest = _newest_sent(session, services, address)
    for raw in archive.addressed_to(address):
        if limits(raw) is not None:
            continue  # no mail of ours
        mail = message_from_bytes(raw)
        name, rows = message_id_of(mail), list(_rows(mail))
        if rows and read_message_id(services.signing_key, name) is None:
            yield NO_ORDER, f"{name} has heads of histories and is not ours"
            continue
        if name == newest:
            newest = None
        for number, seq, hash_ in rows:
            known[number].add((seq, hash_))
    if newest is not None:
        yield NO_ORDER, f"the newest heads, {newest}, were sent to the archive and are not there"


def _rows(mail: Message) -> Iterator[tuple[str, int, str]]:
    # Not by the reader of what comes in, which stops at a length that no letter has: all of it.
    for part in mail.walk():
        if part.get_content_type() == "text/plain":
            text = part.get_payload(decode=True)
            for number, seq, hash_ in HEAD.findall(text if isinstance(text, bytes) else b""):
                yield number.decode("utf-8", "replace"), int(seq), hash_.decode("ascii")


def _newest_sent(session: Session, services: Services, address: str) -> str | None:
    """Message-ID of the last heads that the archive must have by now."""
    return session.scalar(
        select(Owed.message_id)
        .where(Owed.key.like("mail:heads:%"), Owed.recipient == address, Owed.state == "sent")
        .where(Owed.sent_at < services.now() - ON_ITS_WAY)
        .order_by(Owed.id.desc())
        .limit(1)
    )


def _histories(session: Session, numbers: Sequence[str]) -> dict[str, dict[int, str]]:
    """Of each order the hash by the number of the event."""
    found: dict[str, dict[int, str]] = defaultdict(dict)
    for number, seq, hash_ in session.execute(
        select(Order.order_no, EventRow.seq, EventRow.hash)
        .join(Order, Order.id == EventRow.order_id)
        .where(Order.order_no.in_(numbers))
    ):
        found[number][seq] = hash_
    return found


def _compared(known: set[tuple[int, str]], there: Mapping[int, str]) -> Iterator[str]:
    last, kept = max(there, default=0), max(seq for seq, _ in known)
    if kept > last:
        yield f"events {last + 1} to {kept} were cut off: the archive knows them"
    other = [seq for seq, hash_ in known if there.get(seq, hash_) != hash_]
    if other:
        yield f"event {min(other)} is another one than the archive knows"
