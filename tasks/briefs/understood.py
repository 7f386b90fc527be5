"""What was read in mails, as the person who checks it sees it."""

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from sqlalchemy.orm import Session

from domain.content import LineContent
from domain.typed_lines import written
from models import message as messages
from models.order import Order
from tasks.content import as_date, line_content
from templates.views import ReadView

NAMED = {"customer": "customer_name", "contact": "contact_name", "phone": "phones"}
"""Fields of an order that an understanding calls otherwise."""

_MAIL = re.compile(r"mail (\d+)\b")


def of_mail(found: Mapping[str, Any]) -> tuple[ReadView, ...]:
    """The fields and lines of a stored understanding."""
    words = dict(found.get("words") or {})
    return tuple(
        _read(name, value, words.get(name, "")) for name, value in _of_understanding(found)
    )


def _of_understanding(found: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for name, field in sorted(dict(found.get("fields") or {}).items()):
        if field.get("value"):
            yield name, field
    for number, line in enumerate(lines_of(found), start=1):
        stored = found["lines"][number - 1]
        yield f"line:{number}", {**stored, "value": written((line,))[0], "rule": "line"}


def opinion_of(found: Mapping[str, Any]) -> tuple[ReadView, ...]:
    """What a second reader says otherwise, or beside it; nobody has checked it."""
    said = dict(found.get("opinion") or {})
    rows = [*dict(said.get("fields") or {}).items(), *dict(said.get("doubts") or {}).items()]
    rows += [
        (f"line:{number}", {**each, "value": _typed_line(number, each)})
        for number, each in enumerate(said.get("lines") or (), start=1)
    ]
    read = tuple(_read(name, field, field.get("words", "")) for name, field in rows)
    kind = said.get("kind")
    return (ReadView("mail_kind", str(kind), rule="second_opinion"), *read) if kind else read


def _typed_line(number: int, each: Mapping[str, Any]) -> str:
    return written((_line(number, each),))[0]


def lines_of(found: Mapping[str, Any]) -> tuple[LineContent, ...]:
    """The order lines of a stored understanding."""
    return tuple(_line(no, each) for no, each in enumerate(found.get("lines") or (), start=1))


def _line(number: int, each: Mapping[str, Any]) -> LineContent:
    return LineContent(
        no=number,
        item=each.get("item") or "",
        model=each.get("model") or "",
        quantity=_decimal(each.get("quantity")),
        unit=each.get("unit") or "",
        unit_price=_decimal(each.get("unit_price")),
        due_on=as_date("due_date", each.get("due_date")),
    )


def _decimal(text: Any) -> Decimal | None:
    return None if text is None else Decimal(str(text))


def of_order(session: Session, order: Order) -> tuple[ReadView, ...]:
    """The fields that an order's record was made from, the marked words of its mails beside."""
    words = {row.id: row.understanding.get("words") or {} for row in _mails(session, order)}
    return tuple(_of_source(name, dict(each), words) for name, each in _sources(order))


def _mails(session: Session, order: Order) -> list[messages.Message]:
    return [row for row in messages.of_order(session, order.id) if row.understanding]


def _sources(order: Order) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for name, value in order.sources.items():
        if isinstance(value, dict) and value.get("source"):
            yield name, value


def _of_source(
    name: str, source: Mapping[str, Any], words: Mapping[int, Mapping[str, str]]
) -> ReadView:
    hit = _MAIL.match(str(source["source"]))
    said = words.get(int(hit[1]), {}) if hit else {}
    return _read(name, source, said.get(NAMED.get(name, name), ""))


def typed(order: Order) -> tuple[str, ...]:
    """The order's lines as they may be typed."""
    return written([line_content(each) for each in order.lines])


def _read(name: str, field: Mapping[str, Any], words: str) -> ReadView:
    value = field.get("value")
    shown = ", ".join(map(str, value)) if isinstance(value, list) else str(value or "–")
    others = [str(each) for each in field.get("alternatives") or () if str(each) != shown]
    return ReadView(
        field=name,
        value=shown + (f" ({' / '.join(others)}?)" if others else ""),
        words=words,
        source=str(field.get("source") or ""),
        rule=str(field.get("rule") or ""),
        confidence=float(field.get("confidence") or 0.0),
    )
