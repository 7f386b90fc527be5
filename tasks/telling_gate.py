"""Mails that ask somebody of the customer for a verdict: the contact, or who may sign for them."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from domain.names import Purpose
from models import delivery as deliveries
from models import version as versions
from models.gate import Gate
from models.order import Order
from tasks import approving, showing
from tasks.post import Letter, enclosure
from tasks.services import Services
from tasks.telling_customer import changes, criteria
from templates.views import AcceptanceView, ConfirmationView, ProvisionalView


@dataclass(frozen=True)
class Reader:
    """Who is asked; `earlier` is what somebody said already who may not sign."""

    mail: str
    name: str
    language: str
    earlier: ProvisionalView | None = None


def contact(order: Order) -> Reader:
    """The contact with whom we speak about the order."""
    return Reader(order.contact_mail, order.contact_name, order.language)


def confirmation(
    session: Session, services: Services, order: Order, gate: Gate, reader: Reader, at: datetime
) -> list[Letter]:
    """The version that the customer confirms, as mail and PDF."""
    version = versions.latest(session, order.id)
    paper = deliveries.newest(session, order.id, "scope_statement")
    if version is None or paper is None or not reader.mail:
        return []
    view = ConfirmationView(
        order=showing.order_view(session, services, order),
        to=reader.name,
        changes=changes(version.differences),
        link=link(session, services, order, gate, reader.mail),
        answer_by=gate.due_at,
        valid_until=(at + timedelta(days=30)).date(),
        earlier=reader.earlier,
    )
    file = enclosure(session, paper.name, paper.mime, paper.sha256)
    return [replace(_letter(Purpose.CONFIRMATION, view, gate, reader), enclosures=(file,))]


def acceptance(
    session: Session, services: Services, order: Order, gate: Gate, reader: Reader, at: datetime
) -> list[Letter]:
    """What the customer accepts, criterion by criterion."""
    asked = deliveries.last_acceptance(session, order.id)
    if asked is None or not reader.mail:
        return []
    view = AcceptanceView(
        order=showing.order_view(session, services, order),
        to=reader.name,
        criteria=criteria(asked.criteria),
        round=asked.round,
        link=link(session, services, order, gate, reader.mail),
        answer_by=gate.due_at,
        earlier=reader.earlier,
    )
    return [_letter(Purpose.ACCEPTANCE, view, gate, reader)]


def link(session: Session, services: Services, order: Order, gate: Gate, mail: str) -> str:
    """The page on which this address may answer; nothing for one that may not sign."""
    may_sign = mail.lower() in approving.signers(session, order)
    return showing.gate_link(services, gate, mail) if may_sign else ""


def _letter(
    purpose: Purpose, view: ConfirmationView | AcceptanceView, gate: Gate, reader: Reader
) -> Letter:
    again = ":provisional" if reader.earlier else ""
    return Letter(
        key=f"{purpose}:{gate.number}{again}",
        purpose=purpose,
        recipient=reader.mail,
        recipient_name=reader.name,
        language=reader.language,
        view=view,
        gate_id=gate.id,
    )
