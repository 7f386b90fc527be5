"""The rows of European text as a reader sees them: sub-rows joined, inline lists parted."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from domain.mail.extract.english_amounts import Rank, amounts_in
from domain.mail.extract.row_prices import row_prices, without_prices
from domain.mail.extract.values import Line

BULLET = re.compile(
    r"^[ \t]*(?:\[\d[^\]\n]{3,18}\][ \t]*[^\W\d][\w ]{1,20}:"  # a line of a chat
    r"|[-*•·►▪→–]|\d{1,2}/(?=\s)|\(?\d{1,3}(?:\.\)|[.)])(?!\d)|\(?[a-h]\)|[①-⑳]|#\d{1,3}[.:)]?"
    r"|(?:pos|item|line|sl|sr|ln|lfd|position|ser|s)\.?\s*(?:no\.?"
    r"|nr\.?)?\s*#?\d{1,3}\s*[:.)]?(?=\s|-))[ \t]*-?[ \t]*",
    re.I,
)
PROSE = re.compile(
    r"(?<![\w-])(?:we|you|i|us|me|they|he|she|he's|i'm|we're|it|is|are|was|were|will|would|shall"
    r"|could|should|must|have"
    r"|has|had|please|pls|kindly|let|thanks?|thank"
    r"|(?:our|your)(?! (?:code|part|ref|type|art|item|no\b|number"
    r"|drawing|dwg|model))|my|needs?|orders?|want|wants|do|does"
    r"|did|not|who|when"
    r"|send|ship|deliver|make|made|there|if|because|ordiniamo|ordino|commandons|pedimos"
    r"|zamawiamy|objednáváme|bestell(?:en|e|t)|bestiller|bitte|wir|sie|ist|sind|por favor"
    r"|necesitamos"
    r"|nous|vous|merci)(?![\w-])",
    re.I,
)
"""Words of sentences: where they stand, a number is none of a list."""
_INLINE = re.compile(r"(?:^|(?<=\s))\(?(\d)[).]\s+(?=[^\W\d])")


MAX_JOINED = 300
"""From this length on a row has all the amounts that can be its own."""


@dataclass(frozen=True)
class Row:
    """One row of the text and its lines; `strong`: a row that is one of order without a list."""

    text: str
    start: int
    end: int
    lines: tuple[Line, ...] = ()
    strong: bool = False


def rows_in(text: str) -> list[Row]:
    """The rows of a narrow text with their places; nothing is read from them yet."""
    return _counted(list(_joined(text)))


def _pieces(text: str) -> Iterator[Row]:
    """The lines of the text; one that counts "1) … 2) …" itself in its parts."""
    offset = 0
    for part in text.split("\n"):
        marks = list(_INLINE.finditer(part))
        counts = [int(mark[1]) for mark in marks]
        inline = len(counts) > 1 and counts == list(range(1, len(counts) + 1))
        edges = (
            [0, *(mark.start() for mark in marks if mark.start()), len(part)]
            if inline
            else [0, len(part)]
        )
        for start, end in pairwise(edges):
            yield Row(part[start:end], offset + start, offset + end)
        offset += len(part) + 1


def _joined(text: str) -> Iterator[Row]:
    """The rows; one that holds only an amount or a price belongs to the row before it."""
    held: Row | None = None
    for row in _pieces(text):
        named = (
            held
            and len(held.text) < MAX_JOINED
            and BULLET.sub("", held.text).strip()
            and not PROSE.search(held.text)
        )
        if held and named and _is_amount_only(row.text):
            held = Row(f"{held.text.rstrip()}   {row.text.strip()}", held.start, row.end)
            continue
        if held:
            yield held
        held = row
    if held:
        yield held


def _counted(rows: list[Row]) -> list[Row]:
    """Rows that begin with 1, 2, 3 are counted, not amounts: their numbers become bullets."""
    firsts = [re.match(r"\s*(\d{1,2})(?=\s+\S)", row.text) for row in rows]
    plain = [int(hit[1]) if hit else None for hit in firsts]
    for n in range(len(rows) - 2):
        if plain[n : n + 3] == [1, 2, 3]:
            last = n
            while last < len(rows) and plain[last] == last - n + 1:
                rows[last] = replace(rows[last], text=re.sub(r"\d+", "-", rows[last].text, count=1))
                last += 1
    return rows


def _is_amount_only(part: str) -> bool:
    """True for "   Qty: 4 pcs" or "   EUR 12.50 each" below a thing."""
    bare = without_prices(part, row_prices(part)).strip(" ,;.")
    labelled = re.match(
        r"\s*(?:q'?ty|quantity|menge|anzahl|cantidad|qté|ilość|price|unit price|preis)\b",
        part,
        re.I,
    )
    if not labelled and not re.match(r"\s{2,}", part):
        return False
    found = list(amounts_in(bare))
    return (not bare and bool(part.strip())) or any(
        one.rank in (Rank.LABELLED, Rank.WITH_UNIT)
        and not re.search(r"\w", bare[: one.start] + bare[one.end :])
        for one in found
    )
