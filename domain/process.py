"""The process as one table: where each stage begins, what may happen, where each outcome leads.

Names only, no function references: engine, service, portal, notices and docs read this table.
A released version is frozen (a test holds its hash); an order keeps the version it began with.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from types import MappingProxyType

from domain.authority import Approvers
from domain.names import Event, GateKind, Party, Purpose, Stage, State, Verdict
from domain.process_rows import Gate, Process, Step, To

APPROVE, REJECT, CHANGES = Verdict.APPROVE, Verdict.REJECT, Verdict.CHANGES

V1 = Process(
    version=1,
    steps=(
        Step(
            Stage.RECEIVE,
            begins=(State.RECEIVED,),
            leads_to={
                Event.INFO_REQUESTED: To(State.AWAITING_INFO, asks=GateKind.CUSTOMER_INFO),
                Event.INFO_RECEIVED: To(State.RECEIVED, enters=Stage.RECEIVE),
                Event.INTAKE_ASKED: To(State.AWAITING_INFO, asks=GateKind.INTAKE),
                Event.INTAKE_CORRECTED: To(State.RECEIVED, enters=Stage.RECEIVE),
                Event.ORDER_REFUSED: To(State.REJECTED),
                Event.RECORD_COMPLETED: To(State.CONFIRMING, enters=Stage.CONFIRM),
            },
            gates=(
                Gate(
                    GateKind.CUSTOMER_INFO,
                    Approvers.OWNER,
                    {APPROVE: Event.INFO_RECEIVED},
                    party=Party.CUSTOMER,
                    within_hours=16,
                    tells=(),
                ),
                Gate(
                    GateKind.INTAKE,
                    Approvers.CLERK_OR_OWNER,
                    {APPROVE: Event.INTAKE_CORRECTED, REJECT: Event.ORDER_REFUSED},
                    within_hours=4,
                ),
            ),
            tells={
                Event.INFO_REQUESTED: (Purpose.QUESTION,),
                Event.RECORD_COMPLETED: (Purpose.RECEIVED,),
                Event.ORDER_REFUSED: (Purpose.NOTICE,),
            },
        ),
        Step(
            Stage.CONFIRM,
            begins=(State.CONFIRMING,),
            leads_to={
                Event.CONFIRMATION_PREPARED: To(State.CONFIRMING, asks=GateKind.CONFIRM),
                Event.CONFIRMATION_APPROVED: To(
                    State.CONFIRMING, asks=GateKind.CUSTOMER_CONFIRMATION
                ),
                Event.CONFIRMATION_RETURNED: To(
                    State.AWAITING_INFO, enters=Stage.RECEIVE, asks=GateKind.INTAKE
                ),
                Event.ORDER_REFUSED: To(State.REJECTED),
                Event.CUSTOMER_CONFIRMED: To(State.CONFIRMED, enters=Stage.CLASSIFY),
                Event.CUSTOMER_CHANGED: To(State.CONFIRMING, enters=Stage.CONFIRM),
                Event.CUSTOMER_DECLINED: To(State.CONFIRMING, enters=Stage.CONFIRM),
                Event.CONFIRMATION_EXPIRED: To(State.CONFIRMING, enters=Stage.CONFIRM),
            },
            gates=(
                Gate(
                    GateKind.CONFIRM,
                    Approvers.MANAGER_BY_AMOUNT,
                    {
                        APPROVE: Event.CONFIRMATION_APPROVED,
                        REJECT: Event.ORDER_REFUSED,
                        CHANGES: Event.CONFIRMATION_RETURNED,
                    },
                ),
                Gate(
                    GateKind.CUSTOMER_CONFIRMATION,
                    Approvers.CUSTOMER_CONTACT,
                    {
                        APPROVE: Event.CUSTOMER_CONFIRMED,
                        REJECT: Event.CUSTOMER_DECLINED,
                        CHANGES: Event.CUSTOMER_CHANGED,
                    },
                    party=Party.CUSTOMER,
                    within_hours=80,
                    tells=(Purpose.CONFIRMATION,),
                ),
            ),
            tells={Event.ORDER_REFUSED: (Purpose.NOTICE,)},
            within_days=5,
        ),
        Step(
            Stage.CLASSIFY,
            begins=(State.CONFIRMED,),
            leads_to={Event.ORDER_CLASSIFIED: To(State.CLASSIFIED, enters=Stage.PLAN)},
        ),
        Step(
            Stage.PLAN,
            begins=(State.CLASSIFIED,),
            leads_to={
                Event.PLAN_PROPOSED: To(State.CLASSIFIED, asks=GateKind.PLAN),
                Event.PLAN_APPROVED: To(State.PLANNED, enters=Stage.EXECUTE),
                Event.PLAN_REJECTED: To(State.CLASSIFIED, enters=Stage.PLAN),
            },
            gates=(
                Gate(
                    GateKind.PLAN,
                    Approvers.MANAGER_OF_OWNER,
                    {
                        APPROVE: Event.PLAN_APPROVED,
                        REJECT: Event.PLAN_REJECTED,
                        CHANGES: Event.PLAN_REJECTED,
                    },
                ),
            ),
            tells={Event.PLAN_APPROVED: (Purpose.PLAN_RELEASED,)},
            within_days=2,
        ),
        Step(
            Stage.EXECUTE,
            begins=(State.PLANNED, State.EXECUTING, State.ACCEPTANCE_FAILED),
            leads_to={
                Event.START_AWAITED: To(State.PLANNED, asks=GateKind.UNTIL),
                Event.START_REACHED: To(State.PLANNED, enters=Stage.EXECUTE),
                Event.WORK_RELEASED: To(State.EXECUTING, asks=GateKind.WORK),
                Event.WORK_COMPLETED: To(State.REVIEWING, enters=Stage.REVIEW),
            },
            gates=(
                Gate(
                    GateKind.UNTIL,
                    Approvers.OWNER,
                    {APPROVE: Event.START_REACHED},
                    tells=(),
                ),
                Gate(
                    GateKind.WORK,
                    Approvers.OWNER,
                    {APPROVE: Event.WORK_COMPLETED},
                    within_hours=400,
                    tells=(),
                ),
            ),
            tells={Event.WORK_RELEASED: (Purpose.ASSIGNMENT,)},
            within_days=30,
        ),
        Step(
            Stage.REVIEW,
            begins=(State.REVIEWING,),
            leads_to={
                Event.REVIEW_PREPARED: To(State.REVIEWING, asks=GateKind.COMPLETION),
                Event.REVIEW_PASSED: To(State.DELIVERING, enters=Stage.DELIVER),
                Event.REVIEW_FAILED: To(State.EXECUTING, enters=Stage.EXECUTE),
            },
            gates=(
                Gate(
                    GateKind.COMPLETION,
                    Approvers.UNINVOLVED_QUALITY,
                    {
                        APPROVE: Event.REVIEW_PASSED,
                        REJECT: Event.REVIEW_FAILED,
                        CHANGES: Event.REVIEW_FAILED,
                    },
                ),
            ),
            within_days=2,
        ),
        Step(
            Stage.DELIVER,
            begins=(State.DELIVERING,),
            leads_to={Event.ORDER_DELIVERED: To(State.DELIVERED, enters=Stage.ACCEPT)},
            tells={Event.ORDER_DELIVERED: (Purpose.DELIVERY,)},
            within_days=2,
        ),
        Step(
            Stage.ACCEPT,
            begins=(State.DELIVERED,),
            leads_to={
                Event.ACCEPTANCE_REQUESTED: To(State.DELIVERED, asks=GateKind.CUSTOMER_ACCEPTANCE),
                Event.CUSTOMER_ACCEPTED: To(State.ACCEPTED, enters=Stage.RETROSPECTIVE),
                Event.CUSTOMER_REFUSED: To(State.ACCEPTANCE_FAILED, enters=Stage.EXECUTE),
            },
            gates=(
                Gate(
                    GateKind.CUSTOMER_ACCEPTANCE,
                    Approvers.CUSTOMER_CONTACT,
                    {
                        APPROVE: Event.CUSTOMER_ACCEPTED,
                        REJECT: Event.CUSTOMER_REFUSED,
                        CHANGES: Event.CUSTOMER_REFUSED,
                    },
                    party=Party.CUSTOMER,
                    within_hours=40,
                    tells=(Purpose.ACCEPTANCE,),
                ),
            ),
            tells={Event.CUSTOMER_ACCEPTED: (Purpose.CERTIFICATE,)},
            within_days=5,
        ),
        Step(
            Stage.RETROSPECTIVE,
            begins=(State.ACCEPTED,),
            leads_to={
                Event.LOOK_BACK_AWAITED: To(State.ACCEPTED, asks=GateKind.UNTIL),
                Event.LOOK_BACK_REACHED: To(State.ACCEPTED, enters=Stage.RETROSPECTIVE),
                Event.RETROSPECTIVE_PREPARED: To(State.RETROSPECTIVE, asks=GateKind.CLOSE),
                Event.CLOSE_RETURNED: To(State.ACCEPTED, enters=Stage.RETROSPECTIVE),
                Event.ORDER_CLOSED: To(State.CLOSED),
            },
            gates=(
                Gate(
                    GateKind.UNTIL,
                    Approvers.OWNER,
                    {APPROVE: Event.LOOK_BACK_REACHED},
                    tells=(),
                ),
                Gate(
                    GateKind.CLOSE,
                    Approvers.MANAGER_OF_OWNER,
                    {
                        APPROVE: Event.ORDER_CLOSED,
                        REJECT: Event.CLOSE_RETURNED,
                        CHANGES: Event.CLOSE_RETURNED,
                    },
                    within_hours=16,
                ),
            ),
            tells={
                Event.RETROSPECTIVE_PREPARED: (Purpose.SURVEY,),
                Event.ORDER_CLOSED: (Purpose.REPORT,),
            },
            within_days=10,
        ),
    ),
    # None: the order keeps its state; the hold and the cancel are described in models/order.py.
    anytime={
        Event.ORDER_HELD: To(State.ON_HOLD, asks=GateKind.HOLD),
        Event.ORDER_RESUMED: None,
        Event.CANCEL_REQUESTED: None,
        Event.CANCEL_REFUSED: None,
        Event.ORDER_CANCELLED: To(State.CANCELLED),
        Event.TROUBLE_REPORTED: None,
        Event.TROUBLE_RESOLVED: None,
    },
    anytime_gates=(
        Gate(
            GateKind.HOLD,
            Approvers.OWNER,
            {APPROVE: Event.ORDER_RESUMED},
            within_hours=80,
            tells=(),
        ),
        Gate(
            GateKind.CANCEL,
            Approvers.MANAGER_OF_OWNER,
            {APPROVE: Event.ORDER_CANCELLED, REJECT: Event.CANCEL_REFUSED},
        ),
        Gate(
            GateKind.TROUBLE,
            Approvers.OWNER,
            {APPROVE: Event.TROUBLE_RESOLVED, REJECT: Event.CANCEL_REQUESTED},
            within_hours=4,
        ),
    ),
    anytime_tells={
        Event.ORDER_HELD: (Purpose.NOTICE,),
        Event.ORDER_RESUMED: (Purpose.NOTICE,),
        Event.ORDER_CANCELLED: (Purpose.NOTICE,),
    },
)

CURRENT = V1.version

_known: dict[int, Process] = {V1.version: V1}
PROCESSES: Mapping[int, Process] = MappingProxyType(_known)
"""Every version under which an order may have begun."""


def newest() -> int:
    """The version under which an order begins now."""
    return max(PROCESSES)


@contextmanager
def known(process: Process) -> Iterator[None]:
    """Within the block this version is known too: how one is tried out before its release."""
    _known[process.version] = process
    try:
        yield
    finally:
        del _known[process.version]
