"""The fields of an order beside its lines: numbers, date, money, urgency, wishes, place."""

import re
from dataclasses import replace
from datetime import date, datetime

from domain.mail.extract.dates import Day, Workday, days_in
from domain.mail.extract.labels import Labelled, first
from domain.mail.extract.values import Field
from domain.mail.plain import narrow

ORDER_NO = re.compile(r"(?<![A-Za-z0-9])SO-\d{4}-\d{5}(?!\d)", re.I)
_URGENT = re.compile(
    r"加急|紧急|特急|急用|急需|很急|[比较有点挺蛮]急|着急|急着|催得|等着用|十万火急|尽快|尽早"
    r"|抓紧|赶紧|越快越好|快点"
    r"|火速|马上要|立即|急单|急!|【急】|^急|线停|停线|停产|\burgent|\basap\b|as soon as possible"
    r"|\brush\b|immediately"
    r"|\bhurry\b|\bis hot\b|top priority|time[- ]critical|line (?:is )?down|expedite"
    r"|earliest possible"
    r"|as (?:quickly|fast) as|dringend|eilt\b|urgente",
    re.I | re.M,
)
_REGULAR = re.compile(
    r"不急|不(?:太)?着急|不赶|慢慢来|不用赶|no (?:great )?(?:hurry|rush)|not urgent|non-urgent"
    r"|no particular hurry"
    r"|take your time",
    re.I,
)
_DUE_STRONG = re.compile(
    r"交[期货付齐]|到[货厂齐位]|送|发(?:[货到出走车运]|空运|快递|顺丰|物流)|装[好完]|完工|之?前"
    r"|最[晚迟]|内(?:全部|交)|齐套|进场"
    r"|出货|提货|供齐"
    r"|deliver|\bby\b|\buntil\b|\bdue\b|not later|no later|latest|deadline|spätestens|liefer|before"
    r"|arriv|dispatch|\bship|on our dock|in our hands|\bcollect|ex works|pick(?:ed)? up",
    re.I,
)
_DUE_NEAR = re.compile(
    r"完[成]|要(?:[,。\s到]|$)|要求|必须|供货|工期|需求|需要|急需|改完|日期|最终|试车|能到|投用"
    r"|need|requir"
    r"|ready|wanted|\bfor\b|be there|on site|completion|complete|finish|expect|\bmove|push|receive"
    r"|推迟|提前|改到|until|hand(?:ed)? over",
    re.I,
)
_NOT_DUE = re.compile(
    r"回[复传签]|报价|盖章|付款|下单日期|订单日期|制单|签订|有效期|发票|开会|放假|恢复生产|停机"
    r"|质检|结算|质保"
    r"|验收后|付\d|竣工|昨天|上次|上周|上个?月|那张|图纸|投标|截标|投料|打压|投产|复产|大修|检修"
    r"|开标|出差|休假"
    r"|会议|答复|之前那|定修|配合|说好|合同上|接受或驳回|回你|来访|审核|年会|寄出|签收|reply"
    r"|answer|quote|payment"
    r"|invoice|tender|closing|dated|valid|confirm by|yesterday|last (?:week|month)|holiday|vessel"
    r"|sails"
    r"|meeting|out of (?:the )?office|let me know|approval by|received from|arrived|audit|visit"
    r"|start-?up"
    r"|turnaround|on leave|ordered on|placed on|sent (?:you )?on|back (?:on|in)|your (?:mail"
    r"|offer|letter)",
    re.I,
)
_REQUEST = re.compile(
    r"\b(?:can|could|would|will) you (?:please )?(?:get|send|ship|deliver|arrange).*", re.I
)
_LEAVES_US = re.compile(r"(?:ex[- ]?works|EXW|\bready)\s*(?:on|by|:)?\s*$", re.I)
_EITHER = re.compile(r"或者?|还是|\bor\b", re.I)
_BATCH = re.compile(r"(?:第?[一二三四五六末最]后?批|分\s*[两二三四]?批|batch|lot|partial)", re.I)
_OLD = re.compile(r"(?:由|从|原来?|原定|from)\s*$", re.I)
_MOVES = re.compile(r"^.{0,6}(?:改|推|延|提前|到|至|变|to\b|->|→)", re.I)
_MOVED_TO = re.compile(
    r"(?:推迟|改|延期?|延后|提前|变更?|调整|顺延)(?:到|至|为|成)\s*$|最终\s*$", re.I
)
_DOUBT = re.compile(
    r"能否|能不能|可以吗|是否|行不行|大概|左右|争取|最好|尽量|[?]|\bi guess\b|maybe|\bcould (?:we"
    r"|it|they)\b"
    r"|possible"
    r"|ideally|if .{0,20}slips|around|about",
    re.I,
)


