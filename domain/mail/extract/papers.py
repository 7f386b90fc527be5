"""PDF files with text as grids: columns are found by where the cells of a row begin and end."""

import io
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from pypdf import PageObject, PdfReader
from pypdf.errors import PyPdfError

from domain.mail.extract.tables import MAX_COLUMNS, Grid
from domain.mail.message import Attachment

MAX_BYTES = 8_000_000
MAX_PAGES = 20
MAX_PAGE_STREAM = 400_000
MAX_LINES = 2_000
MAX_PLACE = 20_000
_BROKEN = (
    *(PyPdfError, KeyError, ValueError, TypeError, IndexError, AttributeError, OSError),
    *(NotImplementedError, RuntimeError, RecursionError, ArithmeticError, AssertionError),
)


MAX_RUNS = 40_000
_WIDE_GAP = 0.6
"""From this gap on, in widths of the type, two words stand in two cells."""


@dataclass(frozen=True)
class _Run:
    """Words that a page shows at one place, in points from its lower left corner."""

    text: str
    x: float
    y: float
    size: float
    open: bool = False
    """True for words with a gap behind them."""

    @property
    def end(self) -> float:
        """About where the words end; the widths are those of common typefaces."""
        return self.x + self.size * sum(map(_width, self.text))


@dataclass(frozen=True)
class _Cell:
    """The words of one cell of a line, and where it begins and ends."""

    text: str
    start: float
    end: float


@dataclass(frozen=True)
class _TextLine:
    """The cells that stand at one height."""

    cells: list[_Cell]
    y: float
    size: float


def paper_grids(attachment: Attachment) -> tuple[Grid, ...]:
    """The text of a PDF as one grid; none if it has no text, is sealed, damaged or too large."""
    is_pdf = attachment.name.lower().endswith(".pdf") or attachment.mime == "application/pdf"
    if not is_pdf or len(attachment.data) > MAX_BYTES:
        return ()
    lines = list(islice(_lines_of(attachment.data), MAX_LINES))
    rows = tuple(row for block in _blocks(lines) for row in _aligned(block))
    return (Grid(f"attachment:{attachment.name}", rows),) if rows else ()


def _width(char: str) -> float:
    if char >= "\u2e80":
        return 1.0
    if char.isupper() or char in "mwMW@%":
        return 0.67
    return 0.28 if char in " .,:;'|!ijlft()[]" else 0.54


def _lines_of(data: bytes) -> Iterator[_TextLine]:
    """The lines of all pages with their cells; ends where the file cannot be read further."""
    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted:
            return
        for _, page in zip(range(MAX_PAGES), reader.pages, strict=False):
            content = page.get_contents()
            if content is None or len(content.get_data()) > MAX_PAGE_STREAM:
                continue
            yield from _lines_of_runs(_runs(page))
    except _BROKEN:
        return


def _runs(page: PageObject) -> list[_Run]:
    """The words of a page with their places; what stands far outside the page is no text."""
    found: list[_Run] = []

    def visit(text: str, cm: list[float], tm: list[float], _: object, size: float) -> None:
        if not text.strip() or len(found) >= MAX_RUNS:
            return
        x = tm[4] * cm[0] + tm[5] * cm[2] + cm[4]
        y = tm[4] * cm[1] + tm[5] * cm[3] + cm[5]
        scale = abs(tm[0] * cm[0] + tm[1] * cm[2]) or 1.0
        height = min(max(abs(size * scale), 1.0), 200.0)
        if abs(x) > MAX_PLACE or abs(y) > MAX_PLACE:
            return
        for n, part in enumerate(text.strip("\n").split("\n")):
            if part.strip():
                found.append(_Run(part.lstrip()[:2_000], x, y - n * height * 1.2, height))

    page.extract_text(visitor_text=visit)
    return found


def _lines_of_runs(runs: list[_Run]) -> Iterator[_TextLine]:
    """Runs of one height as lines; words continue a cell unless a gap or a column parts them."""
    columns = Counter(round(run.x) for run in runs)
    line: list[_Run] = []
    for run in [*sorted(runs, key=lambda one: (-one.y, one.x)), None]:
        if line and (run is None or line[0].y - run.y > 0.45 * line[0].size):
            yield _TextLine(
                _cells(sorted(line, key=lambda one: one.x), columns)[:MAX_COLUMNS],
                line[0].y,
                line[0].size,
            )
            line = []
        if run is not None:
            line.append(run)


def _cells(runs: list[_Run], columns: Counter[int]) -> list[_Cell]:
    cells: list[_Cell] = []
    before: _Run | None = None
    for part in (piece for run in runs for piece in _parted(run)):
        gap = (part.x - before.end) / part.size if before else 0.0
        if before is None or before.open or gap > _WIDE_GAP or _at_column(part, gap, columns):
            cells.append(_Cell(part.text, part.x, part.end))
        else:
            space = " " if gap > 0.12 else ""
            cells[-1] = _Cell(f"{cells[-1].text}{space}{part.text}", cells[-1].start, part.end)
        before = part
    return cells


def _at_column(part: _Run, gap: float, columns: Counter[int]) -> bool:
    """True where words of several lines begin, unless these only go on with those before them."""
    return columns[round(part.x)] > 1 and (gap > 0.4 or -1.0 < gap < -0.15)


def _parted(run: _Run) -> Iterator[_Run]:
    """A run in pieces where it holds wide gaps itself."""
    for hit in re.finditer(r"\S+(?: \S+)*", run.text):
        before = run.size * sum(map(_width, run.text[: hit.start()]))
        yield replace(
            run, text=hit[0], x=run.x + before, open=run.text[hit.end() :].startswith("  ")
        )


def _blocks(lines: Sequence[_TextLine]) -> Iterator[list[list[_Cell]]]:
    """Neighbouring lines with several cells together; a line of one cell alone.

    A line set closely below one with more cells, at the places of those, goes on with them.
    """
    block: list[list[_Cell]] = []
    above: _TextLine | None = None
    for line in lines:
        if above and block and _goes_on(line, above, block[-1]):
            block[-1] = _joined(block[-1], line.cells)
        elif len(line.cells) > 1:
            block.append(line.cells)
        else:
            if block:
                yield block
            yield [line.cells]
            block = []
        above = line
    if block:
        yield block


def _goes_on(line: _TextLine, above: _TextLine, cells: list[_Cell]) -> bool:
    close = 0 < above.y - line.y < 1.42 * line.size
    starts = [cell.start for cell in cells]
    placed = all(any(abs(cell.start - start) < 2 for start in starts) for cell in line.cells)
    return close and placed and len(line.cells) < len(cells) and len(cells) > 2


def _joined(cells: list[_Cell], more: list[_Cell]) -> list[_Cell]:
    added = {min(cells, key=lambda one: abs(one.start - cell.start)): cell for cell in more}
    return [
        replace(one, text=_with(one.text, added[one].text)) if one in added else one
        for one in cells
    ]


def _with(text: str, more: str) -> str:
    """Two lines of a cell; Chinese and a word parted at its hyphen go on without a space."""
    tight = text.endswith(("-", "/")) or text[-1:] >= "\u2e80"
    return f"{text}{more}" if tight else f"{text} {more}"


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


def _distance(one: _Cell, other: _Cell) -> float:
    return min(abs(one.start - other.start), abs(one.end - other.end))
