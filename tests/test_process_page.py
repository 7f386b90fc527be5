"""The process table is complete, frozen once released, and docs/process.md says what it says."""

import pytest

from deployments.process_page import FILE, text
from domain.diagram import asked_in, fingerprint, mermaid, moves
from domain.names import ENDED, Event, GateKind, Language, Stage, State
from domain.process import PROCESSES
from domain.process_rows import Process
from templates import words

FROZEN = {1: "cb4f089612153d206b50d8e8e145d37835217ed2f47e306ce71448007fd6eca2"}
"""Orders keep the version with which they began: another process is another version."""

ASKED_BY_REQUEST = {
    GateKind.CANCEL: Event.CANCEL_REQUESTED,
    GateKind.TROUBLE: Event.TROUBLE_REPORTED,
}

every_process = pytest.mark.parametrize(
    "process", PROCESSES.values(), ids=lambda p: f"v{p.version}"
)


def test_the_page_is_up_to_date() -> None:
    assert FILE.read_text("utf-8") == text(), "run python -m deployments.process_page"


def test_a_released_process_never_changes() -> None:
    assert {version: fingerprint(each) for version, each in PROCESSES.items()} == FROZEN


@every_process
def test_each_stage_has_one_step_in_its_order(process: Process) -> None:
    assert [step.stage for step in process.steps] == list(Stage)


@every_process
def test_each_event_leads_somewhere(process: Process) -> None:
    led = {event for step in process.steps for event in step.leads_to} | set(process.anytime)
    assert set(Event) - led == {Event.ORDER_RECEIVED}


@every_process
def test_each_gate_is_asked_somewhere(process: Process) -> None:
    for step in process.steps:
        for gate in step.gates:
            assert asked_in(process, step.stage, gate.kind), (step.stage, gate.kind)
    anytime = {to.asks for to in process.anytime.values() if to and to.asks}
    anytime |= {kind for kind, event in ASKED_BY_REQUEST.items() if event in process.anytime}
    assert {gate.kind for gate in process.anytime_gates} == anytime
    known = {gate.kind for step in process.steps for gate in step.gates}
    assert known | anytime == set(GateKind)


@every_process
def test_each_question_has_its_gate(process: Process) -> None:
    for step in process.steps:
        for event, to in step.leads_to.items():
            asked = {gate.kind for gate in process.step(to.enters or step.stage).gates}
            assert to.asks is None or to.asks in asked, event


@every_process
def test_each_verdict_leads_somewhere_legal(process: Process) -> None:
    for step in process.steps:
        for gate in step.gates:
            assert set(gate.answers.values()) <= set(step.leads_to), gate.kind
    for gate in process.anytime_gates:
        assert set(gate.answers.values()) <= set(process.anytime), gate.kind


@every_process
def test_whoever_enters_a_stage_finds_work_or_a_gate_there(process: Process) -> None:
    for step in process.steps:
        for event, to in step.leads_to.items():
            entered = to.enters is not None
            assert not entered or to.asks or process.works(Stage(str(to.enters)), to.state), event


@every_process
def test_each_state_is_reachable(process: Process) -> None:
    reached = {State.RECEIVED, *(to.state for to in process.anytime.values() if to)}
    edges = [(state, to.state) for state, _, to in moves(process)]
    for _ in State:
        reached |= {after for before, after in edges if before in reached}
    assert reached == set(State)


@every_process
def test_no_open_state_is_without_work_or_a_gate(process: Process) -> None:
    busy = {state for step in process.steps for state in step.begins}
    busy |= {to.state for step in process.steps for to in step.leads_to.values() if to.asks}
    busy |= {to.state for to in process.anytime.values() if to and to.asks}
    assert set(State) - ENDED <= busy


@every_process
def test_the_diagram_shows_each_state_and_event(process: Process) -> None:
    drawn = mermaid(process)
    aside = {Event.CANCEL_REQUESTED, Event.CANCEL_REFUSED}
    aside |= {Event.TROUBLE_REPORTED, Event.TROUBLE_RESOLVED}
    assert [each for each in (*State, *(set(Event) - aside)) if each not in drawn] == []


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize(
    ("kind", "keys"), [("state", State), ("stage", Stage), ("event", Event), ("gate", GateKind)]
)
def test_everything_in_the_table_has_words(kind: str, keys: type, language: Language) -> None:
    assert [key for key in keys if not words.known(kind, key, language)] == []  # type: ignore[attr-defined]
