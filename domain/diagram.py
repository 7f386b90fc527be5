"""The process table as a page: a state diagram, a section per stage; and its fingerprint."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict

from domain.names import ENDED, Event, GateKind, Stage, State
from domain.process_rows import Gate, Process, Step, To

Say = Callable[[str, str], str]
"""The words for a key of a kind ("state", "on_hold") as people read them."""

Move = tuple[State, Event, To]
"""From which state the event leads where."""


def fingerprint(process: Process) -> str:
    """SHA-256 over everything that this version of the process says."""
    text = json.dumps(asdict(process), sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def asked_in(process: Process, stage: Stage, kind: GateKind) -> set[State]:
    """The states in which an order waits at this gate of the stage."""
    return {
        to.state
        for step in process.steps
        for to in step.leads_to.values()
        if to.asks is kind and (to.enters or step.stage) is stage
    }


def moves(process: Process) -> Iterator[Move]:
    """Every move of the main line: work leads on from where it begins, a gate from where it is."""
    for step in process.steps:
        answered = {event: gate for gate in step.gates for event in gate.answers.values()}
        for event, to in step.leads_to.items():
            gate = answered.get(event)
            froms = asked_in(process, step.stage, gate.kind) if gate else set(step.begins)
            for state in sorted(froms, key=list(State).index):
                yield state, event, to


def mermaid(process: Process) -> str:
    """A state diagram in Mermaid's language; what is possible at any time surrounds the rest."""
    labels: dict[tuple[State, State], list[str]] = defaultdict(list)
    for state, event, to in moves(process):
        labels[state, to.state].append(str(event))
    inner: list[str] = []
    outer: list[str] = []
    for (before, after), events in labels.items():
        line = f"{before} --> {after}: {', '.join(dict.fromkeys(events))}"
        (outer if after in ENDED else inner).append(line)
    held = [
        f"open --> {State.ON_HOLD}: {Event.ORDER_HELD}",
        f"{State.ON_HOLD} --> open: {Event.ORDER_RESUMED}",
        f"open --> {State.CANCELLED}: {Event.ORDER_CANCELLED}",
        f"{State.ON_HOLD} --> {State.CANCELLED}: {Event.ORDER_CANCELLED}",
    ]
    ends = [f"{state} --> [*]" for state in State if state in ENDED]
    begin = f"[*] --> {State.RECEIVED}: {Event.ORDER_RECEIVED}"
    body = [begin, "state open {", *(f"  {line}" for line in inner), "}", *outer, *held, *ends]
    return "\n".join(["stateDiagram-v2", *(f"  {line}" for line in body)])


def page(process: Process, say: Say) -> str:
    """The whole process as Markdown."""
    parts = [
        f"# The process, version {process.version} / 流程,第 {process.version} 版",
        "Made from `domain/process.py` by `python -m deployments.process_page`; do not edit.",
        f"```mermaid\n{mermaid(process)}\n```",
        *(_section(step, say) for step in process.steps),
        _anytime(process, say),
    ]
    return "\n\n".join(parts) + "\n"


def _section(step: Step, say: Say) -> str:
    begins = ", ".join(_named("state", state, say) for state in step.begins)
    parts = [
        f"## {_named('stage', step.stage, say)}",
        f"Begins when the order is {begins}. Working days it may take: {step.within_days}.",
        _gates(step.gates, say),
        "What happens here, and where it leads:",
        _table(
            ("Event", "The order is then", "Enters", "Asks", "Mails"),
            (
                (
                    _named("event", event, say),
                    _named("state", to.state, say),
                    _named("stage", to.enters, say),
                    _named("gate", to.asks, say),
                    _list("purpose", step.tells.get(event, ()), say),
                )
                for event, to in step.leads_to.items()
            ),
        ),
    ]
    return "\n\n".join(part for part in parts if part)


def _anytime(process: Process, say: Say) -> str:
    rows = (
        (
            _named("event", event, say),
            _named("state", to.state, say) if to else "as before",
            _named("gate", to.asks, say) if to else "",
            _list("purpose", process.anytime_tells.get(event, ()), say),
        )
        for event, to in process.anytime.items()
    )
    return "\n\n".join(
        (
            "## At any time / 任何时候",
            _gates(process.anytime_gates, say),
            _table(("Event", "The order is then", "Asks", "Mails"), rows),
        )
    )


def _gates(gates: Sequence[Gate], say: Say) -> str:
    rows = (
        (
            _named("gate", gate.kind, say),
            f"{_named('party', gate.party, say)}: {gate.approvers.replace('_', ' ')}",
            f"{gate.within_hours} h",
            "<br>".join(
                f"{_named('verdict', verdict, say)} → {_named('event', event, say)}"
                for verdict, event in gate.answers.items()
            ),
            _list("purpose", gate.tells, say),
        )
        for gate in gates
    )
    heads = ("Gate", "Who answers", "Deadline (working hours)", "Answer and what it means", "Mails")
    return _table(heads, rows)


def _named(kind: str, key: str | None, say: Say) -> str:
    return f"`{key}` {say(kind, key)}" if key else ""


def _list(kind: str, keys: Iterable[str], say: Say) -> str:
    return ", ".join(say(kind, key) for key in keys)


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    body = [f"| {' | '.join(each or '–' for each in row)} |" for row in rows]
    if not body:
        return ""
    return "\n".join([f"| {' | '.join(heads)} |", "|" + " --- |" * len(heads), *body])
