"""A running installation that is killed in every way, and started again."""

import os
import resource
import signal
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from sqlalchemy import Connection, NullPool, create_engine

from benchmarks.running import FREE_PORTS, Installation, kill

INSIDE = Path(__file__).parent / "inside"


class Doomed(Installation):
    """One `up` that is hurt. Its processes pass named points at which they can die."""

    def __init__(self, home: Path, *words: str) -> None:
        """Nothing runs yet; `words` are options of `up`."""
        self.points = home / "points"
        self.points.mkdir(parents=True)
        more = {"PYTHONPATH": str(INSIDE), "ORDERFLOW_FAIL_POINTS": str(self.points)}
        super().__init__(home, *FREE_PORTS, *words, more=more)

    @property
    def maildir(self) -> Path:
        """Everybody's mailboxes."""
        return Path(self.facts["maildir"])

    @contextmanager
    def database(self) -> Iterator[Connection]:
        """Orderflow's database for plain SQL; autocommit."""
        engine = create_engine(
            self.facts["database_url"], poolclass=NullPool, isolation_level="AUTOCOMMIT"
        )
        with engine.connect() as connection:
            yield connection

    def log(self, part: str) -> str:
        """What the part has written."""
        file = self.home / "logs" / f"{part}.log"
        return file.read_text("utf-8", errors="replace") if file.exists() else ""

    def kill(self, part: str) -> bool:
        """Whether the part was there to be killed."""
        return kill(self.pids[part])

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
