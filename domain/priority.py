"""Classification: kind of order, explained score, priority, service level. Points, not opinions."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NamedTuple

from domain.names import Language, OrderType, Priority
from domain.worktime import AnyCalendar, workdays_between

# ------------------------------------------------------------------ kind of order

PATTERNS: dict[OrderType, tuple[str, ...]] = {
    OrderType.AFTER_SALES: (
        r"维修(?!包|套件|盒|手册)", "保修", "质保期内", "售后", "返修", "故障", "检修", "报修",
        "抢修", r"\brepair(?:s|ed|ing)?\b(?! kit)", r"\bwarranty (?:claim|case|repair)",
        r"\bafter[- ]sales\b", r"\bmalfunction\w*", r"\bbreakdown\b", r"\boverhaul\w*",
    ),
    OrderType.SUBCONTRACT: (
        "外协", "委外", "分包", "外发加工", "代工",
        r"\bsub-?contract\w*", r"\boutsourc\w+",
    ),
    OrderType.SOFTWARE: (
        "软件", "小程序", "上位机", "系统开发", "程序开发", "接口开发", "数据库", "二次开发",
        r"\bsoftware\b", r"\bfirmware\b", r"\bapp\b", r"\bapi\b", r"\bprogramming\b", r"\bMES\b",
    ),
    OrderType.ENGINEERING_SERVICE: (
        r"安装(?!板|支架|孔|底座|座|螺|件|盒|架|尺寸|说明)", "调试", "改造", "勘察", "施工",
        "技术服务", "方案设计", "图纸设计", "设计服务", "咨询", "培训",
        r"\binstallation\b(?! (?:kit|plate|bracket|manual|drawing))", r"\bcommissioning\b",
        r"\bretrofit\w*", r"\bsite survey\b",
        r"\bengineering services?\b", r"\bdesign services?\b", r"\bconsulting\b", r"\btraining\b",
    ),
    OrderType.INTERNAL: (
        "内部订单", "内部项目", "内部改善", "自用",
        r"\binternal (?:order|project)\b", r"\bin-house\b", r"\bown use\b",
    ),
    OrderType.MANUFACTURE_TO_ORDER: (
        "加工", "制作", "定制", "生产", "订购", "采购",
        r"\bmachin(?:ed|ing)\b", r"\bmanufactur\w+", r"\bfabricat\w+", r"\bcustom[- ]made\b",
        r"\bpurchase order\b",
    ),
}  # fmt: skip
"""Words of each kind; of kinds with equal points the one that stands first here is taken."""

TYPE_NAMES = {
    OrderType.MANUFACTURE_TO_ORDER: ("订单生产", "made to order"),
    OrderType.ENGINEERING_SERVICE: ("工程服务", "engineering service"),
    OrderType.SOFTWARE: ("软件项目", "software"),
    OrderType.AFTER_SALES: ("售后服务", "after-sales"),
    OrderType.SUBCONTRACT: ("分包订单", "subcontract"),
    OrderType.INTERNAL: ("内部订单", "internal"),
}
IN_TITLE, IN_LINE, WEAK = 3, 2, 1
"""Points of a word; those of making and of counted pieces are weak: most orders have them."""


class Evidence(NamedTuple):
    """A word found, in the title (line 0) or in a line, and what kind of order it speaks for."""

    word: str
    line: int
    order_type: OrderType


@dataclass(frozen=True)
class TypeGuess:
    """The kind of order, the words that speak for it, and whether nothing speaks against it."""

    order_type: OrderType
    because: tuple[Evidence, ...]
    sure: bool

    def sentence(self, language: Language) -> str:
        """Why this kind: the words and where they stand."""
        zh = language is Language.ZH
        name = TYPE_NAMES[self.order_type][0 if zh else 1]
        if not self.because:
            return f"{name}(默认类型,没有其他线索)" if zh else f"{name} (default, no other sign)"
        if zh:
            found = [f"“{e.word}”({f'第{e.line}行' if e.line else '标题'})" for e in self.because]
            return f"{name}:{'、'.join(found)}"
        found = [f'"{e.word}" ({f"line {e.line}" if e.line else "title"})' for e in self.because]
        return f"{name}: {', '.join(found)}"


def guess_type(title: str, lines: Sequence[str], *, quantities: bool = True) -> TypeGuess:
    """The kind of order from its title and line texts; `quantities`: its lines count pieces."""
    texts = [(0, title), *enumerate(lines, 1)]
    found = [
        Evidence(match.group(0), line, order_type)
        for line, text in texts
        for order_type, patterns in PATTERNS.items()
        for match in [re.search("|".join(patterns), text, re.IGNORECASE)]
        if match
    ]
    points: Counter[OrderType] = Counter()
    for evidence in found:
        strong = evidence.order_type is not OrderType.MANUFACTURE_TO_ORDER
        points[evidence.order_type] += (IN_LINE if evidence.line else IN_TITLE) if strong else WEAK
    if quantities and lines:
        points[OrderType.MANUFACTURE_TO_ORDER] += WEAK
    ranked = sorted(PATTERNS, key=lambda order_type: -points[order_type])
    best = ranked[0] if points else OrderType.MANUFACTURE_TO_ORDER
    because = tuple(evidence for evidence in found if evidence.order_type is best)[:3]
    return TypeGuess(best, because, bool(because) and points[best] - points[ranked[1]] >= IN_LINE)


# ------------------------------------------------------------------ score


@dataclass(frozen=True)
class Weights:
    """Points of each part and the limits of P1, P2, P3; all of them settings."""

    due: float = 40
    due_span: int = 20
    tiers: Mapping[str, float] = field(
        default_factory=lambda: {"A": 25, "B": 15, "C": 8, "D": 3}, hash=False
    )
    urgent: float = 15
    penalty: float = 5
    value: float = 5
    age_step: float = 0.5
    age_most: float = 10
    limits: tuple[float, float, float] = (75, 55, 35)
    flap: float = 8


STANDARD = Weights()


@dataclass(frozen=True)
class Standing:
    """What the score looks at; `amount_share` is the order's percentile of amounts, 0 to 1.

    Without a due date the usual working days of the kind stand in. Urgent counts with a reason.
    """

    due: date | None
    expected_workdays: int
    tier: str = "C"
    urgent_reason: str = ""
    late_penalty: bool = False
    amount_share: float = 0.0
    waiting_workdays: int = 0
    usual_workdays: int = 15


@dataclass(frozen=True)
class Part:
    """Points for one thing."""

    name: str
    points: float


PART_NAMES = {
    "due": ("交期", "due"),
    "customer": ("客户", "customer"),
    "urgent": ("加急", "urgent"),
    "penalty": ("违约金", "penalty"),
    "value": ("金额", "value"),
    "age": ("等待", "age"),
}


@dataclass(frozen=True)
class Score:
    """0 to 100 points with their parts; `impossible_date`: due before today."""

    parts: tuple[Part, ...]
    total: float
    priority: Priority
    impossible_date: bool = False

    def sentence(self, language: Language) -> str:
        """The sum as people read it: `P2: 36 due + 15 customer + 4 age`."""
        zh = language is Language.ZH
        told = [
            f"{PART_NAMES[part.name][0]} {part.points:g}"
            if zh
            else f"{part.points:g} {PART_NAMES[part.name][1]}"
            for part in self.parts
            if part.points
        ]
        words = f"{self.priority}{':' if zh else ': '}{' + '.join(told) or '0'}"
        if self.impossible_date:
            words += ";交期已过" if zh else "; the due date has passed"
        return words


def score(
    standing: Standing, calendar: AnyCalendar, *, today: date, weights: Weights = STANDARD
) -> Score:
    """The order's points today: due date, customer, urgency, penalty, value, age."""
    if standing.due is None:
        workdays = standing.usual_workdays
    else:
        workdays = workdays_between(calendar, today, standing.due)
    tightness = 1 - (workdays - standing.expected_workdays) / weights.due_span
    parts = (
        Part("due", _tenths(weights.due * min(max(tightness, 0), 1))),
        Part("customer", weights.tiers.get(standing.tier.upper(), min(weights.tiers.values()))),
        Part("urgent", weights.urgent if standing.urgent_reason.strip() else 0),
        Part("penalty", weights.penalty if standing.late_penalty else 0),
        Part("value", _tenths(weights.value * min(max(standing.amount_share, 0), 1))),
        Part("age", min(weights.age_most, weights.age_step * max(standing.waiting_workdays, 0))),
    )
    total = _tenths(sum(part.points for part in parts))
    passed = standing.due is not None and standing.due < today
    return Score(parts, total, priority_of(total, weights), passed)


