"""The worker against a real Prefect: quick, once, and nothing stays Running for ever."""

import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from connectors.runs import RunType
from deployments.supervise import Part, Supervisor
from deployments.wake import wake

pytestmark = pytest.mark.engine


@pytest.fixture(scope="module")
def worker(engine: Any) -> Iterator[Supervisor]:
    supervisor = Supervisor((), lambda name, how, seconds: None)
    command = (sys.executable, "-m", "deployments.worker", "--home", str(engine.home.path))
    supervisor.start(
        Part(
            name="worker",
            command=(*command, "--limit", "3"),
            log=engine.home.log("worker"),
            environment={**engine.environment, "ORDERFLOW_PREFECT__API": engine.api},
            folder=engine.root,
            answers=engine.home.worker_socket.exists,
        )
    )
    supervisor.wait()
    yield supervisor
    supervisor.stop()


def answered(engine: Any, run: str) -> bool:
    """Whether the form took the answer: Prefect stores it a moment after it says "Suspended"."""
    took: bool = engine.until(lambda: engine.runs.resume(run, {"decision": "approve"}))
    return took


def test_an_answer_given_at_the_form_is_carried_on_at_once(
    engine: Any, worker: Supervisor, tmp_path: Path
) -> None:
    note = tmp_path / "note"
    run = engine.start("wait", note)
    assert engine.becomes(run, RunType.PAUSED)
    assert answered(engine, run)
    wake(engine.home.worker_socket, run)
    assert engine.becomes(run, RunType.COMPLETED)
    assert [line.split()[1] for line in note.read_text().splitlines()][2] == "approve"


def test_a_click_in_the_ui_needs_no_datagram(engine: Any, worker: Supervisor) -> None:
    run = engine.start("wait")
    assert engine.becomes(run, RunType.PAUSED)
    assert answered(engine, run)
    assert engine.becomes(run, RunType.COMPLETED)


def test_steps_and_log_lines_of_a_leg_are_seen_in_prefect(engine: Any, worker: Supervisor) -> None:
    run = engine.start("work")
    assert engine.becomes(run, RunType.COMPLETED)
    assert engine.until(
        lambda: (
            {(one["name"], one["state_type"]) for one in engine.asked("task_runs", run)}
            == {("plan r1", "COMPLETED"), ("execute r2", "COMPLETED")}
        )
    )
    assert engine.until(
        lambda: (
            {"at work on plan", "at work on execute"}
            <= {one["message"] for one in engine.asked("logs", run)}
        )
    )


def test_a_leg_that_is_killed_counts_as_crashed(engine: Any, worker: Supervisor) -> None:
    run = engine.start("die")
    assert engine.becomes(run, RunType.CRASHED)


def test_a_flow_that_raises_has_failed_not_crashed(engine: Any, worker: Supervisor) -> None:
    run = engine.start("fail")
    assert engine.becomes(run, RunType.FAILED)


def test_cancelling_ends_the_process(engine: Any, worker: Supervisor, tmp_path: Path) -> None:
    note = tmp_path / "note"
    run = engine.start("long", note)
    assert engine.until(note.exists)
    pid = int(note.read_text().split()[1])
    cancel = {"state": {"type": "CANCELLING", "name": "Cancelling"}}  # what Prefect's button sends
    httpx.post(f"{engine.api}/flow_runs/{run}/set_state", json=cancel).raise_for_status()
    assert engine.becomes(run, RunType.CANCELLED)
    assert not Path(f"/proc/{pid}").exists()


def test_more_runs_than_room_are_all_carried_out(engine: Any, worker: Supervisor) -> None:
    runs = [engine.start("quick") for _ in range(7)]
    assert all(engine.becomes(run, RunType.COMPLETED) for run in runs)


def test_a_datagram_that_is_no_run_harms_nothing(engine: Any, worker: Supervisor) -> None:
    for text in ("../..", "x" * 200, "00000000-0000-0000-0000-00000000dead"):
        wake(engine.home.worker_socket, text)
    run = engine.start("quick")
    assert engine.becomes(run, RunType.COMPLETED)


def test_runs_of_a_killed_worker_are_crashed_and_new_ones_go_on(
    engine: Any, worker: Supervisor, tmp_path: Path
) -> None:
    note = tmp_path / "note"
    run = engine.start("long", note)
    assert engine.until(note.exists)
    os.kill(worker.pids["worker"], signal.SIGKILL)
    assert engine.until(worker.look_after)
    assert engine.becomes(run, RunType.CRASHED)
    assert engine.becomes(engine.start("quick"), RunType.COMPLETED)
