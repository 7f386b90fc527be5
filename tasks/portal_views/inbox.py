"""Open gates as one person of ours sees them, most urgent first."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from domain.names import GateKind, Party, State, Verdict
from models import gate as gates
from models import order as orders
from models import run as runs
from models.gate import Gate
from models.order import Order
from tasks import approving, upkeep
from tasks.portal_views.gates import offered
from tasks.services import Services

DECISIONS, SHOWN = 1000, 200
"""A page that a person reads is no longer, however many orders wait: so many gates that are ours
to decide, so many others, so many orders."""
NOT_OURS = (
    *approving.CUSTOMER_DECIDES,
    *(GateKind.CUSTOMER_INFO, GateKind.WORK, GateKind.UNTIL),
)


@dataclass(frozen=True)
class InboxRow:
    """One open gate; `acting_for` names the person for whom a substitute answers."""

    gate: str
    kind: GateKind
    order_no: str
    customer: str
    title: str
    priority: str
    party: Party
    asked_by: str
    asked_at: datetime
    due_at: datetime
    overdue: bool
    mine: bool
    acting_for: str
    in_bulk: bool
    sha256: str
    verdicts: tuple[Verdict, ...]
    parked: bool


@dataclass(frozen=True)
class OrderRow:
    """One order of the list."""

    order_no: str
    title: str
    customer: str
    state: State
    priority: str
    owner: str
    waiting_for: str
    next_action_at: datetime | None
    overdue: bool


def inbox(services: Services, person: str) -> tuple[InboxRow, ...]:
    """The open gates, the one due first on top: ours to decide, and the first of the others."""
    with services.reading() as session:
        waits = gates.due_first(session, SHOWN, NOT_OURS)
        decided_by_us = gates.due_first(session, DECISIONS, NOT_OURS, other=True)
        rows = []
        for gate in sorted((*decided_by_us, *waits), key=lambda each: (each.due_at, each.id)):
            order = session.get(Order, gate.order_id) if gate.order_id else None
            allowed = approving.ours(session, services, gate, order)
            customers = gate.kind in approving.CUSTOMER_DECIDES
            only_waits = approving.only_waits(order, gate)
            rows.append(
                InboxRow(
                    gate=gate.number,
                    kind=GateKind(gate.kind),
                    order_no=order.order_no if order else "",
                    customer=order.customer_name if order else "",
                    title=order.title if order else "",
                    priority=(order.priority or "") if order else "",
                    party=Party(gate.party),
                    asked_by=gate.requested_by,
                    asked_at=gate.asked_at,
                    due_at=gate.due_at,
                    overdue=gate.due_at <= services.now(),
                    mine=person in allowed and not customers,
                    acting_for=_for_whom(allowed.get(person), person),
                    in_bulk=person in allowed and not customers and not only_waits,
                    sha256=gate.subject_sha256,
                    verdicts=offered(order, gate),
                    parked=_parked(session, gate),
                )
            )
        return tuple(rows)


def many(rows: Collection[InboxRow]) -> bool:
    """Whether there may be more open gates than these."""
    others = sum(row.kind in NOT_OURS for row in rows)
    return others >= SHOWN or len(rows) - others >= DECISIONS


def open_orders(services: Services, search: str) -> tuple[OrderRow, ...]:
    """Open orders whose number, title or customer has the text in it, the most urgent ones."""
    with services.reading() as session:
        return tuple(
            OrderRow(
                order_no=each.order_no,
                title=each.title,
                customer=each.customer_name,
                state=State(each.state),
                priority=each.priority or "",
                owner=each.owner,
                waiting_for=upkeep.waiting_for(session, each) or "",
                next_action_at=each.next_action_at,
                overdue=bool(each.next_action_at and each.next_action_at <= services.now()),
            )
            for each in orders.most_urgent(session, SHOWN, search.strip())
        )


def _parked(session: Session, gate: Gate) -> bool:
    """Whether Prefect has no form for it, because it has waited for so long."""
    of_order = gate.order_id is not None
    run = runs.of_order(session, gate.order_id or 0) if of_order else runs.of_gate(session, gate.id)
    return run is not None and run.parked_at is not None


def _for_whom(acts_for: str | None, person: str) -> str:
    return acts_for if acts_for is not None and acts_for != person else ""
