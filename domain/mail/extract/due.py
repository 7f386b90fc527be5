"""The wanted day of an order: which of the days in a mail is meant."""

import re
from dataclasses import replace
from datetime import date, datetime

from domain.mail.extract.dates import Day, Workday, days_in
from domain.mail.extract.labels import Labelled
from domain.mail.extract.values import Field
from domain.mail.plain import NOTES, narrow
from domain.mail.traditional import simplified

_BEFORE, _BEHIND = 26, 16
_WANTED_BEFORE = re.compile(
    r"交[期货付齐]?|到[货厂齐位港]|送|发(?:[货到出走车运]|空运|快递|顺丰|物流)|装[好完]|完工"
    r"|最[晚迟]|进场|出货|提货|供齐|上线"
    r"|部署|投用|要求|需[要求在于]?|希望|期望|务必|争取|安排|截止|时间|日期|工期|限|赶在|定在"
    r"|约在|改[到为成]|至"
    r"|deliver\w*|\bby\b|\buntil\b|\btill?\b|\bdue\b|\blatest\b|deadline|before|arriv\w*"
    r"|d[ei]spatch\w*"
    r"|\bship\w*|collect\w*|ex[- ]?works|pick(?:ed)?[ -]?up|land(?:ed|s|ing)?\b|reach\w*"
    r"|hand(?:ed)?[ -]?over"
    r"|release|complet\w*|finish\w*|install\w*|need\w*|requir\w*|want\w*|wish|expect\w*|appointment"
    r"|receiv\w*|go[- ]?live|\bready\b|\bin our\b|\bdate\b|\bterm\b|visit should|within|not later"
    r"|no later"
    r"|\bon site\b|\bcome\b|\bbe (?:t?here|with us)\b|\bstart\b|consign\w*|liefer\w*|spätestens"
    r"|\bbis\b|termin|entrega|livraison"
    r"|consegna",
    re.I,
)
_WANTED_BEHIND = re.compile(
    r"^\s*(?:\([^)]{0,8}\))?\s*(?:上午|下午|一早|早上|晚上|中午|下班)?\s*(?:之前|以前"
    r"|前(?![面期提天])|内|为止|止)"
    r"|^\s*(?:\([^)]{0,8}\))?\s*(?:上午|下午|一早|早上|晚上|中午|下班)?"
    r"(?:[我他你]们?|能不能|能否|可否|能|可以|必须|一定|务必|需要?|得|要|再|就|全部|都|左右|统一"
    r"|派车|来车|司机|\s)*[去来]?"
    r"(?:交|到(?!期)|送|发|完|装好|出货|提|拉|取|用|要|供|投用|进场|上线|部署|验收|入库|齐|收货"
    r"|不动|不变|还是)"
    r"|^\s*(?:\S+\s+){0,2}?(?:at the latest|latest|delivery|arrival|on site|in our|positively"
    r"|please"
    r"|stays?|remains?|is not changing|unchanged|is (?:still )?fine|would suit"
    r"|for (?:delivery|dispatch|collection)|r\.)",
    re.I,
)
_NEAR = re.compile(
    r"完成|要求|必须|供货|工期|需求|需要|急需|改完|日期|最终|试车|能到|投用|交期|推迟|提前|改到"
    r"|时间|来得及|可行"
    r"|need|requir|ready|wanted|be there|on site|completion|complete|finish|expect|\bmove|push"
    r"|receive|doable"
    r"|deliver|ship|arriv|collect|until|hand(?:ed)? over|landed|feasible|possible|appointment"
    r"|slips? to",
    re.I,
)
_NOT_DUE = re.compile(
    r"回[复传签执函]|报价|盖章|付款|下单日期|订单日期|制单|签订|签署|有效期|发票|开票|开会|放假"
    r"|恢复生产|停机|质检|结算|质保"
    r"|验收后|付\d|竣工|昨天|上次|上周|上个?月|那张|图纸|投标|截标|报名|投料|打压|投产|复产|大修"
    r"|检修|开标|出差|休假|会议|答复"
    r"|之前那|定修|配合|说好|合同上|接受或驳回|回你|来访|审核|年会|寄出|签收|提出|整改|措施|书面"
    r"|反馈|下发|发送了|收到|返岗"
    r"|开具|逾期|展会|举行|因为|由于|原定|原来|本来|原交期|于\s*20\d\d[-年/].{0,14}\d:\d\d"
    r"|话我知|说的是|写的是|不用赶|不必赶|请假|盘点|上报|报给"
    r"|reply|answer|quote\b|quotation|payment|invoice|tender|closing|\bdated\b"
    r"|valid|(?:confirm|register|apply|subscribe) (?:by|until|till|before)"
    r"|yesterday|last (?:week|month|year)|holiday(?! )|vessel|sails|meeting"
    r"|out of (?:the )?office|let me know"
    r"|approval by|received from|arrived|audit\b|\bvisit (?:us|to)|start-?up|turnaround|on leave"
    r"|ordered on"
    r"|placed on|sent (?:you )?on|back (?:on|in)|your (?:mail|offer|letter)|because|since we"
    r"|\boffers? must"
    r"|report within|statement|8D|corrective|feedback|come back|run it past|will inform"
    r"|written on|promised"
    r"|discussed|as of|with effect|effective|valid(?:ity)?|takes? place|\bfair\b|exhibition"
    r"|conference|reserved|booked|invite|expires?"
    r"|password|phone call",
    re.I,
)
_STAYS = re.compile(
    r"不变|不动|照旧|还是|仍[为是]|保持|stays?\b|remains?\b|not changing|unchanged|still|as before"
    r"|hold the",
    re.I,
)
_ANSWERS = re.compile(
    r"(?:send|give|provide|submit|let us have|revert|expect|need|请|须|应|把|将)[^,;.。]{0,30}"
    r"(?:report|statement|reply|feedback|answer|offer|quot|price|proposal|8D|报告|方案|措施|回执"
    r"|说明|答复|报价"
    r"|清单|图纸|水单)"
    r"|(?:report|statement|reply|feedback|answer|offers?|quotations?|proposal"
    r"|confirmation)\b[^,;.]{0,20}$",
    re.I,
)
_OLD = re.compile(
    r"(?:由|从|原来?的?|原定|原计划|不是|而不是|而非|from|instead of|rather than|in place of"
    r"|originally)\s*(?:the\s*)?$",
    re.I,
)
_MOVES = re.compile(r"^.{0,10}(?:改|推|延|提前|到|至|变|顺延|调|to\b|->|→)", re.I)
_MOVED_TO = re.compile(
    r"(?:推迟|改|延期?|延后|提前|变更?|调整|顺延|放|挪)(?:到|至|为|成)\s*$|最终\s*$|(?:only"
    r"|new date (?:is|:)|now"
    r"|moved? to"
    r"|postponed? to|push(?:ed)? (?:back )?to|changed? to|slips? to)(?: on)?\s*$",
    re.I,
)
_AS_SAID = re.compile(r"(?:^|[^\w]|就|请)(?:按|以)\s*$")
_OF_PAPER = re.compile(
    r"^\W*(?:(?:下单|订单|订货|制单|开单|签订|填表|打印|编制|申请)?日\s*期|(?:order |po "
    r"|issue )?dated?(?: of issue)?"
    r"|datum|data|fecha)"
    r"\W*$",
    re.I,
)
_DURING = re.compile(r"^[^,。;]{0,6},\s*(?:在此)?(?:期间|其间)[^。;]{0,8}(?:完成|装|修|试|换)")
_HEADING = re.compile(
    r"交[货期付]|到货|需求日|要货日|发货日|deliver|\bdue\b|required|ship date|wanted|liefer", re.I
)
_GAPS = re.compile(r"\S(?:\t|\s{2,}|\s?\|\s?)\S")
_OPEN = re.compile(
    r"交[货期]期?(?:你们|贵[司方])?(?:定|安排|不限|待定)|不急|不着急|no (?:hurry|rush"
    r"|fixed date)|any ?time",
    re.I,
)
_DATED = re.compile(
    r"month_day|day_month|ymd|slashes|ordinal|dotted|compact|zh_year_day|range"
    r"|short"
)
_STOP = re.compile(r"(?<=[a-z\d)][a-z\d)])[.?] (?=[A-Z])")
_REASON = re.compile(r"\s(?:because|as we|since we|otherwise)\b|因为", re.I)
_LEAVES_US = re.compile(r"(?:ex[- ]?works|EXW|\bready)\s*(?:on|by|:)?\s*$", re.I)
_LAST_PART = re.compile(
    r"最后|末批|剩|其余|余下|尾批|第[二三四五]批|最终|全部|balance|\brest\b|remain|final"
    r"|last (?:lot|batch|part)"
    r"|remainder"
    r"|complete (?:set|delivery)|second (?:lot|batch|half)",
    re.I,
)
_EITHER = re.compile(r"或者?|还是(?!.{0,6}(?:不|那))|\bor\b", re.I)
_BATCH = re.compile(
    r"(?:第?[一二三四五六末最]后?批|分\s*[两二三四]?[批车次]|batch|\blot\b|partial)", re.I
)
_DOUBT = re.compile(
    r"能否|能不能|可以吗|可否|是否|行不行|能[到交发送]不|[行吗不]\s*[??]?$|大概|左右|争取|最好"
    r"|尽量|[?]|\bi guess\b|maybe"
    r"|\bcould (?:we|it|they)\b|possibl|ideally|if .{0,20}slips|around|about|approximately|\bca\."
    r"|tentative"
    r"|doable|feasible|would .{0,20} work",
    re.I,
)
_REQUEST = re.compile(
    r"\b(?:can|could|would|will) you (?:please )?(?:get|send|ship|deliver|arrange).*", re.I
)
_FROM_EVENT = re.compile(
    r"(?:签|确认|到账|付款?|图纸?|合同|收到|下单|订单)[^\s,。]{0,8}后?\s*(?:的)?\s*$"
)
_OF_EVENT = re.compile(
    r"^\s*(?:of|from|after|upon|following)\s+(?:\w+\s+){0,3}?(?:confirmation|receipt|order"
    r"|approval|payment"
    r"|deposit|advance|drawings?|signature|signing|release|\bPO\b|ARO)|^\s*ARO\b",
    re.I,
)
NEW_DATE, BESIDE, CLOSE, BARE = 4, 3, 2, 1


