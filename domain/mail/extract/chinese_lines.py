"""Order lines of Chinese text: "液压站 HX-200B/3,2台", "做2副检具", by rows or in sentences."""

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from domain.mail.extract.chinese_amounts import AMOUNT, ASKED, NO_THING, amount_number, is_no_amount
from domain.mail.extract.chinese_bare import asked_about, bare_list, with_rates
from domain.mail.extract.chinese_forms import UNIT_ZH, as_written, retyped, simplified
from domain.mail.extract.chinese_prices import price_before, price_behind
from domain.mail.extract.chinese_rows import counted_row
from domain.mail.extract.labelled_rows import labelled_row
from domain.mail.extract.numerals import number_of
from domain.mail.extract.things import MODEL, NO_NAME, chinese_thing, listed_thing, models_of
from domain.mail.extract.units import is_measure
from domain.mail.extract.values import Line

_HAN = re.compile(r"[\u4e00-\u9fff]")
_BULLET = re.compile(
    r"^\s*(?:[-*•·]|\(?\d{1,2}\s*[.、)]|[一二三四五六七八九十]{1,2}\s*[、.]|[①-⑳]|【[^】]{1,8}】|(?:pos|item"
    r"|line)\.?\s*\d{1,3}[:.)]?)\s*",
    re.I,
)
_MEASURE = re.compile(
    r"高度?|长度?|宽度?|深度?|厚度?|距离?|水平|垂直|直径|半径|跨度|行程|吨位|承[载重]|载重"
    r"|起重|扬程|净空|定尺|负[载荷]|载荷|容量|产[量能]|处理量|[一每]天|小时|[日年时]产"
    r"|[净毛自单货]重|超过?|不足|余量|实测|标配|往[东南西北前]"
)
_ALONE = re.compile(r"\s*(?:我们?)?(?:[想先]?(?:需?要|订|来|买))?\s*")
_BY_MEASURE = re.compile(r"[米吨m]|公斤|千克|kgs?|ft|m", re.I)
_AFTER = re.compile(
    r"^(?:[^,;\d]{0,8},\s*(?:编号|图号|型号|规格)\s*:?)?\s*\(?(?:那[个种款]|的)?"
    rf"\s*([^\s,;、()\d]{{0,8}}?)\s*({MODEL.pattern})"
)
_ROW_END = re.compile(r"^\s*(?:[,，;。(（]|$|单价|@|[¥￥]|\d[\d.,]*\s*元)")


_PAPERS = re.compile(
    r".*(?:合格证|说明书|质保[卡书]|证书|资料|报告|图纸|手册|发票|装箱单|[随本]机文件)"
)
_PAIRED = re.compile(
    r"(?:左[、和]?右|前[、和]?后|上[、和]?下|正[、和]?反|内[、和]?外|公[、和]?母|东[、和]?西"
    r"|南[、和]?北|大[、和]?小)\s*(?P<name>[\u4e00-\u9fff]{2,8})?\s*各\s*$"
)
_EACH_OF = re.compile(r"各\s*$")
_INSIDE = re.compile(r"\s*\([^()]*\)")
_PARAMETERS = re.compile(
    r"(?<=[\u4e00-\u9fffA-Za-z\d)])(?:[,、]\s*(?:量程|精度|功率|压力|口径|材质|电压|转速|流量|扬程|缸径"
    r"|行程|长|宽|高|厚|直径|通径)[^,、;\u4e00-\u9fff]{1,16})+[,、]?\s*$"
)
"""What a thing measures, told between its name and its number."""
_LATER = re.compile(rf"(?:型号|规格|图号|编号)\s*(?:是|为|写的是)?\s*:?\s*({MODEL.pattern})")
_SPEC = re.compile(
    r"^[\u4e00-\u9fff]{2,12}\s+((?:长|宽|高|直径|厚|尺寸|规格|口径|容积)[^,;]{2,40})"
)
_OPEN = re.compile(r"\s(?:配套|若干|适量|待定|数量待定|数量未定|另定|按需|TBD|\?)\s*$", re.I)


