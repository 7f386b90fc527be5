"""A part lives as long as it should, and its death is told."""

import os
import signal
import socket
import sys
import time
from pathlib import Path

import pytest

from deployments import errors
from deployments.errors import NeverAnswered, PortTaken, ProgramMissing
from deployments.ports import answers, usable
from deployments.supervise import Part, Supervisor, start
from deployments.words import line, sentence


def part(tmp_path: Path, code: str, **more: object) -> Part:
    command = (sys.executable, "-c", code)
    return Part("part", command, tmp_path / "part.log", dict(os.environ), **more)  # type: ignore[arg-type]


def silent(name: str, how: str, seconds: float) -> None:
    """Hears of no death."""


def test_a_program_that_is_missing_is_named(tmp_path: Path) -> None:
    missing = Part("part", ("/nonexistent/program",), tmp_path / "log", dict(os.environ))
    with pytest.raises(ProgramMissing):
        start(missing)


def test_a_part_that_ends_at_once_is_reported_with_its_last_words(tmp_path: Path) -> None:
    supervisor = Supervisor((), silent)
    supervisor.start(part(tmp_path, "raise SystemExit('no disk')", answers=lambda: False))
    with pytest.raises(NeverAnswered) as refusal:
        supervisor.wait()
    assert refusal.value.last_line == "no disk"


def test_a_dead_part_comes_back_and_keeps_coming_more_slowly(tmp_path: Path) -> None:
    heard: list[tuple[str, float]] = []
    supervisor = Supervisor((), lambda name, how, seconds: heard.append((how, seconds)))
    supervisor.start(part(tmp_path, "import os; os.kill(os.getpid(), 9)"))
    deadline = time.monotonic() + 20
    while len(heard) < 3 and time.monotonic() < deadline:
        supervisor.look_after()
    supervisor.stop()
    assert heard == [("SIGKILL", 0.5), ("SIGKILL", 1.0), ("SIGKILL", 2.0)]


def test_a_part_that_does_not_listen_is_killed_in_the_end(tmp_path: Path) -> None:
    deaf = "import signal, time; signal.signal(15, signal.SIG_IGN); print(1, flush=True)\n"
    log = tmp_path / "part.log"
    supervisor = Supervisor((), silent)
    ready = part(tmp_path, f"{deaf}time.sleep(60)", answers=lambda: log.read_text() != "")
    supervisor.start(ready)
    supervisor.wait()
    pid = supervisor.pids["part"]
    supervisor.stop(patience=0.1)
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


def test_a_part_hears_signals_that_we_ignore(tmp_path: Path) -> None:
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        process = start(part(tmp_path, "import time; time.sleep(60)"))
    finally:
        signal.signal(signal.SIGINT, before)
    process.send_signal(signal.SIGINT)
    assert process.wait(10) != 0


def test_any_free_port_is_free_and_a_taken_one_is_refused() -> None:
    port = usable("portal", 0, "--portal-port")
    assert not answers(port)
    with socket.create_server(("127.0.0.1", port)):
        assert answers(port)
        with pytest.raises(PortTaken):
            usable("portal", port, "--portal-port")


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_every_refusal_has_one_sentence(language: str) -> None:
    examples = [
        errors.HomeUnusable("/x", "read-only"),
        errors.AlreadyRunning("/x", 7),
        errors.StillStopping("/x", (7, 8)),
        errors.PortTaken("portal", 80, "--portal-port"),
        errors.ProgramMissing("postgres", "initdb"),
        errors.NoNamespace("not permitted"),
        errors.NeverAnswered("prefect", "/x/log", "boom"),
    ]
    said = [sentence(one, language) for one in examples]
    assert all(text and "{" not in text and "\n" not in text for text in said)
    assert "/x" in line("starting", language, home="/x")
