"""Chinese text that names things without an amount beside them: questions, bare lists, rates."""

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from domain.mail.extract.things import MODEL, NO_NAME, chinese_thing
from domain.mail.extract.units import UNITS_ZH
from domain.mail.extract.values import Line

_QUESTION = re.compile(
    r"(?P<about>[^,;。!?\n]{2,40}?)\s*,?(?:你们|贵司)?(?:有没有|有冇|有无|有吗|还有吗|能不能做|能做吗"
    rf"|(?:大概|大约|现在)?(?:要)?(?:多少钱|什么价|怎么卖|啥价)(?:一(?P<unit>{UNITS_ZH}))?)"
)
_UNIT_PRICE = re.compile(rf"(?:多少钱|什么价|怎么卖|啥价)一({UNITS_ZH})")
_LEAD = re.compile(
    r"^.*?(?:请问|想问(?:一?下)?|问一?下|咨询(?:一?下)?|打听(?:一?下)?|了解(?:一?下)?|老板|师傅|你好"
    r"|您好)[,:\s]*"
)
_WISH = re.compile(r"下单|订购|订货|采购|买|需要|要订|要的|报价|询价|做一批|补货|请购")
_ITEM = re.compile(r"^\s*(?:[-*•·]|\(?\d{1,2}\s*[.、)]|[①-⑳])\s*(?P<words>\S.{1,38})$")
_ADVICE = re.compile(r"[按须应需请要能可勿别必]|不|以内|以上|要求|标准|:\d")
_RATE = re.compile(
    rf"(?:每(?:个|一)?(?P<a>{UNITS_ZH})|(?P<b>{UNITS_ZH})\s*单价)\s*(?:是|为|按|:)?\s*[¥￥]?"
    r"(?P<sum>\d[\d,]*(?:\.\d+)?)\s*元"
)


def asked_about(sentence: str) -> Line | None:
    """The thing whose price or stock a (simplified) sentence asks for; it has no number."""
    for hit in _QUESTION.finditer(sentence):
        item, model = chinese_thing(_LEAD.sub("", hit["about"]))
        if model or (item and len(item) > 2):
            unit = hit["unit"] or next(iter(_UNIT_PRICE.findall(sentence)), None)
            return Line(item, model, None, unit, confidence=0.6)
    return None


def bare_list(text: str) -> Iterator[Line]:
    """The things of a list without amounts: bullets, names, type numbers, and a wish to order."""
    offset = 0
    found: list[Line] = []
    for row in text.split("\n"):
        hit = _ITEM.match(row)
        words = hit["words"].strip() if hit else ""
        if words and not _ADVICE.search(words):
            item, model = _named(words)
            if item:
                source = f"text:{offset}-{offset + len(row)}"
                found.append(Line(item, model, None, source=source, confidence=0.6))
        offset += len(row) + 1
    numbered = sum(line.model is not None for line in found)
    if len(found) > 1 and numbered * 2 >= len(found) and _WISH.search(text):
        yield from found


def _named(words: str) -> tuple[str | None, str | None]:
    """Name and number of a row that begins with the name."""
    name = re.match(r"[\u4e00-\u9fff]{2,12}", words)
    if name is None or NO_NAME.search(name[0]):
        return None, None
    code = MODEL.search(words[name.end() :]) or re.search(r"(?<=就是)[A-Z]{2,8}", words)
    return name[0], code[0] if code else None


def with_rates(lines: list[Line], text: str) -> list[Line]:
    """The lines; those of a unit for which the text states one price apart take it."""
    rates: dict[str, set[Decimal]] = {}
    for hit in _RATE.finditer(text):
        rates.setdefault(hit["a"] or hit["b"], set()).add(Decimal(hit["sum"].replace(",", "")))
    priced = {line.unit for line in lines if line.unit_price is not None}
    kinds = {unit: sum(line.unit == unit for line in lines) for unit in rates}
    return [
        replace(line, unit_price=next(iter(rates[line.unit])), currency="CNY")
        if line.unit in rates
        and len(rates[line.unit]) == 1
        and line.unit not in priced
        and (kinds[line.unit] == 1 or line.unit in _WORK)
        else line
        for line in lines
    ]


_WORK = ("人天", "人日", "工日", "人月")
"""Units whose price is one rate for all work of an order."""
