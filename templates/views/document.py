"""What the documents may see; `made_at` is printed and makes the file's bytes reproducible."""

from dataclasses import dataclass
from datetime import date, datetime

from domain.names import Channel
from templates.views.order import (
    CriterionView,
    DutyView,
    FileView,
    LineView,
    MilestoneView,
    OrderView,
    PunchView,
)
from templates.views.team import EstimateView, FactView, ShareView


@dataclass(frozen=True)
class ScopeStatementView:
    """What both sides confirm: lines, requirements, criteria, date, price, duties."""

    order: OrderView
    made_at: datetime
    criteria: tuple[CriterionView, ...] = ()
    milestones: tuple[MilestoneView, ...] = ()
    assumptions: tuple[str, ...] = ()
    duties: tuple[DutyView, ...] = ()
    out_of_scope: tuple[str, ...] = ()
    payment: str = ""
    valid_until: date | None = None
    changed_lines: tuple[int, ...] = ()


@dataclass(frozen=True)
class DeliveryNoteView:
    """What a package holds, each file with its hash."""

    order: OrderView
    made_at: datetime
    delivery_no: str
    round: int = 1
    method: str = "electronic"
    lines: tuple[LineView, ...] = ()
    files: tuple[FileView, ...] = ()
    package_sha256: str = ""
    carrier: str = ""
    tracking: str = ""


@dataclass(frozen=True)
class AcceptanceCertificateView:
    """Who accepted what, by which criteria, when and how."""

    order: OrderView
    made_at: datetime
    certificate_no: str
    delivery_no: str
    round: int
    result: str
    signed_by: str
    signed_at: datetime
    via: Channel
    criteria: tuple[CriterionView, ...] = ()
    punch: tuple[PunchView, ...] = ()
    package_sha256: str = ""
    evidence_sha256: str = ""
    warranty_until: date | None = None


@dataclass(frozen=True)
class ProjectSummaryView:
    """What was ordered, done and when, for the customer's file."""

    order: OrderView
    made_at: datetime
    milestones: tuple[MilestoneView, ...] = ()
    done: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True)
class UserManualView:
    """Handover notes: what was delivered and what to observe."""

    order: OrderView
    made_at: datetime
    notes: tuple[str, ...] = ()
    files: tuple[FileView, ...] = ()
    warranty_until: date | None = None


@dataclass(frozen=True)
class TestResultView:
    """One check of the finished work; `result` is a key of the words table `result`."""

    __test__ = False  # its name is not a test's

    no: int
    text: str
    result: str
    measured: str = ""
    by: str = ""
    at: datetime | None = None


@dataclass(frozen=True)
class TestReportView:
    """The checks of an order and how they ended."""

    __test__ = False

    order: OrderView
    made_at: datetime
    results: tuple[TestResultView, ...] = ()
    summary: str = ""


@dataclass(frozen=True)
class RetrospectiveReportView:
    """The retrospective in facts; internal, never sent to a customer."""

    order: OrderView
    made_at: datetime
    facts: tuple[FactView, ...] = ()
    shares: tuple[ShareView, ...] = ()
    estimates: tuple[EstimateView, ...] = ()
    lessons: tuple[str, ...] = ()
    improvements: tuple[str, ...] = ()


DocumentView = (
    ScopeStatementView
    | DeliveryNoteView
    | AcceptanceCertificateView
    | ProjectSummaryView
    | UserManualView
    | TestReportView
    | RetrospectiveReportView
)
