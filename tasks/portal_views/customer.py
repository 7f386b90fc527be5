"""Gates as a customer's contact sees them: a whitelist, nothing of ours has a place in it."""

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.orm import Session

from domain.names import GateKind
from models import delivery as deliveries
from models import gate as gates
from models import version as versions
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
        )
        if page.kind is GateKind.CUSTOMER_ACCEPTANCE:
            return _acceptance(session, services, order, page, guest.person)
        return _confirmation(session, services, order, page, guest.person)


def _confirmation(
    session: Session, services: Services, order: Order, page: CustomerPage, person: str
) -> CustomerPage:
    version = versions.latest(session, order.id)
    return replace(
        page,
        changes=telling_customer.changes(version.differences) if version else (),
        papers=newest_paper(session, services, order, "scope_statement", person),
    )


def _acceptance(
    session: Session, services: Services, order: Order, page: CustomerPage, person: str
) -> CustomerPage:
    asked = deliveries.last_acceptance(session, order.id)
    return replace(
        page,
        criteria=telling_customer.criteria(asked.criteria) if asked else (),
        papers=_delivered(session, services, order, person),
    )


def _delivered(
    session: Session, services: Services, order: Order, person: str
) -> tuple[Paper, ...]:
    """Documents of the delivery that is to be accepted."""
    delivery = deliveries.last_delivery(session, order.id)
    named = {str(each["sha256"]) for each in delivery.manifest} if delivery else set()
    every = papers(session, services, order.id, person)
    return tuple(each for each in every if each.sha256 in named)
