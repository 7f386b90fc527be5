"""The customer's own order number: by its column, its label, or words that lead to it."""

import re
from collections.abc import Iterator, Sequence

from domain.mail.extract.fields import ORDER_NO
from domain.mail.extract.labels import Labelled
from domain.mail.extract.values import Field
from domain.mail.plain import narrow
from domain.mail.traditional import simplified

_CODE = r"(?=\S*\d)[A-Z0-9ÄÖÜ]+(?:[-/._#&](?:[A-Z0-9ÄÖÜ]+|[\u4e00-\u9fff]{1,2}(?=[-/])))*"
_SPACED = r"(?-i:[A-ZÄÖÜ]{1,5} (?:\d{3,}|\d+[-/]\d[\w/-]*))"
"""Letters, a blank and digits ("HB 4471"): only in capitals, and only behind words of orders."""
_NUMBER = rf"(?:{_SPACED}|{_CODE})"
_END = r"(?![A-Za-z0-9-])"
_ALSO = re.compile(rf"\s*(?:[、,;&+/]|和|及|与|and|und)\s*(?:no\.? ?)?({_NUMBER}){_END}", re.I)
_WITH_PO = re.compile(r"(?<![\w-])(?:[A-Z0-9]{1,8}[-/]){0,3}PO[-/][A-Z0-9][A-Z0-9/-]*" + _END, re.I)
_NO = r"(?:no|nos|nr|num|number|numero|n|ref|reference|code|id|číslo|szám)\b\.?|[#№]|n[°º]"
_WORDS = (
    r"(?:purchase |works? |service |release |spot |frame |sales |job )?order|job|orders|ordering"
    r"|purchase"
    r"|indent"
    r"|call[- ]?off(?: order)?|release|requisition|contract|commission|sow|statement of work"
    r"|bestell(?:ung|nummer|-?nr|auftrag)|auftrag|abruf|vertrag|kommission|ordine|commessa"
    r"|contratto"
    r"|oda|pedido|orden(?: de compra)?|ordem(?: de compra)?|encomenda|contrato|commande"
    r"|bon de commande|zamówieni[ae]|zam|zlecenie|bestelling|inkooporder|inköpsorder|sipari[şs]"
    r"|objednávka"
    r"|beställning|innkjøpsordre|indkøbsordre|rendelés"
)
_WORDS_ZH = (
    r"采购(?:订单|单|合同|凭证)|订货单|订购单|订货合同|订购合同|订单|请购单|申购单|采购申请"
    r"|要货(?:令|单|计划|通知)?|叫料单|通知单?号|委托单|委托书"
    r"|委托合同|加工单|加工合同|派工单|工单|任务单|生产令|合同|合约|协议书?|单据|单号|注文書"
    r"|注文番号|発注|注番"
)
_LINK = (
    rf"\s*(?:{_NO})?\s*(?:(?:for|to be|allotted|assigned|allocated|issued|given|raised|against"
    r"|which|on|this|your|our|the|paperwork|it|job|records|files|system|dated|ref|all|invoices?"
    r"|papers?|documents?)(?:\s+|(?=:))){0,5}?"
    r"(?:will be|shall be|is|are|was|reads|being|ist|lautet|es|è|é|还?[为是]|:|=|-|–)?"
    r"\s*[(\"“„]?\s*"
)
_LINK_ZH = (
    r"\s*(?:编?号码?|编码|No\.?|#)?\s*(?:为|[写填用]|是|还是|仍是|即|:|#|=|-)?\s*[\"“(【《「]?\s*"
)
_STRONG = re.compile(
    rf"(?:(?<![\w-])(?-i:O\.C\.|OC|O/C|OdA|ODA|AF)(?![A-Za-z])|(?<![A-Za-z0-9-])[LSI]?P\.?O\.?(?![A-Za-z])(?:'?s)?|(?<![A-Za-z0-9-])(?:our|your"
    rf"|customer(?:'s)?) (?:order|p\.?o\.?)"
    rf"|(?<![\w-])(?:{_WORDS})(?=\W|$)\s*(?:{_NO}))(?:号码?)?{_LINK}(?P<number>{_NUMBER}){_END}",
    re.I,
)
_SHEET_ZH = re.compile(
    rf"(?<![价询货箱更验收修账款退流运递质检图清价])[\u4e00-\u9fff]{{1,2}}(?<![价送货装箱更验收修账款退流运递检图清])单号?{_LINK_ZH}"
    rf"(?P<number>(?-i:[A-Z]{{1,6}}[-/]?[A-Z0-9/-]*\d[A-Z0-9/-]*)){_END}",
    re.I,
)
_CHARGED = re.compile(
    rf"\b(?:ordered (?:under|on|with)|charged? (?:it |this |them )?to|book(?:ed)? (?:it "
    rf"|this )?(?:to|under|on)|just use"
    rf"|please use|use) (?P<number>(?-i:[A-Z]{{1,6}}[-/]?[A-Z0-9/-]*\d{{2,}}[A-Z0-9/-]*)){_END}"
    r"(?!.{0,12}(?:seal|type|grade|steel|paint))"
)
_STRONG_ZH = re.compile(
    rf"(?:{_WORDS_ZH}|单[一二三四五六](?=[】\]):\s])[】\])]?){_LINK_ZH}(?P<number>{_NUMBER}){_END}",
    re.I,
)
_OURS = re.compile(
    rf"(?<![\w-])(?:(?:our|my)(?: (?:internal|own|file|job|new))?(?: (?:ref(?:erence)?|number"
    rf"|no\.?|job|file))?"
    rf"|the number|(?<=, )number(?= will| is))\.?(?: ?no\.?)?\s*"
    rf"(?:will be|is|:|#|-)?\s*(?P<number>{_NUMBER}){_END}"
    rf"|\b(?:quot(?:e|ing)|mark(?:ed)?(?: with)?|state|mention"
    rf"|refer to) (?P<quoted>{_NUMBER}){_END}"
    rf"(?= (?:on|in|as)\b)|\bmarked with (?P<marked>{_NUMBER}){_END}",
    re.I,
)
_WEAK = re.compile(rf"(?<![\w-])(?:{_WORDS})\.?(?=\W){_LINK}(?P<number>{_NUMBER}){_END}", re.I)
_WEAK_ZH = re.compile(
    rf"(?:合同|订单|采购单?|单子)[^。;\n]{{0,16}}[,\s]编号{_LINK_ZH}(?P<number>{_NUMBER}){_END}",
    re.I,
)
_REF = re.compile(rf"(?<![\w-])ref(?:erence)?\b\.?{_LINK}(?P<number>{_NUMBER}){_END}", re.I)
_LOOSE = re.compile(
    r"(?<![\w/-])(?:[A-Z]{1,6}[-/]?\d{3,}(?:[-/][A-Z0-9]+)*|[A-Z]{1,6}(?:[-/][A-Z0-9]{2,8}){1,3}"
    r"|\d{2,5}-\d{3,6}|\d{2,4}/\d{3,5}|45\d{8})(?![\w/-])"
)
_NO_PO = re.compile(
    r"^(?:SO-|GRN|AWB|QT-\d|RFQ|RFP|RDO|ECN|ECR|8D|INV|QUO|QU?-?\d{2}|ISO|EN|DIN|GB|RAL|IP\d|DN\d"
    r"|PN\d|M\d{1,2}$"
    r"|CW ?\d|KW ?\d|WK ?\d|Q\d$|V\d|REV|[A-Z]+$)"
    r"|^(?:19|20)\d\d[-/.]\d{1,2}(?:[-/.]\d{1,2})?$|^(?:[0-3]?\d[-/.][01]?\d"
    r"|[01]?\d[-/.][0-3]?\d)(?:[-/.](?:20)?\d\d)?\.?$"
    r"|^\d+(?:[.,]\d+)?(?:pcs?|x|mm|cm|m|kg|t|off|nos?|sets?|st|nd|rd|th|ea|units?|h|days?|weeks?)$"
    r"|^(?:no|number|for|is|the|of|and)\b|^0\d{8,}$",
    re.I,
)
_FILE = re.compile(
    rf"(?:订单|采购单|采购合同|合同|请购单|要货令|委托单|(?<![A-Za-z])P\.?O\.?|order|bestellung"
    rf"|pedido|ordine"
    rf"|commande|zam)"
    rf"[ _:#-]*({_CODE})",
    re.I,
)
_FILE_CODE = re.compile(
    r"(?=.*\d{2})(?=.*[-/_]"
    r"|[A-Z]+\d)[A-Z]{0,6}[-_]?[A-Z0-9]+(?:[-_][A-Z0-9]+)*",
    re.I,
)
_NO_FILE = re.compile(
    r"^(?:IMG|DSC|SCAN|SO-|RFQ|QT|INV|ECN|8D|WX|SKM|DOC)|询价|报价|图|合格|发票|quot|drawing|rev"
    r"|spec|list"
    r"|photo",
    re.I,
)
_OF_ORDER = re.compile(
    r"订单|订购|订货|下单|采购|要货|合同|加工|\border|purchas|call-?off|\bPO\b", re.I
)
_ENQUIRED = re.compile(
    r"(?:报价单?|询价单?|询盘|技术协议|框架(?:采购)?(?:合同|协议)?|年度(?:框架)?(?:合同|协议)?"
    r"|招标|投标|发票|送货单|变更单?"
    r"|quotations?|(?:your|the|ur) quote|enquiry|inquiry|rfq|offer|tender|invoice|despatch"
    r"|dispatch note|delivery note"
    r"|frame(?:work)?(?: purchase)?(?: agreement| contract)?|blanket(?: order| agreement)?"
    r"|agreement"
    r"|grn|waybill|supplier|serial|machine|drawing)[^\w.;!?。]{0,8}(?:no\.?\s*)?\w{0,12}$",
    re.I,
)
_ON_PAPER = re.compile(
    r"\b(?:on|for) (?:(?:all|the|our|your) )*(?:invoices?|papers?"
    r"|documents?)\W*$"
)
_NO_SUBJECT = re.compile(
    r"invoice|reminder|tender|invitation|quotation|enquiry|inquiry|rfq|报价|询价|投标|招标|发票"
    r"|邀请|变更|催款"
    r"|账单",
    re.I,
)
_SEVERAL = re.compile(r"\borders\b|订单|单子|两单|两张", re.I)


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
    plain, title = simplified(narrow(text)), simplified(narrow(subject))
    if heads := _heads(title, plain):
        return _field(heads, "text", "heads", 0.85)
    for rule in (_WITH_PO, _STRONG, _STRONG_ZH, _OURS, _CHARGED, _SHEET_ZH):
        for source, words in (("text", plain), ("subject", title)):
            if found := list(_found(rule, words)):
                return _field(found, source, "po_words", 0.85)
    stems = [narrow(name.rpartition(".")[0]) for name in files]
    if named := [one for stem in stems for one in _found(_FILE, stem)]:
        return _field(named, "attachment", "file_name", 0.8)
    for rule in (_WEAK, _WEAK_ZH, _REF):
        for source, words in (("text", plain), ("subject", title)):
            if found := list(_found(rule, words)):
                return _field(found, source, "ref_words", 0.8)
    if _OF_ORDER.search(f"{title}\n{plain}") and (codes := [s for s in stems if _is_file_code(s)]):
        return _field(codes[:1], "attachment", "file_code", 0.75)
    if _NO_SUBJECT.search(title):
        return None
    loose = [one for one in _LOOSE.findall(ORDER_NO.sub("", title)) if _is_loose(one)]
    return _field(loose, "subject", "number_in_subject", 0.7) if loose else None


