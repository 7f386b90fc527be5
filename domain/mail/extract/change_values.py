"""Values of a sentence that a change may be about, and which of them is the new one.

A small grammar: a day, a number of pieces, a type or a property, with a mark of the new value
("改为", "make it", "must be") or of the old one ("不是", "instead of", "原订"), in either order.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from domain.mail.extract.change_marks import Role, role_of
from domain.mail.extract.change_sentences import Sentence
from domain.mail.extract.chinese_forms import UNIT_ZH
from domain.mail.extract.dates import Workday, days_in, workday_of_week
from domain.mail.extract.day_rules import Frame, coming
from domain.mail.extract.numerals import ENGLISH, HAN, number_of


class Sort(StrEnum):
    """What a value says."""

    DAY = "day"
    PROPERTY = "property"
    TYPE = "type"
    COUNT = "count"


@dataclass(frozen=True)
class Value:
    """A value with its place; days as ISO text, numbers as decimal text, the rest as written."""

    sort: Sort
    text: str
    start: int
    end: int
    counted: bool = True
    role: Role = Role.NONE


@dataclass(frozen=True)
class Swap:
    """A new value and, where the sentence says it, the one that it replaces."""

    before: Value | None
    after: Value

    @property
    def start(self) -> int:
        """Where the first of the two stands."""
        return min(one.start for one in (self.before, self.after) if one)

    @property
    def end(self) -> int:
        """Where the last of the two ends."""
        return max(one.end for one in (self.before, self.after) if one)


_WORDED = rf"(?:{ENGLISH})(?![A-Za-z])"
_DIGITS = r"(?:\d{1,3}(?:,\d{3})+|\d{1,6}(?:\.\d{1,3})?)(?![.,:/-]?\d)"
_UNIT_EN = (
    r"(?:pcs?|pieces?|sets?|units?|off|nos?|rolls?|kgs?|pairs?|metres?|meters?|lengths?|sheets?"
    r"|boxes"
    r"|drums?|bags?|packs?|ea|stk|szt|st)\b\.?"
)
_PROPERTY = re.compile(
    r"(?:(?:[三单]相|DC|AC)\s?)?\d+(?:[.,/]\d+)?\s?(?:inch(?:es)?\b|\"|mm\b|cm\b|kV\b|V\b|伏|Hz\b"
    r"|kW\b|千瓦"
    r"|bar\b|MPa\b|℃|°C|rpm\b|mesh\b|目|寸|级|吨级|毫米|厘米|微米|米[宽高长]"
    r"|m (?=wide|width|long|length|high))"
    r"(?:[/ ]?\d+\s?(?:Hz|V|kW)\b)*"
    r"|(?<![A-Za-z\d-])(?:(?:SUS|SS|AISI|A)[ -]?)?(?:304L?|316L?|316Ti|321|201|430|2205|2507"
    r"|310S)(?![\d-])"
    r"|(?<![A-Za-z\d-])(?:Q\d{3}[A-E]?|S\d{3}J\w+|1\.4\d{3}|PP|PE|PVC|PVDF|PTFE|PFA|PU|PEEK|POM"
    r"|HDPE|UHMW|EPDM"
    r"|NBR|FKM|Viton|RAL ?\d{4}|IP ?\d\d|ISO ?\d+|PN ?\d+|DN ?\d+)(?![A-Za-z\d-])"
    r"|(?:碳钢|不锈钢|铸铁|铸钢|合金钢|黄铜|紫铜|铝合金|镀锌|热镀锌|喷塑|烤漆|橡胶|丁腈|氟橡胶|硅胶|聚氨酯|[红黄蓝绿灰白黑橙银]色)"
    r"|\b(?:stainless(?: steel)?|mild steel|carbon steel|cast iron|galvani[sz]ed|bronze|brass"
    r"|rubber)\b",
    re.A,
)
_TYPE = re.compile(
    r"(?<![\w-])(?!SO-|PO\b|PO[ -]?\d|ISO|EN\b|DIN\b|RAL|IP\d\d|CW ?\d|KW ?\d|Q[1-4]\b)"
    r"[A-Z](?=[A-Za-z0-9./-]{0,40}\d)[A-Za-z0-9./-]{0,59}[A-Za-z0-9/-](?:[.,]\d{1,3}(?![\d%]))?",
    re.A,
)
_COUNT = re.compile(
    rf"(?<![\w#/-])(?<!\d[,.:])(?P<number>{_DIGITS}|[{HAN}]{{1,5}}(?=\s?[{UNIT_ZH}])|{_WORDED})"
    rf"(?P<unit>\s?[{UNIT_ZH}](?![期月年天日])|\s?{_UNIT_EN})?(?![\w%°]|\s?[%‰])",
    re.I | re.A,
)
_SLASHED = re.compile(
    r"(?<![\d./-])(1[0-2]|[1-9])[/.](3[01]|[12]\d|0?[1-9])(?![\d./%-]|\s?[\u4e00-\u9fff]?[米寸级])",
    re.A,
)
_TODAY = re.compile(r"(?:from )?(?:today|tomorrow|now|yesterday)|[今明昨]天", re.I)
_CALLED = re.compile(
    r"\+\d[\d ()/.-]{6,}|(?<!\d)0\d{1,4}[ /()-]+\d[\d ()/-]{4,}"
    r"|(?<!\d)\d{2,4}(?:[ -]\d{2,4}){2,}(?!\d)"
)
_NO_COUNT = re.compile(
    r"(?:第|line|pos(?:ition)?\.?|item|no\.?|nr\.?|version|rev\.?|v|week|po|order|contract|tel"
    r"|phone|unit"
    r"|step|page)\s*$",
    re.I,
)


def values_in(sentence: Sentence, base: datetime, workday: Workday) -> tuple[Value, ...]:
    """The values of a sentence in order, each with its role; longer and surer sorts first."""
    plain, taken = sentence.plain, [False] * (len(sentence.plain) + 1)
    found: list[Value] = []
    for value in _all(sentence, base, workday):
        if not any(taken[value.start : value.end]):
            taken[value.start : value.end] = [True] * (value.end - value.start)
            found.append(value)
    found.sort(key=lambda one: one.start)
    return tuple(_with_role(plain, found, n) for n in range(len(found)))


def _all(sentence: Sentence, base: datetime, workday: Workday) -> Iterator[Value]:
    plain, written = sentence.plain, sentence.written
    for day in days_in(plain, base, workday):
        yield Value(Sort.DAY, day.value.isoformat(), day.start, day.end)
    for hit in _SLASHED.finditer(plain) if re.search(r"[\u4e00-\u9fff]", plain) else ():
        short = _month_day(hit, base)
        if short is not None:
            yield Value(Sort.DAY, short.isoformat(), hit.start(), hit.end())
    for hit in _PROPERTY.finditer(plain):
        yield Value(Sort.PROPERTY, written[hit.start() : hit.end()].strip(), hit.start(), hit.end())
    for hit in _TYPE.finditer(plain):
        yield Value(
            Sort.TYPE, written[hit.start() : hit.end()].rstrip(".,/-"), hit.start(), hit.end()
        )
    for hit in _COUNT.finditer(plain):
        number = number_of(hit["number"])
        if number is not None and not _is_no_amount(plain, hit):
            yield Value(
                Sort.COUNT, decimal_text(number), hit.start(), hit.end(), counted=bool(hit["unit"])
            )


def _is_no_amount(plain: str, hit: re.Match[str]) -> bool:
    """True for numbers of positions, telephones and houses, and for "一个" that only means "a"."""
    numbered = _NO_COUNT.search(plain[: hit.start()])
    called = any(run.start() <= hit.start() < run.end() for run in _CALLED.finditer(plain))
    house = not hit["unit"] and re.match(r"\s[A-Z][a-z]+\b", plain[hit.end() :])
    one = re.match(r"一\s?[个個项項块塊份家张張]", hit[0]) and not re.search(
        r"[改成为到→]\s*$", plain[: hit.start()]
    )
    return bool(numbered or called or house or one)


def _month_day(hit: re.Match[str], base: datetime) -> date | None:
    """A Chinese "8/21" or "8.21": the next such day; None for what no day is."""
    frame = Frame(base.date(), workday_of_week)
    try:
        return coming(frame, int(hit[1]), int(hit[2]))
    except ValueError:
        return None


def decimal_text(number: Decimal) -> str:
    """A number as decimal text without exponent."""
    return f"{number.normalize():f}"


def _with_role(plain: str, values: list[Value], n: int) -> Value:
    one = values[n]
    begin = values[n - 1].end if n else 0
    end = values[n + 1].start if n + 1 < len(values) else len(plain)
    lead, tail = plain[begin : one.start][-60:], plain[one.end : end]
    role = role_of(lead, tail, plain[: one.start])
    if one.sort is Sort.DAY and _TODAY.fullmatch(plain[one.start : one.end].strip()):
        role = Role.NONE
    return Value(one.sort, one.text, one.start, one.end, one.counted, role)


def swaps_in(values: tuple[Value, ...], *, known: bool) -> Iterator[Swap]:
    """Each new value of a sentence, with its old one; a norm alone counts in a known order."""
    for sort in Sort:
        alike = [value for value in values if value.sort is sort]
        n = 0
        while n < len(alike):
            pair = _pair(alike[n], alike[n + 1]) if n + 1 < len(alike) else None
            if pair is not None:
                yield pair
                n += 2
                continue
            if _stands_alone(alike[n], known=known):
                yield Swap(None, alike[n])
            n += 1


def _pair(first: Value, second: Value) -> Swap | None:
    """Two values of which one is old and the other at least hinted at as new."""
    fresh = (Role.NEW, Role.NORM, Role.HINT)
    if first.text == second.text:
        return None
    if first.role is Role.OLD and second.role in fresh:
        return Swap(first, second)
    if second.role is Role.OLD and first.role in (*fresh, Role.NONE):
        loose = first.role is Role.NONE and first.sort is Sort.COUNT and not second.counted
        return None if loose else Swap(second, first)
    return None


def _stands_alone(value: Value, *, known: bool) -> bool:
    if value.role is Role.NEW:
        return value.sort is not Sort.COUNT or value.counted or known
    if value.sort is Sort.COUNT and not value.counted:
        return False
    return value.role is Role.NORM and known and value.sort is not Sort.PROPERTY
