"""Amounts of money in a text: digits, Chinese capitals, currencies in front or behind."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from domain.mail.extract.numerals import HAN, number_of

_SIGNS = {
    "CNY": r"¥|￥|RMB|CNY|人民币|元|圆|块钱",
    "USD": r"US\$|USD|\$|美元|美金",
    "EUR": r"€|EUR|欧元|euros?",
    "GBP": r"£|GBP|英镑",
    "AUD": r"A\$|AU\$|AUD|澳元",
    "SGD": r"S\$|SGD",
    "INR": r"₹|INR|Rs\.?",
    "HKD": r"HK\$|HKD|港币",
    "JPY": r"JPY|日元",
    "CHF": r"CHF",
    "AED": r"AED",
    "NOK": r"NOK",
    "SEK": r"SEK",
    "MYR": r"MYR|RM",
    "ZAR": r"ZAR",
    "CAD": r"CAD|C\$",
    "NZD": r"NZD|NZ\$",
    "TWD": r"TWD|NT\$|新台币",
}
_CODE_OF = {
    re.sub(r"\\", "", sign).rstrip("?").lower(): code
    for code, signs in _SIGNS.items()
    for sign in signs.split("|")
} | {"rs": "INR", "rs.": "INR", "euro": "EUR", "euros": "EUR"}
SIGN = "|".join(
    sorted((s for signs in _SIGNS.values() for s in signs.split("|")), key=len, reverse=True)
)
_AMOUNT = (
    r"\d{1,3}(?:\.\d{3})+,\d\d|\d+,\d\d(?![\d,])|\d{1,3}(?: \d{3})+(?:[.,]\d\d)?|"
    r"\d{1,3}(?:[,']\d{2,3})*(?:[,' ]\d{3})(?:\.\d{1,4})?|\d+(?:\.\d{1,4})?"
)
_SCALE = {"万": 10_000, "萬": 10_000, "亿": 100_000_000, "k": 1_000, "千": 1_000}
_FRONT = re.compile(
    rf"(?<![A-Za-z])({SIGN})\s*(?:大写\s*:?\s*)?({_AMOUNT})(?![\d])\s*(万|萬|亿|k\b)?", re.I
)
_BEHIND = re.compile(
    rf"(?<![A-Za-z0-9_.-])(?<!\d,)({_AMOUNT})\s*(万|萬|亿|k|千)?\s*({SIGN})(?![A-Za-z])", re.I
)
_CAPITALS = re.compile(
    rf"((?=[^\n]*?[拾佰仟万壹贰叁肆伍陆柒捌玖])[{HAN}]{{2,20}})\s*(?:元|圆)(?:整"
    rf"|正)?([{HAN}]角)?([{HAN}]分)?"
)


@dataclass(frozen=True)
class Sum:
    """An amount found between two positions."""

    amount: Decimal
    currency: str
    start: int
    end: int


def sums_in(text: str) -> tuple[Sum, ...]:
    """All amounts with a currency that the (narrow) text names, in order."""
    found = sorted(_all(text), key=lambda one: (one.start, -one.end))
    kept: list[Sum] = []
    for one in found:
        if not kept or one.start >= kept[-1].end:
            kept.append(one)
    return tuple(kept)


def _all(text: str) -> Iterator[Sum]:
    for hit in _FRONT.finditer(text):
        yield Sum(_value(hit[2], hit[3]), currency_of(hit[1]) or "CNY", hit.start(), hit.end())
    for hit in _BEHIND.finditer(text):
        yield Sum(_value(hit[1], hit[2]), currency_of(hit[3]) or "CNY", hit.start(), hit.end())
    for hit in _CAPITALS.finditer(text):
        whole = number_of(hit[1])
        if whole is not None:
            cents = _cents(hit[2], 10) + _cents(hit[3], 1)
            yield Sum(whole + cents / 100, "CNY", hit.start(), hit.end())


def _cents(word: str | None, factor: int) -> Decimal:
    return (number_of(word[0]) or Decimal(0)) * factor if word else Decimal(0)


def _value(digits: str, scale: str | None) -> Decimal:
    if re.fullmatch(r"\d{1,3}(?:\.\d{3})*,\d\d", digits):
        digits = digits.replace(".", "").replace(",", ".")
    elif re.fullmatch(r"\d{1,3}(?: \d{3})+,\d\d|\d+,\d\d", digits):
        digits = digits.replace(",", ".")
    amount = Decimal(re.sub(r"[,' ]", "", digits))
    return amount * _SCALE[scale.lower()] if scale else amount


def amount_of(text: str) -> Decimal | None:
    """The first sum that the (narrow) text names, without its currency."""
    sums = sums_in(text)
    return sums[0].amount if sums else None


def currency_of(sign: str) -> str | None:
    """ISO code of a sign, a code or a word, or None for an unknown one."""
    return _CODE_OF.get(sign.strip().lower())
