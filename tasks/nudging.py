"""Reminders and escalations: who has not answered, who should see to it."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy.orm import Session

from domain.names import GateKind, Party, Purpose, Role
from models import activity as activities
from models import delivery as deliveries
from models.gate import Gate
from models.order import Order
from models.person import PersonRow, people, person_row
from tasks import alarms, approving, showing, telling_customer, telling_gate, telling_team
from tasks.post import Letter, post
from tasks.services import Services
from templates import words
from templates.views import AlertView, NudgeView, PendingView

CUSTOMER_VARIANTS = {
    GateKind.CUSTOMER_INFO: "customer_info",
    GateKind.CUSTOMER_CONFIRMATION: "customer_confirmation",
    GateKind.CUSTOMER_ACCEPTANCE: "acceptance",
}


def remind(
    session: Session, services: Services, order: Order | None, gate: Gate, *, at: datetime
) -> None:
    """Whoever has to answer the gate has a reminder: the customer, the workers, the approvers."""
    if order is None:
        return
    if gate.kind in CUSTOMER_VARIANTS:
        _customer(session, services, order, gate, at)
    elif gate.kind == GateKind.WORK:
        work = telling_team.by_person(session, order)
        remind_of_progress(session, services, order, gate, work, at=at)
    else:
        for person in approving.allowed(session, services, gate):
            row = person_row(session, person)
            if row is not None:
                _approver(session, services, order, gate, row, at)


def _customer(session: Session, services: Services, order: Order, gate: Gate, at: datetime) -> None:
    if not order.contact_mail:
        return
    asked = deliveries.last_acceptance(session, order.id)
    decides = gate.kind in approving.CUSTOMER_DECIDES
    link = telling_gate.link(session, services, order, gate, order.contact_mail)
    view = NudgeView(
        order=showing.order_view(session, services, order),
        to=order.contact_name,
        nth=gate.reminded,
        answer_by=gate.due_at,
        link=link if decides else "",
        questions=telling_customer.questions(order),
        criteria=telling_customer.criteria(asked.criteria) if asked else (),
    )
    letter = telling_customer.letter_to(
        order,
        Purpose.REMINDER,
        view,
        f"reminder:{gate.number}:{gate.reminded}",
        variant=CUSTOMER_VARIANTS[GateKind(gate.kind)],
        gate=gate,
    )
    post(session, services, order, letter, at=at)


def silent_people(session: Session, order: Order, *, since: datetime) -> dict[str, list[str]]:
    """Who has open tasks and has reported nothing since then, with the tasks' numbers."""
    reported = {each.number for each in activities.reports(session, order.id, since=since)}
    return {
        person: [each.label for each in own]
        for person, own in telling_team.by_person(session, order).items()
        if not any(each.number in reported for each in own)
    }


def remind_of_progress(
    session: Session,
    services: Services,
    order: Order,
    gate: Gate,
    persons: Iterable[str],
    *,
    at: datetime,
) -> None:
    """These people have a reminder with a line to edit for each of their open tasks."""
    work = telling_team.by_person(session, order)
    for person in persons:
        row = person_row(session, person)
        if row is None or person not in work:
            continue
        view = PendingView(
            order=showing.order_view(session, services, order),
            to=row.name,
            nth=gate.reminded + 1,
            tasks=showing.task_views(session, services, work[person], row.language),
        )
        _send(session, services, order, gate, row, "progress", view, at)


def _approver(
    session: Session,
    services: Services,
    order: Order,
    gate: Gate,
    row: PersonRow,
    at: datetime,
) -> None:
    view = PendingView(
        order=showing.order_view(session, services, order),
        to=row.name,
        nth=gate.reminded,
        gate=showing.gate_view(session, services, gate, row.person),
        link=showing.gate_link(services, gate, row.person),
    )
    _send(session, services, order, gate, row, "gate", view, at)


def _send(
    session: Session,
    services: Services,
    order: Order,
    gate: Gate,
    row: PersonRow,
    variant: str,
    view: PendingView | AlertView,
    at: datetime,
) -> None:
    alert = isinstance(view, AlertView)
    letter = Letter(
        key=f"{variant}:{gate.number}:{gate.reminded}:{'up' if alert else ''}",
        purpose=Purpose.NOTICE if alert else Purpose.REMINDER,
        recipient=row.mail,
        recipient_name=row.name,
        language=row.language,
        view=view,
        variant=variant,
        gate_id=None if alert else gate.id,
    )
    post(session, services, order, letter, at=at)


def escalate(
    session: Session, services: Services, order: Order, gate: Gate, level: int, *, at: datetime
) -> None:
    """The manager of those who should answer knows (level 1), then the owner's manager too."""
    known = {each.person: each for each in people(session)}
    silent = sorted(approving.allowed(session, services, gate))
    above = {known[p].manager for p in silent if p in known and known[p].manager}
    if level > 1 or not above:
        owner = known.get(order.owner)
        above |= {owner.manager} if owner and owner.manager else set()
        above |= {p.person for p in known.values() if Role.DIRECTOR in p.roles and level > 1}
    for person in sorted(each for each in above if each):
        row = person_row(session, person)
        if row is None:
            continue
        view = AlertView(
            to=row.name,
            order=showing.order_view(session, services, order),
            gate=showing.gate_view(session, services, gate),
            person=", ".join(silent),
        )
        _send(session, services, order, gate, row, "escalated", view, at)


def tell_owner_of_silence(
    session: Session, services: Services, order: Order, gate: Gate, *, at: datetime
) -> None:
    """The customer has not answered in time: the owner should call. Silence never decides."""
    said = f"{gate.number} · {words.both('gate', gate.kind)}: {words.both('party', Party.CUSTOMER)}"
    alarms.tell_owner(session, services, order, "finding", f"silence:{gate.number}", (said,), at=at)
