"""Which mails an event or a gate owes, to whom, with which view."""

from collections.abc import Callable, Mapping
from datetime import datetime

from sqlalchemy.orm import Session

from domain.names import Event, Purpose
from models.gate import Gate
from models.order import Order
from models.person import person_row
from tasks import approving, showing, surveying, telling_customer, telling_gate, telling_team
from tasks.briefs.brief import Brief
from tasks.post import Letter, post
from tasks.services import Services
from templates.views import ApprovalView

Teller = Callable[[Session, Services, Order, Event, datetime], list[Letter]]
"""Writes the letters of one purpose when an event has happened."""

TELLERS: Mapping[Purpose, Teller] = {
    Purpose.RECEIVED: telling_customer.received,
    Purpose.QUESTION: telling_customer.question,
    Purpose.PLAN_RELEASED: telling_team.plan_released,
    Purpose.ASSIGNMENT: telling_team.assignment,
    Purpose.DELIVERY: telling_customer.delivery,
    Purpose.CERTIFICATE: telling_customer.certificate,
    Purpose.SURVEY: surveying.ask,
    Purpose.REPORT: telling_team.report,
    Purpose.NOTICE: telling_customer.notice,
}

GateTeller = Callable[[Session, Services, Order, Gate, telling_gate.Reader, datetime], list[Letter]]
"""Writes the letters that ask somebody of the customer to answer a gate."""

GATE_TELLERS: Mapping[Purpose, GateTeller] = {
    Purpose.CONFIRMATION: telling_gate.confirmation,
    Purpose.ACCEPTANCE: telling_gate.acceptance,
}


def tell(
    session: Session,
    services: Services,
    order: Order,
    purpose: Purpose,
    event: Event,
    *,
    at: datetime,
) -> None:
    """The mails of this purpose are owed because the event has happened."""
    session.flush()
    for letter in TELLERS[purpose](session, services, order, event, at):
        post(session, services, order, letter, at=at)


def tell_gate(
    session: Session,
    services: Services,
    order: Order,
    gate: Gate,
    purpose: Purpose,
    brief: Brief,
    *,
    at: datetime,
) -> None:
    """Who may answer the gate is asked by mail."""
    session.flush()
    if purpose is Purpose.APPROVAL:
        letters = _approvals(session, services, order, gate, brief)
    else:
        reader = telling_gate.contact(order)
        letters = GATE_TELLERS[purpose](session, services, order, gate, reader, at)
    for letter in letters:
        post(session, services, order, letter, at=at)


def _approvals(
    session: Session, services: Services, order: Order, gate: Gate, brief: Brief
) -> list[Letter]:
    letters = []
    for person, acting_for in approving.allowed(session, services, gate).items():
        row = person_row(session, person)
        if row is None:
            continue
        view = ApprovalView(
            order=showing.order_view(session, services, order),
            to=row.name,
            gate=showing.gate_view(session, services, gate, row.person),
            facts=brief.parts.get("facts", ()),
            checks=brief.parts.get("checks", ()),
            changes=brief.parts.get("changes", ()),
            acting_for=acting_for if acting_for != person else "",
        )
        letters.append(
            Letter(
                key=f"approval:{gate.number}",
                purpose=Purpose.APPROVAL,
                recipient=row.mail,
                recipient_name=row.name,
                language=row.language,
                view=view,
                gate_id=gate.id,
            )
        )
    return letters