def chinese_lines(text: str) -> Iterator[Line]:
    """The things that a narrow text names with an amount, in order."""
    plain = simplified(text)
    simple = retyped(plain)
    models = models_of(simple)
    found = list(_lines(simple)) or list(bare_list(simple)) or list(_asked(simple))
    for line in with_rates(found, simple):
        codes = models.get(line.item or "", set()) if line.model is None else set()
        line = replace(line, model=next(iter(codes))) if len(codes) == 1 else line
        yield replace(
            line,
            item=as_written(line.item, simple, text),
            unit=as_written(line.unit, plain, text),
        )


def _lines(text: str) -> Iterator[Line]:
    offset = 0
    before = False
    for row in text.split("\n"):
        source = f"text:{offset}-{offset + len(row)}"
        labelled = labelled_row(row.strip(), source)
        lines = (
            [labelled]
            if labelled
            else list(_of_row(row, source, listed=before and bool(_BULLET.match(row))))
        )
        if not lines and before and (open_end := _OPEN.search(row)):
            item, model = listed_thing(_BULLET.sub("", row[: open_end.start()]))
            lines = [Line(item, model, None, source=source, confidence=0.7)] if item else []
        if not lines or all(is_measure(line.unit) for line in lines):
            lines = [found] if (found := counted_row(_BULLET.sub("", row), source)) else lines
        yield from lines
        before = bool(lines)
        offset += len(row) + 1


def _of_row(row: str, source: str, *, listed: bool) -> Iterator[Line]:
    """The lines of the sentences of a row; in a list one may be written in Latin letters alone."""
    last = ""
    for part in re.split(r"[;。!?]", row):
        if _HAN.search(part) or listed:
            found = list(_of_part(_BULLET.sub("", part), source))
            yield from found or _of_question(part, last, source)
        last = part


def _of_question(part: str, last: str, source: str) -> Iterator[Line]:
    """The thing asked about in the sentence before an amount alone: "泵有没有？要两台"."""
    amount = AMOUNT.match(part, ((lead := _ALONE.match(part)) and lead.end()) or 0)
    about = asked_about(f"{last}?") if amount else None
    if amount and about and amount[3]:
        number = number_of(amount[1] or amount[2])
        yield replace(about, quantity=number, unit=amount[3], source=source, confidence=0.7)


def _asked(text: str) -> Iterator[Line]:
    """The thing that a text without any amount asks about."""
    place = 0
    for sentence in re.split(r"(?<=[。!?\n])", text):
        if line := asked_about(sentence):
            yield replace(line, source=f"text:{place}-{place + len(sentence)}")
            return
        place += len(sentence)


def _of_part(part: str, source: str) -> Iterator[Line]:
    start = 0
    said: str | None = None
    part, price = price_before(part)
    for hit in AMOUNT.finditer(part):
        before, following = part[start : hit.start()], part[hit.end() :]
        unit = hit[3] or ""
        if is_no_amount(hit, before, following) or (start and _is_sum_of_all(before)):
            continue
        number = amount_number(hit, before, part[hit.end() :][:2])
        if paired := _PAIRED.search(before):
            before = before[: paired.start()] + (paired["name"] or "")
            number = number * 2 if number else None
        together = _together(before) if _EACH_OF.search(before) else [before]
        found = [_thing(one, following, whole=start == 0) for one in together]
        found = [one for one in found if _is_thing(one, before, unit)]
        if not found:
            continue
        inside = _INSIDE.match(following)
        start = hit.end() + (inside.end() if inside else 0)
        others = (one for one in AMOUNT.finditer(following) if not is_measure(one[3]))
        near = following[: next((one.start() for one in others), len(following))]
        for item, model, sure in found:
            said = item or said
            confidence = 0.8 if sure else 0.7
            line = Line(said, model, number, unit or None, source=source, confidence=confidence)
            line = _priced(line, near)
            if price and line.unit_price is None:
                line = replace(line, unit_price=price, currency="CNY")
            yield line


