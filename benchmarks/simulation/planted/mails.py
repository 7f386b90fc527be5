"""Planted: mails that are lost, sent too early, sent twice, or under another name."""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from datetime import datetime
from itertools import count
from types import ModuleType
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from benchmarks.simulation.planted.drivers import Planted, _nothing
from benchmarks.simulation.replaced import replaced
from models import outbox
from models.message import Message
from models.outbox import Owed
from tasks import (
    answering,
    drafting,
    progress,
    reading,
    routing,
    sending,
    services,
    storing,
    transition,
)


def a_mail_is_sent_before_the_commit() -> Planted:
    """The mail goes out in the transaction that owes it."""
    real = outbox.owe

    def owe(session: Session, row: Owed) -> Owed:
        own = services.services()
        if outbox.with_key(session, row.key) is None:
            own.mailer.send(row.raw, row.sender, (row.recipient,))
            row.state, row.sent_at = "sent", own.now()
        return real(session, row)

    return replaced(outbox, owe=owe)


def a_mail_counts_as_sent_before_it_is() -> Planted:
    """The outbox says "sent" first; a crash then loses the mail."""
    real = sending._send

    def send(own: Any, taken: Any) -> int:
        with own.writing() as session:
            outbox.sent(session, taken.id, at=own.now())
        return real(own, taken)

    return replaced(sending, _send=send)


def two_services_send_one_mail() -> Planted:
    """A claim is not looked at."""

    def claim(session: Session, row: Owed, *, at: datetime) -> int:
        row.attempts += 1
        return row.attempts

    return replaced(outbox, claim=claim)


def a_dead_sender_keeps_its_mail() -> Planted:
    """A mail that somebody was sending when they died is never sent."""

    def due(session: Session, *, at: datetime, limit: int, **_: object) -> Sequence[Owed]:
        ready = (Owed.state == "pending") & (Owed.next_try_at <= at)
        return session.scalars(select(Owed).where(ready).order_by(Owed.id).limit(limit)).all()

    return replaced(outbox, due=due)


def each_attempt_has_a_name_of_its_own() -> Planted:
    """A mail that is tried again has another Message-ID."""
    real, numbers = sending._send, count(1)

    def send(own: Any, taken: Any) -> int:
        mark = b"Message-ID: <%d." % next(numbers)
        raw = taken.raw.replace(b"Message-ID: <", mark, 1) if taken.attempt > 1 else taken.raw
        return real(own, type(taken)(**{**vars(taken), "raw": raw}))

    return replaced(sending, _send=send)


def a_failed_mail_is_given_up() -> Planted:
    """A mail server that was away for a moment is not asked again."""

    def put_off(session: Session, owed_id: int, *_: object, **__: object) -> bool:
        session.get_one(Owed, owed_id).state = "failed"
        return True

    return replaced(outbox, put_off=put_off)


def nobody_is_told() -> Planted:
    """What has happened is told to nobody."""
    return replaced(transition, tell=_nothing)


def the_inbox_lets_go_first() -> Planted:
    """A mail is put away before it is kept; a crash then loses it."""

    def take(own: Any, inbox: Any, *envelopes: Any) -> list[int]:
        for each in envelopes:
            inbox.done(each.key)
        found = [storing.store(own, inbox.name, each.raw) for each in envelopes]
        return [row for row in found if row is not None]

    return replaced(storing, take=take)


def a_mail_is_kept_each_time_it_comes() -> Planted:
    """Two copies of one mail are two mails."""
    real, numbers = storing._key, count(1)
    return replaced(storing, _key=lambda mail: f"{real(mail)[:50]}{next(numbers)}")


def a_mail_is_read_by_both() -> Planted:
    """Two services that read one mail both act on it."""

    def settle(session: Session, mail: Any, state: str, **more: Any) -> Message:
        row = session.get_one(Message, mail.row_id, populate_existing=True)
        row.state, row.reason = state, str(more.get("reason", ""))
        row.order_id = more.get("order_id") or mail.order_id
        row.kind, row.confidence = mail.found.kind, mail.found.kind_confidence
        return row

    return _everywhere((reading, routing, answering, drafting, progress), settle=settle)


@contextmanager
def _everywhere(modules: Sequence[ModuleType], **others: object) -> Iterator[None]:
    """Where a module has imported these names, they mean the others."""
    with ExitStack() as stack:
        for module in modules:
            if others.keys() <= vars(module).keys():
                stack.enter_context(replaced(module, **others))
        yield
