"""PDF files with text as grids: columns are found by where the cells of a row begin and end."""

import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pypdf import PdfReader
from pypdf.errors import PyPdfError

from domain.mail.extract.tables import MAX_COLUMNS, Grid
from domain.mail.message import Attachment

MAX_BYTES = 8_000_000
MAX_PAGES = 20
MAX_PAGE_STREAM = 400_000
MAX_LINES = 2_000
_BROKEN = (
    *(PyPdfError, KeyError, ValueError, TypeError, IndexError, AttributeError, OSError),
    *(NotImplementedError, RuntimeError, RecursionError, ArithmeticError, AssertionError),
)
_CELL = re.compile(r"\S+(?: \S+)*")


@dataclass(frozen=True)
class _Cell:
    """A run of words without a wide gap, and where in its line it stands."""

    text: str
    start: int
    end: int


def paper_grids(attachment: Attachment) -> tuple[Grid, ...]:
    """The text of a PDF as one grid; none if it has no text, is sealed, damaged or too large."""
    is_pdf = attachment.name.lower().endswith(".pdf") or attachment.mime == "application/pdf"
    if not is_pdf or len(attachment.data) > MAX_BYTES:
        return ()
    lines = list(_lines_of(attachment.data))[:MAX_LINES]
    rows = tuple(row for block in _blocks(lines) for row in _aligned(block))
    return (Grid(f"attachment:{attachment.name}", rows),) if rows else ()


def _lines_of(data: bytes) -> Iterator[list[_Cell]]:
    """The lines of all pages with their cells; ends where the file cannot be read further."""
    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted:
            return
        for _, page in zip(range(MAX_PAGES), reader.pages, strict=False):
            content = page.get_contents()
            if content is None or len(content.get_data()) > MAX_PAGE_STREAM:
                continue
            text = page.extract_text(extraction_mode="layout", layout_mode_space_vertically=False)
            for line in text.splitlines():
                cells = [_Cell(hit[0], *hit.span()) for hit in _CELL.finditer(line[:2_000])]
                if cells:
                    yield cells[:MAX_COLUMNS]
    except _BROKEN:
        return


def _blocks(lines: Sequence[list[_Cell]]) -> Iterator[list[list[_Cell]]]:
    """Neighbouring lines with several cells together; a line of one cell alone."""
    block: list[list[_Cell]] = []
    for cells in lines:
        if len(cells) > 1:
            block.append(cells)
            continue
        if block:
            yield block
        yield [cells]
        block = []
    if block:
        yield block


def _aligned(block: list[list[_Cell]]) -> Iterator[tuple[str, ...]]:
    """The rows of a block in the columns of its fullest line."""
    pattern = max(block, key=len)
    for cells in block:
        if len(cells) < 3 or len(cells) == len(pattern):
            yield tuple(cell.text for cell in cells)
        else:
            yield _in_columns(cells, pattern)


def _in_columns(cells: Sequence[_Cell], pattern: Sequence[_Cell]) -> tuple[str, ...]:
    """Each cell in the column whose left or right edge is nearest, in order."""
    row = [""] * len(pattern)
    free = 0
    for n, cell in enumerate(cells):
        last = len(pattern) - (len(cells) - n) + 1
        places = range(free, max(last, free + 1))
        best = min(places, key=lambda at: _distance(cell, pattern[at]))
        row[best] = cell.text
        free = best + 1
    return tuple(row)


def _distance(one: _Cell, other: _Cell) -> int:
    return min(abs(one.start - other.start), abs(one.end - other.end))
