"""The fields of an order beside its lines: numbers, date, money, urgency, wishes, place."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from domain.mail.extract.dates import Day, Workday, days_in
from domain.mail.extract.labels import Labelled, first
from domain.mail.extract.money import Sum, sums_in
from domain.mail.extract.values import Field
from domain.mail.plain import narrow

ORDER_NO = re.compile(r"(?<![A-Za-z0-9])SO-\d{4}-\d{5}(?!\d)", re.I)
_PO = re.compile(
    r"(?:\bP\.?O\.?(?:\s*(?:no\.?|number|#|ref\.?))?|采购订单|采购单|我方订单号?|订单编?号|合同编?号|请购单号?|订单|\border(?: no\.?| number)?"
    r"|\bcall-?off(?: against)?(?: frame order)?|\bframe order|\bref\.?)\s*(?:为|是|还是|is|:|#|-)?\s*"
    r"([A-Z0-9][A-Z0-9./-]{2,24}[A-Z0-9])(?![\w-])",
    re.I,
)
_NO_PO = re.compile(
    r"^(?:SO-|QT-\d|[A-Za-z]+$|20\d\d[-/.]\d|\d{1,3}$)|^(?:no|number|for|is|the|v\d)\b", re.I
)
_URGENT = re.compile(
    r"加急|紧急|特急|急用|急需|很急|十万火急|尽快|越快越好|快点|火速|马上要|急单|急!|【急】|\burgent|\basap\b|as soon as possible"
    r"|\brush\b|immediately|\bhurry\b",
    re.I,
)
_REGULAR = re.compile(
    r"不急|不着急|慢慢来|no (?:hurry|rush)|not urgent|non-urgent|no particular hurry", re.I
)
_DUE_NEAR = re.compile(
    r"交[期货付]|到货|到厂|送[到达货]|发[货到]|完[工成]|装好|之?前|要$|要求|必须|供货|工期|需求|deliver|\bby\b|need|requir|due|dispatch"
    r"|ship|before|arriv|latest|deadline|ready|wanted|\bfor\b|completion|not later",
    re.I,
)
_NOT_DUE = re.compile(
    r"回[复传签]|报价|盖章|付款|下单日期|订单日期|签订|有效期|发票|开会|放假|恢复生产|停机|质检|昨天|上次|上周|那张|图纸同|投标|截标|截止"
    r"|会议|答复|之前那|reply|answer|quote|payment|invoice|tender|closing|dated|valid|confirm by|yesterday|last (?:week|month)"
    r"|holiday|vessel leaves|sails|meeting|out of (?:the )?office|let me know",
    re.I,
)
_TOTAL = re.compile(
    r"合计|总[价额计金]|共计|合同[额价]|总共|\btotal\b|order value|\bsum\b|amount", re.I
)
_TAXED = re.compile(r"含税(?!前)|含\s*\d+%|incl(?:uding|\.|usive)?.{0,12}(?:vat|tax)", re.I)
_UNTAXED = re.compile(
    r"不含税|未税|税前|excl(?:uding|\.)?.{0,12}(?:vat|tax)|net of (?:vat|tax)|plus (?:vat|tax)",
    re.I,
)
_NO_WISHES = re.compile(
    r"(?:没有?|无)(?:什么|其[他它])?(?:特殊|特别|其他)?(?:的)?要求|no (?:special|particular|other|extra) (?:require|request|wish)"
    r"|nothing special|no special|without special",
    re.I,
)
_PLACE_ZH = re.compile(
    r"(?:送到|送至|发到|发往|运到|运至|送|发货到|寄到?|到货地点|到)(?!货|达|付|厂|期|位)\s*:?\s*((?:[\u4e00-\u9fff]{2,}|[\w#()\u4e00-\u9fff号]){3,40})"
)
_PLACE_EN = re.compile(
    r"\b(?:deliver(?:y|ed)? (?:to|is to|address:?)|ship(?:ped|ping)? to|(?:delivered )?to our|destination:?)\s+([A-Z][^.;\n]{2,70})"
    r"|\b((?:FOB|CIF|CFR|DAP|DDP|FCA|CPT|CIP|DAT|DPU)\s+[A-Z][\w ,'-]{2,40})"
)


@dataclass(frozen=True)
class Money:
    """The total as stated."""

    amount: Field[Decimal] | None
    tax_included: bool | None


def order_refs(subject: str, text: str) -> Field[str] | None:
    """Our order numbers, the text's before the subject's; several joined with "; "."""
    for source, words in (("text", narrow(text)), ("subject", narrow(subject))):
        found = list(dict.fromkeys(hit.upper() for hit in ORDER_NO.findall(words)))
        if found:
            return Field("; ".join(found), source, "order_no", 0.95)
    return None


def po_number(
    subject: str, text: str, labels: tuple[Labelled, ...], tables: tuple[str, ...]
) -> Field[str] | None:
    """The customer's own order number, from a table, a label, the text or the subject."""
    if tables:
        return Field("; ".join(dict.fromkeys(tables)), "attachment", "column", 0.9)
    said = first(labels, "po")
    if (
        said
        and (hit := re.match(r"[A-Za-z0-9][\w./-]{2,30}", narrow(said.value)))
        and not _NO_PO.search(hit[0])
    ):
        return Field(hit[0], f"text:{said.start}-{said.end}", "label", 0.9)
    for source, words, confidence in (("text", text, 0.85), ("subject", subject, 0.8)):
        found = [
            hit[1]
            for hit in _PO.finditer(narrow(words))
            if re.search(r"\d", hit[1]) and not _NO_PO.search(hit[1])
        ]
        if found:
            return Field("; ".join(dict.fromkeys(found)), source, "po_words", confidence)
    return None