def due_date(
    text: str,
    labels: tuple[Labelled, ...],
    base: datetime,
    workday: Workday,
    *,
    ordered: bool = False,
) -> Field[date] | None:
    """The wanted day: labelled, else the last that stands beside words of delivery.

    What the mail says comes before what its files say. Where something is `ordered`, a coming day
    without any such words counts too, but never surely.
    """
    text = simplified(text)
    words, mark, _ = text.partition(NOTES)
    border = len(words) if mark else len(text)
    said = [label for label in labels if label.key == "due" and label.value]
    rated = _rated(narrow(text), base, workday, border)
    own = [(strength, day) for strength, day in rated if day.start < border]
    noted = [(strength, day) for strength, day in rated if day.start >= border]
    return (
        _of_labels([one for one in said if one.start < border], base, workday)
        or _best(narrow(words), own, BESIDE)
        or _of_labels([one for one in said if one.start >= border], base, workday)
        or _best(narrow(text), noted, BESIDE)
        or _best(narrow(words), own, CLOSE)
        or _best(narrow(text), noted, CLOSE)
        or (_bare(own, base) or _bare(noted, base) if ordered and not _OPEN.search(words) else None)
    )


def _of_labels(said: list[Labelled], base: datetime, workday: Workday) -> Field[date] | None:
    for label in said:
        value = narrow(label.value)
        found = [(_strength(value, day), day) for day in _days(value, base, workday)]
        top = max((strength for strength, _ in found), default=0)
        batches = bool(_BATCH.search(value))
        days = tuple(day for strength, day in found if batches or strength == top)
        if days:
            field = _as_field(_last_of(value, days), label.start)
            return field.doubted(0.6) if _DOUBT.search(value) else field
    return None


