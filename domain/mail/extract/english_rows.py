"""Rows of a list in European text, a thing each: "4 off bracket BR-2", "belt BT-9 ... 3 szt."."""

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from domain.mail.extract.cells import currency_in
from domain.mail.extract.english_amounts import NUMBER, Amount, Rank, amounts_in
from domain.mail.extract.english_things import (
    NOT_A_THING,
    SENTENCE_END,
    described,
    is_plural,
    model_in,
)
from domain.mail.extract.labelled_rows import labelled_row
from domain.mail.extract.row_prices import row_prices, unit_price, without_prices
from domain.mail.extract.text_rows import BULLET, PROSE, Row, rows_in
from domain.mail.extract.values import Line

MAX_ROW, MAX_OPEN = 170, 80
_NO_THING = re.compile(
    r"\b(?:tel|phone|fax|mob(?:ile)?|total|order no|invoice|quotation|delivery|street|road|page"
    r"|week|date|hello|dear|regards"
    r"|price|payment|days? after|net \d+|vat|incoterms?|postcode|gmbh|ltd|s\.?a|s\.r\.l|pvt|llc"
    r"|inc|liefer\w*|zahlung\w*"
    r"|weeks?|months?|working days?|validity"
    r"|certificates? in|copies|january|february|march|april|june|july"
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


_AFTER_THING = re.compile(r"(?:[,;&+]|\band|\bplus)\s*$")
_JOINING = re.compile(rf"^(?:and|plus|also|&|\+)\s+(?={NUMBER}\s)", re.I)
_WEEK = re.compile(
    r"[,;(–-]*\s*\b(?:by|in|for|until|due|wanted|needed|delivery|deliver)?\s*"
    r"\b(?:week|wk|cw|kw|calendar week)\.? ?\d{1,2}(?:[/-]\d{2,4})?\)?$",
    re.I,
)
"""The week at the end of a row: it is the day of the thing and no part of its name."""
_TIMES_X = re.compile(r"^\d+ ?[x×]$", re.I)
_PRICE_HEADING = re.compile(
    r"^(?=.*\b(?:qty|quantity|q'ty|nos)\b).*\b(?:rate|unit price|price|u/p|unit cost)\b", re.I
)
_LAST_SUM = re.compile(r"[A-Za-z]\.?\s+(\d[\d,]*\.\d\d)(?:\s+\d[\d,]*\.\d\d)?$")
"""The price in a row of a table set without gaps: behind the quantity with its unit."""
_TIME = re.compile(r"(?:working )?(?:days?|hours?|hrs?|weeks?|months?|years?|tagen?|tage)", re.I)


def rows_of(text: str, *, comma: bool) -> tuple[Row, ...]:
    """The rows of a narrow text; with lines of order where the row is one of a list."""
    read = _opened(_priced([_read(row, comma=comma) for row in rows_in(text)]))
    return tuple(
        row if row.strong or (row.lines and _in_list(n, read)) else replace(row, lines=())
        for n, row in enumerate(read)
    )


def _priced(rows: Sequence[Row]) -> list[Row]:
    """The rows; those below a heading with a price and a quantity end with the price of one."""
    currency: str | None = None
    found: list[Row] = []
    for row in rows:
        if not row.lines and _PRICE_HEADING.search(row.text):
            currency = currency_in(row.text)
        number = _LAST_SUM.search(row.text) if currency and len(row.lines) == 1 else None
        line = row.lines[0] if number else None
        if number and line and line.unit_price is None and line.quantity is not None:
            price = Decimal(number[1].replace(",", ""))
            line = replace(line, unit_price=price, currency=currency)
            row = replace(row, lines=(line,))
        found.append(row)
    return found


def _opened(rows: Sequence[Row]) -> list[Row]:
    """The rows; one between two of a list names a thing too, if only its number is missing."""
    found = list(rows)
    for n in range(1, len(rows) - 1):
        sure = all(rows[beside].strong for beside in (n - 1, n + 1))
        if sure and not rows[n].lines and len(rows[n].text) <= MAX_OPEN:
            found[n] = replace(rows[n], lines=_unnumbered(rows[n]), strong=True)
    return found


def _unnumbered(row: Row) -> tuple[Line, ...]:
    words = BULLET.sub("", row.text).strip()
    if PROSE.search(words.split(",")[0]) or _NO_THING.search(words):
        return ()
    item, model = described(words.split(",")[0], listed=True)
    source = f"text:{row.start}-{row.end}"
    return (Line(item, model, None, source=source, confidence=0.6),) if item else ()


def _in_list(n: int, rows: Sequence[Row]) -> bool:
    """True for a row with a bullet, or beside a row that is surely one of a list."""
    near = (*rows[max(0, n - 2) : n], *rows[n + 1 : n + 3])
    return BULLET.match(rows[n].text) is not None or any(
        line.quantity is not None for row in near for line in row.lines
    )


def _read(row: Row, *, comma: bool) -> Row:
    text = SENTENCE_END.split(BULLET.sub("", row.text).strip())[0]
    whole = labelled_row(row.text.strip(), f"text:{row.start}-{row.end}")
    if whole is not None:
        return replace(row, lines=(whole,), strong=True)
    text = _WEEK.sub("", _JOINING.sub("", re.sub(r"^0(?=[1-9]\s)", "", text))).rstrip("! ")
    if not 3 < len(text) <= MAX_ROW:
        return row
    source = f"text:{row.start}-{row.end}"
    if (labelled := labelled_row(text, source)) is not None:
        return replace(row, lines=(labelled,), strong=True)
    found: list[tuple[Line, Amount]] = []
    pieces = _pieces(text, comma=comma)
    if len(pieces) == 1 and _counts_several(text, comma=comma):
        return row
    for piece in pieces:
        one = line_of(piece, source, comma=comma)
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
    later = list(amounts_in(tail, comma=comma))
    many = sum(one.rank <= Rank.TIMES for one in later) > 1 and len(head.split()) < 4
    begins = later and later[0].start == 0 and re.match(r"\s*[^\s,.;]", tail[later[0].end :])
    if begins and (many or PROSE.search(head) or _INTRODUCES.search(head)):
        text = tail
    found = [one for one in amounts_in(text, comma=comma) if _may_begin(one, text)]
    cuts = [one.start for one in found if one.start and _AFTER_THING.search(text[: one.start])]
    if found and all(_TIMES_X.search(text[one.start : one.end]) for one in found):
        cuts = [one.start for one in found if one.start]
    parted = cuts and (found[0].start == 0 or ";" in text)
    edges = [0, *cuts, len(text)] if parted else [0, len(text)]
    pieces = [text[a:b] for a, b in pairwise(edges)]
    return [re.sub(r"(?:[,;&+\s]|\band|\bplus)+$", "", piece) for piece in pieces]


def _counts_several(text: str, *, comma: bool) -> bool:
    """True for a row in which several things are followed by their amounts: it is a sentence."""
    plain = [one for one in amounts_in(text, comma=comma) if one.rank <= Rank.TIMES]
    between = [text[a.end : b.start] for a, b in pairwise(plain)]
    named = any(
        re.search(r"[^\W\d_]{3}", words) and re.search(r"[,;)]", words) for words in between
    )
    return (
        named and not any(one.start == 0 for one in plain) and not _WITH.search(" ".join(between))
    )


def _may_begin(one: Amount, row: str) -> bool:
    """True for an amount before a thing: with a unit, or before a name of more than one."""
    if one.rank <= Rank.TIMES:
        return True
    words = re.match(r"\s*([A-Za-z][a-z]+(?: [a-z]+){0,3})", row[one.end :])
    plain = words is not None and not NOT_A_THING.match(words[1])
    return one.start == 0 or (plain and (one.number == 1 or bool(is_plural(row[one.end :]))))


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
    if not (item or model) or _NO_THING.search(words):
        return None
    if amount.rank >= Rank.WORDS and not model and _ADDRESS.search(words):
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
    return PROSE.search(f"{before} {behind}") is not None


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
    parted = re.search(r"(?:[-–—:=,;(>→]|\.{2,}|\s{2,}|_{2,})\s*$", before) is not None
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
        or re.fullmatch(r"(?:[a-z]{3,} ){0,2}[a-z]{3,}s ", before) is not None
    )


def _behind_model(before: str, one: Amount) -> bool:
    """True for the number in "check valve CV-6 24"."""
    hit = model_in(before)
    return (
        bool(hit) and before.strip().endswith(hit[0] if hit else "") and (one.number or 0) < 10_000
    )
