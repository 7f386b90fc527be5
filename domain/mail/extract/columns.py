"""Order lines from a table: columns are known by their headings, in the words that firms use."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from domain.mail.extract.dates import Workday, days_in
from domain.mail.extract.headings import kind_of_heading
from domain.mail.extract.money import SIGN, currency_of, sums_in
from domain.mail.extract.numerals import number_of
from domain.mail.extract.tables import Grid
from domain.mail.extract.values import Line
from domain.mail.plain import narrow

_TOTAL = re.compile(r"合\s*计|总\s*计|總計|合計|total|summe?\b|总金额|大写", re.I)
_CARRIED = re.compile(
    r"^(?:小\s*计|本页|转下页|承上页|接上页)|sub-?total|carried|brought|zwischensumme|übertrag",
    re.I,
)
_VAGUE = re.compile(
    r"若干|适量|左右|几|数|a few|some|several|tbd|待定|as needed|approx|-\s*\d|~|to be", re.I
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


@dataclass(frozen=True)
class _Frame:
    """What the cells of a table are read with."""

    base: datetime
    workday: Workday
    ours: tuple[str, ...]
    month_first: bool | None = None


def read_table(grid: Grid, base: datetime, workday: Workday, ours: tuple[str, ...]) -> TableReading:
    """The order lines of a grid; none if no heading row names things and numbers."""
    start, columns = _heading(grid.rows)
    if not columns:
        return TableReading((), notes=notes_of(grid.rows))
    dues = [_at(row, columns, "due") for row in grid.rows[start + 1 :]]
    frame = _Frame(base, workday, ours, _month_first(dues))
    currency = next((c for c in map(_currency_in, grid.rows[start]) if c), None)
    lines = tuple(_lines(grid, start, columns, currency, frame))
    amount = _total(grid.rows[start + 1 :], columns)
    numbers = (_at(row, columns, "po") for row in grid.rows[start + 1 :][:MAX_NOTES])
    po_no = "; ".join(dict.fromkeys(one for one in numbers if re.search(r"\d{3}", one)))
    priced = bool({"amount", "price"} & columns.keys())
    used = {
        int(line.source.rpartition(":")[2].lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")) for line in lines
    }
    others = [
        row
        for n, row in enumerate(grid.rows, start=1)
        if n not in used and n != start + 1 and (priced or not any(map(_TOTAL.search, row)))
    ]
    return TableReading(lines, po_no or None, amount, currency, notes_of(others))


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


def _heading(rows: Sequence[tuple[str, ...]]) -> tuple[int, dict[str, int]]:
    """The first row that names a thing and a quantity, and the column of each kind."""
    for n, row in enumerate(rows[:30]):
        columns: dict[str, int] = {}
        for column, cell in enumerate(row):
            kind = kind_of_heading(cell)
            if kind == "item" and kind in columns and "model" not in columns:
                kind = "model"
            if kind and kind not in columns:
                columns[kind] = column
        if "quantity" in columns and {"item", "model", "material"} & columns.keys():
            _by_content(rows[n + 1 : n + 6], columns)
            return n, columns
    return 0, {}


def _by_content(rows: Sequence[tuple[str, ...]], columns: dict[str, int]) -> None:
    """A column "item" that only counts is no name; a column "unit" full of sums is the price."""
    values = [_at(row, columns, "item") for row in rows if _at(row, columns, "item")]
    if values and all(value.isdigit() for value in values) and {"model", "material"} & set(columns):
        columns.pop("item", None)
    units = [_at(row, columns, "unit") for row in rows if _at(row, columns, "unit")]
    if units and all(re.fullmatch(r"[\d.,]+", unit) for unit in units):
        columns.setdefault("price", columns.pop("unit"))


def _lines(
    grid: Grid, start: int, columns: dict[str, int], currency: str | None, frame: _Frame
) -> Iterator[Line]:
    head_unit = re.search(r"\(([^)\d]{1,4})\)", narrow(grid.rows[start][columns["quantity"]]))
    for n, row in enumerate(grid.rows[start + 1 :], start=start + 1):
        first = next((cell for cell in row if cell), "")
        if _CARRIED.search(first) or _is_heading(row, grid.rows[start]):
            continue
        if _TOTAL.search(first) and not _at(row, columns, "model"):
            break
        line = _line(row, columns, frame)
        if line is None or line.quantity == 0:
            continue
        unit = line.unit or (head_unit[1] if head_unit else None)
        money = line.currency or (currency if line.unit_price is not None else None)
        yield Line(
            **{
                **line.__dict__,
                "unit": unit,
                "currency": money,
                "source": grid.cell(n, columns["quantity"]),
            }
        )


def _is_heading(row: tuple[str, ...], heading: tuple[str, ...]) -> bool:
    """True for the heading repeated on the next page."""
    return [cell for cell in row if cell] == [cell for cell in heading if cell]


def _line(row: tuple[str, ...], columns: dict[str, int], frame: _Frame) -> Line | None:
    item, model = _at(row, columns, "item"), _at(row, columns, "model")
    model = model or ("" if item else _at(row, columns, "material"))
    supplier, said = _at(row, columns, "supplier"), _at(row, columns, "quantity")
    if not (item or model) or (supplier and not _is_us(supplier, frame.ours)):
        return None
    quantity, unit = quantity_of(said or "")
    if not said and not _at(row, columns, "unit") and not _at(row, columns, "price"):
        return None
    price, currency = price_of(_at(row, columns, "price") or "")
    due = _at(row, columns, "due")
    days = days_in(_in_order(narrow(due), frame), frame.base, frame.workday) if due else ()
    return Line(
        item=item or None,
        model=model or None,
        quantity=quantity,
        unit=_at(row, columns, "unit") or unit,
        unit_price=price,
        currency=currency,
        due_date=days[0].value if days else None,
        remark=_at(row, columns, "remark") or None,
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


def _at(row: tuple[str, ...], columns: dict[str, int], kind: str) -> str:
    column = columns.get(kind)
    return row[column].strip() if column is not None and column < len(row) else ""


def quantity_of(cell: str) -> tuple[Decimal | None, str | None]:
    """Number and unit of a cell; a vague amount has no number."""
    text = narrow(cell).strip()
    if not text or _VAGUE.search(text):
        return None, None
    hit = re.fullmatch(
        r"(?:x\s*)?(\d[\d,' ]*(?:\.\d+)?|[一二两三四五六七八九十百]+)\s*([^\d\s,]{0,8})", text
    )
    value = number_of(hit[1].replace(" ", "")) if hit else None
    return (value, (hit[2] or None) if hit else None) if value is not None else (None, None)


def price_of(cell: str) -> tuple[Decimal | None, str | None]:
    """A unit price and its currency; "415,00" is 415."""
    text = narrow(cell).strip()
    named = sums_in(text)
    if named:
        return named[0].amount, named[0].currency
    if re.fullmatch(r"\d{1,3}(?:\.\d{3})*,\d\d|\d+,\d\d", text):
        text = text.replace(".", "").replace(",", ".")
    value = number_of(text)
    return value, None


def _currency_in(heading: str) -> str | None:
    hit = re.search(rf"(?<![A-Za-z])({SIGN})(?![A-Za-z])", narrow(heading).replace("_", " "), re.I)
    return currency_of(hit[1]) if hit else None


def _total(rows: Sequence[tuple[str, ...]], columns: dict[str, int]) -> Decimal | None:
    """The number in a total row, where it is one number."""
    if not {"amount", "price"} & columns.keys():
        return None
    for row in rows:
        if any(_TOTAL.search(cell) for cell in row):
            numbers = [v for cell in row if (v := price_of(cell)[0]) is not None]
            if len(set(numbers)) == 1:
                return numbers[0]
    return None
