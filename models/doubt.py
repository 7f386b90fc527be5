"""Mails that may have been sent: whoever had them in hand has died."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import exists, select, update
from sqlalchemy.orm import Session

from models.outbox import CLAIM, Owed


@dataclass(frozen=True)
class Doubt:
    """One such mail, as it was when it was last claimed."""

    id: int
    attempt: int
    message_id: str
    claimed_at: datetime


def any_doubt(session: Session, *, at: datetime) -> bool:
    """Whether a sender has died with a mail in hand, or it is time to look for such a mail."""
    stale = (Owed.state == "sending") & (Owed.claimed_until < at)
    unknown = (Owed.state == "unknown") & (Owed.next_try_at <= at)
    return bool(session.scalar(select(exists().where(stale | unknown))))


def doubt(session: Session, *, at: datetime, until: datetime) -> None:
    """Mails of dead senders are unknown, and not looked for before `until`."""
    session.execute(
        update(Owed)
        .where(Owed.state == "sending", Owed.claimed_until < at)
        .values(state="unknown", next_try_at=until)
    )


def doubts(session: Session, *, at: datetime, limit: int) -> Sequence[Doubt]:
    """Unknown mails to be looked for now, those that wait longest first."""
    rows = session.execute(
        select(Owed.id, Owed.attempts, Owed.message_id, Owed.claimed_until)
        .where(Owed.state == "unknown", Owed.next_try_at <= at)
        .order_by(Owed.next_try_at, Owed.id)
        .limit(limit)
    )
    return [Doubt(row, attempt, name, (until or at) - CLAIM) for row, attempt, name, until in rows]


def was_sent(session: Session, it: Doubt, *, at: datetime) -> bool:
    """The mail had been handed over before its sender died; False if that is settled already."""
    return _settle(session, it, state="sent", sent_at=at, claimed_until=None, error="")


def was_not_sent(session: Session, it: Doubt, *, at: datetime) -> bool:
    """The mail is owed as before, under its Message-ID; False if that is settled already."""
    return _settle(session, it, state="pending", next_try_at=at, claimed_until=None, error="")


def look_later(session: Session, reason: str, *, at: datetime, until: datetime) -> None:
    """Nobody can say now what became of these mails; they are looked for again then."""
    session.execute(
        update(Owed)
        .where(Owed.state == "unknown", Owed.next_try_at <= at)
        .values(next_try_at=until, error=reason[:2000])
    )


def _settle(session: Session, it: Doubt, **values: object) -> bool:
    done = session.execute(
        update(Owed)
        .where(Owed.id == it.id, Owed.state == "unknown", Owed.attempts == it.attempt)
        .values(**values)
    )
    return done.rowcount == 1  # type: ignore[attr-defined,no-any-return]  # CursorResult
