"""The invariants of the whole database, proven by looking at every order."""

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from domain.names import ENDED, Event, Fact, GateState, Party, Stage, State
from domain.worktime import is_workday
from models import activity as activities
from models import delivery as deliveries
from models import event as events
from models import gate as gates
from models import run as runs
from models import version as versions
from models.gate import Gate
from models.installation import Blob
from models.order import Order
from models.outbox import Owed
from models.person import person_row
from models.retrospective import archive_of
from models.step import StepRow
from models.timer import Timer
from models.vote import Vote
from tasks.services import Services

MOVES = frozenset(str(each) for each in Event)
GRACE = timedelta(minutes=5)
"""A due action may be so late before its absence counts: the service looks every second."""


@dataclass(frozen=True)
class Violation:
    """One thing that must never be so."""

    order_no: str
    rule: str
    detail: str


def violations(services: Services) -> list[Violation]:
    """Everything in the database that must never be so; empty where all holds."""
    found: list[Violation] = []
    with services.reading() as session:
        for order in session.scalars(select(Order).order_by(Order.id)):
            for rule, check in CHECKS.items():
                found += [
                    Violation(order.order_no, rule, d) for d in check(session, services, order)
                ]
        found += [Violation("–", "blobs_match", d) for d in _blobs(session)]
        found += [Violation("–", "mail_once", d) for d in _mails(session)]
    return found


Check = Callable[[Session, Services, Order], Iterator[str]]


def _chain(session: Session, services: Services, order: Order) -> Iterator[str]:
    for seq in events.broken_links(session, order.id):
        yield f"event {seq}"
    if not events.count(session, order.id):
        yield "no event"


def _state(session: Session, services: Services, order: Order) -> Iterator[str]:
    moves = [e for e in events.history(session, order.id) if e.kind in MOVES]
    last = moves[-1].payload.get("to") if moves else None
    if last != order.state:
        yield f"{order.state}, last event says {last}"


def _next(session: Session, services: Services, order: Order) -> Iterator[str]:
    if order.state not in ENDED and order.next_action_at is None:
        yield "open without next action"
    if person_row(session, order.owner) is None:
        yield f"owner {order.owner} unknown"
    if order.state not in ENDED and runs.of_order(session, order.id) is None:
        yield "open without run"


def _stands(session: Session, services: Services, order: Order) -> Iterator[str]:
    waits = gates.standing(session, order) is not None
    works = order.process.works(Stage(order.stage), State(order.state))
    if order.state not in ENDED and not waits and not works:
        yield f"{order.state} in {order.stage}: neither work nor gate"
    if order.state in ENDED and waits:
        yield "ended with an open gate"


def _promise(session: Session, services: Services, order: Order) -> Iterator[str]:
    day = order.promised_on
    if day is None or is_workday(services.calendar(session), day):
        return
    kinds = {e.kind for e in events.history(session, order.id)}
    if Fact.PROMISE_MOVED not in kinds:
        yield f"{day} is no working day"


def _steps(session: Session, services: Services, order: Order) -> Iterator[str]:
    rows = session.scalars(select(StepRow).where(StepRow.order_id == order.id)).all()
    told = [(e.kind, e.payload.get("stage")) for e in events.history(session, order.id)]
    for row in rows:
        if not any(kind == row.event for kind, _ in told):
            yield f"{row.stage} r{row.round}: {row.event} is in no event"
    keys = [(row.stage, row.round) for row in rows]
    if len(keys) != len(set(keys)):
        yield "a stage was committed twice"


def _gates(session: Session, services: Services, order: Order) -> Iterator[str]:
    now = services.now()
    decided = (GateState.APPROVED, GateState.REJECTED, GateState.CHANGES_REQUESTED)
    for gate in session.scalars(select(Gate).where(Gate.order_id == order.id)):
        counted = session.scalar(
            select(func.count()).where(Vote.gate_id == gate.id, Vote.counts.is_(True))
        )
        if gate.state in decided and counted != 1:
            yield f"{gate.number} has {counted} deciding votes"
        if gate.state not in decided and counted:
            yield f"{gate.number} is {gate.state} with a deciding vote"
        late = gate.state == GateState.OPEN and gate.due_at < now - GRACE
        if late and gate.party == Party.US and not _cared_for(session, gate):
            yield f"{gate.number} is overdue and nobody was told"


def _cared_for(session: Session, gate: Gate) -> bool:
    if gate.reminded or gate.escalated_at is not None:
        return True
    owed = select(func.count()).where(Timer.gate_id == gate.id, Timer.done_at.is_(None))
    return bool(session.scalar(owed))


def _papers(session: Session, services: Services, order: Order) -> Iterator[str]:
    kinds = {e.kind for e in events.history(session, order.id)}
    if Event.CUSTOMER_CONFIRMED in kinds and versions.confirmed(session, order.id) is None:
        yield "confirmed without a frozen version"
    if Event.PLAN_APPROVED in kinds and not activities.baseline(session, order.id):
        yield "planned without a baseline"
    certified = deliveries.newest(session, order.id, "acceptance_certificate")
    if Event.CUSTOMER_ACCEPTED in kinds and certified is None:
        yield "accepted without a certificate"
    archive = archive_of(session, order.id)
    if order.state == State.CLOSED and archive is None:
        yield "closed without an archive"
    for entry in archive.manifest if archive is not None else ():
        if session.get(Blob, str(entry["sha256"])) is None:
            yield f"{entry['name']} of the archive is gone"


def _blobs(session: Session) -> Iterator[str]:
    """Bytes that are not what their hash says; read one by one, so that memory stays small."""
    for sha256 in session.scalars(select(Blob.sha256)).all():
        data = session.scalar(select(Blob.data).where(Blob.sha256 == sha256))
        if hashlib.sha256(data or b"").hexdigest() != sha256:
            yield sha256


def _mails(session: Session) -> Iterator[str]:
    twice = select(Owed.message_id).group_by(Owed.message_id).having(func.count() > 1)
    yield from session.scalars(twice)
    lost = select(Owed).where(Owed.state == "sent", Owed.sent_at.is_(None))
    for row in session.scalars(lost):
        yield f"{row.message_id} is sent at no time"


CHECKS: Mapping[str, Check] = {
    "chain_holds": _chain,
    "state_is_last_event": _state,
    "next_action": _next,
    "stands_somewhere": _stands,
    "promise_on_workday": _promise,
    "steps_once": _steps,
    "gates_decided_once": _gates,
    "papers_complete": _papers,
}
"""Every rule that each order must keep; the keys are its names in the command's output."""
