"""What a customer wants changed of an order: quantity, date, model, place, lines."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from domain.mail.extract.dates import Workday, days_in, workday_of_week
from domain.mail.extract.numerals import HAN, number_of
from domain.mail.plain import narrow


class ChangeKind(StrEnum):
    """What is to be changed."""

    QUANTITY = "quantity"
    DUE_DATE = "due_date"
    MODEL = "model"
    DELIVERY_PLACE = "delivery_place"
    CANCEL_LINE = "cancel_line"
    CANCEL_ORDER = "cancel_order"
    ADD_LINE = "add_line"
    HOLD = "hold"
    SPLIT_DELIVERY = "split_delivery"
    SPECIAL_REQUIREMENT = "special_requirement"
    SCOPE = "scope"
    TERMS = "terms"


@dataclass(frozen=True)
class ChangeItem:
    """One change: numbers as decimal text, dates as ISO text, the rest as written."""

    what: ChangeKind
    item: str | None = None
    before: str | None = None
    after: str | None = None


UNIT_ZH = "台臺套件个個只隻张張条條卷米根块塊箱组組层層吨噸把副对支瓶桶片双项座段片节辆扇幅盘桌"
UNIT = rf"(?:[{UNIT_ZH}]|pcs?\b|pieces?\b|sets?\b|units?\b|off\b|rolls?\b|kg\b|m\b)"
_NUM = (
    rf"((?<![\d,.])\d[\d,]{{0,11}}(?:\.\d{{1,4}})?|[{HAN}]{{1,5}}"
    r"|one|two|three|four|five|six|seven|eight|nine|ten|twelve)"
)
_TO = (
    r"(?:改为|改成|改到|改|变更为|变为|变成|调整为|调整到|增加到|增加至|加到|减少到|减少至"
    r"|减到|减为|增至|降为|→|->)"
)
_CLAUSE = re.compile(
    r"[\n。;!]|(?<=[^\d])(?<!\b[Pp]os)(?<!\b[Nn]o)(?<!\b[Aa]rt)\.\s|(?:^|(?<!\.)\s)\(?\d{1,2}[.)、]\s"
)
_ITEM = re.compile(
    r"(第\s*[\d一二三四五六七八九十]+\s*(?:行|项|條|条)|(?:line|pos(?:ition)?\.?|item)\s*\d+)", re.I
)
_FROM_TO = re.compile(
    rf"(?:由|从|原来?)?\s*{_NUM}\s*({UNIT})\s*{_TO}\s*(?:了|为)?\s*{_NUM}\s*{UNIT}?", re.I
)
_ONLY = re.compile(
    rf"{_NUM}\s*({UNIT})\s*[^\d,。;]{{0,6}}(?:只要|只需要?|就要|减为|够了?)\s*{_NUM}\s*{UNIT}", re.I
)
_NOW = re.compile(rf"{_TO}\s*(?:为|成)?\s*{_NUM}\s*{UNIT}", re.I)
_EN_INSTEAD = re.compile(rf"\b{_NUM}\s*(?:{UNIT})?\s*(?:instead of|rather than)\s*{_NUM}\b", re.I)
_EN_NOT = re.compile(rf"\b{_NUM}\s*{UNIT}\s*\(?,?\s*not\s+{_NUM}\b", re.I)
_EN_FROM_TO = re.compile(
    rf"\bfrom\s+{_NUM}\s*(?:{UNIT})?\s+to\s+{_NUM}\b(?!\s*(?:%|june|july))", re.I
)
_EN_TO = re.compile(
    rf"\b(?:increase|reduce|raise|change|cut|make)\b[^.]{{0,60}}?\b(?:to"
    rf"|it)\s+{_NUM}\s*(?:{UNIT})?(?=\s*(?:$|[,.;]|please))",
    re.I,
)
_MOVED = re.compile(
    r"改|推迟|延后|延期|延到|推到|提前|顺延|晚点|往后|\bmove|\bpostpone|\bdelay|\bbring"
    r"|\blater\b|\binstead\b"
    r"|\bpush|\bchange|\bearlier\b|\breschedul|\bshift",
    re.I,
)
_DUE = re.compile(
    r"交[期货]|交付|发货|到货|送货|日期|时间|工期|deliver|date|ship|dispatch|arriv|due", re.I
)
_PLACE = re.compile(
    r"(?:地址|送货地点|交货地点|收货地).{0,12}?(?:改为|改成|改到|改|变更为|换成"
    r"|换到)(?!了)\s*:?\s*([^,。;\n]{3,60})"
    r"|(?:送到|发到|改送|改发)\s*([^,。;\n]{3,60})"
    r"|(?:delivery address|deliver to|ship to|delivery place)\b[^.\n]{0,20}?\b(?:is now|now|to"
    r"|:)\s+([^,.;\n]{3,60})",
    re.I,
)
_ELSEWHERE = re.compile(r"改|换|变更|不送|不再|而不是|\bnow\b|\bnot\b|instead|change", re.I)
_CANCEL_ORDER = re.compile(
    r"取消(?:整个|全部|本|该|这个|这张|此)?(?:订单|合同|单子)|订单.{0,6}取消|(?:全部内容|全部订单|整单|合同|订单"
    r"|\bPO\b)[^。;\n]{0,40}(?:终止|解除|作废)"
    r"|(?:终止|解除|作废|撤销)[^。;\n]{0,12}(?:全部|整单|合同|订单|\bPO\b)(?!\s*(?:中|里|的?第))"
    r"|\b(?:terminate|withdraw|revoke)\b[^.;\n]{0,30}\b(?:order|contract|PO)\b|订的.{0,14}不要了"
    r"|\bcancel SO-\S+|\bcancel (?:all|everything)\b|\bcancel (?:the "
    r"|this |our )?(?:whole "
    r"|entire )?(?:order|po\b)",
    re.I,
)
_CANCEL_LINE = re.compile(
    r"(?:取消|不要了|不需要了|删除|去掉|删掉)|\bcancel|\bno longer need|\bremove\b"
    r"|\bdelete\b|\bdrop\b",
    re.I,
)
_HOLD = re.compile(
    r"暂停|暂缓|先别做|先停|暂不(?:生产|发货|做)|先不要?(?:做|发|生产)"
    r"|\bkeep .{1,20}\bopen\b|\bon hold\b|\bput .{0,20}hold|\bsuspend",
    re.I,
)
_SPLIT = re.compile(
    r"(?:剩下|其余|余下|剩余).{0,14}(?:再|后)(?:发|送|交)"
    r"|\bthe (?:rest|balance|remainder)\b.{0,30}\b(?:later|next|second)\b"
    r"|分批|分两批|分[二三]批|\bsplit (?:the )?deliver|\bpartial deliver|\btwo deliveries",
    re.I,
)
_MODEL = re.compile(
    rf"(?:{_TO}|换成|换为|becomes?|change(?:d)? to|replaced? by|instead use)\s*(?:为"
    rf"|型号)?\s*([A-Z](?=[A-Za-z0-9./-]{{0,40}}\d)[A-Za-z0-9./-]{{1,60}})"
)
_MODEL_BEFORE = re.compile(
    r"([A-Z](?=[A-Za-z0-9./-]{0,40}\d)[A-Za-z0-9./-]{1,60})\s*(?:由|从)?\s*$"
)
_BULLET = re.compile(r"^\(?\d{1,2}(?:[)、]|\.(?!\d))\s*")
_BELOW = re.compile(
    r"(?:到)?(?:以下|下列|下面)的?(?:地址|地点)[^\n。;]{0,30}\n\s*"
    r"|\bthe (?:following|below) address\b[^\n.;]{0,30}\n\s*",
    re.I,
)
_CODE = r"([A-Z](?=[A-Za-z0-9./-]{0,40}\d)[A-Za-z0-9./-]{0,59}[A-Za-z0-9/-])"
_NOT_BUT = re.compile(
    rf"{_CODE}\s*(?:\(?,?\s*(?:and )?not|instead of|in place of|rather than|,?\s*(?:而)?不是)"
    rf"\s+(?:the )?{_CODE}"
)
_MUST_BE = re.compile(
    r"(?:^|[.,] )(?:the |our )?([A-Za-z][\w -]{2,30}?) (?:must|should|needs? to) be\b", re.I
)
_HELD = re.compile(
    r"^(?:请|先|把|将|但|那|,|\s)*([^,。;\s]{1,12}?)(?:请|先|暂时|全部)*(?:暂停|暂缓|先停)"
    r"|\bput (?:the )?(.{2,30}?) on hold\b",
    re.I,
)
_WHOLE = re.compile(
    r"^(?:整个|本|该|这个?|此|我们的?)?(?:订单|单子?|合同|项目|it|this|order)$", re.I
)
_UNCHANGED = re.compile(r"不变|unchanged|stays? (?:the same|as)|remains?|not change", re.I)


MAX_CLAUSE = 500


def changes_in(
    text: str, base: datetime, workday: Workday = workday_of_week
) -> tuple[ChangeItem, ...]:
    """The changes that the text asks for; what cannot be read as one is left to a person."""
    plain = _BELOW.sub(" ", narrow(text))
    if _CANCEL_ORDER.search(plain):
        return (ChangeItem(ChangeKind.CANCEL_ORDER),)
    found: list[ChangeItem] = []
    for clause in _clauses(plain):
        found.extend(one for one in _of_clause(clause, base, workday) if one not in found)
    return tuple(found)


def _clauses(text: str) -> Iterator[str]:
    for clause in _CLAUSE.split(text):
        if clause and (plain := _BULLET.sub("", clause.strip())):
            yield plain[:MAX_CLAUSE]


def _of_clause(clause: str, base: datetime, workday: Workday) -> Iterator[ChangeItem]:
    if _UNCHANGED.search(clause) and "," not in clause:
        return
    item = _item(clause)
    quantity = _quantity(clause)
    if quantity:
        yield ChangeItem(ChangeKind.QUANTITY, item or _named(clause), *quantity)
    swapped = _NOT_BUT.search(clause)
    model = None if swapped else _MODEL.search(clause)
    if swapped:
        yield ChangeItem(ChangeKind.MODEL, item or _thing(clause), swapped[2], swapped[1])
    if model:
        before = _MODEL_BEFORE.search(clause[: model.start()])
        yield ChangeItem(ChangeKind.MODEL, item, before[1] if before else None, model[1])
    yield from _due(clause, base, workday)
    yield from _other(clause, item, found=bool(quantity or model or swapped))


def _quantity(clause: str) -> tuple[str | None, str] | None:
    """Quantity before and after as decimal text."""
    for pattern, before, after in (
        (_FROM_TO, 1, 3),
        (_ONLY, 1, 3),
        (_EN_INSTEAD, 2, 1),
        (_EN_NOT, 2, 1),
        (_EN_FROM_TO, 1, 2),
    ):
        hit = pattern.search(clause)
        if hit and (new := _text(hit[after])):
            return _text(hit[before]), new
    for pattern in (_NOW, _EN_TO):
        hit = pattern.search(clause)
        if hit and (new := _text(hit[1])):
            return None, new
    return None


def _text(written: str) -> str | None:
    value = number_of(written)
    return None if value is None else f"{value.normalize():f}"


def _item(clause: str) -> str | None:
    hit = _ITEM.search(clause)
    return hit[1] if hit else None


def _named(clause: str) -> str | None:
    """The words before the change: "液压站由2台改为3台", "Suction manifolds: make it 3"."""
    english = re.match(
        r"^(?:and |also |please )*(?:the )?([A-Za-z][\w -]{2,40}?)\s*(?::|becomes|from)", clause
    )
    if english:
        return english[1]
    chinese = re.match(
        r"^(?:请|将|把|另外|其中|但|,|\s)*([^\d,:由从改]{2,20}?)(?:的?数量)?\s*(?:由|从"
        r"|改|:|\d|要)",
        clause,
    )
    word = chinese[1].strip() if chinese else None
    return None if word in (None, "数量", "交货期", "交期", "请") else word


def _due(clause: str, base: datetime, workday: Workday) -> Iterator[ChangeItem]:
    days = days_in(clause, base, workday) if _MOVED.search(clause) else ()
    if days and (_DUE.search(clause) or not _quantity(clause)):
        named = [day.value.isoformat() for day in days]
        if re.search(r"\binstead of\b|\brather than\b|\bnot\b", clause[days[0].end :], re.I):
            named.reverse()
        before = named[0] if len(named) > 1 else None
        yield ChangeItem(ChangeKind.DUE_DATE, None, before, named[-1])


def _other(clause: str, item: str | None, *, found: bool) -> Iterator[ChangeItem]:
    place = _PLACE.search(clause)
    if place and _ELSEWHERE.search(clause):
        value = next(group for group in place.groups() if group).strip()
        yield ChangeItem(ChangeKind.DELIVERY_PLACE, None, _not(clause), value)
    elif not found and _CANCEL_LINE.search(clause):
        yield ChangeItem(ChangeKind.CANCEL_LINE, _cancelled(clause) or item)
    if _HOLD.search(clause):
        yield ChangeItem(ChangeKind.HOLD, item or _held(clause))
    if _SPLIT.search(clause):
        yield ChangeItem(ChangeKind.SPLIT_DELIVERY, item)


def _thing(clause: str) -> str | None:
    """What must be another model: "the agitators must be ..."."""
    hit = _MUST_BE.search(clause)
    return hit[1] if hit else None


def _held(clause: str) -> str | None:
    """What is to wait; None for the whole order."""
    hit = _HELD.search(clause)
    word = (hit[1] or hit[2]).strip() if hit else ""
    return None if not word or _WHOLE.search(word) else word


def _not(clause: str) -> str | None:
    """The old value of "not Halifax", "不送滨江了"."""
    hit = re.search(r"\bnot (?:to )?([A-Z]\w+)|不送(?:到)?([^,了]{2,12})", clause)
    return (hit[1] or hit[2]) if hit else None


def _cancelled(clause: str) -> str | None:
    hit = re.search(
        r"(?:取消|删除|去掉|删掉)(?:了)?([^,。]{2,20})|([^,。]{2,20}?)(?:取消|不要了|不需要了)"
        r"|(?:the )?([\w .()-]{3,40}?)\s+we cancel|cancel(?:led)?\s+(?:the\s+)?([\w .()-]{3,40})",
        clause,
        re.I,
    )
    return next((group.strip() for group in hit.groups() if group), None) if hit else None
