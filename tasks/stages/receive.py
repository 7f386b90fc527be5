"""Receive: is the record complete, or what has to be asked, and whom?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from domain.content import Gap, gaps
from domain.names import Event
from models import event as events
from models.order import Order
from tasks.content import content
from tasks.doubles import repeated
from tasks.services import Services
from tasks.stage import Outcome


@dataclass(frozen=True)
class Questions:
    """What the customer is asked, in the order of the numbers in the mail."""

    asked: tuple[Gap, ...]

    def keep(self, session: Session, order: Order, *, at: datetime) -> None:
        """The order remembers which number of the answer means which field."""
        order.questions = [_key(each) for each in self.asked]


@dataclass(frozen=True)
class Duplicate:
    """An earlier order that this one may repeat; marked, never merged."""

    order_no: str | None

    def keep(self, session: Session, order: Order, *, at: datetime) -> None:
        """The order names the one that it may repeat."""
        order.duplicate_of = self.order_no


def receive(order_id: int, services: Services) -> Outcome:
    """The record is complete, or the customer is asked for the gaps, or a person completes it."""
    with services.reading() as session:
        order = session.get_one(Order, order_id)
        missing = gaps(content(order))
        asked = _times_asked(session, order_id)
        again = Duplicate(repeated(session, order))
        reachable = bool(order.contact_mail)
        blocked = order.customer is not None and bool(order.customer.blocked_reason)
        ambiguous = [field for field in order.sources.get("ambiguous", ()) if field]
    asking = _asked(missing, ambiguous)
    facts = {"missing": [_key(each) for each in asking]}
    if blocked:
        return Outcome(Event.INTAKE_ASKED, (again,), {**facts, "why": "blocked_customer"})
    if not asking:
        return Outcome(Event.RECORD_COMPLETED, (again, Questions(())), facts)
    if reachable and asked < services.settings.policy.question_rounds:
        return Outcome(Event.INFO_REQUESTED, (again, Questions(asking)), facts)
    return Outcome(Event.INTAKE_ASKED, (again, Questions(asking)), facts)


def _asked(missing: Sequence[Gap], ambiguous: Sequence[str]) -> tuple[Gap, ...]:
    """The gaps, and what is there but can be read in two ways."""
    known = {each.field for each in missing}
    return (*missing, *(Gap(field) for field in ambiguous if field not in known))


def _key(gap: Gap) -> str:
    return gap.field if gap.line_no is None else f"{gap.field}:{gap.line_no}"


def _times_asked(session: Session, order_id: int) -> int:
    return sum(each.kind == Event.INFO_REQUESTED for each in events.history(session, order_id))
