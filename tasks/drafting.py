"""A new order from an understood mail: every field with the place that it was read from."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from sqlalchemy.orm import Session

from domain.mail.extract.values import SURE, Field
from domain.mail.meaning import Understanding
from domain.mail.understand import base_of
from domain.names import Channel, Language
from models.order import Order
from tasks.opening import NewLine, NewOrder, open_order
from tasks.reading import Read, settle
from tasks.services import Services


def order_from(services: Services, mail: Read) -> str:
    """The number of the order that the mail has opened."""
    with services.writing() as session:
        order = draft(session, services, mail)
        settle(session, mail, "order_created", order_id=order.id)
        return order.order_no


def draft(
    session: Session,
    services: Services,
    mail: Read,
    *,
    received_by: str = "",
    customer: str = "",
    contact: str = "",
) -> Order:
    """The order as far as the mail says it, with the customer and contact that a person names.

    What is doubtful is left to be asked.
    """
    new = new_order(services, mail, received_by=received_by)
    named = replace(new, customer=customer or new.customer, contact=contact or new.contact)
    return open_order(session, services, named, at=services.now())


def new_order(services: Services, mail: Read, *, received_by: str = "") -> NewOrder:
    """What the mail says, as a new order. A doubtful date is not taken, but remembered."""
    found, where = mail.found, f"mail {mail.row_id}"
    due = found.due_date
    clear = due is not None and due.confidence >= SURE and not due.alternatives
    requirements = found.special_requirements
    phones = found.phones.value if found.phones else ()
    staff = mail.person is not None
    return NewOrder(
        channel=Channel.MAIL,
        language=_language(found),
        title=_title(mail),
        customer=_text(found.customer_name),
        contact=_text(found.contact_name) or ("" if staff else mail.mail.sender.name),
        mail=_credited(mail, confirmed=bool(received_by)),
        phone=phones[0] if phones else "",
        customer_po_no=_text(found.customer_po_no),
        lines=lines(found),
        requirements=requirements.value if requirements else (),
        no_special_requirements=found.special_requirements_none,
        requested_on=due.value if due is not None and clear else None,
        urgency=_text(found.urgency) or None,
        amount=found.amount.value if found.amount else None,
        currency=_currency(found),
        delivery_place=_text(found.delivery_place),
        sources=_sources(found, where, base=str(base_of(mail.mail, services.now()))),
        received_by=received_by or mail.sender,
    )


def _credited(mail: Read, *, confirmed: bool) -> str:
    """Whose order it is: the sender's, or who wrote what a colleague passed on, once confirmed."""
    if mail.person is None:
        return mail.sender
    return mail.found.passed_on_from if confirmed else ""


def lines(found: Understanding) -> list[NewLine]:
    """The lines as understood; what the mail does not say stays open."""
    return [
        NewLine(
            item=each.item or "",
            model=each.model or "",
            quantity=each.quantity if each.confidence >= SURE / 2 else None,
            unit=each.unit or "",
            unit_price=each.unit_price,
            due_on=each.due_date,
        )
        for each in found.lines
    ]


def usable_quantity(line: Mapping[str, Any]) -> Decimal | None:
    """The quantity of a line in a stored understanding, if an order would take it."""
    known = line.get("quantity") is not None and line["confidence"] >= SURE / 2
    return Decimal(line["quantity"]) if known else None


def _language(found: Understanding) -> str:
    return Language.ZH if found.language == "zh" else Language.EN


def _currency(found: Understanding) -> str:
    if found.currency is not None:
        return found.currency.value
    return next((each.currency for each in found.lines if each.currency), "")


def _title(mail: Read) -> str:
    first = mail.found.lines[0] if mail.found.lines else None
    named = " ".join(p for p in ((first.item, first.model) if first else ()) if p)
    more = f" +{len(mail.found.lines) - 1}" if len(mail.found.lines) > 1 else ""
    return f"{named}{more}" if named else mail.mail.subject[:200]


def _text(field: Field[str] | None) -> str:
    return field.value if field is not None else ""


def _sources(found: Understanding, where: str, *, base: str) -> dict[str, Any]:
    named: dict[str, Field[Any] | None] = {
        "customer": found.customer_name,
        "contact": found.contact_name,
        "phone": found.phones,
        "customer_po_no": found.customer_po_no,
        "due_date": found.due_date,
        "special_requirements": found.special_requirements,
        "delivery_place": found.delivery_place,
        "amount": found.amount,
        "currency": found.currency,
        "urgency": found.urgency,
    }
    sources: dict[str, Any] = {
        name: _source(field, where) for name, field in named.items() if field is not None
    }
    for number, line in enumerate(found.lines, start=1):
        sources[f"line:{number}"] = {
            "value": " ".join(p for p in (line.item, line.model) if p),
            "source": f"{where} {line.source}",
            "rule": "line",
            "confidence": line.confidence,
        }
    due = found.due_date
    if due is not None and (due.confidence < SURE or due.alternatives):
        readings = sorted({due.value, *due.alternatives})
        sources["due_date"] |= {"alternatives": [str(day) for day in readings], "base": base}
        sources["ambiguous"] = ["due_date"]
    return sources


def _source(field: Field[Any], where: str) -> dict[str, Any]:
    value = field.value
    shown = [str(e) for e in value] if isinstance(value, tuple) else str(value)
    return {
        "value": shown,
        "source": f"{where} {field.source}",
        "rule": field.rule,
        "confidence": field.confidence,
    }
