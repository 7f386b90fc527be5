"""Driving one order: under which lease, and what to do next. Prefect is not known here."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy.orm import Session

from domain.errors import Fenced
from domain.names import OURSELVES, Channel, Event, GateState, Stage, State
from models import gate as gates
from models import order as orders
from models import run as runs
from models.gate import Gate
from models.order import Order
from models.run import Run
from tasks import approving
from tasks.services import Services
from tasks.stage import Ticket
from tasks.transition import happen
from templates.markdown import escape_markdown

LINGER_SECONDS = (0.01, 0.02, 0.03, 0.04)
"""Looks at a gate that was just opened, before the run is suspended at it."""


@dataclass(frozen=True)
class Ride:
    """One execution's hold on a run: valid while nobody has taken a newer epoch."""

    run_id: int
    epoch: int
    flow_run_id: str
    order_id: int | None = None
    gate_id: int | None = None


@dataclass(frozen=True)
class Work:
    """The order's stage has work to do."""

    ticket: Ticket


@dataclass(frozen=True)
class Wait:
    """The order stands at a gate."""

    gate_id: int
    number: str
    kind: str
    asks: int

    @classmethod
    def at(cls, gate: Gate) -> "Wait":
        """The wait at this gate."""
        return cls(gate.id, gate.number, gate.kind, gate.asks)


@dataclass(frozen=True)
class Ended:
    """There is nothing left to drive."""

    name: str


Next = Work | Wait | Ended


def take(services: Services, run_id: int, leg: int, flow_run_id: str) -> Ride | None:
    """The lease of the run for this execution; None if a newer leg exists or it has ended."""
    at = services.now()
    with services.writing() as session:
        run = session.get(Run, run_id)
        if run is None or run.leg != leg or run.ended_at is not None:
            return None
        if run.flow_run_id not in (None, flow_run_id):
            return None
        run.flow_run_id = flow_run_id
        session.flush()
        epoch = runs.take(session, run, boot=services.boot, until=at + _lease(services))
        return Ride(run.id, epoch, flow_run_id, run.order_id, run.gate_id)


def left(services: Services, ride: Ride) -> Wait | None:
    """The gate whose form was shown last, if it was decided elsewhere or another one comes first.

    Its form may hold an answer that nobody has read.
    """
    with services.reading() as session:
        run = session.get_one(Run, ride.run_id)
        order = session.get(Order, ride.order_id) if ride.order_id is not None else None
        now = gates.standing(session, order) if order is not None else None
        for gate in shown(session, run, limit=1):
            if gate is not now and gate.answered_via != Channel.PREFECT_UI:
                return Wait.at(gate)
    return None


def shown(session: Session, run: Run, limit: int) -> Sequence[Gate]:
    """So many gates whose forms the run has shown last."""
    if run.order_id is not None:
        return gates.shown(session, run.order_id, limit)
    return [session.get_one(Gate, run.gate_id)]


def look(services: Services, ride: Ride) -> Next:
    """What to do next; from here on the run has seen everything up to now."""
    with services.writing() as session:
        order = orders.locked(session, ride.order_id) if ride.order_id is not None else None
        runs.hold(session, ride.run_id, ride.epoch, until=services.now() + _lease(services))
        run = session.get_one(Run, ride.run_id, populate_existing=True)
        run.seen_seq = run.wake_seq
        if order is None:
            return _look_at_gate(session, run)
        gate = gates.standing(session, order)
        if order.ended:
            run.ended_at, run.lease_until = services.now(), None
            return Ended(str(order.state))
        if gate is not None:
            return Wait.at(gate)
        return Work(_ticket(order, ride))


def _look_at_gate(session: Session, run: Run) -> Next:
    gate = session.get_one(Gate, run.gate_id)
    if gate.state == GateState.OPEN:
        return Wait.at(gate)
    run.ended_at, run.lease_until = gate.answered_at, None
    return Ended(str(gate.state))


