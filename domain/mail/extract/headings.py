"""Headings of order tables: which words of firms name a thing, a quantity, a price, a date."""

import re
import unicodedata

from domain.mail.plain import narrow

_HEADINGS: tuple[tuple[str, str], ...] = (
    (
        "number",
        r"it[eé]m? ?n[o°º]\.?|posi(?:ção|cao|ción|cion|zione)|posten|poz\.?|sira(?: no)?|lp\.?"
        r"|rang|項次|項目|品项|№|"
        r"序号?|編號|行号|项次|项号|行项目(?:号)?|项目号|no\.?|pos\.?(?: ?no\.?)?|position"
        r"|lines?(?: no\.?)?"
        r"|#|ln|nr\.?|行|it\.|s/?n|s[rl]\.? ?no\.?|line item|lfd\. ?nr\.?",
    ),
    (
        "remark",
        r"obs(?:ervações|ervacoes|\.)?|uwagi|not[ae]s?|opmerking(?:en)?|açıklama|到货说明"
        r"|補充說明|說明|"
        r".*(?:备注|備註|附注|注释)|说明|技术要求|特殊要求|其他要求|要求|remarks?|notes?|comments?"
        r"|bemerkung(?:en)?|observaciones|requirements?|instructions?",
    ),
    (
        "supplier",
        r"供应商|供方|供货商|供货单位|厂家|制造商|supplier|vendor|manufacturer|make|brand",
    ),
    (
        "po",
        r".*(?:订单编号|订单号|采购单号|合同号|訂單號|采购凭证|请购单号|采购申请号)"
        r"|order[ _]?no\.?|po[ _]?(?:no\.?|number|#)?|order(?: number)?|bestell(?:nummer|-?nr\.?)"
        r"|purchase order(?: no\.?)?",
    ),
    (
        "other",
        r".*(?:位置|地点|部门|申请人|使用人|车间|产线|楼层|区域)|location|area|dept.*|department"
        r"|plant"
        r"|requester|port|vessel|serial.*|project|warehouse|status|weight.*|.*(?:重量|净重|毛重)",
    ),
    (
        "currency",
        r"curr?(?:ency)?\.?|ccy|währung|币种|货币|幣別|幣種|币别|moneda|devise|valuta|waluta|moeda"
        r"|para birimi|měna",
    ),
    (
        "price",
        r"unit ?[$€£¥](?:[A-Z]{3})?|(?:net |gross )?pre(?:ço|co|is|zzo)\b(?!.*(?:gesamt"
        r"|total)).*|cena\b.*"
        r"|(?:birim )?fiyat.*|prijs\b.*|ep|e-preis.*|netto-?preis.*|p\.? ?unit\.?|unitario.*"
        r"|valor unit.*|"
        r".*(?:单价|單價|净价|单位价格|协议价|框架价).*|价格|价|unit[ _]?(?:price|cost|rate).*"
        r"|(?!total).*price.*|net each.*|precio.*|pu\b.*|each.*|.*(?:stück|einzel)preis.*|preis"
        r"|rate.*|prix.*|cost(?:/| per ).*|p\.?u\.?",
    ),
    (
        "per",
        r"pe|per|price (?:unit|per|basis)|preiseinheit|价格单位|计价单位数",
    ),
    (
        "amount",
        r"valor(?: total)?|wartość|tutar|gp|g-preis.*|總價|小計|總計|"
        r".*(?:金额|金額|总价|小计|合价|总额|价税合计).*|合计|(?:line )?total.*|amount.*"
        r"|value.*|sum.*"
        r"|gesamt.*|ext\.?(?:ended.*)?|importe|montant|subtotal",
    ),
    (
        "due",
        r"entrega.*|prazo.*|consegna.*|termin\w*|levertijd|leverdatum|termín.*|teslim.*|要求完成.*"
        r"|完成时间|希望到货|要货日.*|用货.*|納期|出貨.*|交付|"
        r"(?:要求|计划|希望|最晚|最迟)?(?:到库|到站|到货|入库|送达|到场|进场|上线|到位)(?:时间|日期?)?"
        r"|.*(?:交期|交货期|交货日期|交付日期|交付时间|交货时间|需求日|需用日|需求时间|到货日"
        r"|到货时间"
        r"|发货日期|发货时间|送货日期|到厂|纳期|完成日期|完工日期|日期|时限).*|.*要求.*(?:日期?"
        r"|时间)"
        r"|(?!.*(?:q[\'’]?t|quant|price|pcs|stück)).*(?:delivery|due|req(?:uired|\.)|needed"
        r"|wanted|ship|arrival|promise).*(?:date|by)?|due"
        r"|eta|etd|date|need(?:ed)? by|deliv\.?.*|when|(?:wunsch)?(?:liefer)?termin|lieferdatum"
        r"|fecha.*|échéance|délai",
    ),
    (
        "quantity",
        r"(?:order|delivery|req(?:uire)?d?|est(?:imated)?|approx|needed|total|call-?off"
        r"|this)?\.? ?(?:q\.?[\'’]?t(?:y|à|a|é|e)|qnty|quantity)\.?(?: ?(?:req(?:uire)?d?|needed"
        r"|ordered|pcs|ea|nos))?|qtde?\.?|quantidade|quantit[aà]|adet|miktar|ilość|množství"
        r"|aantal|antal|hoeveelheid|mennyiség|stk\.?|szt\.?|anz\.?|bestellmenge|how much|off"
        r"|本次.*"
        r"|本批.*|此次.*|這次.*|訂購量|訂購數|訂貨量|數|[台件套個个支根只條条塊块張张]數"
        r"|要货数.*|拟购.*|计划量|件数|套数|片数|订量|订数|加工数.*|下单量"
        r"|[叫要订领备提补供请][料货件用]?[量数]|所需数|需要数|委托数|"
        r".*(?:数量|數量|工程量|订购数|需求数|采购数|补货数|下单数|订货数|申请数|计划数|采购量"
        r"|需求量"
        r"|用量|订购量|需用量|总数|数目|工作量).*|[台件套个支根只条块张]数|数|批量"
        r"|q[\'’]?t[yé].*|quantity.*|(?:order(?:ed)? )?quant?\.?|quan\.?|cantidad|cant\.?"
        r"|quantité|menge|anzahl|pcs|pieces|how many|no\.? off|(?:order|req)\.? q[\'’]?ty.*|stück"
        r"|nos\.?|number(?: of)?|count|units? ordered|ordered|numbers?|sets",
    ),
    (
        "unit",
        r"bme|bm|un\.?|u\.?d\.?|uds?\.?|unidade|jm|j\.m\.|mj|birim|eenheid|eh|mengeneinheit"
        r"|qty unit"
        r"|mértékegység|计量|計量|"
        r"(?:计量|計量|数量)?(?:单位|單位)|(?:order|purchase|base|sales|po) (?:uom|unit)|uoi|uom"
        r"|units?"
        r"|um|unidad|einheit|unité|u/m|me|u\.m\."
        r"|unit of measure(?:ment)?|measure|meas\.?",
    ),
    (
        "material",
        r"(?!.*(?:图号|圖號|型号|型號|规格|規格))(?:(?:customer|client|buyer|internal) (?:item"
        r"|part|material|article|code).*|stock (?:no"
        r"|number)\.?|存货编号|料品.*|物編|品號|品号|"
        r".*(?:物料号|物料编码|物料编号|物料代码|料号|料號|存货编码|产品编码|产品编号|商品编码"
        r"|物资编码|材料编码|erp).*|sku|material (?:no\.?|number|code)|sap.*|stock code"
        r"|your (?:ref|no)\.?.*|mat\.? ?(?:no|nr)\.?)",
    ),
    (
        "model",
        r"(?!.*(?:品名|名称|名稱))(?:(?:oem|mfr|mfg|maker|manufacturer|supplier|vendor|your"
        r"|our)(?:['’]?s)?"
        r"[ .]*(?:ref|part|code|no|model|type|p/?n|article)\.?(?: ?n(?:o|umber)\.?)?"
        r"|(?:drg|dwg|drawing)\.?/(?:type|model|part)"
        r"|codice.*|cod\.?|código.*|kod\w*|nr rys.*|rysunek|tipo|tip|tür|modell?o?|ürün kodu"
        r"|bestel(?:nummer|nr).*|zeichnung.*|zeichn\.?.*|sizes?|dims?\.?|形式|型番|品番|図番"
        r"|圖面.*|.*(?:圖號"
        r"|型號).*|"
        r".*(?:型号|规格|型號|規格|图号|圖號|图纸|牌号|口径|尺寸|型式|代号|件号|机型|货号|订货号"
        r"|技术参数|材质).*|参数"
        r"|(?:part|item|art(?:icle|ikel)?|cat(?:alog(?:ue)?)?|drawing|dwg|drg"
        r"|type|product|order|mpn"
        r"|mfr\.? part|your part|our part)[ _.-]*(?:no\.?|nr\.?|numbers?|#"
        r"|code)|part|p/n|pn|model.*"
        r"|spec.*|size|type|typ|material|código|codigo|modelo|modèle|référence|reference|ref\.?"
        r"|article.*|drawing|dwg\.?|code|dimensions?.*|abmessung(?:en)?|grade)",
    ),
    (
        "item",
        r"(?:material)?(?:kurz|lang)text|品名規格|品名规格|articolo|artículo|descrição.*"
        r"|descrizione.*|nazwa.*|opis.*|towar|ürün.*|malzeme.*"
        r"|parça.*|omschrijving.*|název.*|popis.*|megnevezés|benämning|benævnelse|betegnelse"
        r"|produto|prodotto|peça|parts?(?: name| description)?|spare(?:s| parts?)?|item (?:name"
        r"|desc.*)|things?|goods name|material desc.*|品項|貨品|工装.*|模具.*|.*名稱|部品.*"
        r"|零件.*|备品.*|品目|"
        r".*(?:品名|名称|名稱|货名|物料描述|描述|短文本|产品|產品|商品|货品|设备|内容|项目|服务"
        r"|标的"
        r"|工作|工序)|物料|物资|货物|配件|备件|部件|零件|材料|description.*|descripción"
        r"|descripcion"
        r"|désignation|designation|bezeichnung|benennung|artikel|items?|goods|product.*|part name"
        r"|(?:short )?text|valve|equipment|what|name|service|ítem|(?:material"
        r"|item|part|article|goods"
        r"|product) (?:description|name|text)|article|commodity|component|scope.*|work.*|device"
        r"|denomination|nomenclature|particulars|(?:mat(?:'?l|erial)?|item|part|goods)\.? desc.*",
    ),
)
_MONEY = re.compile(
    r"(?:^|(?<=[\s/(,-]))(?:EUR|USD|CNY|RMB|GBP|HKD|JPY|CHF|AUD|SGD|INR|NOK|SEK|PLN|TRY|BRL|CAD"
    r"|TWD"
    r"|NTD|AED)(?![A-Za-z])[)\s]*"
)


