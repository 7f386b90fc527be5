"""Execute: work is released to the people who do it; the stage ends when it has ended."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from domain.names import Event, State
from models import activity as activities
from models.order import Order
from tasks.services import Services
from tasks.stage import Outcome


@dataclass(frozen=True)
class Release:
    """The planned tasks of this round may begin."""

    round: int

    def keep(self, session: Session, order: Order, *, at: datetime) -> None:
        """Every planned task is released."""
        for each in activities.of_order(session, order.id):
            if each.state == "planned":
                each.state, each.round = "released", self.round
        for line in order.lines:
            line.accepted = False


def execute(order_id: int, services: Services) -> Outcome:
    """Release the tasks, or wait for the planned start of the first one."""
    with services.reading() as session:
        order = session.get_one(Order, order_id)
        planned = [e for e in activities.of_order(session, order_id) if e.state == "planned"]
        starts = [each.starts_at for each in planned if each.starts_at is not None]
        early = bool(starts) and min(starts) > services.now()
        first = order.state == State.PLANNED and order.round == 1
        left = activities.unfinished(session, order_id)
        round_ = order.round
    if early and first and not services.settings.policy.quick:
        return Outcome(Event.START_AWAITED, (), {"start": min(starts).isoformat()})
    if not planned and not left:
        return Outcome(Event.WORK_COMPLETED, (), {"tasks": 0})
    facts = {"tasks": [each.label for each in planned], "people": _people(planned)}
    return Outcome(Event.WORK_RELEASED, (Release(round_),), facts)


def _people(planned: list[activities.Activity]) -> list[str]:
    return sorted({each.person for each in planned if each.person})
