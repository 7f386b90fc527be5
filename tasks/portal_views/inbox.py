"""Open gates as one person of ours sees them, most urgent first."""

from dataclasses import dataclass
from datetime import datetime

from domain.names import GateKind, Party, State, Verdict
from models import gate as gates
from models import order as orders
from models.order import Order
from tasks import approving, upkeep
from tasks.portal_views.gates import offered
from tasks.services import Services


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
    """Every open gate, the one due first on top."""
    with services.reading() as session:
        rows = []
        for gate in gates.all_open(session):
            order = session.get(Order, gate.order_id) if gate.order_id else None
            allowed = approving.ours(session, services, gate, order)
            customers = gate.kind in approving.CUSTOMER_DECIDES
            waits = approving.only_waits(order, gate)
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
                    in_bulk=person in allowed and not customers and not waits,
                    sha256=gate.subject_sha256,
                    verdicts=offered(order, gate),
                )
            )
        return tuple(rows)


def open_orders(services: Services, search: str) -> tuple[OrderRow, ...]:
    """Open orders whose number, title or customer has the text in it, most urgent first."""
    wanted = search.strip().casefold()
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
            for each in orders.open_orders(session)
            if wanted in f"{each.order_no} {each.title} {each.customer_name}".casefold()
        )


def _for_whom(acts_for: str | None, person: str) -> str:
    return acts_for if acts_for is not None and acts_for != person else ""
