"""Order lines from running text: "液压站 HX-200B/3,2台", "6 x coupling guard KG-80"."""

import re
from collections.abc import Iterator
from decimal import Decimal

from domain.mail.extract.changes import UNIT_ZH
from domain.mail.extract.money import sums_in
from domain.mail.extract.numerals import HAN, number_of
from domain.mail.extract.values import Line
from domain.mail.plain import narrow

MODEL = re.compile(
    r"(?<![A-Za-z0-9])(?=[A-Za-z0-9./×x*ΦφøØ{$-]*[\d{])(?:"
    r"[A-Z]{1,8}[A-Za-z]{0,3}[-/.]?\d[A-Za-z0-9]*(?:[-/.×x*][A-Za-z0-9]+)*"
    r"|[A-Z]{2,}(?:-[A-Z0-9]+)+(?:/[A-Z0-9]+)?|[ΦφøØD]?\d+(?:[×x*]\d+)+(?:-\d+)?"
    r"|[ΦφøØ]\d[\w×./-]*|[A-Z]{2,4}-[{$][^\s,，。]+|DN\s?\d+)"
)
_UNITS_EN = (
    r"pcs?|pieces?|sets?|units?|off|rolls?|kg|nos?\.?|ea|boxes|drums?|tons?|pairs?|m"
    r"|metres?|meters?|sheets?|lots?"
)
_ZH = re.compile(
    rf"(?:(?<![\d.A-Za-z/×x*-])(\d[\d,]*(?:\.\d+)?)|(?<![{HAN}第每])([{HAN}]{{1,4}}|若干|几))\s*"
    rf"(人天|人日|[{UNIT_ZH}])(?!工作日|\d|[月内前以后位人]|小时|星期)"
)
_EN_FIRST = re.compile(
    rf"(?<![\w.,/-])(\d[\d,]*|one|two|three|four|five|six|seven|eight|ten|twelve)\s*"
    rf"(?:(x|×)\s*|({_UNITS_EN})(?:\s+of)?\s+|\s+)(?=[A-Za-z])([^,;:.\n]{{3,80}})",
    re.I,
)
_EN_LAST = re.compile(
    r"(?m)^[ \t]*(?:[-*•]|\(?\d{1,2}[.)])?[ \t]*([A-Za-z][^\n:;]{2,80}?)\s*[,:–-]\s*"
    rf"(?:qty\.?:?\s*)?(\d[\d,]*)\s*({_UNITS_EN})?\b(?=\s*(?:$|[,.;(@]))",
    re.I | re.M,
)
_EN_QTY = re.compile(
    rf"([A-Za-z][^,;:\n]{{2,80}}?),?\s+(?:quantity"
    rf"|qty\.?)?:?\s*(?<![\d.,-])(\d[\d,]*)\s*({_UNITS_EN})\b(?![.,]?\d)",
    re.I,
)
_VAGUE = re.compile(r"若干|\ba few\b|\bseveral\b|\d+\s*[-~到至]\s*\d+\s*[" + UNIT_ZH + "]")
_NOT_A_THING = re.compile(
    r"^(?:weeks?|days?|months?|years?|hours?|working|minutes?|bar|mm|cm|kw|kv|hz|v|a|%"
    r"|per ?cent|questions?|changes?"
    r"|january|february|march|april|may|june|july|august|september|october|november|december"
    r"|copies|times|phases?)\b",
    re.I,
)
_VERB = re.compile(
    r"^.*?(?:订购|采购|需要|定购|订|购买|要|来|下单|追加|再要|加订|做|order(?:ed|ing)?|need"
    r"|send us|supply|quote for"
    r"|please)\s*:?\s*",
    re.I,
)
_VERB_ONLY = re.compile(r"^(?:要|订|来|做|先|再|和|及|与|另外?|还|搭个?|这批)+")
_NO_NAME = re.compile(
    r"我|你|您|请|这|那|已|了$|共|每|其中|第|的$|^到|左右|大概|注意|[?？]|收到|^前|^高|^长|^宽"
    r"|提前|后$|之|现在|一共|总"
)
_BULLET = re.compile(r"^\s*(?:[-*•·]|\(?\d{1,2}\s*[.、)]|[①-⑳])\s*")


