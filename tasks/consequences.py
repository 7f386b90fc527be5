"""What else becomes true with an event, in the same transaction."""

from collections.abc import Callable, Mapping
from datetime import datetime
from decimal import Decimal

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from domain.names import Event, GateKind
from models import activity as activities
from models import delivery as deliveries
from models import version as versions
from models.activity import Baseline
from models.delivery import Acceptance, Document, PunchItem
from models.gate import Gate
from models.installation import keep
from models.order import Order
from models.person import PersonRow
from models.vote import Vote
from tasks import archiving, following_up, holding, offering, papers, receipts, replanning
from tasks.archiving import months_on
from tasks.services import Services

Consequence = Callable[[Session, Services, Order, datetime], None]


def confirmed(session: Session, services: Services, order: Order, at: datetime) -> None:
    """The newest version is frozen: both sides agreed on it."""
    version = versions.latest(session, order.id)
    if version is not None:
        version.confirmed_at = at
    for each in order.requirements:
        each.state = "confirmed" if each.state == "draft" else each.state


def approved(session: Session, services: Services, order: Order, at: datetime) -> None:
    """The approver may have set another date: the version and its paper say so before it goes."""
    version = versions.latest(session, order.id)
    if version is None or version.snapshot.get("promised_on") == _text(order.promised_on):
        return
    offering.offer_again(session, services, order, at=at)


def plan_approved(session: Session, services: Services, order: Order, at: datetime) -> None:
    """The proposal is the plan, and its baseline is kept."""
    rates = {e.person: e.hourly_rate for e in session.scalars(select(PersonRow))}
    number = 1 + max((e.n for e in activities.baseline(session, order.id)), default=0)
    for each in activities.of_order(session, order.id):
        if each.state != "proposed":
            continue
        each.state = "planned"
        if each.starts_at is not None and each.finishes_at is not None:
            session.add(
                Baseline(
                    order_id=order.id,
                    n=number,
                    number=each.number,
                    starts_at=each.starts_at,
                    finishes_at=each.finishes_at,
                    work_hours=each.work_hours,
                    cost=each.work_hours * rates.get(each.person or "", Decimal(0)),
                )
            )


def work_completed(session: Session, services: Services, order: Order, at: datetime) -> None:
    """Work that the owner ended by hand stays visible as open in the checklist."""
    for each in activities.unfinished(session, order.id):
        each.blocked = each.blocked or "ended by the owner"


def review_failed(session: Session, services: Services, order: Order, at: datetime) -> None:
    """Each line of the reviewer's comment is a task of the next round."""
    gate = _last_gate(session, order, GateKind.COMPLETION)
    findings = [line for line in (gate.comment if gate else "").splitlines() if line.strip()]
    replanning.add_fixes(session, services, order, findings or ["–"], "finding", at=at)


def refused(session: Session, services: Services, order: Order, at: datetime) -> None:
    """What the customer did not accept is a punch list, and each item a task."""
    acceptance = deliveries.last_acceptance(session, order.id)
    gate = _last_gate(session, order, GateKind.CUSTOMER_ACCEPTANCE)
    vote = _deciding_vote(session, gate)
    if acceptance is None or vote is None:
        return
    items = [str(each) for each in vote.fields.get("items", ()) if str(each).strip()]
    items = items or [line for line in vote.comment.splitlines() if line.strip()]
    acceptance.result = "rejected"
    acceptance.signed_by = vote.acting_for or vote.by
    acceptance.method, acceptance.signed_at = vote.channel, at
    tasks = replanning.add_fixes(session, services, order, items or ["–"], "punch", at=at)
    for number, (text, activity) in enumerate(zip(items or ["–"], tasks, strict=False), start=1):
        acceptance.punch_items.append(
            PunchItem(no=number, text=text, activity_number=activity.number)
        )


def accepted(session: Session, services: Services, order: Order, at: datetime) -> None:
    """The acceptance is signed and certified, lines are accepted, the warranty runs."""
    acceptance = deliveries.last_acceptance(session, order.id)
    gate = _last_gate(session, order, GateKind.CUSTOMER_ACCEPTANCE)
    vote = _deciding_vote(session, gate)
    if acceptance is None or vote is None:
        return
    remarks = [str(each) for each in vote.fields.get("items", ()) if str(each).strip()]
    acceptance.result = "accepted_with_punch" if remarks else "accepted"
    acceptance.signed_by = vote.acting_for or vote.by
    acceptance.method, acceptance.signed_at = vote.channel, at
    acceptance.criteria = [{**each, "result": "pass"} for each in acceptance.criteria]
    acceptance.certificate_no = f"{order.order_no}-A{acceptance.round}"
    _verify_earlier(session, order)
    work = following_up.remarks(session, services, order, remarks, at=at)
    for number, (text, task) in enumerate(zip(remarks, work, strict=True), start=1):
        item = PunchItem(no=number, text=text, severity="minor", activity_number=task.number)
        acceptance.punch_items.append(item)
    for line in order.lines:
        line.accepted = True
    months = services.settings.policy.warranty_months
    order.warranty_until = months_on(services.today(), months)
    session.flush()
    delivered = deliveries.last_delivery(session, order.id)
    data = papers.acceptance_certificate(session, services, order, acceptance, delivered, at=at)
    session.add(
        Document(
            order_id=order.id,
            kind="acceptance_certificate",
            version=acceptance.round,
            name=f"{acceptance.certificate_no}.pdf",
            language=order.language,
            sha256=keep(session, data, at=at),
            created_at=at,
        )
    )


def _verify_earlier(session: Session, order: Order) -> None:
    """What was put right in earlier rounds has been accepted now."""
    rounds = select(Acceptance.id).where(Acceptance.order_id == order.id)
    session.execute(
        update(PunchItem)
        .where(PunchItem.acceptance_id.in_(rounds), PunchItem.state == "open")
        .values(state="verified")
    )


def ended(session: Session, services: Services, order: Order, at: datetime) -> None:
    """A cancelled order occupies nobody."""
    for each in activities.of_order(session, order.id):
        if each.state != "done":
            each.state = "cancelled"


def _last_gate(session: Session, order: Order, kind: GateKind) -> Gate | None:
    return session.scalar(
        select(Gate)
        .where(Gate.order_id == order.id, Gate.kind == kind)
        .order_by(Gate.id.desc())
        .limit(1)
    )


def _deciding_vote(session: Session, gate: Gate | None) -> Vote | None:
    if gate is None:
        return None
    return session.scalar(
        select(Vote)
        .where(Vote.gate_id == gate.id, Vote.counts.is_(True))
        .order_by(Vote.id.desc())
        .limit(1)
    )


def _text(value: object) -> str | None:
    return None if value is None else str(value)


CONSEQUENCES: Mapping[Event, Consequence] = {
    Event.CONFIRMATION_APPROVED: approved,
    Event.CUSTOMER_CONFIRMED: confirmed,
    Event.PLAN_APPROVED: plan_approved,
    Event.WORK_COMPLETED: work_completed,
    Event.REVIEW_FAILED: review_failed,
    Event.ORDER_DELIVERED: receipts.expect,
    Event.CUSTOMER_REFUSED: refused,
    Event.CUSTOMER_ACCEPTED: accepted,
    Event.ORDER_CLOSED: archiving.close,
    Event.ORDER_HELD: holding.held,
    Event.ORDER_RESUMED: holding.resumed,
    Event.ORDER_CANCELLED: ended,
    Event.ORDER_REFUSED: ended,
}
