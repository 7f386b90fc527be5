"""Gates as a customer's contact sees them: a whitelist, nothing of ours has a place in it."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from domain.names import GateKind
from models import delivery as deliveries
from models import gate as gates
from models import version as versions
from models.delivery import Acceptance
from models.order import Order
from tasks import showing, telling_customer
from tasks.portal_views.files import Paper, papers
from tasks.portal_views.gates import Guest, newest_paper
from tasks.services import Services
from templates.views import ChangeView, CriterionView, OrderView


@dataclass(frozen=True)
class CustomerPage:
    """What a customer confirms or accepts; `sha256` is of exactly what is shown."""

    kind: GateKind
    to: str
    order: OrderView
    sha256: str
    due_at: datetime
    changes: tuple[ChangeView, ...] = ()
    criteria: tuple[CriterionView, ...] = ()
    papers: tuple[Paper, ...] = ()
    round: int = 1


def customer_page(services: Services, guest: Guest) -> CustomerPage:
    """The gate of the link that the contact holds."""
    with services.reading() as session:
        gate = gates.numbered(session, guest.gate)
        order = session.get_one(Order, gate.order_id)
        page = CustomerPage(
            kind=GateKind(gate.kind),
            to=guest.name,
            order=showing.order_view(session, services, order),
            sha256=gate.subject_sha256,
            due_at=gate.due_at,
            round=gate.round,
            **_parts(session, services, order, GateKind(gate.kind), guest.person),
        )
    return page


def _parts(
    session: Session, services: Services, order: Order, kind: GateKind, person: str
) -> dict[str, tuple[object, ...]]:
    if kind is GateKind.CUSTOMER_ACCEPTANCE:
        asked = deliveries.last_acceptance(session, order.id)
        return {
            "criteria": telling_customer.criteria(asked.criteria) if asked else (),
            "papers": _delivered(session, services, order, asked, person),
        }
    version = versions.latest(session, order.id)
    return {
        "changes": telling_customer.changes(version.differences) if version else (),
        "papers": newest_paper(session, services, order, "scope_statement", person),
    }


def _delivered(
    session: Session, services: Services, order: Order, asked: Acceptance | None, person: str
) -> tuple[Paper, ...]:
    """Documents of the delivery that is to be accepted."""
    delivery = deliveries.last_delivery(session, order.id)
    named = {str(each["sha256"]) for each in delivery.manifest} if delivery else set()
    every = papers(session, services, order.id, person)
    return tuple(each for each in every if each.sha256 in named) if asked else ()
