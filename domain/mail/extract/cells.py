"""One cell of an order table: an amount with its unit, a price with its currency."""

import re
from decimal import Decimal

from domain.mail.extract.money import SIGN, currency_of
from domain.mail.extract.numerals import number_of, written_number
from domain.mail.extract.row_prices import row_prices
from domain.mail.extract.units import UNIT_CELL
from domain.mail.plain import narrow

_VAGUE = re.compile(
    r"若干|适量|左右|几|数|a few|some|several|tbd|待定|as needed|approx|-\s*\d|~|to be", re.I
)
_SCALE = re.compile(r"万\s*(?:元|美元|欧元|USD|RMB)|(?:元|USD|RMB)?\s*[(/]?万[)]?$")
_PER_MANY = re.compile(r"(?:per|/|pro|por|每)\s*(100|1,?000)(?!\d)", re.I)


def quantity_of(cell: str, *, comma: bool = False) -> tuple[Decimal | None, str | None]:
    """Number and unit of a cell; a vague amount has no number. `comma`: for decimal commas."""
    text = narrow(cell).strip()
    text = re.sub(r"^(?:qty\.?|数量)\s*:?\s*|\s*\([^()]*\)$", "", text, flags=re.I)
    if not text or _VAGUE.search(text):
        return None, None
    hit = re.fullmatch(
        r"(?:[x×*]\s*|共\s*)?(\d[\d,.' ]*|[一二两三四五六七八九十百]+)\s*([^\d\s,]{0,8})",
        text,
    )
    digits = hit[1].strip(" .,") if hit else ""
    value = written_number(digits, comma=comma, whole=False)
    if value is None:
        value = number_of(digits.replace(" ", ""))
    return (value, (hit[2] or None) if hit else None) if value is not None else (None, None)


def price_of(cell: str, *, comma: bool = False) -> tuple[Decimal | None, str | None]:
    """A unit price and its currency; "415,00" is 415. `comma`: for decimal commas."""
    text = narrow(cell).strip()
    named = row_prices(text) if re.search(r"\d", text) else ()
    if named:
        return named[0].amount, named[0].currency
    return written_number(text, comma=comma, whole=False), None


def currency_in(heading: str) -> str | None:
    """The currency that a heading names: "Unit price (EUR)"."""
    hit = re.search(rf"(?<![A-Za-z])({SIGN})(?![A-Za-z])", narrow(heading).replace("_", " "), re.I)
    return currency_of(hit[1]) if hit else None


def unit_in(heading: str) -> str | None:
    """The unit that the heading of quantities names: "Qty (kg)", "Stk", "件数"."""
    text = narrow(heading).strip("*: ")
    if hit := re.search(r"\(([^)\d]{1,4})\)", text):
        return hit[1]
    if hit := re.fullmatch(r"([台件套个個支根只条條块塊张張片组組])[数數]", text):
        return hit[1]
    named = re.fullmatch(UNIT_CELL, text, re.I) if len(text) > 1 else None
    return text if named and not re.fullmatch(r"off|items?", text, re.I) else None


def scale_in(heading: str) -> Decimal:
    """By how much numbers below a heading count: 10,000 for "单价（万元）", 0.01 for "per 100"."""
    text = narrow(heading).strip("() ")
    if hit := _PER_MANY.search(text):
        return Decimal(1) / Decimal(hit[1].replace(",", ""))
    return Decimal(10_000) if _SCALE.search(text) else Decimal(1)
