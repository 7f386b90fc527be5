"""Runs that have waited for long are ended in the engine; any wake begins a new leg.

Nothing else of the order changes: its gate stays open, is answered by every way, reminds and
escalates. The row is parked first: from then on the engine's run is only an old one, and an answer
that it has accepted in the same instant is fetched before it is let go of.
"""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from connectors.runs import FINAL, RunState, RunType
from domain.names import OURSELVES, Channel, Fact, GateState
from models import event as events
from models import gate as gates
from models import order as orders
from models import run as runs
from models.gate import Gate
from models.order import Order
from models.run import Run
from tasks.engine import PARKED, replace
from tasks.harvest import take_answer
from tasks.services import Services
from tasks.tags import run_tags
from templates import notes

SETTLED = timedelta(seconds=10)
"""An answer that the engine accepted in the instant of parking has been stored by then."""


def park_waits(services: Services, limit: int = 20) -> int:
    """How many runs were parked now because they have waited for longer than the policy says."""
    after = services.settings.policy.park_after
    if after is None:
        return 0
    before = services.now() - after
    with services.reading() as session:
        found = runs.to_park(session, before=before, limit=limit)
        due = {run.flow_run_id: run.id for run in found if run.flow_run_id}
    states = services.runs.states(list(due)) if due else {}
    return sum(
        _park(services, run_id, flow_run_id, states.get(flow_run_id))
        for flow_run_id, run_id in due.items()
    )


def _park(services: Services, run_id: int, flow_run_id: str, state: RunState | None) -> int:
    if state is None or state.type in FINAL:
        replace(services, run_id, flow_run_id, state)
        return 0
    if state.type is not RunType.PAUSED:
        return 0  # somebody has just woken it
    at = services.now()
    with services.writing() as session:
        run = session.get_one(Run, run_id)
        order = orders.locked(session, run.order_id) if run.order_id is not None else None
        run = session.get_one(Run, run_id, populate_existing=True, with_for_update=True)
        if _gate(session, run, order) is None or not runs.only_waits(run, flow_run_id):
            return 0
        runs.park(run, at=at)
        if order is not None:
            _write(session, order, flow_run_id, at)
    _end(services, run_id, flow_run_id)
    return 1


def _end(services: Services, run_id: int, flow_run_id: str) -> None:
    """The engine's run has ended, and says why and what to do."""
    with services.reading() as session:
        run = session.get_one(Run, run_id)
        order = session.get(Order, run.order_id) if run.order_id is not None else None
        number = order.order_no if order else f"G-{run.gate_id}"
        tags = run_tags(session, order) if order else (f"gate:{number}",)
        days = (services.now() - (run.waits_since or services.now())).days
    services.runs.retag(flow_run_id, None, (*tags, "parked"))
    services.runs.complete(flow_run_id, PARKED, notes.parked(number, days))


def _gate(session: Session, run: Run, order: Order | None) -> Gate | None:
    """The open gate at which the run stands."""
    if order is not None:
        return gates.standing(session, order)
    gate = session.get_one(Gate, run.gate_id)
    return gate if gate.state == GateState.OPEN else None


def _write(session: Session, order: Order, flow_run_id: str, at: datetime) -> None:
    events.append(
        session,
        order.id,
        Fact.RUN_REPLACED,
        by=OURSELVES,
        channel=Channel.SYSTEM,
        at=at,
        payload={"run": flow_run_id, "was": PARKED},
    )


def let_go(services: Services, limit: int = 20) -> int:
    """How many parked runs are done with: what a person typed into their forms has counted."""
    before = services.now() - SETTLED
    with services.reading() as session:
        found = runs.parked(session, before=before, limit=limit)
        left = {run.flow_run_id: run.id for run in found if run.flow_run_id}
    states = services.runs.states(list(left)) if left else {}
    done = 0
    for flow_run_id, run_id in left.items():
        state = states.get(flow_run_id)
        if state is not None and state.type not in FINAL:  # we were killed before we said so
            _end(services, run_id, flow_run_id)
            continue
        if state is not None and state.type is RunType.CANCELLED:  # by a person, meanwhile
            replace(services, run_id, flow_run_id, state)
            continue
        take_answer(services, run_id, flow_run_id)
        with services.writing() as session:
            run = session.get_one(Run, run_id, with_for_update=True)
            if run.parked_at is not None and run.flow_run_id == flow_run_id:
                run.flow_run_id = None
                done += 1
    return done


def unpark(services: Services, number: str) -> bool:
    """Whether the order or gate of this number was parked; its form is back in a moment."""
    with services.writing() as session:
        gate = gates.numbered(session, number) if number.upper().startswith("G-") else None
        order_id = gate.order_id if gate else orders.numbered(session, number).id
        if order_id is not None:
            orders.locked(session, order_id)
            run = runs.of_order(session, order_id)
        else:
            run = runs.of_gate(session, gate.id) if gate else None
        if run is None or run.parked_at is None:
            return False
        runs.wake_run(session, run.id)
        return True
