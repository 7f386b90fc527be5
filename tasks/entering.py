"""An order entered by hand, by phone or by a form: read from plain values, checked, opened once."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from domain.errors import BadValue
from domain.names import Channel, Fact, Language
from models import event as events
from models.installation import keep
from models.message import Message, with_key
from models.order import Order
from tasks.given import Given, Mistakes, shown
from tasks.opening import NewLine, NewOrder, open_order
from tasks.services import Services


@dataclass(frozen=True)
class Entered:
    """The order that was opened, or (not `new`) the one opened before under this id."""

    order_no: str
    new: bool


CHANNELS = {"phone": Channel.CALL, "form": Channel.PORTAL, "manual": Channel.CLI}
KEPT_CHANNELS = {"phone": "phone", "form": "portal", "manual": "manual"}
"""What stands in the order's own row."""

TEXTS = {
    "id": 120,
    "customer": 200,
    "contact": 120,
    "phone": 60,
    "title": 300,
    "customer_po_no": 120,
    "delivery_place": 400,
    "caller": 200,
    "note": 2000,
}
"""Fields that are one text, with the most characters that are kept."""

OTHERS = ("mail", "language", "channel", "requested_on", "due_date", "open_date")
FIELDS = (*TEXTS, *OTHERS, "special_requirements", "currency", "amount", "lines")
LINE_FIELDS = ("item", "model", "quantity", "unit", "unit_price", "due_date")


def enter(services: Services, given: Any) -> Entered:
    """The order is open; the same id gives the same order again. Raises Mistakes."""
    new, channel = read(given)
    raw = json.dumps(given, ensure_ascii=False, sort_keys=True, default=str).encode()
    name = str(given.get("id") or "").strip()
    key = hashlib.sha256(f"entered\0{name or uuid4().hex}".encode()).hexdigest()
    try:
        with services.writing() as session:
            return _once(session, services, key, raw, new, channel, given)
    except IntegrityError:  # somebody else has entered the same id in this instant
        with services.writing() as session:
            return _once(session, services, key, raw, new, channel, given)


def _once(
    session: Session,
    services: Services,
    key: str,
    raw: bytes,
    new: NewOrder,
    channel: str,
    given: Mapping[str, Any],
) -> Entered:
    before = with_key(session, key)
    if before is not None and before.order_id is not None:
        if before.raw_sha256 != hashlib.sha256(raw).hexdigest():
            raise BadValue("id", str(given["id"]), "an id that was not used for another order")
        return Entered(session.get_one(Order, before.order_id).order_no, new=False)
    at = services.now()
    order = open_order(session, services, new, at=at)
    order.channel = KEPT_CHANNELS[channel]
    session.add(
        Message(
            dedupe_key=key,
            source=channel,
            raw_sha256=keep(session, raw, at=at),
            received_at=at,
            sender=new.mail,
            sender_name=str(given.get("caller") or new.contact or new.customer)[:200],
            subject=order.title[:400],
            text=str(given.get("note") or ""),
            state="order_created",
            kind="new_order",
            confidence=1.0,
            order_id=order.id,
        )
    )
    _note(session, services, order, new, given)
    return Entered(order.order_no, new=True)


def _note(
    session: Session, services: Services, order: Order, new: NewOrder, given: Mapping[str, Any]
) -> None:
    facts = {k: str(given[k]) for k in ("caller", "note") if given.get(k)}
    if facts:
        events.append(
            session,
            order.id,
            Fact.NOTE_WRITTEN,
            by=new.received_by,
            channel=new.channel,
            at=services.now(),
            payload=facts,
        )


def read(given: Any) -> tuple[NewOrder, str]:
    """The new order and how it reached us (phone, form, manual). Raises Mistakes."""
    if not isinstance(given, Mapping):
        raise Mistakes((BadValue("order", shown(given), "a JSON object"),))
    reading = Given(given)
    reading.only(FIELDS)
    texts = {name: reading.text(name, most) for name, most in TEXTS.items()}
    if not texts["customer"] and not given.get("mail"):
        reading.wrong("customer", None, "the name of the customer, or a mail")
    channel = str(reading.one_of("channel", tuple(CHANNELS)) or "manual")
    wished = reading.day("requested_on")
    wished = wished or reading.day("due_date")
    requirements = _requirements(reading)
    new = NewOrder(
        channel=CHANNELS[channel],
        language=str(reading.one_of("language", tuple(Language)) or Language.ZH),
        title=texts["title"],
        customer=texts["customer"],
        contact=texts["contact"],
        mail=reading.mail(),
        phone=texts["phone"],
        customer_po_no=texts["customer_po_no"],
        lines=_lines(reading),
        requirements=requirements or (),
        no_special_requirements=requirements == (),
        requested_on=wished,
        open_date=reading.flag("open_date"),
        amount=reading.number("amount"),
        currency=reading.currency(),
        delivery_place=texts["delivery_place"],
        sources=_sources(given, channel),
        received_by=texts["caller"] or texts["contact"] or texts["customer"],
    )
    if reading.mistakes:
        raise Mistakes(tuple(reading.mistakes))
    return new, channel


def _sources(given: Mapping[str, Any], channel: str) -> dict[str, Any]:
    """Each field was filled by a person."""
    names = {"requested_on": "due_date"}
    return {
        names.get(name, name): {
            "value": value if isinstance(value, list) else str(value),
            "source": channel,
            "rule": "human",
            "confidence": 1.0,
        }
        for name, value in given.items()
        if value not in (None, "", []) and name not in ("id", "lines", "note", "caller", "channel")
    }


def _requirements(given: Given) -> tuple[str, ...] | None:
    """What is specially required; empty: expressly nothing; None: nothing was said."""
    value = given.values.get("special_requirements")
    if value is None:
        return None
    if value in ("none", "无"):
        return ()
    found = [value] if isinstance(value, str) else value
    if not isinstance(found, list) or not all(isinstance(each, str) for each in found):
        given.wrong("special_requirements", value, 'a list of texts, or "none"')
        return None
    return tuple(text for each in found if (text := each.strip())) or None


def _lines(given: Given) -> list[NewLine]:
    """The lines; each mistake says in which line it is."""
    value = given.values.get("lines")
    if value is None:
        return []
    if not isinstance(value, list):
        given.wrong("lines", value, "a list of objects")
        return []
    return [line for no, each in enumerate(value, 1) if (line := _line(given, no, each))]


def _line(given: Given, no: int, value: Any) -> NewLine | None:
    if not isinstance(value, Mapping):
        given.wrong(f"lines[{no}]", value, "an object")
        return None
    inner = Given(value, f"lines[{no}].")
    inner.only(LINE_FIELDS)
    line = NewLine(
        item=inner.text("item", 300),
        model=inner.text("model", 300),
        quantity=inner.number("quantity"),
        unit=inner.text("unit", 20),
        unit_price=inner.number("unit_price"),
        due_on=inner.day("due_date"),
    )
    if not line.item and not line.model and not inner.mistakes:
        inner.wrong("item", None, "an item or a model")
    given.mistakes += inner.mistakes
    return line
