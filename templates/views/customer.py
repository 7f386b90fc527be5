"""What the mails to a customer may see: no internal figure, word or name has a place here."""

from dataclasses import dataclass
from datetime import date, datetime

from templates.views.order import (
    ChangeView,
    CriterionView,
    DutyView,
    FileView,
    LineView,
    MilestoneView,
    OrderView,
    PunchView,
    QuestionView,
)


@dataclass(frozen=True)
class ReceivedView:
    """The order is here: what we understood, what is missing, when we confirm."""

    order: OrderView
    to: str
    questions: tuple[QuestionView, ...] = ()
    confirm_by: datetime | None = None


@dataclass(frozen=True)
class AskedView:
    """What we still need to know, one numbered question a gap."""

    order: OrderView
    to: str
    questions: tuple[QuestionView, ...]
    answer_by: datetime | None = None


@dataclass(frozen=True)
class ProvisionalView:
    """What a colleague of the reader has said already without being entitled to sign; `verdict`
    is a key of the words table `verdict`, `remarks` are their own words."""

    by: str
    verdict: str
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True)
class ConfirmationView:
    """The version that the customer confirms; `changes` are the differences to the one before."""

    order: OrderView
    to: str
    changes: tuple[ChangeView, ...] = ()
    link: str = ""
    answer_by: datetime | None = None
    valid_until: date | None = None
    assumptions: tuple[str, ...] = ()
    duties: tuple[DutyView, ...] = ()
    earlier: ProvisionalView | None = None


@dataclass(frozen=True)
class ScheduleView:
    """The released plan as far as the customer may know it."""

    order: OrderView
    to: str
    milestones: tuple[MilestoneView, ...] = ()
    duties: tuple[DutyView, ...] = ()
    link: str = ""


@dataclass(frozen=True)
class StepView:
    """A step of the work: when it ends or ended, and when it was planned to."""

    name: str
    on: date | None = None
    planned_on: date | None = None
    percent: int = 0


@dataclass(frozen=True)
class ProgressView:
    """How the work stands since the last report; `problems` and `decisions` are the sender's own
    words, `since` is None in the first report."""

    order: OrderView
    to: str
    since: date | None = None
    done: tuple[StepView, ...] = ()
    steps_done: int = 0
    steps: int = 0
    current: tuple[StepView, ...] = ()
    problems: tuple[str, ...] = ()
    ahead: tuple[StepView, ...] = ()
    duties: tuple[DutyView, ...] = ()
    decisions: tuple[str, ...] = ()
    correction: bool = False


@dataclass(frozen=True)
class DeliveryView:
    """What was delivered; `method` is a key of the words table `method`."""

    order: OrderView
    to: str
    delivery_no: str
    round: int = 1
    method: str = "electronic"
    delivered_at: datetime | None = None
    lines: tuple[LineView, ...] = ()
    files: tuple[FileView, ...] = ()
    package_sha256: str = ""
    carrier: str = ""
    tracking: str = ""
    link: str = ""
    accept_by: date | None = None


@dataclass(frozen=True)
class AcceptanceView:
    """What the customer accepts, criterion by criterion."""

    order: OrderView
    to: str
    criteria: tuple[CriterionView, ...]
    round: int = 1
    link: str = ""
    answer_by: datetime | None = None
    earlier: ProvisionalView | None = None


@dataclass(frozen=True)
class CertificateView:
    """The acceptance is certified; the certificate itself is attached."""

    order: OrderView
    to: str
    certificate_no: str
    accepted_at: datetime
    accepted_by: str
    warranty_until: date | None = None
    punch: tuple[PunchView, ...] = ()


@dataclass(frozen=True)
class SurveyView:
    """Five numbers that we ask for."""

    order: OrderView
    to: str
    link: str = ""
    answer_by: date | None = None


@dataclass(frozen=True)
class ClosingView:
    """The closing summary for the customer."""

    order: OrderView
    to: str
    received_on: date | None = None
    delivered_on: date | None = None
    accepted_on: date | None = None
    warranty_until: date | None = None
    rounds: int = 1
    changes: int = 0
    improvements: tuple[str, ...] = ()


@dataclass(frozen=True)
class NudgeView:
    """A reminder of something that the customer has not answered yet; `nth` counts from 1."""

    order: OrderView
    to: str
    nth: int = 1
    answer_by: datetime | None = None
    link: str = ""
    questions: tuple[QuestionView, ...] = ()
    criteria: tuple[CriterionView, ...] = ()


@dataclass(frozen=True)
class NewsView:
    """Something about the order that the customer should know: refused, cancelled, held, resumed,
    promise moved, provisional (`reason` names who has to sign). `reason` is written for them."""

    order: OrderView
    to: str
    reason: str = ""
    until: date | None = None
    before: date | None = None
    after: date | None = None
    provisional: bool = False


CustomerMail = (
    ReceivedView
    | AskedView
    | ConfirmationView
    | ScheduleView
    | ProgressView
    | DeliveryView
    | AcceptanceView
    | CertificateView
    | SurveyView
    | ClosingView
    | NudgeView
    | NewsView
)
