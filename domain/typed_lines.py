"""Order lines as a person types them in one field: `pump | CP-50 | 3 pcs | 1200 | 2026-12-18`.

One line of the order a row, or rows separated by semicolons; what is left empty is not known.
"""

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal, InvalidOperation

from domain.content import LineContent
from domain.errors import BadValue

FORM = "item | model | 3 pcs | unit price | YYYY-MM-DD"
MOST = 200
_ROW = re.compile(r"[\n;；]+")
_CELL = re.compile(r"[|｜]")
_QUANTITY = re.compile(r"(\d[\d,，]*(?:\.\d+)?)\s*(\D{0,20})")


def typed_lines(text: str) -> tuple[LineContent, ...]:
    """The lines that the text names, numbered from 1. Raises BadValue for the first that is not."""
    rows = [row.strip() for row in _ROW.split(text) if row.strip()]
    if len(rows) > MOST:
        raise BadValue("lines", str(len(rows)), f"at most {MOST}")
    return tuple(_line(no, row) for no, row in enumerate(rows, start=1))


def written(lines: Sequence[LineContent]) -> tuple[str, ...]:
    """The lines as they may be typed."""
    return tuple(_written(each) for each in lines)


def _line(no: int, row: str) -> LineContent:
    cells = [cell.strip() for cell in _CELL.split(row)]
    if len(cells) > 5 or not any(cells[:2]):
        raise BadValue("lines", row[:80], FORM)
    item, model, amount, price, day = (*cells, "", "", "", "")[:5]
    quantity, unit = _quantity(amount, row)
    return LineContent(
        no=no,
        item=item,
        model=model,
        quantity=quantity,
        unit=unit,
        unit_price=_number(price, row) if price else None,
        due_on=_day(day, row) if day else None,
    )


def _quantity(text: str, row: str) -> tuple[Decimal | None, str]:
    if not text:
        return None, ""
    hit = _QUANTITY.fullmatch(text)
    if hit is None:
        raise BadValue("lines", row[:80], FORM)
    return _number(hit[1], row), hit[2].strip()


def _number(text: str, row: str) -> Decimal:
    try:
        number = Decimal(text.replace(",", "").replace("，", ""))
    except InvalidOperation:
        raise BadValue("lines", row[:80], FORM) from None
    if not number.is_finite() or number <= 0:
        raise BadValue("lines", row[:80], FORM)
    return number


def _day(text: str, row: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise BadValue("lines", row[:80], FORM) from None


def _written(line: LineContent) -> str:
    amount = "" if line.quantity is None else f"{line.quantity.normalize():f} {line.unit}"
    price = "" if line.unit_price is None else f"{line.unit_price.normalize():f}"
    day = line.due_on.isoformat() if line.due_on else ""
    names = (_flat(line.item), _flat(line.model))
    return " | ".join((*names, amount.strip(), price, day)).rstrip(" |")


def _flat(text: str) -> str:
    """A name without the signs that separate cells and rows."""
    return " ".join(_ROW.sub(",", _CELL.sub("/", text)).split())
