"""The shape of the process table: a step per stage, its gates, where each event leads."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from domain.authority import Approvers
from domain.errors import IllegalMove
from domain.names import ENDED, Event, GateKind, Party, Purpose, Stage, State, Verdict


@dataclass(frozen=True)
class To:
    """Where an event leads: the state the order takes, the stage it enters (its round counts up),
    the gate that is asked there. Without a stage the order stays in the one where it is."""

    state: State
    enters: Stage | None = None
    asks: GateKind | None = None


@dataclass(frozen=True)
class Gate:
    """A place where an order waits: who may end the wait, by when (working hours), what follows."""

    kind: GateKind
    approvers: Approvers
    answers: Mapping[Verdict, Event]
    party: Party = Party.US
    within_hours: int = 8
    tells: tuple[Purpose, ...] = (Purpose.APPROVAL,)

    @property
    def only_waits(self) -> bool:
        """True where nothing is decided: the form offers to look again or to end the wait."""
        return set(self.answers) == {Verdict.APPROVE}


@dataclass(frozen=True)
class Step:
    """One stage: the states in which its work begins, its gates, where each event leads, what is
    told when it happens, and how long the stage may take (working days)."""

    stage: Stage
    begins: tuple[State, ...]
    leads_to: Mapping[Event, To]
    gates: tuple[Gate, ...] = ()
    tells: Mapping[Event, tuple[Purpose, ...]] = field(default_factory=dict)
    within_days: int = 1


@dataclass(frozen=True)
class Process:
    """One version of the whole way from receipt to archive."""

    version: int
    steps: tuple[Step, ...]
    anytime: Mapping[Event, To | None]
    anytime_gates: tuple[Gate, ...]
    anytime_tells: Mapping[Event, tuple[Purpose, ...]] = field(default_factory=dict)

    def step(self, stage: Stage) -> Step:
        """The row of a stage."""
        return next(each for each in self.steps if each.stage == stage)

    def gate(self, kind: GateKind, stage: Stage | None = None) -> Gate:
        """The rule of a gate; some kinds stand in several stages with other consequences."""
        if stage is not None:
            for each in self.step(stage).gates:
                if each.kind == kind:
                    return each
        every = (*self.anytime_gates, *(gate for step in self.steps for gate in step.gates))
        return next(each for each in every if each.kind == kind)

    def to(self, order_no: str, stage: Stage, state: State, event: Event) -> To:
        """Where the event leads from here, or IllegalMove."""
        if state in ENDED:
            raise IllegalMove(order_no, state, event)
        target = self.step(stage).leads_to.get(event)
        if target is None or state is State.ON_HOLD:
            raise IllegalMove(order_no, state, event)
        return target

    def works(self, stage: Stage, state: State) -> bool:
        """True where the stage's work begins in this state."""
        return state in self.step(stage).begins