def _days(text: str, base: datetime, workday: Workday) -> list[Day]:
    """The days of the text, without those that are counted from an event yet to come."""
    found = days_in(text, base, workday)
    kept = []
    for n, day in enumerate(found):
        if not _from_event(text, day):
            kept.append(day)
        elif n + 1 < len(found) and re.match(r"\s*\(", text[day.end :]):
            start = found[n + 1]  # "45 days after signing (we sign on the 20th)"
            kept.append(replace(day, value=start.value + (day.value - base.date())))
    return kept


def _from_event(text: str, day: Day) -> bool:
    if not day.rule.endswith(("_span", "_half_month", "_fortnight", "_counted")):
        return False
    lead, rest = text[max(0, day.start - 14) : day.start], text[day.end : day.end + 50]
    return bool(_FROM_EVENT.search(lead) or _OF_EVENT.match(rest))


def _rated(text: str, base: datetime, workday: Workday, border: int) -> list[tuple[int, Day]]:
    found = [(_strength(text, day), day) for day in _days(text, base, workday)]
    top = max((strength for strength, day in found if day.start < border), default=0)
    return [
        (max(strength, top), day)
        if strength and top >= BESIDE and _LAST_PART.search(_part(text, day))
        else (strength, day)
        for strength, day in found
    ]


def _best(text: str, rated: list[tuple[int, Day]], least: int) -> Field[date] | None:
    top = max((strength for strength, _ in rated), default=0)
    if top < least:
        return None
    best = _last_of(text, tuple(day for strength, day in rated if strength == top))
    field = _as_field(best)
    others = {day.value for strength, day in rated if strength > BARE} - {best.value}
    clause = _clause(text, best)
    if _DOUBT.search(_REQUEST.sub("", clause)) or (others and _EITHER.search(clause)):
        beside = others if _EITHER.search(clause) else set()
        found = tuple(sorted({*field.alternatives, *beside}))
        return replace(field, confidence=min(field.confidence, 0.6), alternatives=found)
    return field.doubted(0.75) if len(others) > 1 and top == CLOSE else field


