"""The words of an order's life: stages, states, events, gates, roles. One stem per noun."""

from enum import StrEnum

OURSELVES = "orderflow"
"""The actor of what no person did."""


class Stage(StrEnum):
    """The nine stages in the order in which an order passes them."""

    RECEIVE = "receive"
    CONFIRM = "confirm"
    CLASSIFY = "classify"
    PLAN = "plan"
    EXECUTE = "execute"
    REVIEW = "review"
    DELIVER = "deliver"
    ACCEPT = "accept"
    RETROSPECTIVE = "retrospective"


class State(StrEnum):
    """Fits the sentence "the order is …"."""

    RECEIVED = "received"
    AWAITING_INFO = "awaiting_info"
    REJECTED = "rejected"
    CONFIRMING = "confirming"
    CONFIRMED = "confirmed"
    CLASSIFIED = "classified"
    PLANNED = "planned"
    EXECUTING = "executing"
    ON_HOLD = "on_hold"
    REVIEWING = "reviewing"
    DELIVERING = "delivering"
    DELIVERED = "delivered"
    ACCEPTANCE_FAILED = "acceptance_failed"
    ACCEPTED = "accepted"
    RETROSPECTIVE = "retrospective"
    CLOSED = "closed"
    CANCELLED = "cancelled"


ENDED = frozenset({State.REJECTED, State.CLOSED, State.CANCELLED})
"""States that an order never leaves."""


class Event(StrEnum):
    """What has happened to an order and moves it: fits "it has been …"."""

    ORDER_RECEIVED = "order_received"
    INFO_REQUESTED = "info_requested"
    INFO_RECEIVED = "info_received"
    INTAKE_ASKED = "intake_asked"
    INTAKE_CORRECTED = "intake_corrected"
    ORDER_REFUSED = "order_refused"
    RECORD_COMPLETED = "record_completed"
    CONFIRMATION_PREPARED = "confirmation_prepared"
    CONFIRMATION_APPROVED = "confirmation_approved"
    CONFIRMATION_RETURNED = "confirmation_returned"
    CUSTOMER_CONFIRMED = "customer_confirmed"
    CUSTOMER_CHANGED = "customer_changed"
    CUSTOMER_DECLINED = "customer_declined"
    CONFIRMATION_EXPIRED = "confirmation_expired"
    ORDER_CLASSIFIED = "order_classified"
    PLAN_PROPOSED = "plan_proposed"
    PLAN_APPROVED = "plan_approved"
    PLAN_REJECTED = "plan_rejected"
    START_AWAITED = "start_awaited"
    START_REACHED = "start_reached"
    WORK_RELEASED = "work_released"
    WORK_COMPLETED = "work_completed"
    REVIEW_PREPARED = "review_prepared"
    REVIEW_PASSED = "review_passed"
    REVIEW_FAILED = "review_failed"
    ORDER_DELIVERED = "order_delivered"
    ACCEPTANCE_REQUESTED = "acceptance_requested"
    CUSTOMER_ACCEPTED = "customer_accepted"
    CUSTOMER_REFUSED = "customer_refused"
    LOOK_BACK_AWAITED = "look_back_awaited"
    LOOK_BACK_REACHED = "look_back_reached"
    RETROSPECTIVE_PREPARED = "retrospective_prepared"
    CLOSE_RETURNED = "close_returned"
    ORDER_CLOSED = "order_closed"
    # Possible at any time (see domain/process.py: ANYTIME).
    ORDER_HELD = "order_held"
    ORDER_RESUMED = "order_resumed"
    CANCEL_REQUESTED = "cancel_requested"
    CANCEL_REFUSED = "cancel_refused"
    ORDER_CANCELLED = "order_cancelled"
    TROUBLE_REPORTED = "trouble_reported"
    TROUBLE_RESOLVED = "trouble_resolved"