def _field(found: Sequence[str], source: str, rule: str, confidence: float) -> Field[str]:
    return Field("; ".join(dict.fromkeys(found)), source, rule, confidence)


def _of_label(label: Labelled) -> Iterator[str]:
    value = narrow(label.value)
    hit = re.match(rf"{_NUMBER}{_END}", value, re.I)
    if hit and _is_po(hit[0]):
        yield hit[0]
        yield from _further(value, hit.end())


def _heads(title: str, text: str) -> list[str]:
    """Codes that head the parts of a mail with several orders, whose digits the subject repeats."""
    wanted = re.findall(r"(?<!\d)\d{3,}(?!\d)", ORDER_NO.sub("", title))
    if len(wanted) < 2 or not _SEVERAL.search(title):
        return []
    heads = re.findall(r"^\s*(?:\W|\d[.)])*([A-Z]{1,6}[-/]?\d{3,})(?=\s*(?:\(|:|$))", text, re.M)
    return [head for head in heads if any(head.endswith(digits) for digits in wanted)]


def _found(rule: re.Pattern[str], words: str) -> Iterator[str]:
    for hit in rule.finditer(words):
        number = next((group for group in hit.groups() if group), hit[0])
        start = hit.start(hit.lastindex or 0)
        lead = words[max(0, hit.start() - 24) : hit.start()]
        told = words[hit.start() : start]
        if (
            not _is_po(number)
            or _ENQUIRED.search(lead)
            or _ENQUIRED.search(_ON_PAPER.sub("", told).strip(" :#"))
        ):
            continue
        if _is_amount(words, hit.start(), start, number):
            continue
        yield number
        yield from _further(words, hit.end())


