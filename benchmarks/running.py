"""The whole product as a user starts it, `python -m deployments`, in a folder of its own."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import Any

import httpx

from deployments.supervise import die_with_parent
from tasks.installed import services_of
from tasks.services import Services

ROOT = Path(__file__).parent.parent
START_SECONDS = 240
LIMIT_SECONDS = 300
FREE_PORTS = ("--prefect-port", "0", "--portal-port", "0", "--smtp-port", "0")


def wait_for(
    true: Callable[[], object], what: str, seconds: float = LIMIT_SECONDS, *, every: float = 0.01
) -> None:
    """Returns once it is true, looked at every so many seconds; TimeoutError names what it was."""
    end = time.monotonic() + seconds
    while not true():
        if time.monotonic() > end:
            raise TimeoutError(f"not within {seconds:.0f} s: {what}")
        time.sleep(every)


class Installation:
    """One `up`, and what its files say."""

    def __init__(self, home: Path, *words: str, more: Mapping[str, str] | None = None) -> None:
        """Nothing runs yet; `words` are options of `up`, `more` goes into its environment."""
        self.home = home
        self._words = list(words)
        self._more = dict(more or {})
        self._up: subprocess.Popen[bytes] | None = None

    def start(self) -> float:
        """Seconds until everything answers. A second start has the addresses of the first.

        From the main thread only: it ends with this process, however that ends.
        """
        began, parent = time.monotonic(), os.getpid()
        # What is set for somebody's own installation is not for this one.
        known = {k: v for k, v in os.environ.items() if not k.startswith(("ORDERFLOW_", "PREFECT"))}
        with (self.home / "up.log").open("ab") as log:
            self._up = subprocess.Popen(
                [sys.executable, "-m", "deployments", "--home", str(self.home), *self._words],
                cwd=ROOT,
                stdout=log,
                stderr=log,
                env=known | self._more,
                preexec_fn=lambda: die_with_parent(signal.SIGTERM, parent),
                start_new_session=True,
            )
        wait_for(self._ready, f"up in {self.home}", START_SECONDS, every=0.05)
        self._words = [*self._without_ports(), *self._ports()]
        return time.monotonic() - began

    def _ready(self) -> bool:
        if self._up is None or self._up.poll() is not None:
            raise RuntimeError((self.home / "up.log").read_text("utf-8")[-2000:])
        return (self.home / "run.json").exists() and self.pids["up"] == self._up.pid

    def _without_ports(self) -> list[str]:
        kept, words = [], iter(self._words)
        for word in words:
            if word.endswith("-port"):
                next(words)
            else:
                kept.append(word)
        return kept

    def _ports(self) -> list[str]:
        ports = {
            "--prefect-port": httpx.URL(self.facts["prefect_api"]).port,
            "--portal-port": httpx.URL(self.facts["portal"]).port,
            "--smtp-port": self.facts["smtp"]["port"],
        }
        return [str(word) for pair in ports.items() for word in pair]

    @property
    def pids(self) -> dict[str, int]:
        """Process number by part, as HOME/run.json has them now."""
        found: dict[str, int] = json.loads((self.home / "run.json").read_text("utf-8"))["pids"]
        return found

    @cached_property
    def facts(self) -> dict[str, Any]:
        """HOME/run.json of the first start; addresses stay."""
        found: dict[str, Any] = json.loads((self.home / "run.json").read_text("utf-8"))
        return found

    @cached_property
    def services(self) -> Services:
        """The installation as its own tasks see it: for looking, and for issuing codes."""
        return services_of(self.home, self._more)

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
        pids = self.pids
        for pid in (pids.pop("up"), *pids.values()):
            kill(pid)
        self._gone()

    def kill_up(self) -> None:
        """Only `up` is killed; what it started has to notice by itself."""
        kill(self.pids["up"])
        self._gone()

    def _gone(self) -> None:
        if self._up is not None:
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
def running(
    home: Path, *words: str, more: Mapping[str, str] | None = None
) -> Iterator[Installation]:
    """An installation on free ports for as long as the block."""
    one = Installation(home, *FREE_PORTS, *words, more=more)
    try:
        one.start()
        yield one
    finally:
        one.stop()
