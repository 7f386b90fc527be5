"""Order lines of English text: "6 x coupling guard KG-80", "guards, 6 pcs", "order 3 skids"."""

import re
from collections.abc import Iterator

from domain.mail.extract.bare_rows import UNITS_EN
from domain.mail.extract.money import sums_in
from domain.mail.extract.numerals import ENGLISH, number_of
from domain.mail.extract.things import MODEL
from domain.mail.extract.values import Line

_NUMBER = rf"\d[\d,]*|{ENGLISH}"
_BULLET = re.compile(r"^[ \t]*(?:[-*•·]|\(?\d{1,2}[.)]|pos\.?\s*\d+:?|item\s*\d+:)[ \t]+", re.I)
_FIRST = re.compile(
    rf"^(?:qty\.?:?\s*|quantity:?\s*)?({_NUMBER})\s*(?:[-–:]\s+|[x×]\s+"
    rf"|(?:[x×]\s*)?({UNITS_EN})(?:\s+of)?\s+|\s)"
    rf"(?=[A-Za-z\"'#])(.{{2,100}})",
    re.I,
)
_LAST = re.compile(
    rf"^(?!.*\b(?:tel|phone|fax)\b)([A-Za-z].{{2,90}}?)(?:\s*[,:=(]\s*|\s+[–—x×-]\s*|\s+)"
    rf"(?:qty\.?:?\s*|quantity:?\s*)?({_NUMBER})\s*({UNITS_EN})?\.?\s*(?=$|[,;()@])",
    re.I,
)
_INSIDE = re.compile(
    rf"(?<![\w.,/-])({_NUMBER})(?:\s*[x×])?\s+(?:(?:more|new|additional|further)\s+)?"
    r"(?:(?:of )?(?:the )?)"
    rf"(?:({UNITS_EN})\s+(?:of\s+)?)?([A-Za-z][^,;:.\n]{{2,70}})",
    re.I,
)
_ORDERS = re.compile(
    r"\b(?:order(?:ing)?|need|wants?|buy|purchase|supply|send us|would like|quote(?: us)?(?: for)?"
    r"|add|price for|book|another|offer for|please (?:accept|enter|make)|require)\b",
    re.I,
)
_NOT_A_THING = re.compile(
    r"^(?:weeks?|days?|months?|years?|hours?|hrs|working|minutes?|bar|mm|cm|kw|kv|hz|v|a|gpm|rpm|%"
    r"|per ?cent|questions?|changes?|jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?"
    r"|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?|copies|times"
    r"|points?"
    r"|phases?|st|nd|rd|th|am|pm|of|to|or|and|in|at|is|on|by|for|people|persons|remarks?|things"
    r"|percent|o'clock|lines?|orders?|visits?|shifts?)\b",
    re.I,
)
_NO_NAME = re.compile(
    r"total|price|\d{4}$|\bpo\b|order no|invoice|quot|delivery|deliver|\btel\b|phone|street|road"
    r"|page|rev\b|week|date|hello|dear|regard|because|please confirm|same as",
    re.I,
)
_CUT = re.compile(
    r"\s(?:at|@|for|to|by|in|from|as|and|but|this|each|per|je|within|before|until|on|which|that"
    r"|,)\s"
    r"|\s[–—-]\s|[,;(]|\s{2,}|\.\s"
)


def english_lines(text: str) -> Iterator[Line]:
    """The things that a narrow text names with an amount, a row or a sentence at a time."""
    offset = 0
    for row in text.split("\n"):
        source = f"text:{offset}-{offset + len(row)}"
        plain = _BULLET.sub("", row.strip())
        yield from _of_row(plain, source)
        offset += len(row) + 1


def _of_row(row: str, source: str) -> Iterator[Line]:
    first = _FIRST.match(row)
    if first and not _NOT_A_THING.match(first[3]) and len(row) < 120:
        sure = bool(first[2]) or MODEL.search(first[3]) or re.match(r"[\w,]+\s*[x×]", row)
        if sure:
            yield from _line(first[3], first[1], first[2], row, source)
            return
    last = _LAST.match(row)
    if last and last.end() < 130 and (last[3] or MODEL.search(last[1])):
        yield from _line(_after_verb(last[1]), last[2], last[3], row, source)
        return
    for sentence in re.split(r"(?<=[a-z\d])[.!?]\s(?=[A-Z])", row):
        if _ORDERS.search(sentence):
            yield from _inside(sentence, source)


def _after_verb(words: str) -> str:
    """The words behind the last verb of ordering, and behind "Order A:"."""
    hits = list(_ORDERS.finditer(words))
    said = words[hits[-1].end() :] if hits else words
    return said.rpartition(": ")[2].strip(" :")


def _inside(sentence: str, source: str) -> Iterator[Line]:
    verb = _ORDERS.search(sentence)
    plain = re.sub(r"\s-\s\w+\s-\s", " ", sentence[verb.end() if verb else 0 :])
    end = 0
    while hit := _INSIDE.search(plain, end):
        words = _CUT.split(f"{hit[3]} ")[0]
        end = hit.start(3) + max(1, len(words))
        if not _NOT_A_THING.match(hit[3]):
            yield from _line(words, hit[1], hit[2], "", source, confidence=0.6)


def _line(
    words: str, number: str, unit: str | None, row: str, source: str, confidence: float = 0.75
) -> Iterator[Line]:
    words = re.sub(r"^(?:more |new )?(?:of )?(?:the |our |your )?", "", words.strip())
    model = MODEL.search(words)
    head = _CUT.split(f"{words} ")[0]
    name = head.replace(model[0], " ") if model else head
    name = " ".join(name.split()).strip(" ,()-:?\"'")
    if _NO_NAME.search(head) or not (name or model):
        return
    sums = sums_in(row) if re.search(r"each|@|/\s*\w|per \w|\bea\b|\bje\b", row, re.I) else ()
    yield Line(
        name or None,
        model[0] if model else None,
        number_of(number),
        unit,
        sums[0].amount if sums else None,
        sums[0].currency if sums else None,
        source=source,
        confidence=confidence,
    )
