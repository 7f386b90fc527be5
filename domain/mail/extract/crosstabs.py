"""Tables with a column for each thing: the batches or days stand in the rows."""

import re
from decimal import Decimal

from domain.mail.extract.numerals import number_of
from domain.mail.extract.tables import Grid
from domain.mail.extract.units import UNIT_CELL
from domain.mail.extract.values import Line
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
