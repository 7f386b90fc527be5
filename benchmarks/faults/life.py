"""One installation in this process, without Prefect: its duties, its worker, people around it.

The functions are the product's own. A process that dies is started again, as `up` does it.
"""

import sqlite3
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from pydantic import SecretStr
from sqlalchemy import event
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from benchmarks.faults.calls import (
    Calls,
    Counted,
    CountedServices,
    Killed,
    count_statements,
    counted_disk,
    engine_gone,
    mail_gone,
)
from benchmarks.faults.legs import work_off
from connectors.errors import Rejected, Unreachable
from connectors.runs_memory import MemoryRuns
from deployments.mail_loop import keep, mailbox
from deployments.service import duties
from models import base
from models.installation import remember
from tasks.samples.customers import add_customers
from tasks.samples.people import add_people
from tasks.services import Services
from tasks.settings import Mail, Portal, Settings

START = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)
KEY = SecretStr("MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=")
COMPILED: dict[Any, Any] = {}
"""Statements that SQLAlchemy has compiled, shared by all installations of this process."""
AWAY = (Unreachable, Rejected, OperationalError, OSError)
"""What a process of ours bears: it says so and tries again."""


class Store:
    """The company's mail server: a mail that it has taken lies in the box of each recipient."""

    def __init__(self, root: Path) -> None:
        """Boxes below `root`."""
        self._root = root

    def send(self, raw: bytes, sender: str, recipients: tuple[str, ...]) -> None:
        """The mail is on the disk, or `Unreachable` (a 451)."""
        try:
            for address in recipients:
                keep(mailbox(self._root, address), raw)
        except OSError as full:
            raise Unreachable("mail", f"451 {full}") from full


@dataclass
class Life:
    """An installation at a database and a folder; `act` is what people do when it is their turn."""

    name: str
    url: str
    home: Path
    calls: Calls = field(default_factory=Calls)
    clock: list[datetime] = field(default_factory=lambda: [START])
    prefect: MemoryRuns = field(init=False)
    said: set[str] = field(default_factory=set)
    """What people know that they have sent."""
    act: Callable[["Life"], bool] = lambda life: False

    def __post_init__(self) -> None:
        """Everything runs."""
        self.prefect = MemoryRuns(lambda: self.clock[0])
        self._start()

    @property
    def maildir(self) -> Path:
        """The boxes of everybody."""
        return self.home / "mail"

    def _start(self) -> None:
        settings = Settings(
            home=self.home,
            samples=True,
            mail=Mail(maildir=str(self.maildir)),
            portal=Portal(url="http://127.0.0.1:8080"),
        )
        bound, self._plain = base.engine(self.url), base.engine(self.url)
        count_statements(bound, self.calls)
        event.listen(bound, "connect", _hurry)
        self.engine: MemoryRuns = Counted(self.prefect, self.calls, "engine", engine_gone())  # type: ignore[assignment]
        self.services: Services = CountedServices(
            settings=settings,
            engine=bound.execution_options(compiled_cache=COMPILED),
            runs=self.engine,
            mailer=Counted(Store(self.maildir), self.calls, "smtp", mail_gone()),
            key=KEY,
            clock=lambda: self.clock[0],
            pause=lambda seconds: None,
            boot="life-1",
            calls=self.calls,
        )
        self._service = [duty.act for duty in duties(self.services)]

    def stop(self) -> None:
        """No connection is left."""
        self.services.engine.dispose()
        self._plain.dispose()

    def later(self, seconds: float) -> None:
        """The clock goes on."""
        self.clock[0] += timedelta(seconds=seconds)

    def looking(self) -> AbstractContextManager[Session]:
        """A look into the database that is not counted."""
        return base.reading(self._plain)

    def turn(self) -> bool:
        """Everybody has had a turn; True if anything went on, or went wrong."""
        went_on = [self._safely(each) for each in self._processes()]
        return any(went_on)

    def _processes(self) -> list[Callable[[], object]]:
        return [lambda: self.act(self), *self._service, self._work]

    def _work(self) -> bool:
        return work_off(self.prefect, self.engine, self.services)

    def _safely(self, process: Callable[[], object]) -> bool:
        try:
            with counted_disk(self.calls):
                return bool(process())
        except Killed:
            self.calls.dead = False
            self.stop()
            if process in self._service:  # people and legs have processes of their own
                self._start()
        except AWAY:
            self.services.engine.dispose()
        return True


def _hurry(connection: Any, _record: Any) -> None:
    """No power is lost here: SQLite need not wait for the disk."""
    if isinstance(connection, sqlite3.Connection):
        connection.execute("PRAGMA synchronous=OFF")


def found(services: Services, at: datetime) -> None:
    """The sample company works at this installation since then."""
    with services.writing() as session:
        remember(session, "instance", "test")
        add_people(session, services)
        add_customers(session, at=at - timedelta(days=900))