def _ticket(order: Order, ride: Ride) -> Ticket:
    if not order.process.works(Stage(order.stage), State(order.state)):
        # No work and no gate: the table has a hole. The order must not stand still unseen.
        raise LookupError(f"{order.order_no} is {order.state} in {order.stage}: nothing to do")
    return Ticket(
        order_id=order.id,
        order_no=order.order_no,
        stage=Stage(order.stage),
        round=order.round,
        run_id=ride.run_id,
        epoch=ride.epoch,
    )


def decided_meanwhile(services: Services, gate_id: int) -> bool:
    """Whether the gate, just opened, was decided while this run lingered at it.

    To suspend a run and to wake it again costs the engine a third of a second of work: what a
    program answers at once, or a person has answered in the same breath, should not cost it.
    """
    for pause in LINGER_SECONDS:
        services.pause(pause)
        with services.reading() as session:
            if session.get_one(Gate, gate_id).state != GateState.OPEN:
                return True
    return False


@dataclass(frozen=True)
class Asked:
    """One opening of the engine's form: its key, and what it shows."""

    key: str
    number: str
    kind: str
    briefing: str
    only_waits: bool
    record: bool


def form_key(number: str, asks: int) -> str:
    """The key of one ask: fresh for every opening, so that an old answer never counts twice."""
    return f"{number.lower()}-{asks}"


def ask_again(services: Services, ride: Ride, gate_id: int) -> Asked | None:
    """The form's next opening; None if the gate has been decided meanwhile."""
    with services.writing() as session:
        if ride.order_id is not None:
            orders.locked(session, ride.order_id)
        at = services.now()
        until = at + _lease(services)
        runs.hold(session, ride.run_id, ride.epoch, until=until, waits_since=at)
        gate = session.get_one(Gate, gate_id, populate_existing=True)
        run = session.get_one(Run, ride.run_id, populate_existing=True)
        if gate.state != GateState.OPEN or run.wake_seq > run.seen_seq:
            run.waits_since = None
            return None
        gate.asks += 1
        order = session.get(Order, gate.order_id) if gate.order_id else None
        note = f"> **{escape_markdown(gate.note)}**\n\n" if gate.note else ""
        return Asked(
            key=form_key(gate.number, gate.asks),
            number=gate.number,
            kind=gate.kind,
            briefing=note + gate.briefing,
            only_waits=approving.only_waits(order, gate),
            record=gate.kind in approving.CUSTOMER_DECIDES,
        )


def let_go(services: Services, ride: Ride) -> bool:
    """Whether the run still waits for the order: another one may have taken its place by now.

    Its form is there; a run that waits under a lease has died before that.
    """
    with services.writing() as session:
        runs.let_go(session, ride.run_id, ride.epoch)
        return session.get_one(Run, ride.run_id).flow_run_id == ride.flow_run_id


def note_refusal(services: Services, ride: Ride, wait: Wait, note: str) -> None:
    """The next form says why the last answer did not count."""
    with services.writing() as session:
        if ride.order_id is not None:
            orders.locked(session, ride.order_id)
        runs.hold(session, ride.run_id, ride.epoch, until=services.now() + _lease(services))
        gate = session.get_one(Gate, wait.gate_id, populate_existing=True)
        if gate.state == GateState.OPEN:
            gate.note = note


def trouble(services: Services, ticket: Ticket, reason: str) -> None:
    """The stage could not do its work: the owner decides at a gate; nothing fails in silence."""
    with services.writing() as session:
        order = orders.locked(session, ticket.order_id)
        until = services.now() + _lease(services)
        runs.hold(session, ticket.run_id, ticket.epoch, until=until)
        if (order.stage, order.round) != (ticket.stage, ticket.round):
            raise Fenced(order.order_no, ticket.epoch)
        happen(
            session,
            services,
            order,
            Event.TROUBLE_REPORTED,
            by=OURSELVES,
            channel=Channel.SYSTEM,
            at=services.now(),
            payload={"reason": reason[:1000]},
        )


def _lease(services: Services) -> timedelta:
    return timedelta(seconds=services.settings.policy.lease_seconds)
