"""Numbers as people write them: digits, Chinese numerals, financial capitals, English words."""

import re
from decimal import Decimal, InvalidOperation

_DIGITS = {
    c: n
    for n, row in enumerate(
        ("零〇○", "一壹", "二贰貳两兩", "三叁參", "四肆", "五伍", "六陆陸", "七柒", "八捌", "九玖")
    )
    for c in row
}
_UNITS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_BIG = {"万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8}
HAN = "零〇○一壹二贰貳两兩三叁參四肆五伍六陆陸七柒八捌九玖十拾百佰千仟万萬亿億"
_WORDS = {"a": 1, "an": 1, "dozen": 12, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50} | {
    word: n
    for n, word in enumerate(
        (
            *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"),
            *("ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen"),
            *("seventeen", "eighteen", "nineteen"),
        )
    )
}
ENGLISH = "|".join(sorted((w for w in _WORDS if w not in ("a", "an")), key=len, reverse=True))
_PLAIN = re.compile(r"\d{1,3}(?:[,' ]\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")


def number_of(text: str) -> Decimal | None:
    """The number that the whole text is, or None: "2,400", "12.5", "二十四", "twelve"."""
    plain = text.strip().lower()
    if _PLAIN.fullmatch(plain):
        return _decimal(re.sub(r"[,' ]", "", plain))
    if plain in _WORDS:
        return Decimal(_WORDS[plain])
    if plain and all(c in HAN for c in plain):
        return Decimal(_han(plain))
    return None


def _decimal(text: str) -> Decimal | None:
    try:
        return Decimal(text)
    except InvalidOperation:
        return None


def _han(text: str) -> int:
    if len(text) > 1 and all(c in _DIGITS for c in text):
        return int("".join(str(_DIGITS[c]) for c in text))
    total = section = digit = 0
    for char in text:
        if char in _DIGITS:
            digit = _DIGITS[char]
        elif char in _UNITS:
            section += (digit or 1) * _UNITS[char]
            digit = 0
        else:
            total = (
                (total + section + digit) * _BIG[char]
                if _BIG[char] == 10**8
                else (total + (section + digit) * _BIG[char])
            )
            section = digit = 0
    return total + section + digit
