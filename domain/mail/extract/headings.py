"""Headings of order tables: which words of firms name a thing, a quantity, a price, a date."""

import re

from domain.mail.plain import narrow

_HEADINGS: tuple[tuple[str, str], ...] = (
    ("number", r"序号|編號|行号|项次|项号|行项目|no\.?|pos\.?|line|#|ln|nr\.?|行|it\."),
    ("remark", r".*(?:备注|備註)|说明|技术要求|要求|remarks?|notes?|comments?|bemerkung(?:en)?"),
    ("supplier", r"供应商|供方|supplier|vendor"),
    (
        "po",
        r".*(?:订单编号|订单号|采购单号|合同号|訂單號|采购凭证)|order[ _]?no\.?|po[ _]?(?:no\.?"
        r"|number)|order|bestellnummer|po",
    ),
    (
        "price",
        r".*(?:单价|單價|净价).*|unit[ _]?(?:price|cost).*|(?!total).*price.*|net each.*|precio.*"
        r"|pu\b.*|each.*|.*(?:stück|einzel)preis.*|rate.*|prix.*",
    ),
    (
        "amount",
        r".*(?:金额|金額|总价|小计|合价).*|(?:line )?total.*|amount.*|value.*|sum.*|gesamt.*"
        r"|ext\.?(?:ended.*)?|importe|montant",
    ),
    (
        "due",
        r".*(?:交期|交货期|交货日期|交付日期|需求日期|需求时间|到货日|到货时间|发货日期|日期).*"
        r"|.*要求.*(?:日期?|时间)|.*(?:delivery|due|req(?:uired|\.)|needed|wanted|ship|arrival)"
        r".*(?:date|by)?|due|eta|date|(?:wunsch)?(?:liefer)?termin|lieferdatum|fecha.*",
    ),
    (
        "quantity",
        r".*(?:数量|數量|工程量|订购数|需求数|采购数|补货数|下单数|订货数|采购量|需求量|用量|订购量)"
        r"|q[\'’]?ty.*|quantity.*|(?:order(?:ed)? )?quant\.?|cantidad|cant\.?|qté|quantité|menge"
        r"|anzahl|pcs|pieces|台数|件数|套数|how many|no\.? off|(?:order|req)\.? q[\'’]?ty.*|stück",
    ),
    (
        "unit",
        r"(?:计量|計量)?(?:单位|單位)|uom|units?|um|unidad|einheit|unité|u/m|me|u\.m\."
        r"|unit of measure",
    ),
    (
        "material",
        r".*(?:物料号|物料编码|物料编号|料号|料號|存货编码|产品编码|商品编码|erp).*|sku"
        r"|material (?:no\.?|number|code)|sap.*|stock code|your (?:ref|no)\.?.*",
    ),
    (
        "model",
        r".*(?:型号|规格|规格|型號|規格|图号|圖號|牌号|口径|尺寸|型式|代号|件号).*"
        r"|(?:part|item|art(?:icle|ikel)?|cat(?:alogue)?|drawing|drg|type)[ _.-]*"
        r"(?:no\.?|nr\.?|numbers?|#|code)|part|p/n|pn|model.*|spec.*|size|type|material|código|codigo"
        r"|référence|reference|ref\.?|article.*|drawing|item code|code|dimensions?.*"
        r"|abmessung(?:en)?",
    ),
    (
        "item",
        r".*(?:品名|名称|名稱|物料描述|描述|短文本|产品|產品|商品|货品|设备|内容|项目|服务|标的|工作)"
        r"|物料|货物|配件|备件|description.*|descripción|descripcion|désignation|bezeichnung|benennung"
        r"|artikel|item|goods|product.*|part name|(?:short )?text|valve|equipment|what|name|service"
        r"|ítem|material description|article|commodity",
    ),
)
_COMPILED = tuple((name, re.compile(rf"(?:{pattern})", re.I)) for name, pattern in _HEADINGS)
_PARTS = re.compile(r"\s*[/|]\s+|\s+/\s*|(?<=[\u4e00-\u9fff])\s*/?\s*(?=[A-Za-z])")


def kind_of_heading(cell: str) -> str | None:
    """What a column with this heading holds, or None; "数量 Qty" is read as either word."""
    text = " ".join(narrow(cell).split()).strip("*: ").replace("_", " ")
    plain = re.sub(r"\((?![^)]*\d)[^)]*\)", "", text).strip()
    if not plain or len(plain) > 40:
        return None
    found = (_kind_of(part) for part in (plain, *_PARTS.split(plain)))
    return next((kind for kind in found if kind), None)


def _kind_of(words: str) -> str | None:
    return next((name for name, pattern in _COMPILED if pattern.fullmatch(words)), None)
