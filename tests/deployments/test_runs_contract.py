"""The engine in memory and Prefect obey the same rules."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import httpx
import pytest

from connectors.runs import Happened, Runs, RunType
from connectors.runs_memory import MemoryRuns

Suspend = Callable[[str, str], None]
ORDER = "order/order"
UNKNOWN = "00000000-0000-0000-0000-00000000dead"


@pytest.fixture(params=["memory", pytest.param("prefect", marks=pytest.mark.engine)])
def side(request: pytest.FixtureRequest) -> tuple[Runs, Suspend]:
    """A connector, and what makes one of its runs wait for a form with one required field."""
    if request.param == "memory":
        memory = MemoryRuns(lambda: datetime.now(UTC), [ORDER])

        def in_memory(run: str, key: str) -> None:
            memory.claim(run)
            memory.suspend(run, key, ["decision"])

        return memory, in_memory
    engine = request.getfixturevalue("engine")
    return engine.runs, lambda run, key: suspend_in_prefect(engine.api, run, key)


def suspend_in_prefect(api: str, run: str, key: str) -> None:
    """What a worker and a flow do to a run, over the bare interface."""
    schema = {
        "type": "object",
        "properties": {"decision": {"type": "string"}, "comment": {"type": "string"}},
        "required": ["decision"],
    }
    keyset = {word: f"suspended-{key}-{word}" for word in ("schema", "response", "description")}
    details = {"run_input_keyset": keyset, "pause_reschedule": True, "pause_key": key}
    states: Sequence[dict[str, Any]] = (
        {"type": "PENDING", "name": "Pending"},
        {"type": "RUNNING", "name": "Running"},
        {"type": "PAUSED", "name": "Suspended", "state_details": details},
    )
    with httpx.Client(base_url=api, timeout=20) as http:
        for state in states:
            http.post(f"/flow_runs/{run}/set_state", json={"state": state}).raise_for_status()
        body = {"key": keyset["schema"], "value": httpx.Response(200, json=schema).text}
        http.post(f"/flow_runs/{run}/input", json=body).raise_for_status()


def started(runs: Runs, key: str = "") -> str:
    return runs.start(
        ORDER,
        parameters={"mode": "wait"},
        name="SO-2026-00001 · Huadong",
        tags=("order:SO-2026-00001",),
        idempotency_key=key or uuid4().hex,
    )


def type_of(runs: Runs, run: str) -> RunType:
    return runs.states([run])[run].type


def test_the_same_key_starts_one_run(side: tuple[Runs, Suspend]) -> None:
    runs, _ = side
    key = uuid4().hex
    assert started(runs, key) == started(runs, key) != started(runs)


def test_a_new_run_is_scheduled_and_an_unknown_one_is_missing(side: tuple[Runs, Suspend]) -> None:
    runs, _ = side
    run = started(runs)
    found = runs.states([run, UNKNOWN])
    assert found.keys() == {run}
    assert found[run].type is RunType.SCHEDULED


def test_the_first_answer_wakes_and_the_second_does_not(side: tuple[Runs, Suspend]) -> None:
    runs, suspend = side
    run = started(runs)
    assert not runs.resume(run, {"decision": "approve"})
    suspend(run, "plan-1-1")
    assert type_of(runs, run) is RunType.PAUSED
    assert runs.resume(run, {"decision": "approve", "comment": "好"})
    assert not runs.resume(run, {"decision": "reject"})
    state = runs.states([run])[run]
    assert (state.type, state.name) == (RunType.SCHEDULED, "Resuming")
    answer = runs.answer(run, "plan-1-1")
    assert answer is not None
    assert answer.value == {"decision": "approve", "comment": "好"}
    assert datetime.now(UTC) - answer.stored_at < timedelta(minutes=5)


def test_an_answer_without_its_field_leaves_the_run_waiting(side: tuple[Runs, Suspend]) -> None:
    runs, suspend = side
    run = started(runs)
    suspend(run, "plan-1-1")
    assert not runs.resume(run, {"comment": "?"})
    assert type_of(runs, run) is RunType.PAUSED
    assert runs.answer(run, "plan-1-1") is None


def test_a_forgotten_answer_is_gone_and_can_be_forgotten_again(side: tuple[Runs, Suspend]) -> None:
    runs, suspend = side
    run = started(runs)
    suspend(run, "plan-1-1")
    runs.resume(run, {"decision": "approve"})
    runs.forget_answer(run, "plan-1-1")
    runs.forget_answer(run, "plan-1-1")
    assert runs.answer(run, "plan-1-1") is None


def test_an_unknown_run_is_neither_woken_nor_in_the_way(side: tuple[Runs, Suspend]) -> None:
    runs, _ = side
    assert not runs.resume(UNKNOWN, {"decision": "approve"})
    assert runs.answer(UNKNOWN, "plan-1-1") is None
    runs.crash(UNKNOWN, "gone")
    runs.cancel(UNKNOWN)
    runs.complete(UNKNOWN, "Parked", "it only waited")


def test_only_runs_that_are_there_and_wait_are_counted(side: tuple[Runs, Suspend]) -> None:
    runs, suspend = side
    waits, scheduled = started(runs), started(runs)
    suspend(waits, "plan-1-1")
    assert runs.count_waiting([waits, scheduled, UNKNOWN]) == 1


def test_a_waiting_run_ends_well_under_a_name_and_takes_no_answer(
    side: tuple[Runs, Suspend],
) -> None:
    runs, suspend = side
    run = started(runs)
    suspend(run, "plan-1-1")
    runs.complete(run, "Parked", "it only waited")
    state = runs.states([run])[run]
    assert (state.type, state.name) == (RunType.COMPLETED, "Parked")
    assert not runs.resume(run, {"decision": "approve"})


def test_a_waiting_run_can_be_ended_from_outside(side: tuple[Runs, Suspend]) -> None:
    runs, suspend = side
    before = datetime.now(UTC) - timedelta(seconds=5)
    crashed, cancelled, open_run = started(runs), started(runs), started(runs)
    suspend(crashed, "plan-1-1")
    runs.crash(crashed, "its process is gone")
    runs.cancel(cancelled)
    assert type_of(runs, crashed) is RunType.CRASHED
    assert type_of(runs, cancelled) is RunType.CANCELLED
    ended = {state.flow_run_id for state in runs.ended_since(ORDER, before)}
    assert ended >= {crashed, cancelled}
    assert open_run not in ended
    assert not runs.ended_since(ORDER, datetime.now(UTC) + timedelta(minutes=1))


def test_pages_events_and_tags_are_taken(side: tuple[Runs, Suspend]) -> None:
    runs, _ = side
    run = started(runs)
    runs.retag(run, None, ("stage:plan", "waiting:plan"))
    runs.artifact("order-so-2026-00001", "# 订单", "card", run)
    planned = Happened(
        "orderflow.order.planned",
        resource={"prefect.resource.id": "orderflow.order.SO-2026-00001"},
        payload={"round": 1},
        event_id=str(uuid4()),
        occurred=datetime.now(UTC),
    )
    for _ in range(2):
        runs.emit([planned, replace(planned, event_id=str(uuid4()))])


@pytest.mark.engine
def test_a_page_in_a_browser_cannot_speak_to_prefect(engine: Any) -> None:
    run = started(engine.runs)
    body = '{"state": {"type": "CANCELLED", "name": "Cancelled"}, "force": true}'
    for kind in ("text/plain", "application/x-www-form-urlencoded"):  # sent without asking first
        header = {"Origin": "http://evil.example", "Content-Type": kind}
        path = f"{engine.api}/flow_runs/{run}/set_state"
        assert not httpx.post(path, content=body, headers=header).is_success
    asking = {"Origin": "http://evil.example", "Access-Control-Request-Method": "POST"}
    assert not httpx.options(f"{engine.api}/flow_runs/filter", headers=asking).is_success
    assert type_of(engine.runs, run) is RunType.SCHEDULED
