"""A gate is opened: its briefing written, its approvers told, its reminders set."""

from datetime import datetime

from sqlalchemy.orm import Session

from domain.content import digest
from domain.names import GateKind, Stage
from domain.reminders import schedule
from models import gate as gates
from models.gate import Ask, Gate
from models.order import Order
from models.timer import Timer, set_timer
from tasks import approving, showing
from tasks.briefs.brief import Brief
from tasks.briefs.registry import BRIEFERS
from tasks.services import Services
from tasks.telling import tell_gate
from templates import words
from templates.briefing import briefing
from templates.views import BriefingView


def open_gate(
    session: Session, services: Services, order: Order, kind: GateKind, *, at: datetime
) -> Gate:
    """The order waits at this gate; asking what is asked already changes nothing."""
    rule = order.process.gate(kind, Stage(order.stage))
    brief = BRIEFERS[kind](session, services, order, at)
    due_at = brief.due_at or services.due(session, rule.within_hours, at=at)
    facts = {"order": order.order_no, "kind": kind, "round": order.round, **brief.decided}
    wanted = Ask(
        kind=kind,
        question=f"{words.both('gate', kind)} · {order.order_no}",
        briefing="",
        sha256=digest(facts),
        requested_by=brief.requested_by or order.owner,
        due_at=due_at,
        subject=brief.subject,
    )
    gate = gates.ask(session, order, wanted, at=at)
    if gate.briefing:
        return gate
    gate.briefing = _written(session, services, order, gate, brief)
    _remind(session, services, gate, rule.within_hours, at)
    for purpose in rule.tells:
        tell_gate(session, services, order, gate, purpose, brief, at=at)
    session.flush()
    return gate


def _written(session: Session, services: Services, order: Order, gate: Gate, brief: Brief) -> str:
    if gate.kind in approving.CUSTOMER_DECIDES:
        who = approving.signers(session, order)
    else:
        who = sorted(approving.allowed(session, services, gate))
    view = BriefingView(
        order=showing.order_view(session, services, order),
        gate=showing.gate_view(session, services, gate),
        approvers=tuple(who),
        **brief.parts,
    )
    return briefing(GateKind(gate.kind), view)


def _remind(session: Session, services: Services, gate: Gate, hours: int, at: datetime) -> None:
    """What happens while nobody answers is owed from now on."""
    for each in schedule(GateKind(gate.kind)):
        on_time = each.share == 1.0
        due = gate.due_at if on_time else services.due(session, hours * each.share, at=at)
        set_timer(
            session,
            Timer(
                key=f"gate:{gate.number}:{each.share}",
                kind="gate",
                order_id=gate.order_id,
                gate_id=gate.id,
                due_at=due,
                payload={"nudges": [str(nudge) for nudge in each.nudges]},
            ),
        )
    if gate.kind == GateKind.WORK:
        set_progress_timer(session, services, gate, 1, at=at)


REPORT_HOURS = 8
"""Working hours after which somebody with open tasks should have said something."""


def set_progress_timer(
    session: Session, services: Services, gate: Gate, nth: int, *, at: datetime
) -> None:
    """The n-th look at who has not reported any progress is owed."""
    set_timer(
        session,
        Timer(
            key=f"progress:{gate.number}:{nth}",
            kind="progress",
            order_id=gate.order_id,
            gate_id=gate.id,
            due_at=services.due(session, REPORT_HOURS, at=at),
            payload={"nth": nth},
        ),
    )