def sentence_lines(text: str) -> tuple[Line, ...]:
    """Order lines that the text names one by one, Chinese first, then English."""
    plain = narrow(text)
    chinese = tuple(_chinese(plain))
    return chinese or tuple(_english(plain))


def _chinese(text: str) -> Iterator[Line]:
    offset = 0
    for line in text.split("\n"):
        for part in re.split(r"[;。]", line):
            yield from _chinese_part(part, offset)
        offset += len(line) + 1


def _chinese_part(part: str, offset: int) -> Iterator[Line]:
    start = 0
    for hit in _ZH.finditer(part):
        before = _BULLET.sub("", part[start : hit.start()])
        if re.search(r"(?:每|共|第|约|各|满|不足)\s*$|[元$]/?$", before):
            continue
        item, model = _thing(before)
        start = hit.end()
        if not item and not model:
            continue
        following = part[hit.end() :]
        cut = _ZH.search(following)
        price = _price(following[: cut.start()] if cut else following)
        vague = bool(_VAGUE.search(part[max(0, hit.start() - 6) : hit.end() + 2]))
        yield Line(
            item,
            model,
            None if vague else number_of(hit[1] or hit[2]),
            hit[3],
            price,
            "CNY" if price is not None else None,
            source=f"text:{offset}-{offset + len(part)}",
            confidence=0.8 if model else 0.7,
        )


def _thing(before: str) -> tuple[str | None, str | None]:
    """Name and model of the words in front of a quantity."""
    words = _VERB.sub("", before.strip(" ,、:()"))
    model = MODEL.search(words)
    name = (words[: model.start()] + " " + words[model.end() :]) if model else words
    parts = [
        p for p in re.split(r"[,、:()\s]+", name.strip()) if p and not re.fullmatch(r"[\d.]+", p)
    ]
    item = _VERB_ONLY.sub("", parts[0]) if parts else None
    if item and (not 2 <= len(item) <= 24 or _NO_NAME.search(item)):
        item = None
    return item, model[0] if model else None


def _price(following: str) -> Decimal | None:
    """The unit price behind a quantity: "单价38500元", "86元/条"; a sum for all is none."""
    near = following[:30]
    if not re.search(rf"单价|每[{UNIT_ZH}]|/\s*(?:人天|[{UNIT_ZH}])|[@]|一[{UNIT_ZH}]", near):
        return None
    sums = sums_in(following[:40])
    return sums[0].amount if sums else None


def _english(text: str) -> Iterator[Line]:
    taken: list[tuple[int, int]] = []
    for pattern in (_EN_QTY, _EN_LAST):
        for hit in pattern.finditer(text):
            wrong = _NOT_A_THING.match(hit[3] or "") or re.search(
                r"\d{4}$|total|price", hit[1], re.I
            )
            if not wrong and not any(a <= hit.start(2) < b for a, b in taken):
                taken.append(hit.span())
                yield _english_line(hit[1], hit[2], hit[3], text, hit)
    for hit in _EN_FIRST.finditer(text):
        clear = hit[2] or hit[3] or MODEL.search(hit[4])
        inside = any(a <= hit.start() < b for a, b in taken)
        if clear and not inside and not _NOT_A_THING.match(hit[4]):
            yield _english_line(hit[4], hit[1], hit[3], text, hit)


def _english_line(words: str, number: str, unit: str | None, text: str, hit: re.Match[str]) -> Line:
    model = MODEL.search(words)
    name = f"{words[: model.start()]} {words[model.end() :]}" if model else words
    name = re.split(r"\s(?:at|@|for|to|by|with|in|from|as|and)\s", f"{name.strip()} ")[0]
    following = text[hit.end() : hit.end() + 60].split("\n")[0]
    each = re.search(r"each|@|/pc|per (?:piece|unit|set)|\bea\b", f"{words} {following}", re.I)
    sums = sums_in(f"{words} {following}") if each else ()
    return Line(
        re.sub(r"\s{2,}.*$", "", name.strip(" ,()-")) or None,
        model[0] if model else None,
        number_of(number),
        unit,
        sums[0].amount if sums else None,
        sums[0].currency if sums else None,
        source=f"text:{hit.start()}-{hit.end()}",
        confidence=0.7,
    )
