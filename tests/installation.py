"""The whole product as a user starts it: `python -m deployments` in a folder of its own."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

import httpx
import pytest

from tasks.installed import services_of
from tasks.services import Services

T = TypeVar("T")
ROOT = Path(__file__).parent.parent
START_SECONDS = 180


def until(look: Callable[[], T], what: str, seconds: float = 120, every: float = 0.05) -> T:
    """What `look` finds as soon as it finds something; fails with `what` after so many seconds."""
    end = time.monotonic() + seconds
    while not (found := look()):
        assert time.monotonic() < end, f"not within {seconds:.0f} s: {what}"
        time.sleep(every)
    return found


class Installation:
    """One running `up`, and what its files say."""

    def __init__(self, home: Path, *words: str) -> None:
        """Nothing runs yet; `words` are options of `up`."""
        self.home = home
        self._words = list(words)
        self._up: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Everything answers. A second start has the addresses of the first."""
        command = [sys.executable, "-m", "deployments", "--home", str(self.home), *self._words]
        known = {k: v for k, v in os.environ.items() if not k.startswith(("ORDERFLOW_", "PREFECT"))}
        with (self.home / "up.log").open("ab") as log:
            self._up = subprocess.Popen(
                command, cwd=ROOT, stdout=log, stderr=log, env=known, start_new_session=True
            )
        until(self._ready, f"up in {self.home}", START_SECONDS)
        if not self._words or "0" in self._words:
            self._words = [*self._without_ports(), *self._ports()]

    def _ready(self) -> bool:
        assert self._up is not None
        if self._up.poll() is not None:
            raise AssertionError((self.home / "up.log").read_text("utf-8")[-2000:])
        return self._run_json.exists() and self.pids["up"] == self._up.pid

    def _without_ports(self) -> list[str]:
        kept, words = [], iter(self._words)
        for word in words:
            if word.endswith("-port"):
                next(words)
            else:
                kept.append(word)
        return kept

    def _ports(self) -> list[str]:
        def port(url: str) -> str:
            return str(httpx.URL(url).port)

        found = {
            "--prefect-port": port(self.facts["prefect_api"]),
            "--portal-port": port(self.facts["portal"]),
            "--smtp-port": str(self.facts["smtp"]["port"]),
        }
        return [word for pair in found.items() for word in pair]

    @property
    def _run_json(self) -> Path:
        return self.home / "run.json"

    @property
    def pids(self) -> dict[str, int]:
        """Process number by part, as HOME/run.json has them now."""
        found: dict[str, int] = json.loads(self._run_json.read_text("utf-8"))["pids"]
        return found

    @cached_property
    def facts(self) -> dict[str, Any]:
        """HOME/run.json of the first start; addresses stay."""
        found: dict[str, Any] = json.loads(self._run_json.read_text("utf-8"))
        return found

    @cached_property
    def services(self) -> Services:
        """The installation as its own tasks see it: for looking, and for issuing codes."""
        assert self.facts
        return services_of(self.home, {})

    @cached_property
    def prefect(self) -> httpx.Client:
        """Prefect's HTTP API."""
        return httpx.Client(base_url=self.facts["prefect_api"], timeout=30, trust_env=False)

    def command(self, *words: str) -> subprocess.CompletedProcess[str]:
        """What the command line says."""
        line = [sys.executable, "-m", "portal.cli", "--home", str(self.home), *words]
        return subprocess.run(line, cwd=ROOT, capture_output=True, text=True, check=False)

    def kill_everything(self) -> None:
        """Every process of `up` and `up` itself end at once, as when the power fails."""
        assert self._up is not None
        pids = [self._up.pid, *(pid for name, pid in self.pids.items() if name != "up")]
        for pid in pids:
            kill(pid)
        self._up.wait(30)

    def kill_up(self) -> None:
        """Only `up` is killed; what it started has to notice by itself."""
        assert self._up is not None
        self._up.kill()
        self._up.wait(30)

    def stop(self) -> None:
        """Nothing of it runs."""
        if self._up is not None and self._up.poll() is None:
            self._up.terminate()
            try:
                self._up.wait(60)
            except subprocess.TimeoutExpired:
                self.kill_everything()


def kill(pid: int) -> bool:
    """Whether the process was there to be killed."""
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        return False
    return True


@contextmanager
def running(home: Path, *words: str) -> Iterator[Installation]:
    """An installation on free ports for as long as the block."""
    ports = ("--prefect-port", "0", "--portal-port", "0", "--smtp-port", "0")
    one = Installation(home, *ports, *words)
    one.start()
    try:
        yield one
    finally:
        one.stop()


@pytest.fixture(scope="session")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """The whole product with its sample company, once for all tests that need it.

    $ORDERFLOW_TEST_HOME names one that runs already: quick turns while writing tests.
    """
    there = os.environ.get("ORDERFLOW_TEST_HOME")
    if there:
        yield Installation(Path(there))
        return
    with running(tmp_path_factory.mktemp("installation")) as one:
        yield one
