"""Order lines from a table: columns are known by their headings, in the words that firms use."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal

from domain.mail.extract.bare_rows import rows_of_cells
from domain.mail.extract.cells import currency_in, price_of, quantity_of, scale_in, unit_in
from domain.mail.extract.column_kinds import at, columns_of
from domain.mail.extract.crosstabs import staged_across, things_across
from domain.mail.extract.dates import Workday, days_in
from domain.mail.extract.money import sums_in
from domain.mail.extract.numerals import has_decimal_commas, number_of
from domain.mail.extract.tables import Grid
from domain.mail.extract.values import Line
from domain.mail.plain import narrow

_TOTAL = re.compile(r"合\s*计|总\s*计|總計|合計|total|summe?\b|总金额|大写", re.I)
_CARRIED = re.compile(
    r"^(?:小\s*计|本页|转下页|承上页|接上页)|sub-?total|carried|brought|zwischensumme|übertrag",
    re.I,
)
MAX_NOTES = 60


@dataclass(frozen=True)
class TableReading:
    """What an order table says beside its lines; positions are cells of the grid."""

    lines: tuple[Line, ...]
    po_no: str | None = None
    amount: Decimal | None = None
    currency: str | None = None
    notes: str = ""
    tabular: bool = False
    """True for a table that names no things ordered: its cells are no list of them either."""


@dataclass(frozen=True)
class _Frame:
    """What the cells of a table are read with."""

    base: datetime
    workday: Workday
    ours: tuple[str, ...]
    month_first: bool | None = None
    comma: bool = False


def read_table(grid: Grid, base: datetime, workday: Workday, ours: tuple[str, ...]) -> TableReading:
    """The order lines of a grid; none if no heading row names things and numbers."""
    if staged := staged_across(grid, base, workday):
        used = {int(re.sub(r"\D", "", line.source.rpartition(":")[2])) - 1 for line in staged}
        others = [row for n, row in enumerate(grid.rows) if n not in used]
        return TableReading(staged, notes=notes_of(others))
    start, columns = columns_of(grid.rows)
    if not columns:
        return _without_heading(grid)
    dues = [at(row, columns, "due") for row in grid.rows[start + 1 :]]
    comma = has_decimal_commas("\n".join(cell for row in grid.rows for cell in row))
    frame = _Frame(base, workday, ours, _month_first(dues), comma)
    currency = next((c for c in map(currency_in, grid.rows[start]) if c), None)
    lines = tuple(_lines(grid, start, columns, currency, frame))
    amount = _total(grid.rows[start:], columns)
    numbers = (at(row, columns, "po") for row in grid.rows[start + 1 :][:MAX_NOTES])
    po_no = "; ".join(dict.fromkeys(one for one in numbers if re.search(r"\d{3}", one)))
    priced = bool({"amount", "price"} & columns.keys())
    used = {
        int(line.source.rpartition(":")[2].lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")) for line in lines
    }
    others = [
        row
        for n, row in enumerate(grid.rows, start=1)
        if n not in used
        and n != start + 1
        and (
            priced or not any(map(_TOTAL.search, row)) or any(sums_in(narrow(cell)) for cell in row)
        )
    ]
    return TableReading(lines, po_no or None, amount, currency, notes_of(others))


def _without_heading(grid: Grid) -> TableReading:
    """Rows that hold an amount with its unit; a single one among other text is left to the text."""
    if across := things_across(grid):
        return TableReading(across)
    wide = sum(sum(map(bool, row)) > 2 for row in grid.rows)
    found = {} if grid.source == "text" else rows_of_cells(grid.rows)
    if len(found) < 2 or len(found) * 2 < sum(any(row) for row in grid.rows):
        return TableReading((), notes=notes_of(grid.rows), tabular=wide > 1)
    lines = tuple(
        replace(line, source=grid.cell(n, 0), confidence=0.8) for n, line in found.items()
    )
    return TableReading(
        lines, notes=notes_of([row for n, row in enumerate(grid.rows) if n not in found])
    )


def notes_of(rows: Sequence[tuple[str, ...]]) -> str:
    """Rows around a table as text: a short cell before another one is its label."""
    found: list[str] = []
    for row in rows[:MAX_NOTES]:
        cells = _with_numbered([cell for cell in row if cell])
        n = 0
        while n < len(cells):
            label = len(cells[n]) <= 14 and ":" not in narrow(cells[n]) and n + 1 < len(cells)
            found.append(f"{cells[n]}: {cells[n + 1]}" if label else cells[n])
            n += 2 if label else 1
    return "\n".join(found)


def _with_numbered(cells: list[str]) -> list[str]:
    """Cells that go on counting ("2. …") joined to the cell in which the counting began."""
    joined: list[str] = []
    for cell in cells:
        if joined and ":" in narrow(joined[-1]) and re.match(r"\d[.、)]", cell):
            joined[-1] += f";{cell}"
        else:
            joined.append(cell)
    return joined


def _lines(
    grid: Grid, start: int, columns: dict[str, int], currency: str | None, frame: _Frame
) -> Iterator[Line]:
    scale = scale_in(at(grid.rows[start], columns, "price"))
    head_unit = unit_in(at(grid.rows[start], columns, "quantity"))
    last: Line | None = None
    for n, row in enumerate(grid.rows[start + 1 :], start=start + 1):
        first = next((cell for cell in row if cell), "")
        if _CARRIED.search(first) or _is_heading(row, grid.rows[start]):
            continue
        if _TOTAL.search(first) and not at(row, columns, "model"):
            break
        line = _line(row, columns, frame) or _next_part(row, columns, frame, last)
        last = line or last
        if line is None or line.quantity == 0:
            continue
        price = (
            line.unit_price * scale / _pieces(at(row, columns, "per")) if line.unit_price else None
        )
        price = line.unit_price if line.unit_price == 0 else price
        unit = line.unit or head_unit
        money = line.currency or (currency if line.unit_price is not None else None)
        place = grid.cell(n, columns["quantity"])
        yield replace(line, unit=unit, unit_price=price, currency=money, source=place)


def _next_part(
    row: tuple[str, ...], columns: dict[str, int], frame: _Frame, last: Line | None
) -> Line | None:
    """A row without a name, but with a number and a day: a further part of the thing above."""
    said = at(row, columns, "quantity")
    if last is None or not said or not at(row, columns, "due") or at(row, columns, "item"):
        return None
    filled = [*row, *[""] * (max(columns.values()) + 1 - len(row))]
    for kind, words in (("item", last.item), ("model", last.model)):
        if kind in columns and words:
            filled[columns[kind]] = words
    return _line(tuple(filled), columns, frame)


def _pieces(per: str) -> Decimal:
    """For how many pieces a price is: the cell below "PE" or "Price unit", else one."""
    return Decimal(per) if per in ("10", "100", "1000") else Decimal(1)


def _is_heading(row: tuple[str, ...], heading: tuple[str, ...]) -> bool:
    """True for the heading repeated on the next page."""
    return [cell for cell in row if cell] == [cell for cell in heading if cell]


def _line(row: tuple[str, ...], columns: dict[str, int], frame: _Frame) -> Line | None:
    item, model = at(row, columns, "item"), at(row, columns, "model")
    material = at(row, columns, "material")
    model = " ".join(dict.fromkeys(filter(None, (model, at(row, columns, "more")))))
    model = model or (material if not item or re.search(r"[A-Za-z]", material) else "")
    supplier, said = at(row, columns, "supplier"), at(row, columns, "quantity")
    if not (item or model) or (supplier and not _is_us(supplier, frame.ours)):
        return None
    quantity, unit = quantity_of(said or "", comma=frame.comma)
    if not said and not at(row, columns, "unit") and not at(row, columns, "price"):
        return None
    if not said and (run_on := re.search(r"\S\s(\d{1,5})$", model)):
        quantity, model = number_of(run_on[1]), model[: run_on.start() + 1]
    price, currency = price_of(at(row, columns, "price") or "", comma=frame.comma)
    currency = currency or currency_in(at(row, columns, "currency"))
    due = at(row, columns, "due")
    days = days_in(_in_order(narrow(due), frame), frame.base, frame.workday) if due else ()
    return Line(
        item=item or None,
        model=model or None,
        quantity=quantity,
        unit=at(row, columns, "unit") or unit,
        unit_price=price,
        currency=currency if price is not None else None,
        due_date=days[0].value if days else None,
        remark=at(row, columns, "remark") or None,
        confidence=0.9 if quantity is not None and (not due or days) else 0.6,
    )


_SLASHED = re.compile(r"(?<!\d)(\d{1,2})/(\d{1,2})/(\d{4})(?!\d)")


_MONTH_DAY = re.compile(r"(1[0-2]|0?[1-9])[/.-](3[01]|[12]\d|0?[1-9])")


def _month_first(dues: Sequence[str]) -> bool | None:
    """How a column writes 03/04/2026: one value above 12 tells it for all; None if none does."""
    found = [hit for due in dues if (hit := _SLASHED.search(narrow(due)))]
    if any(int(hit[1]) > 12 for hit in found):
        return False
    return True if any(int(hit[2]) > 12 for hit in found) else None


def _in_order(due: str, frame: _Frame) -> str:
    """The date written year first where the column shows which number is the month."""
    if short := _MONTH_DAY.fullmatch(due.strip()):
        return f"{short[1]}月{short[2]}日"
    if frame.month_first is None:
        return due
    day, month = (r"\2", r"\1") if frame.month_first else (r"\1", r"\2")
    return _SLASHED.sub(rf"\3-{month}-{day}", due)


def _is_us(supplier: str, ours: tuple[str, ...]) -> bool:
    return any(name and (name in supplier or supplier in name) for name in ours)


def _total(rows: Sequence[tuple[str, ...]], columns: dict[str, int]) -> Decimal | None:
    """The sum in a total row below a heading: the cell of the amounts, else its only number."""
    if not {"amount", "price"} & columns.keys():
        return None
    scale = scale_in(at(rows[0], columns, "amount") or at(rows[0], columns, "price"))
    for row in rows[1:]:
        if any(_TOTAL.search(cell) for cell in row):
            placed = price_of(at(row, columns, "amount"))[0]
            numbers = [v for cell in row if (v := price_of(cell)[0]) is not None]
            found = placed if placed is not None else numbers[0] if len(set(numbers)) == 1 else None
            if found is not None:
                return found * scale
    return None
