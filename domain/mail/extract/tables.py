"""Tables of a mail as grids of text: HTML, xlsx, csv. Formulas, macros and links are never run."""

import csv
import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from xml.etree.ElementTree import ParseError

import openpyxl
from defusedxml.common import DefusedXmlException
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException

from domain.mail.charset import decode_text
from domain.mail.message import Attachment
from domain.mail.page import tree_of

MAX_ROWS = 5_000
MAX_COLUMNS = 100
MAX_TABLES = 40
MAX_UNPACKED = 60_000_000
MAX_RATIO = 200
_BROKEN = (
    *(zipfile.BadZipFile, InvalidFileException, ParseError, DefusedXmlException),
    *(KeyError, ValueError, TypeError, IndexError, AttributeError, OSError, EOFError),
    *(NotImplementedError, RuntimeError, OverflowError, zipfile.LargeZipFile),
)


_SEPARATOR = re.compile(r"\ufeff?\"?sep=(.)\"?\r?\n")
"""The first line by which spreadsheets tell the separator of a csv file."""
_RULER = re.compile(r"[ \t]*[-=_+|:][-=_+|: \t]{3,}")
"""A line drawn between the rows of a typed table."""


@dataclass(frozen=True)
class Grid:
    """Rows of cells as text; `source` names the table, `cell` the place of one value in it."""

    source: str
    rows: tuple[tuple[str, ...], ...]

    def cell(self, row: int, column: int) -> str:
        """Where a value stands: `attachment:name.xlsx:B3`."""
        return f"{self.source}:{get_column_letter(column + 1)}{row + 1}"


def grids_of(attachment: Attachment) -> tuple[Grid, ...]:
    """The visible tables of an xlsx or csv file; none if it is damaged or too large."""
    name = attachment.name.lower()
    if name.endswith((".xlsx", ".xlsm")):
        return tuple(_sheets(attachment))
    if name.endswith((".csv", ".tsv")) or attachment.mime in (
        "text/csv",
        "text/tab-separated-values",
    ):
        return _csv(attachment)
    return ()


def unpacks_safely(data: bytes) -> bool:
    """True if a ZIP container unpacks to an amount that one mail may cost."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as box:
            infos = box.infolist()
            if any(_declares_entities(box, info) for info in infos[:2_000]):
                return False
    except _BROKEN:
        return False
    total = sum(info.file_size for info in infos)
    return len(infos) < 2_000 and total <= min(MAX_UNPACKED, MAX_RATIO * max(len(data), 10_000))


def _declares_entities(box: zipfile.ZipFile, info: zipfile.ZipInfo) -> bool:
    """True for an XML part with a DOCTYPE: office programs never write one."""
    if not info.filename.endswith((".xml", ".rels")):
        return False
    with box.open(info) as part:
        return b"<!DOCTYPE" in part.read(2_000)


def _sheets(attachment: Attachment) -> Iterator[Grid]:
    if not unpacks_safely(attachment.data):
        return
    try:
        book = openpyxl.load_workbook(
            io.BytesIO(attachment.data), read_only=True, data_only=True, keep_links=False
        )
        for sheet in book.worksheets[:20]:
            if sheet.sheet_state == "visible":
                rows = sheet.iter_rows(max_row=MAX_ROWS, max_col=MAX_COLUMNS, values_only=True)
                cells = tuple(_trimmed(list(map(shown, row))) for row in rows)
                yield Grid(f"attachment:{attachment.name}", cells)
    except _BROKEN:
        return


def _trimmed(cells: list[str]) -> tuple[str, ...]:
    """The row without the empty cells at its end: some programs claim thousands of columns."""
    while cells and not cells[-1]:
        cells.pop()
    return tuple(cells)


def shown(value: object) -> str:
    """A cell as a person sees it: dates as ISO, whole numbers without ".0"."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return (
            value.date().isoformat() if not (value.hour or value.minute) else value.isoformat(" ")
        )
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float):
        return f"{value:.6f}".rstrip("0").rstrip(".")
    return str(value).strip()[:2_000]


def _csv(attachment: Attachment) -> tuple[Grid, ...]:
    text = decode_text(attachment.data[:5_000_000], None).replace("\x00", "")
    if told := _SEPARATOR.match(text):
        text = text[told.end() :]
    mark = told[1] if told else max((",", ";", "\t", "|"), key=lambda one: _parts(text, one))
    try:
        reader = csv.reader(io.StringIO(text), delimiter=mark)
        rows = tuple(
            tuple(cell.strip()[:2_000] for cell in row[:MAX_COLUMNS])
            for _, row in zip(range(MAX_ROWS), reader, strict=False)
        )
    except csv.Error:
        return ()
    return (Grid(f"attachment:{attachment.name}", rows),)


def _parts(text: str, mark: str) -> int:
    """How much of the text a separator parts alike; many rows weigh more than many cells."""
    rows = Counter(row.count(mark) for row in text[:4_000].splitlines() if mark in row)
    return max((many * many * marks for marks, many in rows.items()), default=0)


def html_grids(html: str) -> tuple[Grid, ...]:
    """The tables of an HTML mail, the innermost ones only; a layout table around them is none."""
    root = tree_of(html) if "<table" in html.lower() else None
    if root is None:
        return ()
    tables = [t for t in root.iter("table") if not t.xpath(".//table")][:MAX_TABLES]
    quoted = "ancestor::blockquote | ancestor::*[contains(@class,'gmail_quote')]"
    return tuple(
        Grid(f"html:table{n}", tuple(_rows(table)))
        for n, table in enumerate(tables, start=1)
        if not table.xpath(quoted)
    )


def _rows(table: object) -> Iterator[tuple[str, ...]]:
    """Rows with cells repeated where they span columns or rows."""
    hanging: dict[int, tuple[int, str]] = {}
    rows = table.iter("tr")  # type: ignore[attr-defined]
    for _, row in zip(range(MAX_ROWS), rows, strict=False):
        cells: list[str] = []
        for cell in row.iterchildren("td", "th"):
            _fill(cells, hanging)
            text = " ".join("".join(cell.itertext()).split())[:2_000]
            wide, high = _span(cell.get("colspan")), _span(cell.get("rowspan"))
            for n in range(wide):
                if high > 1:
                    hanging[len(cells)] = (high - 1, text)
                cells.append(text if n == 0 else "")
        _fill(cells, hanging)
        yield tuple(cells[:MAX_COLUMNS])


def _fill(cells: list[str], hanging: dict[int, tuple[int, str]]) -> None:
    while len(cells) in hanging:
        left, text = hanging.pop(len(cells))
        if left > 1:
            hanging[len(cells)] = (left - 1, text)
        cells.append(text)


def text_grids(text: str) -> tuple[Grid, ...]:
    """Tables typed or pasted into plain text: neighbouring lines with tabs, bars or wide gaps."""
    found: list[Grid] = []
    block: list[tuple[str, ...]] = []
    for line in [*text.splitlines(), ""]:
        if _RULER.fullmatch(line):
            continue
        cells = re.split(r"\t|\s*\|\s*| {2,}|\u3000{2,}", line.strip().strip("|"))
        if len(cells) > 1:
            block.append(tuple(cell.strip() for cell in cells))
        elif block and (line.strip() or len(block) > 1):
            found.append(Grid("text", tuple(block)))
            block = []
    return tuple(grid for grid in found if len(grid.rows) > 1)


def _span(value: str | None) -> int:
    return max(1, min(int(value), 50)) if value and value.isdigit() else 1
