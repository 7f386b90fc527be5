"""Runs that wait for their turn, by their numbers: what may be started, what may be woken."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from models.run import Run, starts, unseen

MANY = 5000
"""So many numbers are looked at together; a longer backlog is seen part by part."""


def to_start(session: Session, *, at: datetime) -> Sequence[int]:
    """Runs that nobody has started yet, those due first at the beginning."""
    due = select(Run.id).where(*starts(at)).order_by(Run.start_after, Run.id)
    return session.scalars(due.limit(MANY)).all()


def to_wake(session: Session) -> Sequence[int]:
    """Waiting runs that have not yet seen what is new."""
    return session.scalars(select(Run.id).where(*unseen()).order_by(Run.id).limit(MANY)).all()


def not_looked_yet(session: Session, ids: Collection[int]) -> Sequence[int]:
    """Those of the runs that have been sent on their way and have not looked since."""
    sent = select(Run.id).where(Run.id.in_(ids), Run.ended_at.is_(None))
    return session.scalars(sent.where(Run.wake_seq > Run.seen_seq)).all()


def look_later(session: Session, ids: Collection[int], *, boot: str, until: datetime) -> None:
    """Started runs whose worker is late are looked at again then, and others before."""
    session.execute(
        update(Run)
        .where(Run.id.in_(ids), Run.lease_until < until)
        .values(lease_until=until, boot=boot)
    )
