"""Accept: the customer is asked criterion by criterion, from the confirmed version."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from domain.names import Event
from models import delivery as deliveries
from models import version as versions
from models.delivery import Acceptance
from models.order import Order
from tasks.content import content
from tasks.papers import criteria_of
from tasks.services import Services
from tasks.stage import Outcome


@dataclass(frozen=True)
class Request:
    """The criteria of this round."""

    round: int
    order_version: int
    criteria: tuple[dict[str, Any], ...]
    until: datetime

    def keep(self, session: Session, order: Order, *, at: datetime) -> None:
        """The acceptance of this round is open."""
        session.add(
            Acceptance(
                order_id=order.id,
                round=self.round,
                order_version=self.order_version,
                criteria=list(self.criteria),
                opened_at=at,
                until=self.until,
            )
        )
        session.flush()


def accept(order_id: int, services: Services) -> Outcome:
    """Ask the customer to accept what the confirmed version says; later rounds ask what failed."""
    at = services.now()
    with services.reading() as session:
        order = session.get_one(Order, order_id)
        version = versions.confirmed(session, order_id)
        before = deliveries.last_acceptance(session, order_id)
        criteria = tuple(
            {"code": f"C{each.no}", "text": each.text, "line_no": each.line_no, "result": ""}
            for each in criteria_of(content(order))
        )
        if before is not None and before.punch_items:
            criteria = tuple(
                {"code": f"P{each.no}", "text": each.text, "line_no": None, "result": ""}
                for each in before.punch_items
            )
        until = services.due(session, 40, at=at)
        request = Request(order.round, version.n if version else 1, criteria, until)
    facts = {"criteria": len(criteria), "order_version": request.order_version}
    return Outcome(Event.ACCEPTANCE_REQUESTED, (request,), facts)
