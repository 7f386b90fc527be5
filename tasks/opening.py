"""A new order: numbered, filled from a mail or a form, its run owed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from domain.errors import Refusal
from domain.names import Channel, Event, Role, Stage, State
from models import customer as customers
from models import event as events
from models import run as runs
from models.customer import Contact, Customer
from models.installation import next_number
from models.order import Line, Order, Requirement
from models.person import people
from models.run import Run
from tasks import upkeep
from tasks.content import amount
from tasks.services import Services


@dataclass(unsafe_hash=True)
class NobodyOnDuty(Refusal):
    """Nobody here has the role without which an order cannot be taken."""

    role: str


@dataclass(frozen=True)
class NewLine:
    """One line as it came in."""

    item: str = ""
    model: str = ""
    quantity: Decimal | None = None
    unit: str = ""
    unit_price: Decimal | None = None
    due_on: date | None = None


@dataclass(frozen=True)
class NewOrder:
    """Everything that is known of an order when it arrives; `sources` say from where."""

    channel: Channel
    language: str
    title: str = ""
    customer: str = ""
    contact: str = ""
    mail: str = ""
    phone: str = ""
    customer_po_no: str = ""
    lines: Sequence[NewLine] = ()
    requirements: Sequence[str] = ()
    no_special_requirements: bool = False
    requested_on: date | None = None
    open_date: bool = False
    urgency: str | None = None
    amount: Decimal | None = None
    currency: str = ""
    delivery_place: str = ""
    sources: Mapping[str, Any] = field(default_factory=dict)
    received_by: str = ""


def open_order(session: Session, services: Services, new: NewOrder, *, at: datetime) -> Order:
    """The order, received and numbered; its run starts in a moment."""
    customer, contact = _who(session, new, at)
    order = Order(
        order_no=_number(session, services, at),
        state=State.RECEIVED,
        stage=Stage.RECEIVE,
        round=1,
        rounds={Stage.RECEIVE: 1},
        title=(new.title or _title(new))[:300],
        channel=new.channel if new.channel != Channel.CLI else "manual",
        language=new.language,
        customer_name=(customer.name if customer else new.customer)[:200],
        contact_name=(new.contact or (contact.name if contact else ""))[:120],
        contact_mail=new.mail.lower()[:254],
        contact_phone=new.phone[:60],
        customer_po_no=new.customer_po_no[:120],
        delivery_place=new.delivery_place[:400],
        requested_on=new.requested_on,
        open_date=new.open_date,
        currency=new.currency or services.settings.company.currency,
        amount=new.amount,
        urgency=new.urgency,
        no_special_requirements=new.no_special_requirements,
        sources=dict(new.sources),
        owner=_owner(session, customer),
        received_at=at,
        state_since=at,
    )
    order.customer, order.contact = customer, contact
    for number, line in enumerate(new.lines, start=1):
        order.lines.append(Line(line_no=number, **columns(line)))
    for number, text in enumerate(new.requirements, start=1):
        source = str(new.sources.get("special_requirements", {}).get("source", ""))
        order.requirements.append(Requirement(code=f"R{number}", text=text, source=source[:300]))
    order.amount = amount(order)
    session.add(order)
    session.flush()
    _begun(session, services, order, new, at)
    return order


def _begun(session: Session, services: Services, order: Order, new: NewOrder, at: datetime) -> None:
    events.append(
        session,
        order.id,
        Event.ORDER_RECEIVED,
        by=new.received_by or new.mail or new.customer or "–",
        channel=new.channel,
        at=at,
        payload={
            "from": None,
            "to": order.state,
            "stage": order.stage,
            "round": 1,
            "fields": sorted(new.sources),
        },
    )
    session.add(Run(order_id=order.id, start_after=at))
    upkeep.next_action(session, services, order, at=at)
    runs.wake(session, order.id)
    session.flush()


def _number(session: Session, services: Services, at: datetime) -> str:
    year = at.astimezone(ZoneInfo(services.settings.company.timezone)).year
    return f"SO-{year}-{next_number(session, f'SO-{year}'):05d}"


def _title(new: NewOrder) -> str:
    first = new.lines[0] if new.lines else NewLine()
    return " ".join(part for part in (first.item, first.model) if part)


def columns(line: NewLine) -> dict[str, Any]:
    """The columns of a line's row."""
    return {
        "item": line.item[:300],
        "model": line.model[:300],
        "quantity": line.quantity,
        "unit": line.unit[:20],
        "unit_price": line.unit_price,
        "due_on": line.due_on,
    }


def _who(session: Session, new: NewOrder, at: datetime) -> tuple[Customer | None, Contact | None]:
    """Customer and contact: by exact address, by name, by the company's domain, else a new one."""
    contact = customers.contact_of(session, new.mail) if new.mail else None
    if contact is not None:
        return contact.customer, contact
    customer = customers.customer_named(session, new.customer)
    if customer is None and new.mail:
        customer = customers.customer_of_domain(session, new.mail)
    if customer is None and new.customer:
        customer = _new_customer(session, new, at)
    if customer is None or not new.mail:
        return customer, None
    contact = Contact(
        customer=customer,
        name=new.contact[:120],
        mail=new.mail.lower(),
        phones=[new.phone] if new.phone else [],
        language=new.language,
    )
    session.add(contact)
    return customer, contact


def _new_customer(session: Session, new: NewOrder, at: datetime) -> Customer:
    """A customer that we have never met: tier D, to be looked at when the order is confirmed."""
    zh = new.language.startswith("zh")
    made = Customer(
        code=f"C{next_number(session, 'customer'):04d}",
        name_zh=new.customer[:200] if zh else "",
        name_en="" if zh else new.customer[:200],
        tier="D",
        language=new.language,
        created_at=at,
    )
    session.add(made)
    session.flush()
    return made


def _owner(session: Session, customer: Customer | None) -> str:
    """The customer's account manager, else the next owner on duty."""
    everybody = people(session)
    known = {each.person for each in everybody}
    if customer is not None and customer.account_manager in known:
        return str(customer.account_manager)
    owners = sorted(each.person for each in everybody if Role.OWNER in each.roles)
    if not owners:
        raise NobodyOnDuty(str(Role.OWNER))
    return owners[next_number(session, "duty") % len(owners)]
