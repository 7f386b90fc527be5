"""Tables with a column for each thing, or with one for each day on which a part is wanted."""

import re
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal

from domain.mail.extract.column_kinds import at, cells_alike
from domain.mail.extract.dates import Workday, days_in
from domain.mail.extract.headings import kind_of_heading
from domain.mail.extract.numerals import number_of
from domain.mail.extract.tables import Grid
from domain.mail.extract.units import UNIT_CELL
from domain.mail.extract.values import SURE, Line
from domain.mail.plain import narrow

_THING = re.compile(rf"([^()\d]{{2,30}}?)\s*\(({UNIT_CELL})\)", re.I)
_SUM = re.compile(r"合\s*计|总\s*计|小\s*计|total|sum", re.I)
MAX_HEADING_ROW = 10


def things_across(grid: Grid) -> tuple[Line, ...]:
    """A line for each column headed by a thing with its unit; its quantity is that of all rows."""
    for n, row in enumerate(grid.rows[:MAX_HEADING_ROW]):
        named = {c: hit for c, cell in enumerate(row) if (hit := _THING.fullmatch(narrow(cell)))}
        below = [one for one in grid.rows[n + 1 :] if not any(map(_SUM.search, one))]
        if len(named) < 2 or not below:
            continue
        return tuple(
            Line(hit[1].strip(), None, total, hit[2], source=grid.cell(n, c), confidence=0.7)
            for c, hit in named.items()
            if (total := _total([one[c] for one in below if c < len(one)])) is not None
        )
    return ()


def _total(cells: list[str]) -> Decimal | None:
    """The sum of a column that holds nothing but numbers."""
    numbers = [number_of(narrow(cell)) for cell in cells if cell.strip()]
    known = [number for number in numbers if number is not None]
    return sum(known, Decimal(0)) if known and len(known) == len(numbers) else None


def staged_across(grid: Grid, base: datetime, workday: Workday) -> tuple[Line, ...]:
    """The parts of each thing of a table that has a column for each day of delivery."""
    for n, row in enumerate(grid.rows[:MAX_HEADING_ROW]):
        kinds = {
            kind: c for c, cell in reversed(list(enumerate(row))) if (kind := kind_of_heading(cell))
        }
        days = {c: day for c, cell in enumerate(row) if (day := _day(cell, base, workday))}
        if len(days) < 2 or not {"item", "model"} & kinds.keys():
            continue
        below = grid.rows[n + 1 :]
        if all(cells_alike(below, c, _is_part) for c in days):
            return tuple(_parts(grid, n, kinds, days))
    return ()


def _day(cell: str, base: datetime, workday: Workday) -> date | None:
    """The one day that a heading names."""
    found = days_in(narrow(cell), base, workday) if re.search(r"\d", cell) else ()
    return found[0].value if len(found) == 1 and found[0].confidence >= SURE else None


def _is_part(cell: str) -> bool:
    return re.fullmatch(r"[-–—/]*|\d[\d,]*(?:\.\d+)?", cell) is not None


def _parts(grid: Grid, n: int, kinds: dict[str, int], days: dict[int, date]) -> Iterator[Line]:
    for below, row in enumerate(grid.rows[n + 1 :], start=n + 1):
        named = [at(row, kinds, kind) or None for kind in ("item", "model", "unit")]
        if any(map(_SUM.search, row)) or not (named[0] or named[1]):
            continue
        for column, day in days.items():
            number = number_of(narrow(row[column])) if column < len(row) else None
            if number:
                yield Line(
                    named[0],
                    named[1],
                    number,
                    named[2],
                    due_date=day,
                    source=grid.cell(below, column),
                    confidence=0.85,
                )