def urgency(subject: str, text: str) -> Field[str] | None:
    """`urgent` or `regular` where the mail says so."""
    words = narrow(f"{subject}\n{text}")
    calm, hot = _REGULAR.search(words), _URGENT.search(_REGULAR.sub("", words))
    if hot:
        return Field("urgent", "text", "words", 0.85)
    return Field("regular", "text", "words", 0.8) if calm else None


def due_date(
    text: str, labels: tuple[Labelled, ...], base: datetime, workday: Workday
) -> Field[date] | None:
    """The wanted date: the labelled one, else the last that stands beside words of delivery."""
    said = first(labels, "due")
    if said:
        days = days_in(narrow(said.value), base, workday)
        if days:
            return _as_field(days[-1], said.start)
    found = [day for day in days_in(narrow(text), base, workday) if _is_due(narrow(text), day)]
    if not found:
        return None
    best = max(found, key=lambda day: (day.value, day.confidence))
    field = _as_field(best)
    return field.doubted(0.75) if len({day.value for day in found}) > 2 else field


def _as_field(day: Day, offset: int = 0) -> Field[date]:
    source = f"text:{day.start + offset}-{day.end + offset}"
    return Field(day.value, source, day.rule, day.confidence, day.alternatives)


def _is_due(text: str, day: Day) -> bool:
    """True if the clause around a day speaks of delivery and not of something else."""
    left = max(text.rfind(c, 0, day.start) for c in "\n。;!") + 1
    right = min((p for c in "\n。;!" if (p := text.find(c, day.end)) >= 0), default=len(text))
    near = text[max(left, day.start - 40) : min(right, day.end + 25)]
    close = text[max(left, day.start - 14) : min(right, day.end + 14)]
    return bool(_DUE_NEAR.search(near)) and not _NOT_DUE.search(close)


def total(text: str, labels: tuple[Labelled, ...]) -> Money:
    """The stated total and whether tax is in it; prices of single things are none."""
    words = narrow(text)
    taxed = False if _UNTAXED.search(words) else True if _TAXED.search(words) else None
    said = first(labels, "amount")
    if said:
        sums = sums_in(narrow(said.value)) or _bare(said.value)
        if sums:
            return Money(_sum_field(sums[0], said.start), taxed)
    near = [
        one for one in sums_in(words) if _TOTAL.search(words[max(0, one.start - 16) : one.start])
    ]
    return Money(_sum_field(near[-1]) if near else None, taxed)


