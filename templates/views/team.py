"""What the mails to our own people may see."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from domain.checks import Weight
from domain.names import GateKind, Party, Stage
from templates.views.order import ChangeView, MilestoneView, OrderView, TaskView

Level = Weight
"""How a check ended, under the name by which views speak of it."""


@dataclass(frozen=True)
class MoneyView:
    """An amount in its currency."""

    amount: Decimal
    currency: str


@dataclass(frozen=True)
class FactView:
    """One fact of a briefing: `key` is of the words table `field`; the value is a text, day,
    moment, figure, amount (MoneyView) or a word of domain.names."""

    key: str
    value: object


@dataclass(frozen=True)
class CheckView:
    """One named check: `rule` is a key of the words table `check`, `facts` are shown as name (a
    key of `field`) and value, `reason` says more in words that are already made."""

    rule: str
    weight: Weight
    facts: Mapping[str, object] = field(default_factory=dict)
    reason: str = ""


@dataclass(frozen=True)
class GateView:
    """An approval as it is named to people, and where it can be answered."""

    gate: str
    kind: GateKind
    stage: Stage
    round: int
    asked_by: str
    asked_at: datetime
    due_at: datetime | None = None
    link: str = ""
    prefect_url: str = ""


@dataclass(frozen=True)
class ApprovalView:
    """An approver is asked; `acting_for` names the person for whom a substitute answers."""

    order: OrderView
    to: str
    gate: GateView
    facts: tuple[FactView, ...] = ()
    checks: tuple[CheckView, ...] = ()
    changes: tuple[ChangeView, ...] = ()
    acting_for: str = ""


@dataclass(frozen=True)
class TeamPlanView:
    """The released plan for the people who carry it out."""

    order: OrderView
    to: str
    tasks: tuple[TaskView, ...] = ()
    milestones: tuple[MilestoneView, ...] = ()
    start_on: date | None = None
    finish_on: date | None = None
    link: str = ""


@dataclass(frozen=True)
class AssignmentView:
    """One person's tasks of an order; each has a line to edit in the reply."""

    order: OrderView
    to: str
    tasks: tuple[TaskView, ...]
    link: str = ""
    answer_by: datetime | None = None


@dataclass(frozen=True)
class PendingView:
    """A reminder to one of us: of an approval (`gate`) or of progress (`tasks`)."""

    order: OrderView
    to: str
    nth: int = 1
    gate: GateView | None = None
    tasks: tuple[TaskView, ...] = ()
    answer_by: datetime | None = None
    link: str = ""


@dataclass(frozen=True)
class ShareView:
    """How much of the working time a party kept the order waiting or working."""

    party: Party
    hours: Decimal
    percent: int


@dataclass(frozen=True)
class EstimateView:
    """Planned and actual hours of one task."""

    task: str
    name: str
    planned_hours: Decimal
    actual_hours: Decimal


@dataclass(frozen=True)
class LookBackView:
    """The retrospective in facts, for the team."""

    order: OrderView
    to: str
    facts: tuple[FactView, ...] = ()
    shares: tuple[ShareView, ...] = ()
    estimates: tuple[EstimateView, ...] = ()
    lessons: tuple[str, ...] = ()
    improvements: tuple[str, ...] = ()
    link: str = ""


@dataclass(frozen=True)
class AlertView:
    """Something that one of us should know or do; which fields count depends on the notice:
    code_blocked (`person`, `minutes`), mail_failed (`recipient`, `subject`, `reason`), escalated
    (`gate`), finding, heads and review_minutes (`items`), review_agenda (`items`, `after`: the
    day), trouble (`gate`, `reason`, `facts`)."""

    to: str
    order: OrderView | None = None
    person: str = ""
    minutes: int = 0
    recipient: str = ""
    subject: str = ""
    reason: str = ""
    gate: GateView | None = None
    facts: tuple[FactView, ...] = ()
    items: tuple[str, ...] = ()
    link: str = ""
    before: date | None = None
    after: date | None = None
    kind: str = ""


TeamMail = ApprovalView | TeamPlanView | AssignmentView | PendingView | LookBackView | AlertView
