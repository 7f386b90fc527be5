"""Rows of a Chinese list that hold one thing, what specifies it, and its number."""

import re

from domain.mail.extract.chinese_prices import price_behind
from domain.mail.extract.numerals import HAN, number_of
from domain.mail.extract.things import NO_NAME
from domain.mail.extract.units import UNITS_ZH, is_measure
from domain.mail.extract.values import Line

LONGEST_ROW = 60
_COUNT = (
    r"(?:(?<![\dA-Za-z])(?P<times>[x×*X])\s*)?"
    rf"(?P<number>\d{{1,5}}|[{HAN}]{{1,3}})\s*(?P<unit>{UNITS_ZH})?"
)
_NAME = r"(?P<name>[\u4e00-\u9fff][\u4e00-\u9fffA-Za-z]{1,14})"
_NUMBER_LAST = re.compile(
    rf"\s*{_NAME}[ \t,、:]*(?P<model>[^,;。!?:]{{0,40}}?)[ \t,]*{_COUNT}(?=\s*(?:$|[,;。(]))"
)
_NUMBER_FIRST = re.compile(
    rf"\s*{_COUNT}\s+{_NAME}(?=$|[,、\s])[,、\s]*(?:(?:型号|规格|图号)\s*:?\s*)?"
    r"(?P<model>[A-Za-zΦφ\d][^,;。!?]{1,30})?"
)
_SPOKEN = re.compile(
    r"[我你您请]|贵[司厂]|这|那|不|没|已|因|所以|但|必须|时间|电话|之前|以内|单价|总价|合计|公里|到货|交货|[天月日点周]|(?<![型图编])号"
    r"|收货|联系|[元￥$]\s*$"
)
"""Words of a sentence, which no row of a list holds."""


def counted_row(row: str, source: str) -> Line | None:
    """The thing of a narrow, simplified row such as "葫芦 HSZ-2T 起升3米 15台" or "阀 DN50 ×4"."""
    if len(row.strip()) > LONGEST_ROW:
        return None
    for form in (_NUMBER_FIRST, _NUMBER_LAST):
        hit = form.match(row)
        if hit is None or _SPOKEN.search(hit[0]) or NO_NAME.search(hit["name"]):
            continue
        if not (hit["times"] or hit["unit"]) or is_measure(hit["unit"]):
            continue
        price = price_behind(row[hit.end() :], single=False)
        return Line(
            hit["name"],
            (hit["model"] or "").strip() or None,
            number_of(hit["number"]),
            hit["unit"],
            price.amount if price else None,
            price.currency if price else None,
            source=source,
            confidence=0.8 if hit["model"] else 0.7,
        )
    return None