def _is_amount(words: str, begin: int, start: int, number: str) -> bool:
    """True for a short bare number that counts things: "order 12 pumps", not "Order 12:"."""
    if not number.isdigit() or len(number) > 4:
        return False
    told = bool(re.search(rf"(?:{_NO}|号|编号)\W*$", words[begin:start], re.I)) or bool(
        re.search(r"P\.?O\.?\W*$", words[begin:start], re.I)
    )
    after = words[start + len(number) :]
    return not told and not re.match(r"\s*(?:[:,;.)\"”/]|-|–|$)", after, re.M)


def _further(words: str, place: int) -> Iterator[str]:
    """More numbers of the same shape in a row: "LJ-009、LJ-010"."""
    while (
        (hit := _ALSO.match(words, place)) and _is_po(hit[1]) and re.search(r"[A-Z]|\d{6}", hit[1])
    ):
        yield hit[1]
        place = hit.end()


def _is_po(number: str) -> bool:
    enough = len(number) >= 2 and bool(re.search(r"\d", number))
    return enough and not _NO_PO.search(number) and len(number) <= 30


def _is_loose(code: str) -> bool:
    return _is_po(code) and sum(c.isdigit() for c in code) >= 3


def _is_file_code(stem: str) -> bool:
    return bool(_FILE_CODE.fullmatch(stem)) and not _NO_FILE.search(stem) and _is_loose(stem)