def _folded(words: str) -> str:
    """The words without accents: headings lose them on old keyboards and in old programs."""
    parted = unicodedata.normalize("NFKD", words)
    return "".join(c for c in parted if not unicodedata.combining(c))


_COMPILED = tuple(
    (name, re.compile(rf"(?:{pattern}|{_folded(pattern)})", re.I)) for name, pattern in _HEADINGS
)
_PARTS = re.compile(r"\s*[/|]\s+|\s+/\s*|(?<=[\u4e00-\u9fff])\s*/?\s*(?=[A-Za-z])")


def kind_of_heading(cell: str) -> str | None:
    """What a column with this heading holds, or None; "数量 Qty" is read as either word."""
    text = " ".join(narrow(cell).split()).strip("*: ").replace("_", " ")
    text = re.sub(r"(?<=[\u4e00-\u9fff])\s+(?=[\u4e00-\u9fff])", "", text)
    plain = re.sub(r"\((?![^)]*\d)[^)]*\)", "", text).strip()
    if not plain or len(plain) > 40:
        return None
    without_money = _MONEY.sub(" ", plain).strip()
    parts = (plain, without_money, *_PARTS.split(plain))
    found = (_kind_of(form) for part in parts for form in (part, _folded(part)) if form)
    return next((kind for kind in found if kind), None)


def _kind_of(words: str) -> str | None:
    return next((name for name, pattern in _COMPILED if pattern.fullmatch(words)), None)
