"""Rows that label each value: "名称：水泵 型号：SB-4 数量：2台", "Item: hose, Qty: 4 m"."""

import re

from domain.mail.extract.cells import price_of, quantity_of
from domain.mail.extract.values import Line

_LABELS = {
    "item": r"品名|物料|物品|商品|设备"
    r"|(?:产品|设备|货物|物料|物品|部件)?名称|产品|货物|item(?: name| \d{1,2})?|description"
    r"|product|goods|part",
    "model": r"型号(?:规格)?|规格(?:型号)?|图号|货号|model|type|part no\.?|drawing(?: no\.?)?"
    r"|size|code|spec",
    "quantity": r"(?:订购|采购|需求)?数量|qty\.?|quantity|q'ty|menge|anzahl",
    "unit": r"单位|unit|uom",
    "price": r"(?:含税)?单价|unit price|price(?: each)?|rate|preis",
}
_LABEL = re.compile(
    r"(?:^|(?<=[\s,;/|]))(?:\(?\d{1,2}[.)、]\s*)?(?:"
    + "|".join(f"(?P<{key}>{words})" for key, words in _LABELS.items())
    + r")\s*[:=]\s*",
    re.I,
)


def labelled_row(row: str, source: str) -> Line | None:
    """The line of a (narrow) row with labels for a thing and its quantity, else None."""
    hits = list(_LABEL.finditer(row))
    ends = [*(hit.start() for hit in hits[1:]), len(row)]
    values = {
        hit.lastgroup: row[hit.end() : end].strip(" ,;|/").removesuffix(".")
        for hit, end in zip(hits, ends, strict=False)
    }
    named = values.get("item") or values.get("model")
    if len(hits) < 2 or len(values) < len(hits) or not named or "quantity" not in values:
        return None
    quantity, unit = quantity_of(values["quantity"])
    price, currency = price_of(values.get("price", ""))
    return Line(
        values.get("item") or None,
        values.get("model") or None,
        quantity,
        values.get("unit") or unit,
        price,
        currency,
        source=source,
        confidence=0.85 if quantity is not None else 0.6,
    )
