"""Nothing waits unseen: every open order has an owner, a next action, a run, work or a gate."""

from collections.abc import Iterator
from datetime import timedelta

from domain.names import ENDED, Fact, GateState, Stage, State
from models.gate import Gate
from models.run import Run
from models.step import StepRow
from models.timer import Timer
from tasks.verifying.case import Case, Ground
from tasks.verifying.history import DECIDED

GRACE = timedelta(minutes=5)
"""A due action may be so late before its absence counts: the service looks every second."""


def next_action(case: Case, ground: Ground) -> Iterator[str]:
    """An open order says who acts next and when; an ended one does not."""
    order = case.order
    if order.state not in ENDED and order.next_action_at is None:
        yield "open without a next action"
    if order.state in ENDED and order.next_action_at is not None:
        yield "ended with a next action"


def owner(case: Case, ground: Ground) -> Iterator[str]:
    """The owner works here, as long as there is something to own."""
    order = case.order
    if not order.owner or (order.state not in ENDED and order.owner not in ground.people):
        yield f"the owner {order.owner or '–'} does not work here"


def run(case: Case, ground: Ground) -> Iterator[str]:
    """An open order is driven, an ended one is not; a parked one stands at a gate."""
    found = case.of(Run)
    if case.order.state not in ENDED and (not found or found[0].ended_at is not None):
        yield "open without a run"
    if len(found) > 1:
        yield f"{len(found)} runs"
    if found and found[0].parked_at and not any(g.state == GateState.OPEN for g in case.gates):
        yield "parked without a gate"


def somewhere(case: Case, ground: Ground) -> Iterator[str]:
    """An open order has work to do or stands at a gate; an ended one has no open gate."""
    order = case.order
    asked = [each for each in case.gates if each.state == GateState.OPEN]
    done = {(each.stage, each.round) for each in case.of(StepRow)}
    works = order.process.works(Stage(order.stage), State(order.state))
    works = works and (order.stage, order.round) not in done
    if order.state not in ENDED and not asked and not works:
        yield f"{order.state} in {order.stage}: neither work nor gate"
    if order.state in ENDED and asked:
        yield f"ended, but {asked[0].number} is open"
    kinds = [each.kind for each in asked]
    if len(kinds) != len(set(kinds)):
        yield f"asked twice at once: {', '.join(kinds)}"


def promise(case: Case, ground: Ground) -> Iterator[str]:
    """The promised day is a working day, or a note says why it is not."""
    day = case.order.promised_on
    if day is None or case.order.state in ENDED or ground.workday(day):
        return
    notes = (*case.happened(Fact.NOTE_WRITTEN), *case.happened(Fact.PROMISE_MOVED))
    if not any(str(day) in map(str, each.payload.values()) for each in notes):
        yield f"{day} is no working day, and no note says why"


def votes(case: Case, ground: Ground) -> Iterator[str]:
    """One vote decides a gate, no more and no fewer; who decided is written at the gate."""
    for gate in case.gates:
        counted = [each for each in gate.votes if each.counts]
        if gate.state in DECIDED and len(counted) != 1:
            yield f"{gate.number} has {len(counted)} deciding votes"
        elif gate.state in DECIDED and gate.answered_by != counted[0].by:
            yield f"{gate.number} was answered by {gate.answered_by}, the vote is {counted[0].by}'s"
        if gate.state not in DECIDED and counted:
            yield f"{gate.number} is {gate.state} with a deciding vote"


def overdue(case: Case, ground: Ground) -> Iterator[str]:
    """Of a gate past its deadline somebody was told, or will be."""
    timed = {each.gate_id for each in case.of(Timer) if each.done_at is None}
    for gate in case.gates:
        late = gate.state == GateState.OPEN and gate.due_at < ground.now - GRACE
        if late and gate.id not in timed and not _told(case, gate):
            yield f"{gate.number} is overdue and nobody was told"


def _told(case: Case, gate: Gate) -> bool:
    kinds = (Fact.REMINDER_SENT, Fact.GATE_ESCALATED)
    return any(e.kind in kinds and e.payload.get("gate") == gate.number for e in case.history)