def _bare(rated: list[tuple[int, Day]], base: datetime) -> Field[date] | None:
    days = [
        day
        for strength, day in rated
        if strength == BARE and day.value >= base.date() and _DATED.search(day.rule)
    ]
    return _as_field(max(days, key=lambda day: day.value)).doubted(0.7) if days else None


def _last_of(text: str, days: tuple[Day, ...]) -> Day:
    """The last day; the days of single batches say more than a month's end around them."""
    days = tuple(day for day in days if day.confidence >= 0.9) or days
    exact = [day for day in days if not day.rule.endswith(("_end", "_third"))]
    if len(exact) > 1 and _BATCH.search(text):
        return max(exact, key=lambda day: day.value)
    return max(days, key=lambda day: day.value)


def _as_field(day: Day, offset: int = 0) -> Field[date]:
    source = f"text:{day.start + offset}-{day.end + offset}"
    return Field(day.value, source, day.rule, day.confidence, day.alternatives)


def _clause(text: str, day: Day, marks: str = "\n。;!") -> str:
    """The part of the text around a day up to the next such marks."""
    left, right = _bounds(text, day, marks)
    return text[max(left, day.start - 60) : min(right, day.end + 40)]


def _part(text: str, day: Day) -> str:
    """The words around a day up to the next comma."""
    return _clause(text, day, "\n。;!,")


def _bounds(text: str, day: Day, marks: str) -> tuple[int, int]:
    left = max(text.rfind(mark, 0, day.start) for mark in marks) + 1
    stop = max((hit.end() for hit in _STOP.finditer(text[left : day.start])), default=0)
    reason = _REASON.search(text[day.end :])
    ends = [day.end + reason.start()] if reason else []
    ends += [place for mark in marks if (place := text.find(mark, day.end)) >= 0]
    if text[day.end - 1] == "." and re.match(r"\s+[A-Z]", text[day.end :]):
        ends.append(day.end)
    elif full := re.search(r"[.?](?:\s|$)", text[day.end :]):
        ends.append(day.end + full.end())
    return left + stop, min(ends, default=len(text))


def _strength(text: str, day: Day) -> int:
    """How surely this day is the wanted one: NEW_DATE to BARE; 0 for others and for old days."""
    left, right = _bounds(text, day, "\n。;!,")
    lead, rest = text[max(left, day.start - 60) : day.start], text[day.end : right][:40]
    if _OLD.search(lead[-16:]) and (_MOVES.search(text[day.end :][:20]) or _INSTEAD.search(lead)):
        return 0
    if not lead.strip():
        lead = _above(text, left)
    told = lead.rpartition(":")[2]
    lead = told if len(told.strip()) >= 4 else lead
    part = f"{lead}{text[day.start : day.end]}{rest}"
    during = _DURING.match(text[day.end :])
    other = _NOT_DUE.search(part) and not (_STAYS.search(part) or during)
    if other or _ANSWERS.search(part):
        return 0
    if _OF_PAPER.search(lead) and not _STAYS.search(part):
        return 0
    if during or _AS_SAID.search(lead[-4:]):
        return NEW_DATE
    if _MOVED_TO.search(lead[-18:]) or _LEAVES_US.search(lead[-12:]):
        return NEW_DATE
    if _WANTED_BEFORE.search(lead[-_BEFORE:]) or _WANTED_BEHIND.search(rest[: _BEHIND + 20]):
        return BESIDE
    clause = _clause(text, day)
    near = _NEAR.search(clause) or _STAYS.search(part) or _under_heading(text, day)
    return CLOSE if near else BARE


def _above(text: str, start: int) -> str:
    """The line above, where it is a label of its own: "Delivery time:"."""
    line = text[:start].rstrip("\n").rpartition("\n")[2].strip()
    return line if line.endswith(":") and len(line) <= 40 else ""


def _under_heading(text: str, day: Day) -> bool:
    """True for a day in a row under a heading such as "交货日期"."""
    above = text[max(0, day.start - 500) : day.start].split("\n")
    if not _GAPS.search(above[-1] + text[day.start : day.end + 12]):
        return False
    return any(_GAPS.search(line) and _HEADING.search(line) for line in above[:-1])


_INSTEAD = re.compile(
    r"(?:instead of|rather than|in place of|不是|而非|原来?的?|原定"
    r"|原计划)\s*(?:the\s*)?$",
    re.I,
)
