"""What we know beside a mail, and what a mail means: the two ends of `understand`."""

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from domain.mail.answers import Answer
from domain.mail.automatic import Automatic
from domain.mail.extract.changes import ChangeItem
from domain.mail.extract.dates import Workday, workday_of_week
from domain.mail.extract.values import Field, Line
from domain.mail.kinds import MailKind
from domain.mail.reports import Progress
from domain.mail.surveys import SurveyAnswer
from domain.names import Purpose, Verdict


@dataclass(frozen=True)
class Context:
    """What we know beside the mail: who we are, and what the mail answers if that is known."""

    our_domains: frozenset[str] = frozenset()
    our_names: tuple[str, ...] = ()
    our_server: str = ""
    workday: Workday = workday_of_week
    purpose: Purpose | None = None
    order_no: str | None = None
    questions: tuple[str, ...] = ()
    received_at: datetime | None = None


@dataclass(frozen=True)
class Understanding:
    """What a mail means. `decision` is a reading; only `answer.verdict` counts as a vote.

    Positions in sources ("text:120-133") count in `text`: what was read, with the table's notes.
    """

    kind: MailKind
    kind_confidence: float
    language: str
    intents: tuple[MailKind, ...]
    new_text: str
    text: str
    answer: Answer
    automatic: Automatic | None = None
    customer_name: Field[str] | None = None
    contact_name: Field[str] | None = None
    phones: Field[tuple[str, ...]] | None = None
    order_ref: Field[str] | None = None
    passed_on_from: str = ""
    """Who wrote what a colleague has passed on; credited only once a person has looked."""
    customer_po_no: Field[str] | None = None
    due_date: Field[date] | None = None
    urgency: Field[str] | None = None
    amount: Field[Decimal] | None = None
    currency: Field[str] | None = None
    tax_included: bool | None = None
    special_requirements: Field[tuple[str, ...]] | None = None
    special_requirements_none: bool = False
    delivery_place: Field[str] | None = None
    lines: tuple[Line, ...] = ()
    missing_fields: tuple[str, ...] = ()
    decision: Verdict | None = None
    change_items: tuple[ChangeItem, ...] = ()
    progress: tuple[Progress, ...] = ()
    defects: tuple[str, ...] = ()
    survey: SurveyAnswer | None = None
    numbered: dict[int, str] = field(default_factory=dict)
    authenticated: bool | None = None
    needs_person: bool = False
    reasons: tuple[str, ...] = ()
