"""The history of an order proven: its chain, its moves by the process table, nothing left out."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from domain.errors import IllegalMove
from domain.names import ENDED, OURSELVES, Channel, Event, Fact, GateState, Stage, State
from domain.process_rows import Process, To
from models.activity import Progress
from models.delivery import Delivery
from models.event import FIRST, EventRow, link
from models.retrospective import Survey
from models.step import StepRow
from tasks.verifying.case import Case, Ground

MOVES = frozenset(str(each) for each in Event)
DECIDED = (GateState.APPROVED, GateState.REJECTED, GateState.CHANGES_REQUESTED)


def chain(case: Case, ground: Ground) -> Iterator[str]:
    """Each event carries the hash of its content and of the one before; none is missing."""
    before, expected = FIRST, 1
    for row in case.history:
        if row.seq != expected:
            yield f"event {expected} is missing before event {row.seq}"
        elif row.prev_hash != before:
            yield f"event {row.seq} does not follow the one before"
        if row.hash != link(row):
            yield f"event {row.seq} was changed"
        before, expected = row.hash, row.seq + 1
    if not case.history:
        yield "no event"


@dataclass
class Place:
    """Where an order stands, followed from event to event."""

    state: State
    stage: Stage
    round: int = 1
    rounds: dict[str, int] = field(default_factory=dict)
    held: State | None = None


def moves(case: Case, ground: Ground) -> Iterator[str]:
    """Every move is one of the process table, and the order stands where the last one led."""
    order = case.order
    place: Place | None = None
    for row in (each for each in case.history if each.kind in MOVES):
        if place is None:
            if row.kind != Event.ORDER_RECEIVED:
                yield f"event {row.seq}: {row.kind} before the order was received"
            place = Place(State.RECEIVED, Stage.RECEIVE, rounds={Stage.RECEIVE: 1})
        else:
            yield from _follow(order.process, order.order_no, place, row)
        said = [str(row.payload.get(name)) for name in ("to", "stage", "round")]
        if said != [place.state, place.stage, str(place.round)]:
            yield f"event {row.seq}: {row.kind} leads to {place.state}, says {' '.join(said)}"
    if place is None:
        return
    stands = [str(order.state), str(order.stage), order.round]
    if stands != [place.state, place.stage, place.round]:
        last = f"{place.state} {place.stage} {place.round}"
        yield f"{' '.join(map(str, stands))}, the last event says {last}"


def _follow(process: Process, order_no: str, place: Place, row: EventRow) -> Iterator[str]:
    event = Event(row.kind)
    if row.payload.get("from") != place.state:
        yield f"event {row.seq}: {event} left {place.state}, says {row.payload.get('from')}"
    try:
        to = _target(process, order_no, place, event)
    except IllegalMove as illegal:
        yield f"event {row.seq}: {illegal.event} is not possible while {illegal.state}"
        return
    if event is Event.ORDER_HELD:
        place.held = place.state
    place.state = to.state
    if to.enters is not None:
        place.rounds[to.enters] = place.rounds.get(to.enters, 0) + 1
        place.stage, place.round = to.enters, place.rounds[to.enters]


def _target(process: Process, order_no: str, place: Place, event: Event) -> To:
    """Where the event leads, told once more and not by the code that made the move."""
    if event not in process.anytime:
        return process.to(order_no, place.stage, place.state, event)
    held = place.state is State.ON_HOLD
    if place.state in ENDED or (event is Event.ORDER_RESUMED and not held):
        raise IllegalMove(order_no, place.state, event)
    if event is Event.ORDER_RESUMED:
        return To(place.held or place.state)
    return process.anytime[event] or To(place.state)


def steps(case: Case, ground: Ground) -> Iterator[str]:
    """What stages committed and what the history says of it are the same."""
    kept = [(each.stage, each.round) for each in case.of(StepRow)]
    for (stage, round_), times in Counter(kept).items():
        if times > 1:
            yield f"{stage} round {round_} was committed {times} times"
    committed = Counter(str(each.event) for each in case.of(StepRow))
    works = _work_events(case.order.process)
    told = Counter(
        each.kind
        for each in case.history
        if each.kind in works and (each.actor, each.channel) == (OURSELVES, Channel.SYSTEM)
    )
    for event in sorted(committed.keys() | told.keys()):
        if committed[event] != told[event]:
            yield f"{event}: {committed[event]} committed, {told[event]} in the history"


def _work_events(process: Process) -> set[str]:
    """Events that only the work of a stage brings about."""
    found: set[str] = set()
    for step in process.steps:
        answers = {event for gate in step.gates for event in gate.answers.values()}
        found |= {str(event) for event in step.leads_to if event not in answers}
    return found - {Event.CONFIRMATION_EXPIRED}


def nothing_left_out(case: Case, ground: Ground) -> Iterator[str]:
    """What stands in other rows is told in the history: the end of a chain cannot be cut off."""
    for gate in case.gates:
        if not _named(case, Fact.GATE_ASKED, gate.number):
            yield f"{gate.number} was asked, no event says so"
        votes, told = len(gate.votes), len(_named(case, Fact.VOTE_CAST, gate.number))
        if votes != told:
            yield f"{gate.number} has {votes} votes, the history {told}"
        moved = any(e.payload.get("gate") == gate.number for e in case.history if e.kind in MOVES)
        if gate.state in DECIDED and not moved:
            yield f"{gate.number} is {gate.state}, no event says what followed"
        if gate.reminded > len(_named(case, Fact.REMINDER_SENT, gate.number)):
            yield f"{gate.number} was reminded, no event says so"
        if gate.escalated_at and not _named(case, Fact.GATE_ESCALATED, gate.number):
            yield f"{gate.number} was escalated, no event says so"
    if case.order.sample:  # its past was told without these
        return
    yield from _counted(case, Fact.PROGRESS_REPORTED, len(case.of(Progress)))
    received = [each for each in case.of(Delivery) if each.received_at]
    yield from _counted(case, Fact.DELIVERY_RECEIVED, len(received))
    answered = [each for each in case.of(Survey) if each.answered_at]
    yield from _counted(case, Fact.SURVEY_ANSWERED, len(answered))


def _named(case: Case, kind: str, gate: str) -> Sequence[EventRow]:
    return [each for each in case.happened(kind) if each.payload.get("gate") == gate]


def _counted(case: Case, kind: str, rows: int) -> Iterator[str]:
    told = len(case.happened(kind))
    if rows > told:
        yield f"{kind}: {rows} kept, {told} in the history"
