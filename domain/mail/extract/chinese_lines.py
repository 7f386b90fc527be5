"""Order lines of Chinese text: "液压站 HX-200B/3,2台", "做2副检具", by rows or in sentences."""

import re
from collections.abc import Iterator

from domain.mail.extract.bare_rows import UNITS_EN
from domain.mail.extract.changes import UNIT_ZH
from domain.mail.extract.money import Sum, sums_in
from domain.mail.extract.numerals import HAN, number_of
from domain.mail.extract.things import MODEL, chinese_thing, listed_thing
from domain.mail.extract.values import Line

_UNITS = (
    rf"人天|人日|平方米|立方米|公斤|千克|[{UNIT_ZH}㎡樘盏付支部领根]|(?:{UNITS_EN})(?![A-Za-z])"
)
_AMOUNT = re.compile(
    rf"(?:(?<![\d.A-Za-z/×x*-])[×x*]?\s*(\d+\s*[-~至到或]\s*\d+|\d[\d,]*(?:\.\d+)?)"
    rf"|(?<![{HAN}第每])([{HAN}]{{1,4}}|若干|几))"
    rf"\s*({_UNITS})(?!工作日|\d|[月内前以后位人起面点]|小时|星期|[/每]|变更|问题)",
    re.I,
)
_HAN = re.compile(r"[\u4e00-\u9fff]")
_BULLET = re.compile(r"^\s*(?:[-*•·]|\(?\d{1,2}\s*[.、)]|[①-⑳]|【[^】]{1,8}】)\s*")
_EACH = re.compile(r"(?:每|第|约|各|满|不足|剩下?|还差|少了?|收到)\s*$|[元$¥]/?$")
_MEASURE = re.compile(
    r"高度?|长度?|宽度?|深度?|厚度?|距离?|水平|垂直|直径|半径|跨度|行程|吨位|承[载重]|载重"
    r"|起重|扬程|净空|定尺"
)
_ASKED = r"(?:要|订|做|来|买|购|加|补)\s*$"
_BY_MEASURE = re.compile(r"[米吨m]|公斤|千克|kgs?|ft|m", re.I)
_VAGUE = re.compile(r"若干|几|\d+\s*[-~到至或]\s*\d+\s*[" + UNIT_ZH + "]|还是")
_AFTER = re.compile(
    r"^(?:[^,;\d]{0,8},\s*(?:编号|图号|型号|规格)\s*:?)?\s*(?:那[个种款]|的)?"
    rf"\s*([^\s,;、()\d]{{0,8}}?)\s*({MODEL.pattern})"
)
_ROW_END = re.compile(r"^\s*(?:[,，;。(（]|$|单价|@|[¥￥]|\d[\d.,]*\s*元)")


def chinese_lines(text: str) -> Iterator[Line]:
    """The things that a narrow text names with an amount, in order."""
    offset = 0
    for row in text.split("\n"):
        for part in re.split(r"[;。!?]", row):
            if _HAN.search(part):
                source = f"text:{offset}-{offset + len(row)}"
                yield from _of_part(_BULLET.sub("", part), source)
        offset += len(row) + 1


def _of_part(part: str, source: str) -> Iterator[Line]:
    start = 0
    for hit in _AMOUNT.finditer(part):
        before = part[start : hit.start()]
        if _EACH.search(before) or _is_sum_of_all(before):
            continue
        following = part[hit.end() :]
        item, model, sure = _thing(before, following, whole=start == 0)
        if (not item and not model) or _measures(before, hit[3], item):
            continue
        start = hit.end()
        cut = _AMOUNT.search(following)
        around = part[max(0, hit.start() - 6) : hit.end() + 2]
        number = None if _VAGUE.search(around) else number_of(hit[1] or hit[2])
        price = _price(following[: cut.start()] if cut else following, single=number == 1)
        yield Line(
            item,
            model,
            number,
            hit[3],
            price.amount if price is not None else None,
            price.currency if price is not None else None,
            source=source,
            confidence=0.8 if sure else 0.7,
        )


def _is_sum_of_all(before: str) -> bool:
    """True for "共3台" behind other things; behind a model it is the model's own amount."""
    near = re.split(r"[,、:]", before)[-1]
    return bool(re.search(r"共\s*$", near)) and not MODEL.search(near)


def _measures(before: str, unit: str, item: str | None) -> bool:
    """True for a length or a weight that describes a thing: "行程 90米", "高4米", "能上5吨"."""
    near = re.split(r"[,、:]", before)[-1]
    unnamed = item is None or len(item) < 3 or re.match(r"能|可", item)
    return bool(_BY_MEASURE.fullmatch(unit) and (unnamed or _MEASURE.search(near)))


def _thing(before: str, following: str, *, whole: bool) -> tuple[str | None, str | None, bool]:
    """Name, model, and whether they are sure: a row of its own, or a name with a model."""
    if whole and not re.search(r"[,、!?(]", before) and _ROW_END.match(following):
        words = before.split()
        if len(words) > 1 and not re.search(r"我|你|您|要|请|了|的|订|做|购|需", words[0]):
            item, model = listed_thing(before)
            return item, model, item is not None and model is not None
    item, model = chinese_thing(before)
    if item is None and model is None and re.search(_ASKED, before):
        item = _spoken_of(before)
    if model is None and (named := _AFTER.match(following)):
        model = named[2]
        item = item or named[1] or None
    elif item is None and (later := re.match(r"[\u4e00-\u9fff]{2,10}", following)):
        item = later[0] if re.search(_ASKED, before) else None
    return item, model, item is not None and model is not None


def _spoken_of(before: str) -> str | None:
    """The thing named earlier in the sentence: "那台搅拌机我们定了,要"."""
    hit = re.search(rf"那[{UNIT_ZH}]([\u4e00-\u9fff]{{2,8}}?)(?=我|[,、]|定|就|吧|了)", before)
    return hit[1] if hit else None


def _price(following: str, *, single: bool) -> Sum | None:
    """The unit price behind a quantity: "单价38500元", "86元/条"; a sum for all is none."""
    near = following[:30]
    sums = sums_in(following[:40])
    if not sums:
        return None
    if single and re.fullmatch(r"[\s,:(]*(?:价格?|单价)?[\s:为是]*", following[: sums[0].start]):
        return sums[0]
    each = re.search(rf"单价|每[{UNIT_ZH}]|/\s*(?:人天|[{UNIT_ZH}])|[@]|一[{UNIT_ZH}]", near)
    return sums[0] if each else None
