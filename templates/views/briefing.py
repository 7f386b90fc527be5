"""What the people who decide in Prefect's UI may see; texts of mails are escaped when shown."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from domain.deviation import Light
from domain.names import GateKind, Language, Party, Stage, State
from templates.views.order import (
    ChangeView,
    CriterionView,
    FileView,
    OrderView,
    PunchView,
    QuestionView,
    TaskView,
)
from templates.views.team import CheckView, EstimateView, FactView, GateView, ShareView


@dataclass(frozen=True)
class ExcerptView:
    """A passage of a mail as it was written, with where it comes from."""

    source: str
    text: str


@dataclass(frozen=True)
class ReadView:
    """One thing that was read: `field` is a key of the words table `field`, with `:N` for a line;
    `words` are the mail's own, those that count between ⟦ and ⟧; `confidence` is 0 to 1."""

    field: str
    value: str
    words: str = ""
    source: str = ""
    rule: str = ""
    confidence: float = 0.0


@dataclass(frozen=True)
class BriefingView:
    """Everything a gate's briefing may show; each kind shows what is given and leaves out the
    rest. `picture_url` is an address of our own portal. `sources` names where a field is from."""

    order: OrderView
    gate: GateView
    facts: tuple[FactView, ...] = ()
    checks: tuple[CheckView, ...] = ()
    changes: tuple[ChangeView, ...] = ()
    questions: tuple[QuestionView, ...] = ()
    criteria: tuple[CriterionView, ...] = ()
    punch: tuple[PunchView, ...] = ()
    files: tuple[FileView, ...] = ()
    tasks: tuple[TaskView, ...] = ()
    reasons: tuple[str, ...] = ()
    risks: tuple[str, ...] = ()
    excerpts: tuple[ExcerptView, ...] = ()
    shares: tuple[ShareView, ...] = ()
    estimates: tuple[EstimateView, ...] = ()
    lessons: tuple[str, ...] = ()
    sources: Mapping[str, str] = field(default_factory=dict)
    picture_url: str = ""
    approvers: tuple[str, ...] = ()
    answered: str = ""
    load: tuple[str, ...] = ()
    communication: tuple[str, ...] = ()
    understood: tuple[ReadView, ...] = ()
    typed: tuple[str, ...] = ()


@dataclass(frozen=True)
class CardView:
    """An order at a glance, for its artifact."""

    order: OrderView
    stage: Stage
    round: int
    light: Light = Light.NONE
    light_reason: str = ""
    priority: str = ""
    priority_reason: str = ""
    owner: str = ""
    waiting_for: GateKind | None = None
    waiting_party: Party | None = None
    next_action: str = ""
    next_action_at: datetime | None = None
    facts: tuple[FactView, ...] = ()
    tasks: tuple[TaskView, ...] = ()
    gates: tuple[GateView, ...] = ()
    files: tuple[FileView, ...] = ()
    link: str = ""
    as_of: datetime | None = None


@dataclass(frozen=True)
class BoardRow:
    """One open order on the board and in a review."""

    order_no: str
    customer: str
    state: State
    light: Light = Light.NONE
    reason: str = ""
    priority: str = ""
    owner: str = ""
    waiting_for: GateKind | None = None
    waiting_party: Party | None = None
    promised_on: date | None = None
    forecast_on: date | None = None
    next_action: str = ""
    next_action_at: datetime | None = None
    link: str = ""
    parked: bool = False
    """Whether the engine holds no form for it, because it has waited for so long."""


@dataclass(frozen=True)
class FigureView:
    """One figure of a review, with the one of the period before where there is one."""

    key: str
    value: object
    before: object = None


@dataclass(frozen=True)
class ReviewView:
    """A daily, weekly or monthly review; `not_run` says why it did not take place, `missed` is the
    day on which it should have been held."""

    kind: str
    at: datetime
    since: datetime | None = None
    rows: tuple[BoardRow, ...] = ()
    figures: tuple[FigureView, ...] = ()
    changed: tuple[str, ...] = ()
    decisions: tuple[str, ...] = ()
    actions: tuple[str, ...] = ()
    not_run: str = ""
    zone: str = "Asia/Shanghai"
    language: Language | None = None
    missed: date | None = None