def _tenths(points: float) -> float:
    """Rounded, so that the parts that people read add up to the total."""
    return round(points, 1)


def priority_of(total: float, weights: Weights = STANDARD) -> Priority:
    """P1 from 75 points on, P2 from 55, P3 from 35, else P4."""
    classes = zip(weights.limits, Priority, strict=False)
    return next((priority for limit, priority in classes if total >= limit), Priority.P4)


def settled(
    current: Priority,
    current_total: float,
    computed: Score,
    *,
    last_computed: Priority | None,
    weights: Weights = STANDARD,
) -> Priority:
    """The priority to show: it changes after two equal computations, or by more than 8 points."""
    twice = computed.priority is last_computed
    clear = abs(computed.total - current_total) > weights.flap
    return computed.priority if twice or clear else current


@dataclass(frozen=True)
class Override:
    """A person's word over the computed priority, with its reason and its last day."""

    priority: Priority
    reason: str
    by: str
    until: date


def in_force(computed: Priority, override: Override | None, *, today: date) -> Priority:
    """The priority that counts today: the override's until it expires."""
    return override.priority if override and today <= override.until else computed


def rank_key(found: Score, due: date | None, received_at: datetime) -> tuple[float, date, datetime]:
    """Sorts orders: most points first, then earliest due date, then earliest receipt."""
    return (-found.total, due or date.max, received_at)


