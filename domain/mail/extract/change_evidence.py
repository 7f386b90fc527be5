"""What our own list tells of the values in an answer: what stands there is old, another is new."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from domain.mail.extract.change_marks import Role
from domain.mail.extract.change_sentences import Sentence
from domain.mail.extract.change_values import Sort, Swap, Value
from domain.mail.extract.numerals import number_of
from domain.mail.extract.ordered import Ordered, OrderedLine
from domain.mail.traditional import folded

_AMOUNT = re.compile(r"数量|几[台套件]|\b(?:quantity|qty|pieces|pcs)\b", re.I)
_NO_WISH = re.compile(
    r"收到|到货[了的]|坏|漏|裂|少发|缺件|天前|日前通知|电话|图纸|发票|合同|资料|会签|其中"
    r"|\b(?:received|arrived|broken|damaged|missing|before delivery|days? before|drawings?"
    r"|invoices?|certificates?"
    r"|documents?|meeting|call|phone|of which|confirm(?:ed)?|correct)\b(?! position| line| item"
    r"| pos)",
    re.I,
)
_STEP = re.compile(
    r"(?:再|另|多|少|增加?|加|追加|减少?|砍掉?|去掉|减掉)[要订做来去掉了]?\s*$|\b(?:by|another|more|extra|further)\s*$",
    re.I,
)
_DELIVERY = re.compile(
    r"交[期货付]|到货|送|发货|到场|进场|运|必须到|要到"
    r"|\b(?:deliver\w*|ship\w*|dispatch\w*|on site|arriv\w*|goods"
    r"|earliest"
    r"|need (?:it|them|everything|the goods)|due)\b",
    re.I,
)
_COUNT_WORD = r"(?P<n>\d{1,3}|[一二两三四五六七八九十]{1,2})"
_SOONER = re.compile(r"提前|提早|早|bring|advance|earl|soon", re.I)
_LATER_ZH = re.compile(
    rf"(?P<way>推迟|延后|延期|延迟|延长|晚|往后[推挪延]?|推后|提前|提早|早)(?:交货|发货|送|到货|交)?[^,。\d一二两三四五六七八九十]{{0,3}}?"
    rf"{_COUNT_WORD}\s*(?P<u>个?(?:天|日|周|星期|礼拜|月))"
)
_LATER_EN = re.compile(
    r"\b(?P<verb>postpone\w*|delay\w*|push\w*|extend\w*|move\w*|bring\w*"
    r"|advance\w*)\b[^.;]{0,50}?\bby (?P<n>\w+) (?P<u>days?|weeks?"
    r"|months?)\b|\b(?P<n2>\w+) (?P<u2>days?|weeks?|months?) (?P<way2>later|earlier|sooner)\b",
    re.I,
)
RELATIVE = re.compile(r"\b(?:later|earlier|sooner)\b|[天周日]后", re.I)
"""Days counted from another day than today."""
_FAMILIES = (
    r"RAL",
    r"\d\s?V\b|伏",
    r"Hz",
    r"(?:30|31)\d|不锈钢|碳钢|stainless|steel",
    r"[红黄蓝绿灰白黑橙银]色",
)
_SHIFTED = re.compile(
    r"提前|提早|推迟|延[后期]|往后|往前|晚[点些几]|早[点些几]|改期|\b(?:earlier|sooner|later|postpon\w+|delay|push"
    r"|bring|move"
    r"|reschedul\w+|advance)\b",
    re.I,
)
MOVED = re.compile(
    rf"改|换|变更|推|挪|顺延|延|不[是要]|{_SHIFTED.pattern}"
    r"|\b(?:instead|rather|not|chang\w+|in place|extend\w*|slip\w*|shift\w*|revis\w+)\b",
    re.I,
)
_WISHED = re.compile(
    r"请|希望|能不能|能否|可否|麻烦|想|烦|\b(?:please|pls|kindly|can|could|would|want|need|prefer|wish|ask)\b",
    re.I,
)
NO_DUE = re.compile(
    r"会议|开会|视频|电话会|试车|放假|复工|开标|回复|答复|到访|拜访"
    r"|\bmeet(?:s|ing)?\b|\bcall\b|\bvisit|\binvoice|\breply\b|\bholiday",
    re.I,
)


def informed(
    sentence: Sentence, values: tuple[Value, ...], ordered: Ordered, line: OrderedLine | None
) -> tuple[Value, ...]:
    """The values with the roles that our list gives them, where the sentence itself gives none."""
    if not (ordered.lines or ordered.due):
        return values
    rules: dict[Sort, Callable[[Value], Role]] = {
        Sort.COUNT: lambda value: _of_count(sentence, value, values, ordered, line),
        Sort.DAY: lambda value: _of_day(sentence, value, ordered),
        Sort.TYPE: lambda value: _of_type(value, ordered),
        Sort.PROPERTY: lambda value: _of_property(value, ordered),
    }
    return tuple(
        replace(value, role=rules[value.sort](value))
        if value.role in (Role.NONE, Role.HINT, Role.NORM)
        else value
        for value in values
    )


def _line_of(
    sentence: Sentence, value: Value, ordered: Ordered, meant: OrderedLine | None
) -> OrderedLine | None:
    """The line named beside a value, else the one that the sentence means."""
    begin, end = sentence.part_at(value.start)
    return ordered.named(sentence.plain[begin:end]) or meant


def _of_count(
    sentence: Sentence,
    value: Value,
    values: tuple[Value, ...],
    ordered: Ordered,
    meant: OrderedLine | None,
) -> Role:
    """A number of a line that is not the ordered one; steps ("two more") and parts are none."""
    line = _line_of(sentence, value, ordered, meant)
    if line is None or line.quantity is None or _STEP.search(sentence.plain[: value.start]):
        return value.role
    if Decimal(value.text) == line.quantity:
        return Role.OLD
    told = any(
        other.sort is Sort.COUNT and Decimal(other.text) == line.quantity for other in values
    )
    near = _stated(sentence, value, line)
    wanted = not _NO_WISH.search(sentence.plain) and (value.counted or told or near)
    many = sum(other.sort is Sort.COUNT and other.counted for other in values)
    alone = value.counted and many == 1 and line is not ordered.only
    return Role.NEW if wanted and (alone or told or near) else value.role


def _stated(sentence: Sentence, value: Value, line: OrderedLine) -> bool:
    """True where the sentence speaks of the quantity, or the noun stands beside the number."""
    behind = folded(sentence.plain[value.end : value.end + 30]).lower()
    nouns = re.findall(r"[a-z]{4,}", line.name.lower())
    beside = bool(nouns) and bool(re.match(rf"\s*(?:\w+ )?{nouns[-1][:-1]}", behind))
    return beside or bool(_AMOUNT.search(sentence.plain))


def _of_day(sentence: Sentence, value: Value, ordered: Ordered) -> Role:
    if ordered.due is None:
        return value.role
    if value.text == ordered.due.isoformat():
        return Role.OLD
    if RELATIVE.search(sentence.plain[value.start : value.end]):
        return value.role
    begin, end = sentence.part_at(value.start)
    part = sentence.plain[begin:end]
    wanted = _DELIVERY.search(part) and not _NO_WISH.search(part)
    return Role.NEW if wanted else value.role


def _of_type(value: Value, ordered: Ordered) -> Role:
    """A type of the same series as an ordered one and not itself ordered."""
    listed = {folded(line.model or "") for line in ordered.lines}
    if folded(value.text) in listed:
        return Role.OLD
    return Role.NEW if ordered.of_series(value.text) else value.role


def _of_property(value: Value, ordered: Ordered) -> Role:
    """A demand that our list has; another one of the same family beside a norm is new."""
    rows = folded(" ".join(ordered.rows))
    plain = folded(value.text)
    if plain in rows:
        return Role.OLD
    family = next((one for one in _FAMILIES if re.search(one, plain)), None)
    listed = family is not None and re.search(family, rows)
    return Role.NEW if listed and value.role is Role.NORM else value.role


def wished_day(sentence: Sentence, values: tuple[Value, ...]) -> Iterator[Swap]:
    """The only day of a sentence that wishes for an earlier or a later one."""
    days = [
        value
        for value in values
        if value.sort is Sort.DAY and not RELATIVE.search(sentence.plain[value.start : value.end])
    ]
    shifted = _SHIFTED.search(sentence.plain) and _WISHED.search(sentence.plain)
    other = NO_DUE.search(sentence.plain)
    if len(days) == 1 and days[0].role is not Role.OLD and shifted and not other:
        yield Swap(None, days[0])


def shifted_day(sentence: Sentence, ordered: Ordered) -> Swap | None:
    """The ordered day moved by so many days, weeks or months: "postpone by two weeks"."""
    chinese, english = _LATER_ZH.search(sentence.plain), _LATER_EN.search(sentence.plain)
    if ordered.due is None or not (chinese or english) or _NO_WISH.search(sentence.plain):
        return None
    hit = chinese or english
    if hit is None:
        return None
    said = hit.groupdict()
    way = said.get("way") or said.get("verb") or said.get("way2") or ""
    number = number_of(said.get("n") or said.get("n2") or "")
    if number is None:
        return None
    count = -int(number) if _SOONER.match(way) else int(number)
    day = _moved(ordered.due, count, (said.get("u") or said.get("u2") or "").lower())
    return Swap(None, Value(Sort.DAY, day.isoformat(), hit.start(), hit.end(), role=Role.NEW))


def _moved(day: date, count: int, unit: str) -> date:
    if "month" in unit or "月" in unit:
        months = day.month - 1 + count
        return day.replace(
            year=day.year + months // 12, month=months % 12 + 1, day=min(day.day, 28)
        )
    weeks = re.search(r"week|周|星期|礼拜", unit)
    return day + timedelta(days=count * (7 if weeks else 1))