def _is_thing(found: tuple[str | None, str | None, bool], before: str, unit: str) -> bool:
    """True for a name or a type number; measures of a thing and papers that go with it are none."""
    item, model, _ = found
    paper = item is not None and _PAPERS.fullmatch(item)
    return bool(item or model) and not paper and not _measures(before, unit, item)


def _priced(line: Line, near: str) -> Line:
    """The line with the price and the type number that follow its amount."""
    price = price_behind(near, single=line.quantity == 1)
    later = _LATER.search(near) if line.model is None else None
    free = re.match(r"\s*[,(]?\s*(?:免费|赠送)", near)
    return replace(
        line,
        model=later[1] if later else line.model,
        unit_price=price.amount if price else Decimal(0) if free else None,
        currency=price.currency if price else "CNY" if free else None,
    )


def _together(before: str) -> list[str]:
    """The things of "A、B各2台" one by one."""
    last = re.split(r"[,:]", _EACH_OF.sub("", before))[-1]
    return re.split(r"[、和及与]|以及", last)


def _is_sum_of_all(before: str) -> bool:
    """True for "共3台" behind other things; behind a model it is the model's own amount."""
    near = re.split(r"[,、:]", before)[-1]
    return bool(re.search(r"共\s*$", near)) and not MODEL.search(near)


def _measures(before: str, unit: str, item: str | None) -> bool:
    """True for a length or a weight that describes a thing: "行程 90米", "高4米", "能上5吨"."""
    near = re.split(r"[,、:]", before)[-1]
    unnamed = item is None or len(item) < 2 or re.match(r"能|可", item)
    if unit == "公里" and not re.search(r"[缆线管]", near):
        return True
    if unit == "层" and re.search(r"楼|栋|幢|厂房|车间", near):
        return True
    return bool(_BY_MEASURE.fullmatch(unit) and (unnamed or _MEASURE.search(near)))


def _thing(before: str, following: str, *, whole: bool) -> tuple[str | None, str | None, bool]:
    """Name, model, and whether they are sure: a row of its own, or a name with a model."""
    if whole and not re.search(r"[,、!?(]", before) and _ROW_END.match(following):
        words = before.split()
        if len(words) > 1 and not re.search(r"我|你|您|要|请|了|的|订|做|购|需|:|差|缺", words[0]):
            item, model = listed_thing(before)
            return item, model, item is not None and model is not None
    asked = re.search(ASKED, before)
    coded = MODEL.search(re.split(r"[,、:]", before)[-1])
    if (
        asked
        and not coded
        and (said := _said_after(following))
        and not re.search(r"那[^,]{2,}[,]", before)
    ):
        return *said, said[1] is not None
    item, model = chinese_thing(_PARAMETERS.sub("", before))
    if item is None and model is None and asked:
        item = _spoken_of(before)
    if model is None and (named := _AFTER.match(following)):
        model = named[2]
        item = item or named[1] or None
    elif (
        item is None and model is None and (later := re.match(r"[\u4e00-\u9fff]{2,10}", following))
    ):
        item = later[0] if asked and not NO_NAME.search(later[0]) else None
    return item, model, item is not None and model is not None


def _said_after(following: str) -> tuple[str, str | None] | None:
    """Name and model behind an amount that was asked for: "要2台 搅拌机 JB-5", "做3个柜 长90"."""
    words = re.match(r"\s*([\u4e00-\u9fff]{1,14})(?=[\s,;(]|$|[A-Z0-9Φφ])", following)
    if (
        words is None
        or re.search(r"^[吧呢啊了的就哈呀]|的$", words[1])
        or NO_NAME.search(words[1])
        or NO_THING.match(words[1])
    ):
        return None
    model = re.match(rf"\s*\(?\s*({MODEL.pattern})", following[words.end() :])
    spec = _SPEC.match(following.strip())
    return words[1], model[1] if model else spec[1].strip() if spec else None


def _spoken_of(before: str) -> str | None:
    """The thing named earlier in the sentence: "那台搅拌机我们定了,要"."""
    hit = re.search(rf"那[{UNIT_ZH}]([\u4e00-\u9fff]{{2,8}}?)(?=我|[,、]|定|就|吧|了)", before)
    return hit[1] if hit else None
