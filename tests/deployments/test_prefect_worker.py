"""`prefect worker start --type orderflow` is our worker."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from tests.deployments.fake_prefect import serving

COMMAND = [sys.executable, "-m", "prefect", "worker", "start", "--type", "orderflow"]


def told(folder: Path, api: str) -> dict[str, str]:
    """An environment that knows nothing of other installations."""
    home = {"ORDERFLOW_HOME": str(folder / "home"), "PREFECT_HOME": str(folder)}
    return {**os.environ, **home, "PREFECT_API_URL": api}


def test_prefects_command_becomes_our_worker(
    tmp_path: Path, until: Callable[[Callable[[], object]], bool]
) -> None:
    with serving() as prefect, (tmp_path / "log").open("wb") as log:
        worker = subprocess.Popen(
            [*COMMAND, "--pool", "orderflow", "--name", "annex", "--limit", "3"],
            cwd=tmp_path,
            stdout=log,
            stderr=log,
            env=told(tmp_path, prefect.api),
        )
        try:
            assert until(lambda: "annex" in prefect.workers), (tmp_path / "log").read_text()
            command = Path(f"/proc/{worker.pid}/cmdline").read_text().split("\0")
            assert command[1:3] == ["-m", "deployments.worker"]
            assert command[command.index("--limit") + 1] == "3"
            worker.send_signal(signal.SIGTERM)
            assert worker.wait(30) == 0
        finally:
            worker.kill()
            worker.wait()


def test_what_our_worker_does_not_keep_is_refused(tmp_path: Path) -> None:
    with serving() as prefect:
        done = subprocess.run(
            [*COMMAND, "--pool", "orderflow", "--work-queue", "fast"],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
            env=told(tmp_path, prefect.api),
        )
    assert done.returncode == 1
    assert "--work-queue" in done.stderr