class Fact(StrEnum):
    """What is written into an order's history without moving it."""

    VOTE_CAST = "vote_cast"
    GATE_ASKED = "gate_asked"
    GATE_SUPERSEDED = "gate_superseded"
    REMINDER_SENT = "reminder_sent"
    GATE_ESCALATED = "gate_escalated"
    MAIL_RECEIVED = "mail_received"
    MAIL_SENT = "mail_sent"
    MAIL_FAILED = "mail_failed"
    FIELD_FILLED = "field_filled"
    PROGRESS_REPORTED = "progress_reported"
    DEVIATION_FOUND = "deviation_found"
    CODE_REFUSED = "code_refused"
    DELIVERY_RECEIVED = "delivery_received"
    SURVEY_ANSWERED = "survey_answered"
    RUN_STARTED = "run_started"
    RUN_REPLACED = "run_replaced"
    PROMISE_MOVED = "promise_moved"
    REPORT_RELEASED = "report_released"
    NOTE_WRITTEN = "note_written"


class GateKind(StrEnum):
    """What an order waits for. The first group decides something, the second only waits."""

    INTAKE = "intake"
    CONFIRM = "confirm"
    CUSTOMER_CONFIRMATION = "customer_confirmation"
    PLAN = "plan"
    COMPLETION = "completion"
    CUSTOMER_ACCEPTANCE = "customer_acceptance"
    CLOSE = "close"
    CANCEL = "cancel"
    TROUBLE = "trouble"
    CUSTOMER_INFO = "customer_info"
    WORK = "work"
    HOLD = "hold"
    UNTIL = "until"


class GateState(StrEnum):
    """Result of a gate; `open` while nobody has decided."""

    OPEN = "open"
    APPROVED = "approved"
    REJECTED = "rejected"
    CHANGES_REQUESTED = "changes_requested"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"
    SUPERSEDED = "superseded"


class Verdict(StrEnum):
    """What one vote says. At a gate that only waits, approve means: the wait is over."""

    APPROVE = "approve"
    REJECT = "reject"
    CHANGES = "changes"


class Party(StrEnum):
    """Who has to act."""

    US = "us"
    CUSTOMER = "customer"
    SUPPLIER = "supplier"


class Role(StrEnum):
    """What a person of ours may do."""

    OWNER = "owner"
    CLERK = "clerk"
    MANAGER = "manager"
    DIRECTOR = "director"
    ENGINEER = "engineer"
    BUYER = "buyer"
    QUALITY = "quality"
    ADMIN = "admin"


class Channel(StrEnum):
    """The way by which a word reached us."""

    PREFECT_UI = "prefect_ui"
    MAIL = "mail"
    LINK = "link"
    PORTAL = "portal"
    CLI = "cli"
    CALL = "call"
    CLOCK = "clock"
    SYSTEM = "system"


class Purpose(StrEnum):
    """Why a mail of ours is sent; the value of its X-Orderflow-Purpose header."""

    RECEIVED = "received"
    QUESTION = "question"
    CONFIRMATION = "confirmation"
    PLAN_RELEASED = "plan_released"
    ASSIGNMENT = "assignment"
    APPROVAL = "approval"
    REMINDER = "reminder"
    DELIVERY = "delivery"
    ACCEPTANCE = "acceptance"
    CERTIFICATE = "certificate"
    SURVEY = "survey"
    REPORT = "report"
    NOTICE = "notice"


class OrderType(StrEnum):
    """What kind of work an order is; decides the blueprint of its plan."""

    MANUFACTURE_TO_ORDER = "manufacture_to_order"
    ENGINEERING_SERVICE = "engineering_service"
    SOFTWARE = "software"
    AFTER_SALES = "after_sales"
    SUBCONTRACT = "subcontract"
    INTERNAL = "internal"


class Priority(StrEnum):
    """P1 goes first."""

    P1 = "P1"
    P2 = "P2"
    P3 = "P3"
    P4 = "P4"


class Language(StrEnum):
    """Languages in which Orderflow speaks."""

    ZH = "zh-CN"
    EN = "en"
