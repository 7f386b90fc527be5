"""Order lines of a mail: tables first, then labelled values, then sentences."""

import re
from collections.abc import Iterator
from dataclasses import replace

from domain.mail.answered_lines import answered_lines, completed
from domain.mail.basis import Basis
from domain.mail.extract.cells import price_of, quantity_of
from domain.mail.extract.columns import TableReading, read_table
from domain.mail.extract.dates import days_in
from domain.mail.extract.groups import with_days_of_parts
from domain.mail.extract.labels import Labelled
from domain.mail.extract.letters import letter_grids
from domain.mail.extract.old_letters import old_letter_grids
from domain.mail.extract.old_sheets import old_sheet_grids
from domain.mail.extract.papers import paper_grids
from domain.mail.extract.sentences import sentence_lines
from domain.mail.extract.tables import Grid, grids_of, html_grids, text_grids
from domain.mail.extract.things import MODEL
from domain.mail.extract.values import SURE, Line
from domain.mail.meaning import Context
from domain.mail.message import Attachment
from domain.mail.plain import narrow
from domain.mail.quoted_offers import with_offers
from domain.mail.split import Style

_READERS = (grids_of, old_sheet_grids, paper_grids, letter_grids, old_letter_grids)


def tables_of(basis: Basis, context: Context) -> Iterator[TableReading]:
    """Order tables of the attachments, else of the HTML body, else typed ones.

    A small attached document without a table is kept for its notes: forms and short letters.
    """
    mail = basis.mail
    attached = [grid for file in basis.attachments for grid in grids_in(file)]
    shown = (
        html_grids(mail.html) if basis.parts.style in (Style.NONE, Style.TOP, Style.FORWARD) else ()
    )
    for grids in (attached, shown, text_grids(basis.text)):
        read_ones = [
            read_table(grid, basis.base, context.workday, context.our_names) for grid in grids
        ]
        if grids is attached:
            yield from (one for one in read_ones if not one.lines and len(one.notes) < MAX_LETTER)
        useful = [one for one in read_ones if one.lines]
        yield from useful
        if useful:
            return


def grids_in(file: Attachment) -> tuple[Grid, ...]:
    """What stands in an attached file, as tables; a page of text is a table of one column."""
    return tuple(grid for reader in _READERS for grid in reader(file))


def lines_of(
    basis: Basis,
    labels: tuple[Labelled, ...],
    tables: tuple[TableReading, ...],
    context: Context,
) -> tuple[Line, ...]:
    """Lines of tables first, then labelled ones, then those of sentences."""
    with_lines = [table for table in tables if table.lines]
    if with_lines:
        many = len(with_lines) > 1
        lines = tuple(
            replace(line, group=str(n) if many else None)
            for n, table in enumerate(with_lines, start=1)
            for line in table.lines
        )
        kept = tuple(line for line in lines if not _said_better(line, lines))
        return with_offers(kept, basis.parts.new, basis.parts.quoted)
    text = _without(basis.text, [table.notes for table in tables if table.tabular])
    labelled = tuple(_labelled_lines(labels))
    if not any(line.quantity is not None for line in labelled):
        labelled = _newest(basis, sentence_lines(text)) or labelled
    lines = tuple(_dated(line, basis, context) for line in labelled)
    lines = with_days_of_parts(lines, basis.text, basis.base, context.workday)
    if answered := answered_lines(basis.parts, context.questions):
        lines = completed(lines, answered)
    return with_offers(lines, basis.parts.new, basis.parts.quoted)


def _newest(basis: Basis, lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """Of a list that the writer sends again above the old one, only the new lines."""
    end = len(basis.parts.new)
    new = tuple(line for line in lines if _start(line) < end)
    old = [line for line in lines if _start(line) >= end]
    again = any((a.item, a.model) == (b.item, b.model) for a in new for b in old)
    return new if again and basis.forwarded else lines


def _start(line: Line) -> int:
    hit = re.match(r"text:(\d+)-", line.source)
    return int(hit[1]) if hit else 0


def _without(text: str, notes: list[str]) -> str:
    """The text with blanks in place of what stands around tables, so that every place stays."""
    for note in filter(None, notes):
        text = text.replace(note, "".join(c if c == "\n" else " " for c in note))
    return text


def _dated(line: Line, basis: Basis, context: Context) -> Line:
    """The line with the one day that stands in its own row, if the row is a row and no text."""
    hit = re.fullmatch(r"text:(\d+)-(\d+)", line.source)
    row = narrow(basis.text[int(hit[1]) : int(hit[2])]) if hit else ""
    days = days_in(row, basis.base, context.workday) if row and len(row) < MAX_ROW else ()
    if line.due_date is not None or len(days) != 1 or days[0].confidence < SURE:
        return line
    near = row[max(0, days[0].start - 12) : days[0].start] + row[days[0].end :][:6]
    if row[days[0].end :].strip(" .,;。)") and not _WANTED.search(near):
        return line
    return replace(line, due_date=days[0].value)


def _said_better(line: Line, lines: tuple[Line, ...]) -> bool:
    """True for a line without a number whose thing another table gives with one."""
    return line.quantity is None and any(
        (other.item, other.model) == (line.item, line.model) and other.quantity is not None
        for other in lines
    )


MAX_LETTER = 4_000
_WANTED = re.compile(
    r"[到交前发送要]|完成|\b(?:by|before|due|deliver|until|till|for|want|need|required|arriv"
    r"|ship|on site|latest)",
    re.I,
)
MAX_ROW = 120
_PAIR = re.compile(rf"(?:^|[,、;])\s*([\u4e00-\u9fff]{{2,10}})\s*({MODEL.pattern})")
_OF_LINES = ("item", "model", "quantity", "price")


def _labelled_lines(labels: tuple[Labelled, ...]) -> Iterator[Line]:
    """One line a block of labels; a label that comes again begins the next one."""
    block: dict[str, Labelled] = {}
    for one in sorted(labels, key=lambda each: each.start):
        if one.key not in _OF_LINES:
            continue
        if one.key in block:
            yield from _of_block(block)
            block = {}
        block[one.key] = one
    yield from _of_block(block)


def _of_block(block: dict[str, Labelled]) -> Iterator[Line]:
    item, model, amount = (block.get(key) for key in ("item", "model", "quantity"))
    named = item or model
    if named is None:
        return
    pairs = _PAIR.findall(narrow(model.value)) if model and not item else []
    if len(pairs) > 1:
        where = f"text:{named.start}-{named.end}"
        yield from (Line(name, code, None, source=where, confidence=0.7) for name, code in pairs)
        return
    quantity, unit = quantity_of(amount.value) if amount else (None, None)
    price = block.get("price")
    value, currency = price_of(price.value) if price else (None, None)
    place = amount or named
    yield Line(
        item.value if item else None,
        model.value if model else None,
        quantity,
        unit,
        value,
        currency,
        source=f"text:{place.start}-{place.end}",
        confidence=0.85 if quantity is not None else 0.6,
    )
