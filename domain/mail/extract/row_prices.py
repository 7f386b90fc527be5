"""The price in a row of European text: "@ USD 7.15", "je 9,80 €", "EUR 410/day", "5.50 per 100"."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from domain.mail.extract.money import sums_in
from domain.mail.extract.numerals import written_number

_LEAD = re.compile(
    r"(?:[\s,;:=(–—-]|@|(?<![\w-])(?:at|à|je|a|for|net|agreed|fixed|unit|price|prices?|cost|rate|quoted|total|amount|sum|value|rate"
    r"|the|of|each|list|basic|ex|stk"
    r"|einzelpreis|stückpreis|e\.?p|preis|prix|unitaire|precio|cena|prezzo|cad|unit(?:ário|ario"
    r"|aire)|fiyat|birim)\b\.?)+$",
    re.I,
)
_TAIL = re.compile(
    r"^\s*(?:/-)?\s*(?:(?:/|per|pro|par|por|na|za|je|a|%)\s*(?:(?P<many>100|1000|1,000|hundred"
    r"|thousand)\b)?\s*[A-Za-z²³%]*\.?"
    r"|each|ea\b\.?|apiece|net|p\.?p\.?|cad\.?|unit price)?(?:\s*(?:each|net|excl?\.? ?(?:vat"
    r"|mwst)|\+ ?vat|plus vat))?\s*\)?",
    re.I,
)
_EACH = re.compile(r"@|\b(?:at|à|je|each|unit|einzelpreis|stückpreis|ep|rate)\b", re.I)
_EACH_TAIL = re.compile(r"/(?!-)|\b(?:per|pro|each|ea|apiece|je|cad|pp)\b|unit price", re.I)
_TOTAL = re.compile(
    r"\btotal|in all|sum\b|altogether|together|gesamt|lump|=\s*$|for everything|value", re.I
)
_SPACE = re.compile(r"(?<=\d) +(?=[$€£¥₹]\s?\d)|(?<=\d) {2,}(?=[A-Z$€£¥₹])")
"""What parts a number from a price behind it that has its currency in front."""
_FOR_ALL = re.compile(
    r"\s*\(?(?:for (?:everything|all|the lot|both)|in total|total|altogether)\b", re.I
)
_BARE = re.compile(
    r"(?:@|\bat|\bje|\bà)\s*(\d[\d.,']*\d|\d)(?=\s*(?:each|ea\b|/|per\b|p\.?p|$|[,;)]))", re.I
)


@dataclass(frozen=True)
class RowPrice:
    """One sum of a row: its amount for one piece, and where it stands with the words around it."""

    amount: Decimal
    currency: str | None
    each: bool
    total: bool
    start: int
    end: int


def row_prices(row: str) -> tuple[RowPrice, ...]:
    """All sums in a (narrow) row, in order."""
    return tuple(_named(row)) or tuple(_bare(row))


def without_prices(row: str, prices: tuple[RowPrice, ...]) -> str:
    """The row with wide gaps in place of its prices, as long as it was."""
    for one in prices:
        row = row[: one.start] + " " * (one.end - one.start) + row[one.end :]
    return row


def unit_price(
    prices: tuple[RowPrice, ...], quantity: Decimal | None, *, listed: bool
) -> RowPrice | None:
    """The price of one piece; a sum alone is one in a list, or behind a single piece."""
    each = next((one for one in prices if one.each), None)
    plain = [one for one in prices if not one.total]
    if each or not plain:
        return each
    if len(plain) > 1 and quantity and plain[1].amount * quantity == plain[0].amount:
        return plain[1]
    return plain[0] if listed or quantity == 1 else None


def _named(row: str) -> Iterator[RowPrice]:
    plain = _SPACE.sub(lambda hit: "|" * len(hit[0]), row)
    for one in sums_in(plain):
        lead, tail = _LEAD.search(row[: one.start]), _TAIL.match(row[one.end :])
        before = lead[0] if lead else ""
        after = tail[0] if tail else ""
        many = (
            {"100": 100, "hundred": 100}.get(tail["many"].lower(), 1000)
            if tail and tail["many"]
            else 1
        )
        amount = one.amount
        if thousands := re.search(
            r"(?<![\d.,])\d{1,3}(?:\.\d{3})+(?![\d,])", row[one.start : one.end]
        ):
            amount = Decimal(thousands[0].replace(".", ""))
        yield RowPrice(
            amount / many,
            one.currency,
            bool(_EACH_TAIL.search(after) or (_EACH.search(before) and not _TOTAL.search(before))),
            bool(_TOTAL.search(row[max(0, one.start - 18) : one.start]))
            or bool(_FOR_ALL.match(row[one.end :])),
            one.start - len(before),
            one.end + len(after),
        )


def _bare(row: str) -> Iterator[RowPrice]:
    for hit in _BARE.finditer(row):
        value = written_number(hit[1], comma=False, whole=False)
        if value is not None:
            yield RowPrice(value, None, True, False, *hit.span())