def _bare(value: str) -> tuple[Sum, ...]:
    hit = re.match(r"\s*([\d,]+(?:\.\d+)?)\s*(万)?", narrow(value))
    return sums_in(f"CNY{hit[1]}{hit[2] or ''}") if hit else ()


def _sum_field(one: Sum, offset: int = 0) -> Field[Decimal]:
    return Field(one.amount, f"text:{one.start + offset}-{one.end + offset}", one.currency, 0.9)


@dataclass(frozen=True)
class Wishes:
    """Special requirements as written; `none` if the mail says that there are none."""

    values: tuple[str, ...]
    none: bool
    source: str


_WISH = re.compile(
    r"要求|注意|必须|务必|不要|不能|不得|别|附|包装|喷|颜色|标识|吊牌|唛头|图纸|按.{1,20}(?:标准|图)|检验|报告|证书|合格证|防|切记|请.{0,12}(?:印|贴|做|装|提供|打)"
    r"|\bmust\b|\bshould\b|\bplease (?:mark|pack|include|send (?:photo|cert))|certificate|\bpack(?:ing|ed)?\b|\bcolou?r\b|\bRAL\b|\bpaint"
    r"|galvani|\btest(?:ed)?\b|inspection|\bmark(?:ed)?\b|\blabel|separate|only\b|\bdo not\b|\bno\b.{3,}",
    re.I,
)
_COMMERCIAL = re.compile(
    r"价|元|付款|发票|税|合同|盖章|回[传复签]|交[期货]|数量|电话|联系|报价|谢谢|订单|price|payment|invoice|confirm|quote|regards|thank|reply|order",
    re.I,
)


def wishes(text: str, labels: tuple[Labelled, ...], *, has_lines: bool) -> Wishes:
    """What the customer wants beside things and dates: labelled, else sentences of that kind."""
    words = narrow(text)
    labelled = [one for one in labels if one.key == "requirements"]
    none = bool(_NO_WISHES.search(words))
    found = list(_labelled_wishes(words, labelled))
    if not found and has_lines:
        found = [
            s
            for s in _sentences(text)
            if _WISH.search(narrow(s)) and not _COMMERCIAL.search(narrow(s))
        ]
        found = [s for s in found if not _NO_WISHES.search(narrow(s)) and len(s) > 4]
    negative = [v for v in found if re.fullmatch(r"(?:无|没有|none|n/?a|no|nil)[。.]?", v, re.I)]
    return Wishes(tuple(v for v in found if v not in negative), none or bool(negative), "text")


def _labelled_wishes(text: str, labelled: list[Labelled]) -> Iterator[str]:
    for one in labelled:
        value = one.value
        if not value:  # the wishes stand in the lines below
            below = text[one.end :].lstrip("\n").split("\n\n")[0]
            value = ";".join(below.splitlines()[:8])
        for part in re.split(r"[;;。\n]", value):
            clean = re.sub(r"^\s*(?:[-*•·]|\(?\d{1,2}[.、)])\s*", "", part).strip(" ,,")
            if clean and not _NO_WISHES.search(clean):
                yield clean


def _sentences(text: str) -> Iterator[str]:
    for line in text.splitlines():
        for part in re.split(r"[。;；!！]|(?<=[a-z])\.\s", line):
            clean = re.sub(r"^\s*(?:[-*•·]|\(?\d{1,2}[.、)])\s*", "", part).strip(" ,，.")
            if 4 < len(clean) < 160:
                yield clean


def place(text: str, labels: tuple[Labelled, ...]) -> Field[str] | None:
    """The named place of delivery, with its Incoterm."""
    said = first(labels, "place")
    if said and not re.search(r"老地方|usual|same", said.value, re.I):
        return Field(said.value, f"text:{said.start}-{said.end}", "label", 0.9)
    plain = narrow(text)
    for pattern in (_PLACE_EN, _PLACE_ZH):
        for hit in pattern.finditer(plain):
            value = next(g for g in hit.groups() if g).strip(" ,")
            if not re.search(r"老地方|贵司|你们|我们那|usual|same as|the plant", value, re.I):
                return Field(value, f"text:{hit.start()}-{hit.end()}", "words", 0.7)
    return None
