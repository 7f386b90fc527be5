"""A clock that was set back: rows that hold instants which no clock of today can have given."""

from datetime import datetime, timedelta

from sqlalchemy import update
from sqlalchemy.orm import Session

from models.outbox import CLAIM, Owed
from models.run import Run

LONGEST_LEASE = timedelta(hours=1)
"""Far beyond what anybody is given."""


def set_back(session: Session, *, at: datetime) -> None:
    """Leases and claims that are too long are over; who was to be started or sent later is due.

    Trying early what was really put off does no harm. Deadlines of people stay as they are.
    """
    not_ended = Run.ended_at.is_(None)
    too_long = not_ended & (Run.lease_until > at + LONGEST_LEASE)
    session.execute(update(Run).where(too_long).values(lease_until=at))
    later = not_ended & Run.flow_run_id.is_(None) & (Run.start_after > at)
    session.execute(update(Run).where(later).values(start_after=at))
    waits = Owed.state.in_(("pending", "unknown")) & (Owed.next_try_at > at)
    session.execute(update(Owed).where(waits).values(next_try_at=at))
    claimed = (Owed.state == "sending") & (Owed.claimed_until > at + CLAIM)
    session.execute(update(Owed).where(claimed).values(claimed_until=at))
