"""What workers and flows do to a run has the same effect in memory and in Prefect."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Protocol
from uuid import uuid4

import httpx
import pytest

from connectors.runs import Runs, RunType
from connectors.runs_memory import MemoryRuns

ORDER = "order/order"
WORDS = ("approve", "reject")


class Side(Protocol):
    """An engine seen from its own side."""

    runs: Runs

    def claim(self, run: str) -> bool: ...
    def begin(self, run: str) -> bool: ...
    def ask(self, run: str, key: str) -> bool: ...
    def show_form(self, run: str, key: str) -> None: ...
    def end(self, run: str) -> bool: ...
    def ask_to_cancel(self, run: str) -> None: ...


@dataclass
class InMemory:
    """The stand-in."""

    runs: MemoryRuns

    def claim(self, run: str) -> bool:
        return self.runs.claim(run)

    def begin(self, run: str) -> bool:
        return self.runs.begin(run)

    def ask(self, run: str, key: str) -> bool:
        return self.runs.ask(run, key)

    def show_form(self, run: str, key: str) -> None:
        self.runs.show_form(run, key, ["decision"], {"decision": frozenset(WORDS)})

    def end(self, run: str) -> bool:
        return self.runs.end(run, RunType.COMPLETED, "Completed")

    def ask_to_cancel(self, run: str) -> None:
        self.runs.ask_to_cancel(run)


@dataclass
class InPrefect:
    """The real server, over its bare interface."""

    runs: Runs
    http: httpx.Client

    def _becomes(self, run: str, kind: str, name: str = "", **more: object) -> bool:
        state = {"type": kind, "name": name or kind.capitalize(), **more}
        reply = self.http.post(f"/flow_runs/{run}/set_state", json={"state": state})
        return bool(reply.raise_for_status().json()["status"] == "ACCEPT")

    def claim(self, run: str) -> bool:
        return self._becomes(run, "PENDING")

    def begin(self, run: str) -> bool:
        return self._becomes(run, "RUNNING")

    def ask(self, run: str, key: str) -> bool:
        keys = {word: f"suspended-{key}-{word}" for word in ("schema", "response", "description")}
        details = {"run_input_keyset": keys, "pause_reschedule": True, "pause_key": key}
        return self._becomes(run, "PAUSED", "Suspended", state_details=details)

    def show_form(self, run: str, key: str) -> None:
        decision = {"type": "string", "enum": list(WORDS)}
        fields = {"decision": decision, "comment": {"type": "string"}}
        schema = {"type": "object", "properties": fields, "required": ["decision"]}
        body = {"key": f"suspended-{key}-schema", "value": json.dumps(schema)}
        self.http.post(f"/flow_runs/{run}/input", json=body).raise_for_status()

    def end(self, run: str) -> bool:
        return self._becomes(run, "COMPLETED")

    def ask_to_cancel(self, run: str) -> None:
        self._becomes(run, "CANCELLING")


@pytest.fixture(params=["memory", pytest.param("prefect", marks=pytest.mark.engine)])
def side(request: pytest.FixtureRequest) -> Side:
    if request.param == "memory":
        return InMemory(MemoryRuns(lambda: datetime.now(UTC), [ORDER]))
    engine: Any = request.getfixturevalue("engine")
    return InPrefect(engine.runs, httpx.Client(base_url=engine.api, timeout=20))


def started(side: Side) -> str:
    facts: Mapping[str, Any] = {"parameters": {}, "name": "x", "tags": ()}
    return side.runs.start(ORDER, idempotency_key=uuid4().hex, **facts)


def running(side: Side) -> str:
    run = started(side)
    assert side.claim(run)
    assert side.begin(run)
    return run


def type_of(side: Side, run: str) -> RunType:
    return side.runs.states([run])[run].type


def test_a_run_is_claimed_once(side: Side) -> None:
    run = started(side)
    assert side.claim(run)
    assert not side.claim(run)
    assert type_of(side, run) is RunType.PENDING


def test_a_form_takes_no_answer_before_its_fields_are_there(side: Side) -> None:
    run = running(side)
    assert side.ask(run, "g-1-1")
    assert not side.runs.resume(run, {"decision": "approve"})
    assert type_of(side, run) is RunType.PAUSED
    side.show_form(run, "g-1-1")
    assert side.runs.resume(run, {"decision": "approve"})


def test_a_form_takes_only_the_words_that_it_offers(side: Side) -> None:
    run = running(side)
    side.ask(run, "g-1-1")
    side.show_form(run, "g-1-1")
    assert not side.runs.resume(run, {"decision": "look_again"})
    assert side.runs.answer(run, "g-1-1") is None
    assert side.runs.resume(run, {"decision": "reject"})


def test_a_run_that_was_ended_from_outside_cannot_wait_any_more(side: Side) -> None:
    run = running(side)
    side.runs.crash(run, "nobody drives it")
    assert not side.ask(run, "g-1-1")
    assert type_of(side, run) is RunType.CRASHED


def test_a_woken_run_waits_again_under_another_key(side: Side) -> None:
    run = running(side)
    side.ask(run, "g-1-1")
    side.show_form(run, "g-1-1")
    assert side.runs.resume(run, {"decision": "approve", "comment": "one"})
    assert side.claim(run)
    assert side.begin(run)
    assert side.ask(run, "g-1-2")
    assert not side.runs.resume(run, {"decision": "approve"})  # not its form yet
    side.show_form(run, "g-1-2")
    assert side.runs.resume(run, {"decision": "reject", "comment": "two"})
    answers = [side.runs.answer(run, key) for key in ("g-1-1", "g-1-2")]
    assert [each and each.value["comment"] for each in answers] == ["one", "two"]


def test_what_waits_is_cancelled_at_once_and_what_runs_by_its_worker(side: Side) -> None:
    waits, runs = running(side), running(side)
    side.ask(waits, "g-1-1")
    for run in (waits, runs):
        side.ask_to_cancel(run)
    assert type_of(side, waits) is RunType.CANCELLED
    assert type_of(side, runs) is RunType.CANCELLING
    side.runs.cancel(runs)


@pytest.mark.parametrize("by", ["crash", "cancel"])
def test_a_leg_goes_on_although_its_run_was_ended_from_outside(side: Side, by: str) -> None:
    run = started(side)
    side.claim(run)
    if by == "crash":
        side.runs.crash(run, "nobody drives it")
    else:
        side.runs.cancel(run)
    assert side.begin(run)
    assert type_of(side, run) is RunType.RUNNING
    assert side.end(run)
    assert type_of(side, run) is RunType.COMPLETED


def test_a_run_that_is_being_cancelled_neither_begins_nor_ends_otherwise(side: Side) -> None:
    run = started(side)
    side.claim(run)
    side.ask_to_cancel(run)
    assert not side.begin(run)
    assert not side.end(run)
    side.runs.cancel(run)
    assert type_of(side, run) is RunType.CANCELLED
