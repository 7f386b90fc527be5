"""The customer's own order number: by its column, its label, or the shape of a number."""

import re
from collections.abc import Iterator, Sequence

from domain.mail.extract.fields import ORDER_NO
from domain.mail.extract.labels import Labelled
from domain.mail.extract.values import Field
from domain.mail.plain import narrow

_NUMBER = r"(?:PO-)?[A-Z0-9][A-Z0-9./_-]{1,24}[A-Z0-9]"
_ALSO = re.compile(rf"\s*(?:[、,;&+]|和|及|与|and)\s*({_NUMBER})(?![\w-])", re.I)
_WHOLE = re.compile(r"(?<![\w-])PO-[A-Z]{1,5}-?\d[\w-]*", re.I)
_LINK = r"\s*(?:编?号码?|no\.?|number|nr\.?|#|ref\.?)?\s*(?:为|是|还是|仍是|is|:|#|=|-)?\s*"
_STRONG = re.compile(
    r"(?:\bP\.?O\.?(?!-[A-Z])(?:\s*(?:no\.?|number|#|ref\.?|号))?"
    r"|\bpurchase order|\bour order|\byour order ref\.?|\border (?:no\.?|number|ref\.?|#)"
    r"|\bcustomer (?:order|po)|\bcall-?off(?: against)?(?: frame order)?"
    r"|\bframe order|\brelease order"
    r"|\bcontract|\bbestell(?:ung|nummer|-?nr\.?)|\bcommande|\bpedido|\borden de compra"
    r"|注文書?番?号?"
    r"|采购订单|采购单|采购合同|订货单|订购单|(?:我[方司]|客户|你[方司]|贵司)?订单号?|请购单"
    r"|申购单|要货单"
    r"|(?:订单|合同|采购|单据|协议书?|框架合同)编?号|合同)"
    rf"{_LINK}({_NUMBER})(?![\w-])",
    re.I,
)
_WEAK = re.compile(
    rf"(?:\border\b|\bour ref\.?|\bref(?:erence)?\b\.?|订单|单号){_LINK}({_NUMBER})(?![\w-])",
    re.I,
)
_LOOSE = re.compile(
    r"(?<![\w/-])(?:[A-Z]{2,5}[-/]?\d{3,}(?:[-/]\d+)*|[A-Z]{1,3}(?:-\d{2,6}){2,3}|\d{2,4}-\d{2,5}"
    r"|45\d{8})(?![\w/-])"
)
_NO_PO = re.compile(
    r"^(?:SO-|QT-\d|RFQ|[A-Za-z]+$|20\d\d[-/.]\d|\d{1,3}$|\d{1,2}[./]\d{1,2}$)"
    r"|^(?:no|number|for|is|the|v\d|rev)\b",
    re.I,
)
_FILE = re.compile(
    rf"(?:订单|采购单|采购合同|合同|请购单|\bP\.?O\.?|order|purchase order"
    rf"|bestellung)[ _:#-]*({_NUMBER})",
    re.I,
)
_ENQUIRED = re.compile(
    r"(?:报价|询价|询盘|技术协议|协议|quot\w*|enquiry|inquiry|rfq|offer)\W{0,8}\w*$", re.I
)


def po_number(
    subject: str,
    text: str,
    labels: tuple[Labelled, ...],
    tables: tuple[str, ...],
    files: Sequence[str] = (),
) -> Field[str] | None:
    """The customer's own order number; several are joined with "; "."""
    if tables:
        return _field(tables, "attachment", "column", 0.9)
    said = [one for label in labels if label.key == "po" for one in _of_label(label)]
    if said:
        place = next(label for label in labels if label.key == "po")
        return _field(said, f"text:{place.start}-{place.end}", "label", 0.9)
    plain, title = narrow(text), narrow(subject)
    for rule in (_WHOLE, _STRONG):
        for source, words in (("text", plain), ("subject", title)):
            if found := list(_found(rule, words)):
                return _field(found, source, "po_words", 0.85)
    named = [one for name in files for one in _found(_FILE, narrow(name.rpartition(".")[0]))]
    if named:
        return _field(named, "attachment", "file_name", 0.8)
    for source, words in (("text", plain), ("subject", title)):
        if found := list(_found(_WEAK, words)):
            return _field(found, source, "ref_words", 0.75)
    loose = [one for one in _LOOSE.findall(ORDER_NO.sub("", title)) if _is_po(one)]
    return _field(loose, "subject", "number_in_subject", 0.7) if loose else None


def _field(found: Sequence[str], source: str, rule: str, confidence: float) -> Field[str]:
    return Field("; ".join(dict.fromkeys(found)), source, rule, confidence)


def _of_label(label: Labelled) -> Iterator[str]:
    value = narrow(label.value)
    hit = re.match(rf"{_NUMBER}(?![\w-])", value, re.I)
    if hit and _is_po(hit[0]):
        yield hit[0]
        yield from _further(value, hit.end())


def _found(rule: re.Pattern[str], words: str) -> Iterator[str]:
    for hit in rule.finditer(words):
        number = hit[1] if rule.groups else hit[0]
        if _is_po(number) and not _ENQUIRED.search(words[max(0, hit.start() - 20) : hit.start()]):
            yield number
            yield from _further(words, hit.end())


def _further(words: str, place: int) -> Iterator[str]:
    """More numbers of the same shape in a row: "LJ-009、LJ-010"."""
    while (
        (hit := _ALSO.match(words, place)) and _is_po(hit[1]) and re.search(r"[A-Z]|\d{6}", hit[1])
    ):
        yield hit[1]
        place = hit.end()


def _is_po(number: str) -> bool:
    return bool(re.search(r"\d", number)) and not _NO_PO.search(number)