# ------------------------------------------------------------------ service level


@dataclass(frozen=True)
class ServiceLevel:
    """What a priority means in deadlines; all in minutes of working time."""

    first_response: int
    decision: int
    plan: int
    update_every: int


HOUR, DAY = 60, 480

SERVICE_LEVELS: dict[Priority, ServiceLevel] = {
    Priority.P1: ServiceLevel(2 * HOUR, 2 * HOUR, 4 * HOUR, 1 * DAY),
    Priority.P2: ServiceLevel(4 * HOUR, 4 * HOUR, 1 * DAY, 2 * DAY),
    Priority.P3: ServiceLevel(1 * DAY, 1 * DAY, 2 * DAY, 5 * DAY),
    Priority.P4: ServiceLevel(2 * DAY, 2 * DAY, 2 * DAY, 10 * DAY),
}


def service_sentence(level: ServiceLevel, language: Language) -> str:
    """The deadlines in working hours, as people read them."""
    hours = [minutes / HOUR for minutes in (level.first_response, level.decision, level.plan)]
    days = level.update_every / DAY
    if language is Language.ZH:
        first, decision, plan = (f"{each:g} 工作小时" for each in hours)
        return f"首次答复 {first},审批 {decision},计划 {plan},每 {days:g} 个工作日更新进展"
    first, decision, plan = (f"{each:g} working hours" for each in hours)
    often = "every working day" if days == 1 else f"every {days:g} working days"
    return f"first answer {first}, approvals {decision}, plan {plan}, news {often}"
