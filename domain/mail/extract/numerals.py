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
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_GROUPS = {"dozen": 12, "hundred": 100, "gross": 144}
_WORDS = (
    {"a": 1, "an": 1, "dozen": 12}
    | {word: 10 * n for n, word in enumerate(_TENS, start=2)}
    | {
        word: n
        for n, word in enumerate(
            (
                *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"),
                *("ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen"),
                *("seventeen", "eighteen", "nineteen"),
            )
        )
    }
)
_ONE_WORD = "|".join(sorted((w for w in _WORDS if w not in ("a", "an")), key=len, reverse=True))
ENGLISH = (
    rf"half a dozen|(?:{'|'.join(_TENS)})[- ](?:one|two|three|four|five|six|seven|eight|nine)"
    rf"|(?:an? |(?:{_ONE_WORD}|\d{{1,2}}) )?(?:dozen|hundred|gross)|{_ONE_WORD}"
)
_PLAIN = re.compile(r"\d{1,3}(?:[,' ]\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")


def number_of(text: str) -> Decimal | None:
    """The number that the whole text is, or None: "2,400", "12.5", "二十四", "two dozen"."""
    plain = text.strip().lower()
    if _PLAIN.fullmatch(plain):
        return _decimal(re.sub(r"[,' ]", "", plain))
    if (worded := _worded(plain)) is not None:
        return Decimal(worded)
    if plain and all(c in HAN for c in plain):
        return Decimal(_han(plain))
    return None


def written_number(text: str, *, comma: bool, whole: bool) -> Decimal | None:
    """A number of a mail with decimal commas or points; `whole`: pieces, never parts of one.

    "1.200" pieces are a thousand in every country; "1.200" kg are so only where commas part
    decimals, and "2,5" is two and a half in every country.
    """
    digits = text.strip()
    if re.fullmatch(r"\d{1,3}(?:\.\d{3})+", digits) and (comma or whole):
        digits = digits.replace(".", "")
    elif re.fullmatch(
        r"\d{1,3}(?:\.\d{3})*,\d{1,2}|\d{1,3}(?: \d{3})+,\d{1,2}|\d+,\d{1,2}", digits
    ):
        digits = re.sub(r"[. ]", "", digits).replace(",", ".")
    elif comma and not whole and re.fullmatch(r"\d+,\d{3}", digits):
        digits = digits.replace(",", ".")
    elif re.fullmatch(r"\d{1,2}(?:,\d{2})+,\d{3}(?:\.\d+)?", digits):
        digits = digits.replace(",", "")
    return number_of(digits)


def has_decimal_commas(text: str) -> bool:
    """True for a text in which more numbers have decimal commas than decimal points."""
    commas = len(re.findall(r"(?<![\d.,])\d[\d. ]*,\d{1,2}(?![\d,])", text))
    points = len(re.findall(r"(?<![\d.,])\d[\d,]*\.\d{1,2}(?![\d.])", text))
    return commas > points


def _worded(plain: str) -> int | None:
    """An English number in words: "twenty-four", "a dozen", "2 dozen", "half a dozen"."""
    if plain == "half a dozen":
        return 6
    *first, last = re.split(r"[- ]", plain)
    if last in _GROUPS and len(first) < 2:
        many = (
            (_WORDS.get(first[0]) or (int(first[0]) if first[0].isdigit() else None))
            if first
            else 1
        )
        return many * _GROUPS[last] if many else None
    if first and len(first) == 1 and first[0] in _TENS and 0 < _WORDS.get(last, 0) < 10:
        return _WORDS[first[0]] + _WORDS[last]
    return _WORDS.get(plain)


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
