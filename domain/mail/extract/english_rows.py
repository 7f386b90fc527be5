"""Rows of a list in European text, a thing each: "4 off bracket BR-2", "belt BT-9 ... 3 szt."."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from domain.mail.extract.english_amounts import Amount, Rank, amounts_in
from domain.mail.extract.english_things import NOT_A_THING, SENTENCE_END, described, model_in
from domain.mail.extract.row_prices import row_prices, unit_price, without_prices
from domain.mail.extract.values import Line

MAX_ROW = 170
_BULLET = re.compile(
    r"^[ \t]*(?:[-*•·►▪→–]|\(?\d{1,3}[.)](?!\d)|\(?[a-h]\)|[①-⑳]|#\d{1,3}[.:)]?"
    r"|(?:pos|item|line|sl|sr|ln|lfd|position|ser|s)\.?\s*(?:no\.?"
    r"|nr\.?)?\s*#?\d{1,3}\s*[:.)]?(?=\s|-))[ \t]*-?[ \t]*",
    re.I,
)
_PROSE = re.compile(
    r"(?<![\w-])(?:we|you|i|us|me|they|he|she|he's|i'm|we're|it|is|are|was|were|will|would|shall"
    r"|can"
    r"|could|should|must|have"
    r"|has|had|please|pls|kindly|let|thanks?|thank|our|your|my|needs?|orders?|want|wants|do|does"
    r"|did|not|who|when"
    r"|send|ship|deliver|make|made|there|if|because|bitte|wir|sie|ist|sind|por favor|necesitamos"
    r"|nous|vous|merci)(?![\w-])",
    re.I,
)
_NO_THING = re.compile(
    r"\b(?:tel|phone|fax|mob(?:ile)?|total|order no|invoice|quotation|delivery|street|road|page"
    r"|week|date|hello|dear|regards"
    r"|price|payment|days? after|net \d+|vat|incoterms?|postcode|gmbh|ltd|s\.?a|s\.r\.l|pvt|llc"
    r"|inc|liefer\w*|zahlung\w*"
    r"|weeks?|months?|working|certificates? in|copies|january|february|march|april|june|july"
    r"|august|september"
    r"|october|november|december|warranty|p\.?o\.? box|suite|www|http)\b|@\w"
    r"|\d{5,} [A-Z]|^to\b|[?]$",
    re.I,
)
_ADDRESS = re.compile(
    r"\b(?:street|st\.|road|rd\.?|avenue|ave\.?|lane|drive|way|loop|park|industrial|estate|lu"
    r"|platz|str\.|straße|strasse|weg"
    r"|via|rue|calle|ul\.|al\.|cad\.|sok\.|mah\.|boulevard|blvd|parkway|close|court|crescent"
    r"|place|square|house)(?:\W|$)",
    re.I,
)
_WITH = re.compile(r"\b(?:with|incl(?:uding|\.)?|each|containing|consisting|suitable)\b", re.I)


_INTRODUCES = re.compile(
    r"\b(?:wants?|orders?|items?|parts?|goods|requests?|scope|supply|positions?|following"
    r"|spares)\s*$",
    re.I,
)


_TIME = re.compile(r"(?:working )?(?:days?|hours?|hrs?|weeks?|months?|years?|tagen?|tage)", re.I)


@dataclass(frozen=True)
class Row:
    """One row of the text and its lines; `strong`: a row that is one of order without a list."""

    text: str
    start: int
    end: int
    lines: tuple[Line, ...] = ()
    strong: bool = False


def rows_of(text: str, *, comma: bool) -> tuple[Row, ...]:
    """The rows of a narrow text; with lines of order where the row is one of a list."""
    counted = _counted(list(_joined(text)))
    read = [_read(row, comma=comma) for row in counted]
    return tuple(
        row if row.strong or (row.lines and _in_list(n, read)) else replace(row, lines=())
        for n, row in enumerate(read)
    )


def _joined(text: str) -> Iterator[Row]:
    """The rows; one that holds only an amount or a price belongs to the row before it."""
    held: Row | None = None
    offset = 0
    for part in text.split("\n"):
        row = Row(part, offset, offset + len(part))
        offset = row.end + 1
        named = held and _BULLET.sub("", held.text).strip() and not _PROSE.search(held.text)
        if held and named and _is_amount_only(part):
            held = Row(f"{held.text.rstrip()}   {part.strip()}", held.start, row.end)
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


def _in_list(n: int, rows: Sequence[Row]) -> bool:
    """True for a row with a bullet, or beside a row that is surely one of a list."""
    near = (*rows[max(0, n - 2) : n], *rows[n + 1 : n + 3])
    return _BULLET.match(rows[n].text) is not None or any(
        line.quantity is not None for row in near for line in row.lines
    )


def _read(row: Row, *, comma: bool) -> Row:
    text = SENTENCE_END.split(_BULLET.sub("", row.text).strip())[0]
    if not 3 < len(text) <= MAX_ROW:
        return row
    found: list[tuple[Line, Amount]] = []
    for piece in _pieces(text, comma=comma):
        one = line_of(piece, f"text:{row.start}-{row.end}", comma=comma)
        if one is None:
            return row
        found.append(one)
    lines = tuple(line for line, _ in found)
    strong = any(
        amount.rank <= Rank.TIMES or (line.model and amount.rank is not Rank.VAGUE)
        for line, amount in found
    )
    return replace(row, lines=lines, strong=strong)


def _pieces(text: str, *, comma: bool) -> list[str]:
    """A row in pieces, where each after the first begins with an amount of its own."""
    head, _, tail = text.partition(": ")
    first = next(amounts_in(tail, comma=comma), None)
    if first and first.start == 0 and (_PROSE.search(head) or _INTRODUCES.search(head)):
        text = tail
    plain = [
        one for one in amounts_in(text, comma=comma) if one.rank in (Rank.WITH_UNIT, Rank.TIMES)
    ]
    cuts = [
        one.start
        for one in plain
        if one.start and re.search(r"(?:[,;&+]|\band|\bplus)\s*$", text[: one.start])
    ]
    parted = cuts and (plain[0].start == 0 or ";" in text)
    edges = [0, *cuts, len(text)] if parted else [0, len(text)]
    pieces = [text[a:b] for a, b in pairwise(edges)]
    return [re.sub(r"(?:[,;&+\s]|\band|\bplus)+$", "", piece) for piece in pieces]


def line_of(text: str, source: str, *, comma: bool) -> tuple[Line, Amount] | None:
    """The thing that a row of words names, with the amount that it was taken with."""
    prices = row_prices(text)
    bare = without_prices(text, prices).rstrip()
    amount = _best(bare, list(amounts_in(bare, comma=comma)))
    if amount is None or _is_prose(bare, amount):
        return None
    before, after = bare[: amount.start], bare[amount.end :]
    before = re.sub(r"^\d{1,3}[.)]?\s+(?=\S*[A-Za-z])", "", before)
    before = before.rpartition(": ")[2] if re.search(r"\w", before.rpartition(": ")[2]) else before
    words = _words(before, after)
    item, model = described(words, listed=True)
    if not (item or model) or _NO_THING.search(words) or _ADDRESS.search(words):
        return None
    price = unit_price(prices, amount.number, listed=True)
    return Line(
        item,
        model,
        amount.number,
        amount.unit,
        price.amount if price else None,
        price.currency if price else None,
        source=source,
        confidence=0.8 if item and model and amount.rank <= Rank.TIMES else 0.75,
    ), amount


def _is_prose(row: str, amount: Amount) -> bool:
    """True for words of a sentence: before an amount, or in the first clause behind it."""
    plain = re.sub(r"\([^()]*\)", lambda hit: " " * len(hit[0]), row)
    before = plain[: amount.start].rpartition(": ")[2]
    behind = re.split(r"[,.;](?:\s|$)", plain[amount.end :])[0] if not before.strip() else ""
    return _PROSE.search(f"{before} {behind}") is not None


def _words(before: str, after: str) -> str:
    """The words beside an amount; a type number behind it belongs to the name before it."""
    named = re.search(r"[^\W\d_]{2}", before)
    if not named:
        return after
    return (
        f"{before.rstrip(' -–:,(')} {after}" if not model_in(before) and model_in(after) else before
    )


def _best(row: str, amounts: list[Amount]) -> Amount | None:
    """The plainest amount; of equals the first one at the beginning, else the last one."""
    cut = next((hit.start() for hit in _WITH.finditer(row) if hit.start() > 3), len(row))
    good = [one for one in amounts if _placed(one, row)]
    good = [one for one in good if one.start < cut] or good
    if not good:
        return None
    rank = min(one.rank for one in good)
    best = [one for one in good if one.rank is rank]
    return best[0] if best[0].start == 0 else best[-1]


def _placed(one: Amount, row: str) -> bool:
    """True where an amount of this rank may stand: bare numbers only at the ends of a row."""
    first, last = one.start == 0, not row[one.end :].strip(" .,;)")
    before = row[: one.start]
    parted = re.search(r"(?:[-–—:=,;(]|\.{2,}|\s{2,}|_{2,})\s*$", before) is not None
    if one.unit and _TIME.fullmatch(one.unit) and not first:
        return parted
    if one.rank is Rank.LABELLED or (one.rank is Rank.WITH_UNIT and one.number is not None):
        return True
    if one.rank is Rank.TIMES:
        sized = re.match(r"\s*\d", row[one.end :]) is not None
        return first or last or (parted and not sized)
    if first:
        behind = row[one.end :].lstrip(" -–:")
        return re.match(r"[A-Za-z\"'#(]", behind) is not None and not NOT_A_THING.match(behind)
    if not last:
        return one.rank is Rank.WITH_UNIT and parted
    return (
        parted
        or one.rank in (Rank.MEASURE, Rank.VAGUE, Rank.WITH_UNIT)
        or _behind_model(before, one)
    )


def _behind_model(before: str, one: Amount) -> bool:
    """True for the number in "check valve CV-6 24"."""
    hit = model_in(before)
    return (
        bool(hit) and before.strip().endswith(hit[0] if hit else "") and (one.number or 0) < 10_000
    )
