"""One cell of an order table: an amount with its unit, a price with its currency."""

import re
from decimal import Decimal

from domain.mail.extract.money import SIGN, currency_of, sums_in
from domain.mail.extract.numerals import number_of
from domain.mail.plain import narrow

_VAGUE = re.compile(
    r"若干|适量|左右|几|数|a few|some|several|tbd|待定|as needed|approx|-\s*\d|~|to be", re.I
)
_SCALE = re.compile(r"万\s*(?:元|美元|欧元|USD|RMB)|(?:元|USD|RMB)?\s*[(/]?万[)]?$")


def quantity_of(cell: str) -> tuple[Decimal | None, str | None]:
    """Number and unit of a cell; a vague amount has no number."""
    text = narrow(cell).strip()
    text = re.sub(r"^(?:qty\.?|数量)\s*:?\s*|\s*\([^()]*\)$", "", text, flags=re.I)
    if not text or _VAGUE.search(text):
        return None, None
    hit = re.fullmatch(
        r"(?:[x×*]\s*|共\s*)?(\d[\d,' ]*(?:\.\d+)?|[一二两三四五六七八九十百]+)\s*([^\d\s,]{0,8})",
        text,
    )
    value = number_of(hit[1].replace(" ", "")) if hit else None
    return (value, (hit[2] or None) if hit else None) if value is not None else (None, None)


def price_of(cell: str) -> tuple[Decimal | None, str | None]:
    """A unit price and its currency; "415,00" is 415."""
    text = narrow(cell).strip()
    named = sums_in(text)
    if named:
        return named[0].amount, named[0].currency
    if re.fullmatch(r"\d{1,3}(?: \d{3})+,\d\d", text):
        text = text.replace(" ", "").replace(",", ".")
    if re.fullmatch(r"\d{1,3}(?:\.\d{3})*,\d\d|\d+,\d\d", text):
        text = text.replace(".", "").replace(",", ".")
    value = number_of(text)
    return value, None


def currency_in(heading: str) -> str | None:
    """The currency that a heading names: "Unit price (EUR)"."""
    hit = re.search(rf"(?<![A-Za-z])({SIGN})(?![A-Za-z])", narrow(heading).replace("_", " "), re.I)
    return currency_of(hit[1]) if hit else None


def scale_in(heading: str) -> int:
    """By how much the numbers below a heading count: 10,000 below "单价（万元）"."""
    return 10_000 if _SCALE.search(narrow(heading).strip("() ")) else 1
