"""Typed lists without a heading: in each row one cell is a number with its unit."""

import re
from collections.abc import Iterator, Sequence

from domain.mail.extract.chinese_forms import UNIT_ZH
from domain.mail.extract.money import amount_of, sums_in
from domain.mail.extract.numerals import number_of
from domain.mail.extract.values import Line
from domain.mail.plain import narrow

UNITS_EN = (
    r"pcs?|pces?|pieces?|sets?|units?|off|rolls?|kgs?|nos?\.?|ea|each|boxes|box|drums?|pails?|cans?"
    r"|bags?|bottles?|tons?|tonnes?|pairs?|m|mtrs?|metres?|meters?|ft|feet|sheets?|lots?|lengths?"
    r"|man-?days?|days|stück|stk\.?|st\.|satz|sätze|paar|rollen?"
)
_GAP = re.compile(r"\t+|\s*\|\s*| {2,}")
_COUNT = re.compile(r"(?:pos\.?\s*|item\s*)?\d{1,3}\s*[.)]?|[①-⑳]|[-*•·]", re.I)
_LEADING_COUNT = re.compile(r"^(?:pos\.?\s*\d{1,3}|\d{1,2}\s*[.)、])\s+", re.I)
_QUANTITY = re.compile(
    rf"(?:[x×]\s*|qty\.?:?\s*|数量:?\s*)?(\d[\d,]*(?:\.\d+)?)\s*(?:[x×]\s*)?({UNITS_EN}"
    rf"|[{UNIT_ZH}]|人天)",
    re.I,
)
_CODE = re.compile(r"(?=\S*\d)(?=\S*[A-Za-zΦφ])\S{3,}")


def bare_rows(text: str) -> tuple[Line, ...]:
    """The lines of a list set with wide gaps, tabs or bars; `text` is narrow."""
    found: list[Line] = []
    offset = 0
    for row in text.split("\n"):
        cells = [cell.strip() for cell in _GAP.split(row.strip().strip("|")) if cell.strip()]
        line = _line(cells, f"text:{offset}-{offset + len(row)}") if len(cells) > 1 else None
        if line is not None:
            found.append(line)
        offset += len(row) + 1
    return tuple(found)


def rows_of_cells(rows: Sequence[tuple[str, ...]]) -> dict[int, Line]:
    """The lines among rows that are cells already, by the number of their row."""
    found = {n: _line(_joined(row), "") for n, row in enumerate(rows)}
    return {n: line for n, line in found.items() if line is not None}


def _joined(row: tuple[str, ...]) -> list[str]:
    """The cells of a row; a number and the unit in the cell behind it are one amount."""
    cells = [narrow(cell).strip() for cell in row if cell.strip()]
    joined: list[str] = []
    for cell in cells:
        amount = f"{joined[-1]} {cell}" if joined else ""
        if len(joined) > 1 and re.fullmatch(r"[\d,.]+", joined[-1]) and _QUANTITY.fullmatch(amount):
            joined[-1] = amount
        else:
            joined.append(cell)
    return joined


def _line(cells: list[str], source: str) -> Line | None:
    """The line in these cells, if one of them is a number with its unit."""
    counted = [hit for cell in cells[1:] if (hit := _QUANTITY.fullmatch(cell))]
    if not counted:
        return None
    amount = counted[-1]
    words = list(_words(cells, amount[0]))
    codes = [cell for cell in words if _CODE.fullmatch(cell)]
    names = [cell for cell in words if cell not in codes]
    if not words or len(words) > 4:
        return None
    price = next(
        (cell for cell in cells if re.search(r"/|each|单价|@", cell) and sums_in(cell)), ""
    )
    return Line(
        names[0] if names else None,
        codes[0] if codes else (names[1] if len(names) > 1 else None),
        number_of(amount[1]),
        amount[2],
        amount_of(price),
        sums_in(price)[0].currency if price else None,
        source=source,
        confidence=0.85,
    )


def _words(cells: list[str], amount: str) -> Iterator[str]:
    """The cells that name the thing: no counter, no amount, no sum."""
    for n, cell in enumerate(cells):
        if cell == amount or sums_in(cell) or (n == 0 and _COUNT.fullmatch(cell)):
            continue
        plain = _LEADING_COUNT.sub("", cell)
        if not re.fullmatch(r"[\d.,%]*", plain):
            yield plain
