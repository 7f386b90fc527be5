"""What every template may see of an order: this whitelist, and nothing else."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from domain.names import Language, State


@dataclass(frozen=True)
class CompanyView:
    """Our company as it signs its mails and documents."""

    name_zh: str
    name_en: str
    address: str = ""
    mail: str = ""


@dataclass(frozen=True)
class LineView:
    """One order line; `unit_price` is what the customer pays."""

    no: int
    item: str
    model: str = ""
    quantity: Decimal | None = None
    unit: str = ""
    unit_price: Decimal | None = None
    currency: str = ""
    due_on: date | None = None
    criterion: str = ""


@dataclass(frozen=True)
class OrderView:
    """An order as its customer may see it, in the customer's language."""

    order_no: str
    title: str
    customer: str
    contact: str
    state: State
    language: Language
    company: CompanyView
    lines: tuple[LineView, ...] = ()
    requested_on: date | None = None
    promised_on: date | None = None
    provisional: bool = False
    requirements: tuple[str, ...] = ()
    delivery_place: str = ""
    amount: Decimal | None = None
    currency: str = ""
    tax_included: bool | None = None
    customer_po_no: str = ""
    owner_name: str = ""
    owner_mail: str = ""
    version: int = 0
    sha256: str = ""
    zone: str = "Asia/Shanghai"


@dataclass(frozen=True)
class ChangeView:
    """One difference to the version before; `what` is a key of the words table `change`."""

    what: str
    before: object = None
    after: object = None
    line_no: int | None = None


@dataclass(frozen=True)
class QuestionView:
    """One gap that the customer fills. `field` is customer, contact, content, quantity, due_date,
    special_requirements or another key of the words table `field`; `written` is what the customer
    wrote, `alternatives` are its readings; `text` replaces the sentence where one was made."""

    no: int
    field: str
    line_no: int | None = None
    item: str = ""
    written: str = ""
    alternatives: tuple[date | Decimal | str, ...] = ()
    text: str = ""


@dataclass(frozen=True)
class MilestoneView:
    """A dated step of the plan that the customer may know."""

    name: str
    on: date
    provisional: bool = False
    done: bool = False


@dataclass(frozen=True)
class CriterionView:
    """One acceptance criterion; `result` is empty or a key of the words table `result`."""

    no: int
    text: str
    line_no: int | None = None
    result: str = ""
    remark: str = ""


@dataclass(frozen=True)
class PunchView:
    """One thing to be corrected; `severity` is critical, major or minor."""

    no: int
    text: str
    severity: str = "minor"
    line_no: int | None = None
    due_on: date | None = None


@dataclass(frozen=True)
class FileView:
    """One file of a package; `size` in bytes."""

    name: str
    size: int
    sha256: str
    kind: str = ""


@dataclass(frozen=True)
class DutyView:
    """Something that the customer has to do by a day."""

    text: str
    by: date | None = None


@dataclass(frozen=True)
class TaskView:
    """One task as the person who does it sees it; hours are working hours."""

    no: str
    name: str
    who: str = ""
    start_on: date | None = None
    finish_on: date | None = None
    hours: Decimal | None = None
    remaining_hours: Decimal | None = None
    percent: int = 0
    blocked: str = ""
    waits_for: tuple[str, ...] = field(default=())
