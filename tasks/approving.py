"""Who may answer a gate now, and what the rules need to know of its subject."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from domain.authority import Person, Subject, approvers
from domain.names import GateKind, Stage
from domain.process import CURRENT, PROCESSES
from models.customer import Contact
from models.gate import Gate
from models.order import Order
from models.person import people, substitutions
from tasks.services import Services
from templates import notes

CUSTOMER_DECIDES = (GateKind.CUSTOMER_CONFIRMATION, GateKind.CUSTOMER_ACCEPTANCE)
"""Gates that only a contact of the customer answers; we may record what they said elsewhere."""


def allowed(session: Session, services: Services, gate: Gate) -> Mapping[str, str]:
    """Who may answer the gate, each with the person for whom they answer.

    Our people by short word; contacts of a customer by mail address.
    """
    order = session.get(Order, gate.order_id) if gate.order_id else None
    if gate.kind in CUSTOMER_DECIDES and order is not None:
        return {mail: mail for mail in signers(session, order)}
    return ours(session, services, gate, order)


def ours(
    session: Session, services: Services, gate: Gate, order: Order | None
) -> Mapping[str, str]:
    """Which of our people the gate's rule names."""
    process = order.process if order else PROCESSES[CURRENT]
    rule = process.gate(GateKind(gate.kind), Stage(gate.stage))
    return approvers(
        rule.approvers,
        _subject(gate.subject, gate.requested_by, order.owner if order else ""),
        people(session),
        substitutions(session),
        on=services.today(),
    )


def _subject(facts: Mapping[str, Any], requester: str, owner: str) -> Subject:
    amount = facts.get("amount")
    return Subject(
        owner=owner,
        requester=requester or owner,
        amount=Decimal(str(amount)) if amount is not None else None,
        late=bool(facts.get("late")),
        involved=frozenset(facts.get("involved", ())),
    )


def signers(session: Session, order: Order) -> list[str]:
    """Mail addresses that may confirm and accept the order for its customer."""
    found: list[str] = []
    if order.customer_id is not None:
        found = list(
            session.scalars(
                select(Contact.mail)
                .where(Contact.customer_id == order.customer_id)
                .where(Contact.active.is_(True), Contact.can_sign.is_(True))
            )
        )
    first_may = order.customer is None or order.customer.first_contact_may_sign
    first = order.contact_mail.lower()
    if first_may and first and first not in found and not _denied(session, order, first):
        found.append(first)
    return found


def _denied(session: Session, order: Order, mail: str) -> bool:
    """True where the customer's records say that this address may not sign."""
    known = select(Contact.id).where(Contact.customer_id == order.customer_id, Contact.mail == mail)
    return session.scalar(known.where(Contact.can_sign.is_(False)).limit(1)) is not None


def in_company_currency(services: Services, order: Order) -> Decimal | None:
    """The order's amount in the company's currency; None where amount or rate is unknown."""
    rate = services.settings.policy.rates.get(order.currency)
    if order.amount is None or rate is None:
        return None
    return order.amount * Decimal(str(rate))


def only_waits(order: Order | None, gate: Gate) -> bool:
    """True for a gate at which nothing is decided."""
    if order is None or gate.kind in CUSTOMER_DECIDES:
        return False
    return order.process.gate(GateKind(gate.kind), Stage(gate.stage)).only_waits


def everybody(session: Session) -> list[Person]:
    """Everybody who works here."""
    return people(session)


def recorded_note(person: str, verdict: str) -> str:
    """What the form says while the record of a customer's word waits for a second person."""
    return notes.recorded(person, verdict)
