"""The worker against a real Prefect: quick, once, and nothing stays Running for ever."""

import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from connectors.runs import RunType
from deployments.supervise import Part, Supervisor
from deployments.wake import wake

pytestmark = pytest.mark.engine


@pytest.fixture(scope="module")
def worker(engine) -> Iterator[Supervisor]:  # type: ignore[no-untyped-def]
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


def start(engine, mode: str, note: Path | str = "") -> str:  # type: ignore[no-untyped-def]
    run: str = engine.runs.start(
        "order/order",
        parameters={"mode": mode, "note": str(note)},
        name=mode,
        tags=(),
        idempotency_key=uuid4().hex,
    )
    wake(engine.home.worker_socket, run)
    return run


def until(true: Callable[[], bool], seconds: float = 30.0) -> bool:
    """Whether it becomes true within so many seconds."""
    end = time.monotonic() + seconds
    while not true():
        if time.monotonic() > end:
            return False
        time.sleep(0.01)
    return True


def becomes(engine, run: str, kind: RunType) -> bool:  # type: ignore[no-untyped-def]
    return until(lambda: engine.runs.states([run])[run].type is kind)


def test_an_answer_given_at_the_form_is_carried_on_at_once(engine, worker, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    note = tmp_path / "note"
    run = start(engine, "wait", note)
    assert becomes(engine, run, RunType.PAUSED)
    assert engine.runs.resume(run, {"decision": "approve"})
    wake(engine.home.worker_socket, run)
    assert becomes(engine, run, RunType.COMPLETED)
    assert [line.split()[1] for line in note.read_text().splitlines()][2] == "approve"


def test_a_click_in_the_ui_needs_no_datagram(engine, worker) -> None:  # type: ignore[no-untyped-def]
    run = start(engine, "wait")
    assert becomes(engine, run, RunType.PAUSED)
    assert engine.runs.resume(run, {"decision": "approve"})
    assert becomes(engine, run, RunType.COMPLETED)


def test_a_leg_that_is_killed_counts_as_crashed(engine, worker) -> None:  # type: ignore[no-untyped-def]
    run = start(engine, "die")
    assert becomes(engine, run, RunType.CRASHED)


def test_a_flow_that_raises_has_failed_not_crashed(engine, worker) -> None:  # type: ignore[no-untyped-def]
    run = start(engine, "fail")
    assert becomes(engine, run, RunType.FAILED)


def test_cancelling_ends_the_process(engine, worker, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    note = tmp_path / "note"
    run = start(engine, "long", note)
    assert until(note.exists)
    pid = int(note.read_text().split()[1])
    engine.runs._force(run, RunType.CANCELLING, "")
    assert becomes(engine, run, RunType.CANCELLED)
    assert not Path(f"/proc/{pid}").exists()


def test_more_runs_than_room_are_all_carried_out(engine, worker) -> None:  # type: ignore[no-untyped-def]
    runs = [start(engine, "quick") for _ in range(7)]
    assert all(becomes(engine, run, RunType.COMPLETED) for run in runs)


def test_a_datagram_that_is_no_run_harms_nothing(engine, worker) -> None:  # type: ignore[no-untyped-def]
    for text in ("../..", "x" * 200, "00000000-0000-0000-0000-00000000dead"):
        wake(engine.home.worker_socket, text)
    run = start(engine, "quick")
    assert becomes(engine, run, RunType.COMPLETED)


def test_runs_of_a_killed_worker_are_crashed_and_new_ones_go_on(engine, worker, tmp_path) -> None:  # type: ignore[no-untyped-def]
    note = tmp_path / "note"
    run = start(engine, "long", note)
    assert until(note.exists)
    os.kill(worker.pids["worker"], signal.SIGKILL)
    assert until(worker.look_after)
    assert becomes(engine, run, RunType.CRASHED)
    assert becomes(engine, start(engine, "quick"), RunType.COMPLETED)