def order_refs(subject: str, text: str) -> Field[str] | None:
    """Our order numbers, the text's before the subject's; several joined with "; "."""
    for source, words in (("text", narrow(text)), ("subject", narrow(subject))):
        found = list(dict.fromkeys(hit.upper() for hit in ORDER_NO.findall(words)))
        if found:
            return Field("; ".join(found), source, "order_no", 0.95)
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
        value = narrow(said.value)
        days = days_in(value, base, workday)
        top = max((_strength(value, day) for day in days), default=0)
        if not _BATCH.search(value):
            days = tuple(day for day in days if _strength(value, day) == top)
        if days:
            return _as_field(_last_of(value, days), said.start)
    plain = narrow(text)
    rated = [(_strength(plain, day), day) for day in days_in(plain, base, workday)]
    top = max((strength for strength, _ in rated), default=0)
    if top == 0:
        return None
    best = _last_of(plain, tuple(day for strength, day in rated if strength == top))
    field = _as_field(best)
    others = {day.value for strength, day in rated if strength} - {best.value}
    clause = _clause(plain, best)
    if _DOUBT.search(_REQUEST.sub("", clause)) or (others and _EITHER.search(clause)):
        found = tuple(sorted({*field.alternatives, *others}))
        return replace(field, confidence=min(field.confidence, 0.6), alternatives=found)
    return field.doubted(0.75) if len(others) > 1 and top == 1 else field


def _last_of(text: str, days: tuple[Day, ...]) -> Day:
    """The last day; the days of single batches say more than a month's end around them."""
    exact = [day for day in days if not day.rule.endswith(("_end", "_third"))]
    if len(exact) > 1 and _BATCH.search(text):
        return max(exact, key=lambda day: day.value)
    return max(days, key=lambda day: day.value)


def _as_field(day: Day, offset: int = 0) -> Field[date]:
    source = f"text:{day.start + offset}-{day.end + offset}"
    return Field(day.value, source, day.rule, day.confidence, day.alternatives)


def _clause(text: str, day: Day, marks: str = "\n。;!") -> str:
    """The part of the text around a day up to the next such marks."""
    left = max(text.rfind(c, 0, day.start) for c in marks) + 1
    right = min((p for c in marks if (p := text.find(c, day.end)) >= 0), default=len(text))
    return text[max(left, day.start - 60) : min(right, day.end + 40)]


def _strength(text: str, day: Day) -> int:
    """3 for a new date, 2 beside words of delivery, 1 near them, 0 for other and for old days."""
    if _OLD.search(text[max(0, day.start - 8) : day.start]) and _MOVES.search(text[day.end :][:20]):
        return 0
    if _NOT_DUE.search(_clause(text, day, "\n。;!,")):
        return 0
    beside = text[max(0, day.start - 10) : day.end + 8]
    lead = text[max(0, day.start - 12) : day.start]
    if _MOVED_TO.search(lead[-8:]) or _LEAVES_US.search(lead):
        return 3
    if _DUE_STRONG.search(beside):
        return 2
    clause = _clause(text, day)
    return int(bool(_DUE_NEAR.search(clause) or _DUE_STRONG.search(clause)))
