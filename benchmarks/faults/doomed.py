"""A running installation that is killed in every way, and started again."""

import json
import os
import resource
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cached_property
from pathlib import Path
from typing import Any

import httpx
from sqlalchemy import Connection, NullPool, create_engine

from benchmarks.installation import ROOT, START_SECONDS, wait_for
from deployments.supervise import die_with_parent
from tasks.installed import services_of
from tasks.services import Services

INSIDE = Path(__file__).parent / "inside"
NO_PORTS = ("--prefect-port", "0", "--portal-port", "0", "--smtp-port", "0")


class Doomed:
    """One `up`, and what its files say. Its processes pass named points at which they can die."""

    def __init__(self, home: Path, *words: str) -> None:
        """Nothing runs yet; `words` are options of `up`."""
        self.home = home
        self.points = home / "points"
        self.points.mkdir(parents=True)
        self._words = [*NO_PORTS, *words]
        self._up: subprocess.Popen[bytes] | None = None

    def start(self) -> float:
        """Seconds until everything answers. A second start has the addresses of the first.

        From the main thread only; it ends with this process, however that ends.
        """
        began = time.monotonic()
        known = {k: v for k, v in os.environ.items() if not k.startswith(("ORDERFLOW_", "PREFECT"))}
        known |= {"PYTHONPATH": str(INSIDE), "ORDERFLOW_FAIL_POINTS": str(self.points)}
        command = [sys.executable, "-m", "deployments", "--home", str(self.home), *self._words]
        parent = os.getpid()
        with (self.home / "up.log").open("ab") as log:
            self._up = subprocess.Popen(
                command,
                cwd=ROOT,
                stdout=log,
                stderr=log,
                env=known,
                preexec_fn=lambda: die_with_parent(signal.SIGTERM, parent),
                start_new_session=True,
            )
        wait_for(self._ready, f"up in {self.home}", START_SECONDS, every=0.05)
        self._words = [*self._ports(), *self._words[len(NO_PORTS) :]]
        return time.monotonic() - began

    def _ready(self) -> bool:
        if self._up is None or self._up.poll() is not None:
            raise RuntimeError((self.home / "up.log").read_text("utf-8")[-2000:])
        return (self.home / "run.json").exists() and self.pids["up"] == self._up.pid

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

    @property
    def maildir(self) -> Path:
        """Everybody's mailboxes."""
        return Path(self.facts["maildir"])

    @cached_property
    def services(self) -> Services:
        """The installation as its own tasks see it: for looking, and for issuing codes."""
        return services_of(self.home, {})

    @cached_property
    def prefect(self) -> httpx.Client:
        """Prefect's HTTP API."""
        return httpx.Client(base_url=self.facts["prefect_api"], timeout=30, trust_env=False)

    @contextmanager
    def database(self) -> Iterator[Connection]:
        """Orderflow's database for plain SQL; autocommit."""
        engine = create_engine(
            self.facts["database_url"], poolclass=NullPool, isolation_level="AUTOCOMMIT"
        )
        with engine.connect() as connection:
            yield connection

    def command(self, *words: str) -> subprocess.CompletedProcess[str]:
        """What the command line says."""
        line = [sys.executable, "-m", "portal.cli", "--home", str(self.home), *words]
        return subprocess.run(line, cwd=ROOT, capture_output=True, text=True, check=False)

    def log(self, part: str) -> str:
        """What the part has written."""
        file = self.home / "logs" / f"{part}.log"
        return file.read_text("utf-8", errors="replace") if file.exists() else ""

    def kill(self, part: str) -> bool:
        """Whether the part was there to be killed."""
        return kill(self.pids[part])

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

    @contextmanager
    def frozen(self, part: str) -> Iterator[None]:
        """The part stands still for as long as the block; what it was asked has no answer."""
        pid = self.pids[part]
        os.kill(pid, signal.SIGSTOP)
        try:
            yield
        finally:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGCONT)

    @contextmanager
    def limited(self, part: str, what: int, most: int) -> Iterator[None]:
        """The part may have no more of it: open files (RLIMIT_NOFILE), bytes a file (FSIZE)."""
        pid = self.pids[part]
        before = resource.prlimit(pid, what)
        resource.prlimit(pid, what, (most, before[1]))
        try:
            yield
        finally:
            with suppress(ProcessLookupError):
                resource.prlimit(pid, what, before)

    @contextmanager
    def clock_off(self, seconds: float) -> Iterator[None]:
        """Orderflow's own processes take it for so much later (earlier) than it is."""
        (self.points / "clock").write_text(str(seconds), "ascii")
        try:
            yield
        finally:
            (self.points / "clock").unlink(missing_ok=True)

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
def thrown_away() -> Iterator[Doomed]:
    """An installation in a folder of its own, of which nothing stays."""
    with (
        tempfile.TemporaryDirectory(prefix="orderflow-faults-") as folder,
        doomed(Path(folder) / "home") as one,
    ):
        yield one


@contextmanager
def doomed(home: Path, *words: str) -> Iterator[Doomed]:
    """An installation on free ports for as long as the block."""
    one = Doomed(home, *words)
    try:
        one.start()
        yield one
    finally:
        one.stop()
