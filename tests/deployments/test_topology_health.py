"""What holds the containers learns whether each part does its work; no key is made up meanwhile."""

import os
import threading
from pathlib import Path

import pytest

from deployments import health, install
from deployments.health import LONGEST_ROUND_SECONDS, Pulse
from deployments.home import home_at
from deployments.service import Duty, serve_duties
from tasks.services import KEY_FILE


def asked(part: str, home: Path) -> int:
    """The exit code of the question."""
    return health.main([part, "--home", str(home)])


def test_a_service_whose_duties_come_round_is_healthy(tmp_path: Path) -> None:
    assert asked("service", tmp_path) == 1
    Pulse(tmp_path).beat("outbox")
    assert asked("service", tmp_path) == 0


def test_one_duty_that_hangs_is_enough(tmp_path: Path) -> None:
    pulse = Pulse(tmp_path)
    pulse.beat("outbox")
    pulse.beat("inbox")
    file = home_at(tmp_path).data / "pulse" / "inbox"
    long_ago = file.stat().st_mtime - 2 * LONGEST_ROUND_SECONDS
    os.utime(file, (long_ago, long_ago))
    assert asked("service", tmp_path) == 1


def test_a_duty_that_fails_comes_round_all_the_same(tmp_path: Path) -> None:
    stopped = threading.Event()

    def fail() -> bool:
        stopped.set()
        raise ValueError("as asked")

    serve_duties([Duty("inbox", fail, 0.1)], Pulse(tmp_path), stopped)
    assert asked("service", tmp_path) == 0


@pytest.mark.parametrize("part", ["portal", "prefect", "worker"])
def test_a_part_that_does_not_answer_is_not_healthy(
    part: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ORDERFLOW_PREFECT__API", "http://127.0.0.1:1/api")
    monkeypatch.setenv("ORDERFLOW_PORTAL__PORT", "1")
    assert asked(part, tmp_path) == 1


def test_a_key_that_the_other_machines_lack_is_not_made(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert install.main(["--home", str(tmp_path), "--lang", "en"]) == 1
    assert KEY_FILE in capsys.readouterr().err
    assert not (tmp_path / KEY_FILE).exists()
