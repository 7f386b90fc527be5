"""Prices beside the amounts of Chinese text: "单价38500元", "86元/条", "单价 12 元，数量 40 个"."""

import re
from decimal import Decimal

from domain.mail.extract.chinese_forms import UNIT_ZH
from domain.mail.extract.money import Sum, sums_in
from domain.mail.extract.units import UNITS_ZH

_BARE_PRICE = re.compile(r"[\s,(]*(?:含税)?单价\s*:?\s*(\d[\d,]*(?:\.\d+)?)(?!\s*[万%\d])")
_PRICE_BEFORE = re.compile(
    rf"(?:不?含税)?单价\s*:?\s*[¥￥]?\s*(\d[\d,]*(?:\.\d+)?)\s*元?(?:\s*/\s*(?:{UNITS_ZH}))?\s*[,、]?"
    r"(?=\s*(?:订购)?数量\s*:?\s*\d)"
)


def price_before(part: str) -> tuple[str, Decimal | None]:
    """A row whose price stands before its labelled quantity, and that price taken out of it."""
    hit = _PRICE_BEFORE.search(part)
    if hit is None:
        return part, None
    bare = part[: hit.start()] + " " * len(hit[0]) + part[hit.end() :]
    return bare, Decimal(hit[1].replace(",", ""))


def price_behind(following: str, *, single: bool) -> Sum | None:
    """The unit price behind a quantity: "单价38500元", "86元/条"; a sum for all is none."""
    near = following[:30]
    if (bare := _BARE_PRICE.match(following)) and not sums_in(following[:24]):
        return Sum(Decimal(bare[1].replace(",", "")), "CNY", *bare.span(1))
    sums = sums_in(following[:48])
    if not sums:
        return None
    if single and re.fullmatch(
        r"[\s,:(]*(?:(?:价格?|单价|总价)[^\d,。;]{0,16})?", following[: sums[0].start]
    ):
        return sums[0]
    each = re.search(
        rf"单价|每(?:人天|人日|工日|[{UNIT_ZH}])|/\s*(?:人天|[{UNIT_ZH}])|[@]|一[{UNIT_ZH}]", near
    )
    return sums[0] if each else None
