"""Amounts in Chinese text: numbers with units that order, and those that only describe."""

import re
from decimal import Decimal

from domain.mail.extract.chinese_forms import UNIT_ZH
from domain.mail.extract.numerals import HAN, number_of
from domain.mail.extract.units import UNITS_ZH, is_measure

_UNITS = (
    rf"{UNITS_ZH}|(?:pcs?|pces?|pieces?|sets?|units?|ea|nos?|kgs?|rolls?|m|pairs?|boxes|box"
    r"|man-?days?)(?![A-Za-z])"
)
_TIMES = (
    r"(?:(?<![\d.A-Za-z/×x*-])[×x*]?|(?<=[A-Z]\d)[×x*]|(?<=[A-Z-]\d\d)[×x*]|(?<=[A-Z-]\d{3})[×x*])"
)
AMOUNT = re.compile(
    rf"(?:{_TIMES}\s*(\d+\s*[-~至到或]\s*\d+|\d[\d,]*(?:\.\d+)?)|(?<![{HAN}第每])([{HAN}]{{1,4}}"
    rf"|若干|几[十百]?|[{HAN}]?十[来几多]|百十?来))"
    rf"\s*({_UNITS})(?!工作[日天]|\d|[月内前以后位人起面点]|小时|星期|[/每]|变更|问题)"
    r"|(?P<some>若干|适量)(?=\s*(?:[,;、。)]|$))",
    re.I,
)
_EACH = re.compile(
    r"(?:每|第|[这那]|多少钱|什么价|怎么卖|完|加到|可能|[用装放]在|已[发到装做]|[现原已]有|(?:[拟想要已曾]|计划|准备|打算)改造了?|戴着?|[到交买装]的|收到的|[送发]来的|满|不足|剩下?|还差|少了?|收到)\s*$"
    r"|[元$¥]/?$|(?:^|[,、:)\s])(?:少发|漏发|缺少"
    r"|短缺|多发|损坏|退回)"
)
ASKED = r"(?:要|订|做|来|买|购|加|补|定|上|添置?|制作|生产|安排|下单)\s*(?:了|个)?\s*$"
_VAGUE = re.compile(
    r"若干|几|[十百][来多]|[一两二三四五六七八九][两三四五六七八九](?![十百千])|\d+\s*[-~到至或]\s*\d+|还是"
    rf"|^(?:大概|大约|估计|约|近)|[{UNIT_ZH}]\s*(?:左右|上下|还是|或者)"
)
_BUILT_OF = re.compile(r"[筒层段节排][\u4e00-\u9fff]{1,4}[机炉筛床泵阀柜架梯]")
"""How a machine is built: "三筒烘干机", "两段破碎机"."""
NO_THING = re.compile(
    r"工时|(?:大致|大概|合理|初步|参考)的?(?:价|时间|方案|预算)|答复|说法|(?:新|大|小)?(?:单子?|订单|合同|发票|报价|图纸?|照片|表|资料|说明书|证书|报告|通知)"
)
_SHARED_OUT = re.compile(
    r"\s*(?:[用放装给送发安在]|很|挺|非常|[^,;]{0,6}(?:漏|坏|裂|断了|生锈|松动|不合格|有问题|异响|划伤|变形|破损)|[^,;]{0,10}(?:换成|改成|改为|换为|改用))"
)
"""What is said of a part of things that were named before, or of things that are there."""
_PACKED_BY = re.compile(r"一[捆箱袋包盒扎件桶托]|一张(?:图|标签|卡)")
"""How things are packed, one by one: "一条一捆"."""


def is_no_amount(hit: re.Match[str], before: str, following: str) -> bool:
    """True for what is counted but not ordered: "每3台", "少发5只", "两张单", "零部件"."""
    if (
        _PACKED_BY.match(following)
        or (hit[2] == "一" and re.search(r"一[条件个只根张台套箱]$", before))
        or _SHARED_OUT.match(following)
        or _EACH.search(before)
        or _counts_papers(hit[3] or "", following)
        or (is_measure(hit[3]) and re.match(r"\s*[宽长高深厚]", following))
        or (hit[2] and _BUILT_OF.match(hit[3] + following) and not re.search(ASKED, before))
    ):
        return True
    return bool(hit[3]) and number_of(hit[1] or hit[2]) == 0


def amount_number(hit: re.Match[str], before: str, behind: str) -> Decimal | None:
    """The number of an amount; a vague one has none."""
    lead = re.search(r"(?:大概|大约|估计|约|近|还是)\s*$", before)
    said = f"{lead[0] if lead else ''}{hit[0]}{behind}"
    return None if hit["some"] or _VAGUE.search(said) else number_of(hit[1] or hit[2])


def _counts_papers(unit: str, following: str) -> bool:
    """True for "两张单", "一份合同": papers about an order are no things ordered."""
    return unit in "张份个项批" and NO_THING.match(following) is not None
