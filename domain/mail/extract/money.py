"""Amounts of money in a text: digits, Chinese capitals, currencies in front or behind."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from domain.mail.extract.numerals import HAN, number_of

_SIGNS = {
    "CNY": r"¥|￥|RMB|CNY|CNH|人民币|元|圆|块钱|yuan",
    "USD": r"US\$|USD|\$|美元|美金|US dollars|dollars",
    "EUR": r"€|EUR|欧元|歐元|euros?",
    "GBP": r"£|GBP|英镑|英鎊|pounds sterling",
    "AUD": r"A\$|AU\$|AUD|澳元|澳币",
    "SGD": r"S\$|SGD|新币|新加坡元",
    "INR": r"₹|INR|Rs\.?|卢比",
    "HKD": r"HK\$|HKD|港币|港幣|港元",
    "MOP": r"MOP\$?|澳门元|澳門元|澳门币|澳門幣|葡币",
    "JPY": r"JPY|日元|日圆|日圓|円",
    "KRW": r"₩|KRW|韩元",
    "CHF": r"CHF|SFr\.?|瑞郎",
    "PLN": r"PLN|zł|złotych",
    "CZK": r"CZK|Kč",
    "HUF": r"HUF",
    "DKK": r"DKK",
    "TRY": r"₺|TRY|TL",
    "BRL": r"R\$|BRL",
    "MXN": r"MX\$|MXN",
    "THB": r"฿|THB|泰铢",
    "VND": r"₫|VND",
    "IDR": r"IDR",
    "RUB": r"₽|RUB|卢布|руб\.?",
    "SAR": r"SAR",
    "QAR": r"QAR",
    "ILS": r"₪|ILS",
    "AED": r"AED",
    "NOK": r"NOK",
    "SEK": r"SEK",
    "MYR": r"MYR|RM",
    "ZAR": r"ZAR",
    "CAD": r"CAD|C\$",
    "NZD": r"NZD|NZ\$",
    "TWD": r"TWD|NT\$|新台币|新臺幣|新台幣|台币",
}
_CODE_OF = (
    {
        re.sub(r"\\", "", sign).rstrip("?").lower(): code
        for code, signs in _SIGNS.items()
        for sign in signs.split("|")
    }
    | {"руб": "RUB", "руб.": "RUB"}
    | {"rs": "INR", "rs.": "INR", "euro": "EUR", "euros": "EUR", "sfr": "CHF", "sfr.": "CHF"}
    | {
        "mop": "MOP",
        "mop$": "MOP",
    }
)
SIGN = "|".join(
    sorted((s for signs in _SIGNS.values() for s in signs.split("|")), key=len, reverse=True)
)
_AMOUNT = (
    r"\d{1,3}(?:\.\d{3})+(?:,\d\d)?(?![\d.])|\d+,\d\d(?![\d,])|\d{1,3}(?: \d{3})+(?:[.,]\d\d)?|"
    r"\d{1,3}(?:[,']\d{2,3})*(?:[,' ]\d{3})(?:\.\d{1,4})?|\d+(?:\.\d{1,4})?"
)
_SCALE = {
    "k": 1_000,
    "thousand": 1_000,
    "千": 1_000,
    "万": 10_000,
    "萬": 10_000,
    "lakh": 100_000,
    "lakhs": 100_000,
    "lac": 100_000,
    "lacs": 100_000,
    "million": 1_000_000,
    "mio": 1_000_000,
    "mio.": 1_000_000,
    "mn": 1_000_000,
    "百万": 1_000_000,
    "crore": 10_000_000,
    "crores": 10_000_000,
    "亿": 100_000_000,
    "億": 100_000_000,
}
_SCALES = r"百万|万|萬|亿|億|千|k\b|million\b|mio\b\.?|mn\b|lakhs?\b|lacs?\b|crores?\b|thousand\b"
_FRONT = re.compile(
    rf"(?<![A-Za-z])({SIGN})\s*(?:大写\s*:?\s*)?({_AMOUNT})(?![\d])\s*({_SCALES})?", re.I
)
_BEHIND = re.compile(
    rf"(?<![A-Za-z0-9_.-])(?<!\d,)({_AMOUNT})\s*({_SCALES}|k)?\s*({SIGN})(?![A-Za-z])", re.I
)
_CAPITALS = re.compile(
    rf"(?<![{HAN}])([{HAN}]{{2,20}})\s*(?:元|圆|块(?=钱|[,，。!\s]|$))(?:整|正)?([{HAN}]角)?([{HAN}]分)?"
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
        if whole is not None and re.search(r"[拾佰仟千万壹贰叁肆伍陆柒捌玖]", hit[1]):
            cents = _cents(hit[2], 10) + _cents(hit[3], 1)
            yield Sum(whole + cents / 100, "CNY", hit.start(), hit.end())


def _cents(word: str | None, factor: int) -> Decimal:
    return (number_of(word[0]) or Decimal(0)) * factor if word else Decimal(0)


def _value(digits: str, scale: str | None) -> Decimal:
    if re.fullmatch(r"[1-9]\d{0,2}(?:\.\d{3})+", digits):  # no currency has three decimals in mails
        digits = digits.replace(".", "")
    elif re.fullmatch(r"\d{1,3}(?:\.\d{3})*,\d\d", digits):
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
