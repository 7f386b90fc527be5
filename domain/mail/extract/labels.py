"""Labelled values: "交货期：2026年4月20日", "PO number: 4711"; several on a line are parted."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from domain.mail.plain import narrow
from domain.mail.traditional import simplified

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
    "due": r"(?:要求|期望|希望|最迟|最晚|计划|客户|约定)?(?:交货?|到货|交付|供货|完工|完成|发货"
    r"|需求|送货|到厂"
    r"|进场|需用|用货|出货)(?:期|日期?|时间|期限|要求)|交期要求|时间要求|工期|(?:交货|供货|加工"
    r"|生产|制作)?周期|纳期|希望納期|納期"
    r"|(?:requested |required |desired |latest )?delivery(?: date| time| required| by| deadline"
    r"| schedule)?"
    r"|required(?: by| date| on site| delivery)?|due(?: date)?|need(?:ed)?(?: by| on site| date)?"
    r"|deadline|date (?:required|needed)|delivery wanted|ex works date|(?:ship(?:ping|ment)?"
    r"|dispatch"
    r"|completion|arrival|target)(?: date| by)?|e\.?t\.?[ad]\.?|rdd|lead ?time|(?:wunsch"
    r"|liefer)?termin"
    r"|lieferdatum|lieferung|when|(?:revised|new|latest) (?:delivery|date|eta|etd)"
    r"|fecha de entrega|plazo(?: de entrega)?|entrega|délai|livraison"
    r"|date de livraison",
    "place": r"(?:交货|送货|收货|到货|交付|安装|发货|卸货|使用)(?:地点|地址|地|处)|收货(?:单位"
    r"|方)|送至|送货"
    r"|送达|现场|目的地|目的港|到站|地址|deliver(?:y)? (?:to|address|place|location|point|site)"
    r"|delivered to"
    r"|ship(?:ping|ment)?[ -]?to(?: address)?|shipping address|place of delivery|delivery terms"
    r"|destination(?: port)?|port of (?:discharge|destination)|consignee(?: address)?"
    r"|incoterms?(?: 2020)?"
    r"|lieferadresse|lieferort|lieferanschrift|lugar de entrega|lieu de livraison|納入場所|納品先",
    "requirements": r"(?:特殊|其[他它]|技术|质量|包装|具体|另外|品质|检验|交付|运输|质检)?(?:要求"
    r"|说明|需求)"
    r"|技术参数|特殊说明|备注|注意事项|包装方式|包装|(?:special|technical|quality|packing"
    r"|packaging|other"
    r"|additional) (?:requirements?|requests?|instructions?|notes?)|requirements?|remarks?|notes?"
    r"|other"
    r"|packing|packaging|material|finish|painting|colou?r|testing|inspection|documents?"
    r"|documentation"
    r"|certificates?|marking|shipping marks|表面处理|颜色|材质|besondere anforderungen"
    r"|anforderungen|bemerkung(?:en)?|verpackung|hinweise"
    r"|requisitos|exigences|備考",
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
    plain = simplified(narrow(text))
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
