"""Labelled values: "交货期：2026年4月20日", "PO number: 4711"; several on a line are parted."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from domain.mail.plain import narrow

_LABELS: dict[str, str] = {
    "customer": r"(?:采购|订货|需方|甲方|客户|买方|购货|下单|我方)?(?:单位|公司)(?:名称)?"
    r"|客户名称|需方|甲方|买方|采购方|订货方|委托方|定作方|买受人|采购组织|发包方|客户|公司名称"
    r"|customer(?: name)?|company(?: name)?|buyer(?: company)?|purchaser|client|bill(?:ed)? to"
    r"|sold to|ordered by|besteller|auftraggeber|kunde|firma|cliente|comprador|empresa|société"
    r"|acheteur|会社名|注文者|発注元",
    "contact": r"联系人|联络人|經辦人|经办人|需方经办|采购员|联系方式|contact(?: person| name)?"
    r"|attn|attention",
    "phone": r"(?:联系)?电话|手机|联系方式|tel(?:ephone)?|phone|mobile|cell",
    "po": r"(?:采购|客户|我[方司]|贵司|订货|订购|请购|申购|要货)?(?:订单|合同|采购单|请购单"
    r"|订货单|订购单"
    r"|单|PO)(?:编号|号码?)|采购订单|采购单|采购合同(?:编?号)?|合同编号|PO号|请购单|订单"
    r"|(?:our|your|customer) (?:order|po|ref(?:erence)?)(?: no\.?| number)?"
    r"|p\.?o\.?(?: no\.?| number"
    r"| ref\.?| #|#)?|purchase order(?: no\.?| number)?|order (?:no\.?|number|ref(?:erence)?|#)"
    r"|contract (?:no\.?|number)|bestell(?:nummer|-?nr\.?|ung)|commande(?: n°)?|pedido|注文番号",
    "item": r"品名|产品(?:名称)?|货物名称|名称|设备名称|物料名称|item|product|description|goods",
    "model": r"型号规格|规格型号|型号|规格|图号|model|part (?:no\.?|number)|type|specification"
    r"|drawing(?: no\.?)?",
    "quantity": r"(?:订购|采购|需求)?数量|quantity|qty",
    "price": r"(?:含税)?单价|unit price|price(?: each)?",
    "amount": r"(?:合同|订单|采购)?(?:总价|总额|总金额|总计|总值|金额|合计|价税合计|货款)(?:金额"
    r"|人民币"
    r"|\(含税\)|含税)?|(?:grand )?total(?: amount| price| value| sum| order value| net| due)?"
    r"|order value|contract (?:value|price|amount)|(?:order |total )?amount|sum"
    r"|gesamt(?:preis|summe"
    r"|betrag)?|summe|importe(?: total)?|montant(?: total)?",
    "due": r"(?:要求|期望|希望|最迟)?(?:交货?|到货|交付|供货|完工|发货|需求)(?:期|日期|时间"
    r"|期限)|交期要求|工期|delivery(?: date| time| required)?|required(?: by| date)?"
    r"|due(?: date)?|needed by|deadline|requested delivery|date required|delivery wanted"
    r"|ex works date",
    "place": r"(?:交货|送货|收货|到货|交付|安装)(?:地点|地址)|收货(?:单位|方)|送至|送货|现场"
    r"|目的地|地址"
    r"|deliver(?:y)? (?:to|address|place)|ship(?:ping)? (?:to|address)|place of delivery"
    r"|delivery terms|incoterms?",
    "requirements": r"(?:特殊|其他|技术|质量|包装|具体|另外)?(?:要求|说明|需求)|技术参数"
    r"|特殊说明|备注|special (?:requirements?|requests?|instructions?)|requirements?"
    r"|remarks?|notes?|other",
    "urgency": r"紧急程度|优先级|urgency|priority",
}
_MARK = re.compile(
    r"(?:^|(?<=[;。,\n]))[ \t]*(?:[-*•·]|\(?[\d一二三四五六七八九十]{1,2}[.、)])?[ \t]*(?:"
    + "|".join(f"(?P<{key}>{words})" for key, words in _LABELS.items())
    + r")[ \t]*(?:\([^)\n]{0,20}\))?[ \t]*:[ \t]*",
    re.I | re.M,
)


@dataclass(frozen=True)
class Labelled:
    """A value behind its label; the positions are those of the value."""

    key: str
    value: str
    start: int
    end: int


def labelled(text: str) -> tuple[Labelled, ...]:
    """All labelled values of the text in order; a value ends with its line or at the next label."""
    return tuple(_values(text))


def _values(text: str) -> Iterator[Labelled]:
    plain = narrow(text)
    marks = list(_MARK.finditer(plain))
    for n, mark in enumerate(marks):
        end = plain.find("\n", mark.end())
        end = len(plain) if end < 0 else end
        if n + 1 < len(marks):
            end = min(end, marks[n + 1].start())
        value = text[mark.end() : end].strip().rstrip(";；,，。 ")
        if mark.lastgroup and (value or mark.lastgroup == "requirements"):
            yield Labelled(mark.lastgroup, value, mark.end(), end)


def first(values: tuple[Labelled, ...], key: str) -> Labelled | None:
    """The first value with this label."""
    return next((one for one in values if one.key == key and one.value), None)
