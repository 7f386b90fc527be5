"""The content of an order between its rows, its frozen versions and what people change in it."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from sqlalchemy.orm import Session

from domain.content import Content, LineContent
from domain.errors import BadValue
from models.order import Line, Order, Requirement


def content(order: Order) -> Content:
    """What both sides are to agree on, as the order's rows say now."""
    return Content(
        customer=order.customer_name,
        contact=order.contact_name,
        contact_mail=order.contact_mail,
        contact_phone=order.contact_phone,
        lines=tuple(line_content(each) for each in order.lines),
        requirements=tuple(e.text for e in order.requirements if e.state != "dropped"),
        no_special_requirements=order.no_special_requirements,
        requested_on=order.requested_on,
        open_date=order.open_date,
        promised_on=order.promised_on,
        delivery_place=order.delivery_place,
        amount=order.amount,
        currency=order.currency,
        customer_po_no=order.customer_po_no,
    )


def line_content(line: Line) -> LineContent:
    """One row as a value."""
    return LineContent(
        no=line.line_no,
        item=line.item,
        model=line.model,
        quantity=line.quantity,
        unit=line.unit,
        unit_price=line.unit_price,
        due_on=line.due_on,
        criterion=line.criterion,
    )


def fill(order: Order, field: str, value: Any, source: Mapping[str, Any]) -> None:
    """The field holds the value, and the order remembers where it came from."""
    kept = {"value": str(value) if value is not None else None, **source}
    order.sources = {**order.sources, field: kept}
    name, _, number = field.partition(":")
    if number:
        _fill_line(order, name, int(number), value)
        return
    match name:
        case "due_date":
            order.requested_on = as_date(field, value)
            order.open_date = value is None
        case "special_requirements":
            _require(order, value, str(source.get("source", "")))
        case "customer":
            order.customer_name = str(value)[:200]
        case "contact":
            order.contact_name = str(value)[:120]
        case "phone":
            order.contact_phone = str(value)[:60]
        case "delivery_place":
            order.delivery_place = str(value)[:400]
        case "customer_po_no":
            order.customer_po_no = str(value)[:120]
        case "amount":
            order.amount = as_number(field, value)
        case "currency":
            order.currency = as_currency(field, value)
        case "urgency":
            order.urgency = as_urgency(field, value)
        case _:
            raise BadValue(field, str(value)[:80], "a field of the order")


def _fill_line(order: Order, name: str, number: int, value: Any) -> None:
    line = next((each for each in order.lines if each.line_no == number), None)
    if line is None:
        raise BadValue(f"{name}:{number}", str(value)[:80], "a line of the order")
    match name:
        case "quantity":
            line.quantity = as_number(name, value)
        case "due_date":
            line.due_on = as_date(name, value)
        case "model":
            line.model = str(value)[:300]
        case "item":
            line.item = str(value)[:300]
        case "unit_price":
            line.unit_price = as_number(name, value)
        case _:
            raise BadValue(f"{name}:{number}", str(value)[:80], "a field of a line")
    if name in ("quantity", "unit_price"):
        order.amount = amount(order)


def _require(order: Order, value: Any, source: str) -> None:
    texts = [value] if isinstance(value, str) else list(value or [])
    order.no_special_requirements = not texts
    for text in texts:
        code = f"R{len(order.requirements) + 1}"
        order.requirements.append(Requirement(code=code, text=str(text), source=source[:300]))


def amount(order: Order) -> Decimal | None:
    """The order's amount from its lines where each has a price, else as it was stated."""
    total = Decimal(0)
    for each in order.lines:
        if each.quantity is None or each.unit_price is None:
            return order.amount
        total += each.quantity * each.unit_price
    return total if order.lines else order.amount


def as_number(field: str, value: Any) -> Decimal:
    """The value as an exact number above zero; BadValue otherwise."""
    try:
        number = Decimal(str(value).replace(",", "").strip())
    except InvalidOperation:
        raise BadValue(field, str(value)[:80], "a number") from None
    if not number.is_finite() or number <= 0:
        raise BadValue(field, str(value)[:80], "a number above 0")
    return number


def as_currency(field: str, value: Any) -> str:
    """The value as three capital letters; BadValue otherwise."""
    code = str(value).strip().upper()
    if len(code) != 3 or not code.isascii() or not code.isalpha():
        raise BadValue(field, str(value)[:80], "CNY, EUR, USD, …")
    return code


URGENCIES = ("urgent", "regular")


def as_urgency(field: str, value: Any) -> str:
    """The value as `urgent` or `regular`; BadValue otherwise."""
    word = str(value).strip().lower()
    if word not in URGENCIES:
        raise BadValue(field, str(value)[:80], ", ".join(URGENCIES))
    return word


def as_date(field: str, value: Any) -> date | None:
    """The value as a date; None stays None; BadValue otherwise."""
    if value is None or isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value).strip())
    except ValueError:
        raise BadValue(field, str(value)[:80], "YYYY-MM-DD") from None


def refresh(session: Session, order: Order) -> None:
    """The order's lines and requirements are read again."""
    session.flush()
    session.refresh(order)
