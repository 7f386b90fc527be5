"""What a person corrects of an order in a form: each value kept with provenance `human`."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy.orm import Session

from domain.content import LineContent
from domain.errors import BadValue
from domain.names import Fact
from domain.typed_lines import typed_lines, written
from models import event as events
from models import message as messages
from models.order import Line, Order
from models.vote import Word
from tasks import content

CORRECTABLE = (
    *("customer", "contact", "phone", "customer_po_no", "due_date", "delivery_place"),
    *("special_requirements", "amount", "currency", "urgency"),
)
"""Fields of an order that are corrected one by one; beside them its lines and their quantities."""

NO_DATE = ("open", "不限", "无")
NOTHING = ("none", "无")


def check(bare: Sequence[int], fields: Mapping[str, Any]) -> None:
    """Raise BadValue where a field of the form cannot be used; `bare` are lines without number."""
    list(corrections(bare, fields))
    given_lines(fields)


def given_lines(fields: Mapping[str, Any]) -> tuple[LineContent, ...]:
    """The lines as the form states them; none where it leaves them as they are."""
    return typed_lines(str(fields.get("lines") or ""))


def corrections(bare: Sequence[int], fields: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Fields that a person has filled, with their values. BadValue where one cannot be used.

    `quantity` holds one number a line, separated by blanks or commas, for the lines `bare`; `none`
    and 无 say that there are no special requirements, `open` that no date is wanted.
    """
    for name in CORRECTABLE:
        text = str(fields.get(name) or "").strip()
        if text:
            yield name, _value(name, text)
    text = str(fields.get("quantity") or "")
    numbers = text.replace("，", " ").replace(",", " ").split()
    if numbers and fields.get("lines"):
        raise BadValue("quantity", text[:80], "either lines or quantity")
    if len(numbers) > len(bare):
        raise BadValue("quantity", " ".join(numbers)[:80], f"at most {len(bare)} numbers")
    for no, number in zip(bare, numbers, strict=False):
        yield f"quantity:{no}", content.as_number("quantity", number)


def _value(name: str, text: str) -> Any:
    if name == "due_date":
        return None if text.lower() in NO_DATE else content.as_date(name, text)
    if name == "special_requirements":
        return [] if text.lower() in NOTHING else [text]
    reader = {
        "amount": content.as_number,
        "currency": content.as_currency,
        "urgency": content.as_urgency,
    }.get(name)
    return reader(name, text) if reader else text


def bare_of(numbers: Sequence[tuple[int, Decimal | None]]) -> list[int]:
    """The lines that lack a quantity, else all of them, for line numbers with their quantities."""
    return [no for no, quantity in numbers if quantity is None] or [no for no, _ in numbers]


def bare_lines(order: Order) -> list[int]:
    """The order's lines to which numbers in the form belong."""
    return bare_of([(each.line_no, each.quantity) for each in order.lines])


def correct(session: Session, order: Order, word: Word, at: datetime) -> None:
    """The order says what the person has said, and what they looked at is no longer in doubt."""
    source = {"source": word.by, "rule": "human", "confidence": 1.0, "at": at.isoformat()}
    said = dict(corrections(bare_lines(order), word.fields))
    if "special_requirements" in said:  # what was understood before is replaced, not added to
        for each in order.requirements:
            each.state = "dropped"
    lines = given_lines(word.fields)
    if lines:
        _replace_lines(session, order, lines, source, word, at)
    # A total that the person states stands, whatever the lines amount to.
    for name, value in sorted(said.items(), key=lambda each: each[0] == "amount"):
        content.fill(order, name, value, source)
        _note(session, order, word, at, name, value, source)
    order.sources = {k: v for k, v in order.sources.items() if k != "ambiguous"}
    remember(session, order, word, at)


def _replace_lines(
    session: Session,
    order: Order,
    lines: Sequence[LineContent],
    source: dict[str, Any],
    word: Word,
    at: datetime,
) -> None:
    """The order has these lines; one that was there already keeps where it was read."""
    rows = {each.line_no: each for each in order.lines}
    for line in lines:
        row = rows.pop(line.no, None)
        if row is None:
            row = Line(line_no=line.no)
            order.lines.append(row)
        elif replace(content.line_content(row), criterion="") == line:
            continue
        _set(row, line)
        value = written((line,))[0]
        order.sources = {**order.sources, f"line:{line.no}": {"value": value, **source}}
        _note(session, order, word, at, f"line:{line.no}", value, source)
    for row in rows.values():
        order.lines.remove(row)
        session.delete(row)
        _note(session, order, word, at, f"line:{row.line_no}", None, source)
    gone = {f"line:{no}" for no in rows}
    order.sources = {k: v for k, v in order.sources.items() if k not in gone}
    order.amount = content.amount(order)


def _set(row: Line, line: LineContent) -> None:
    row.item, row.model, row.unit = line.item[:300], line.model[:300], line.unit[:20]
    row.quantity, row.unit_price, row.due_on = line.quantity, line.unit_price, line.due_on


def _note(
    session: Session,
    order: Order,
    word: Word,
    at: datetime,
    name: str,
    value: Any,
    source: Mapping[str, Any],
) -> None:
    facts = {"field": name, "value": str(value), **source}
    events.append(
        session,
        order.id,
        Fact.FIELD_FILLED,
        by=word.by,
        channel=word.channel,
        at=at,
        payload=facts,
    )


def remember(session: Session, order: Order, word: Word, at: datetime) -> None:
    """The mail from which the order came remembers what a person read in it."""
    found = next((e for e in messages.of_order(session, order.id) if e.understanding), None)
    if found is not None:
        found.understanding = with_word(found.understanding, word, at)


def with_word(understanding: Mapping[str, Any], word: Word, at: datetime) -> dict[str, Any]:
    """The understanding with what this person said beside it; a later word wins field by field."""
    before = dict(understanding.get("human") or {})
    names = (*CORRECTABLE, "quantity", "lines", "kind", "order_no")
    said = {name: str(word.fields[name]) for name in names if word.fields.get(name)}
    fields = {**dict(before.get("fields") or {}), **said}
    return {**understanding, "human": {"by": word.by, "at": at.isoformat(), "fields": fields}}
