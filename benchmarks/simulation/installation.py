"""One installation in memory: the real services over the simulated outside world."""

import copy
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal
from functools import cache
from pathlib import Path

from pydantic import SecretStr
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from benchmarks.simulation.database import Database
from benchmarks.simulation.faults import Faults
from benchmarks.simulation.hub import Hub
from benchmarks.simulation.outside import Delivery, Engine, Inbox, Mailboxes
from connectors.inbox import MemoryInbox
from connectors.runs_memory import MemoryRuns
from models import base
from models.customer import Contact, Customer
from models.installation import remember
from models.person import PersonRow
from models.tables import METADATA
from tasks.services import Services
from tasks.settings import Mail, Policy, Portal, Settings

KEY = SecretStr("MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=")
START = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)
CUSTOMER = "liu.qiang@lijia.example"
COMPANY = "zheling.example"

STORED = "%Y-%m-%d %H:%M:%S.%f"
"""How an instant is written in SQLite."""
DUE = {
    "timer": "select min(due_at) from timer where done_at is null and due_at > ?",
    "outbox": "select min(at) from (select min(next_try_at) at from outbox"
    " where state = 'pending' and next_try_at > ?1 union all select min(claimed_until)"
    " from outbox where state = 'sending' and claimed_until > ?1)",
    "run": "select min(start_after) from run"
    " where ended_at is null and flow_run_id is null and start_after > ?",
    "ended": "select min(lease_until) from run where ended_at is null and lease_until > ?",
}
"""When somebody who waits for this is next needed by the clock."""

PEOPLE: tuple[tuple[str, list[str], Decimal | None, str | None, list[str]], ...] = (
    ("chen.yu", ["owner"], None, "li.ming", []),
    ("li.ming", ["manager"], Decimal(500000), "zhao.wen", []),
    ("zhao.wen", ["director"], Decimal(-1), None, []),
    ("wang.lei", ["engineer"], None, "li.ming", ["design:3", "machining:3", "assembly:3"]),
    ("sun.jie", ["engineer"], None, "li.ming", ["software:3", "testing:3", "service:3"]),
    ("he.qing", ["buyer"], None, "li.ming", ["purchasing:3"]),
    ("zhou.min", ["quality"], None, "li.ming", ["inspection:3"]),
    ("wu.fang", ["clerk"], None, "li.ming", []),
)


def _lost(what: str) -> OperationalError:
    return OperationalError(what, {}, Exception("connection lost"))


@dataclass(frozen=True)
class Simulated(Services):
    """Services whose transactions begin and end at points of the schedule."""

    hub: Hub = field(kw_only=True, compare=False)

    def reading(self) -> AbstractContextManager[Session]:
        """A session that only looks."""
        return self._reading()

    def writing(self) -> AbstractContextManager[Session]:
        """A session whose changes are kept together, or not at all."""
        return self._writing()

    @contextmanager
    def _reading(self) -> Iterator[Session]:
        if self.hub.inside and not self.hub.current.locked:
            self.hub.point("read")
            if self.hub.happens(self.hub.faults.refuse, "refuse read"):
                raise _lost("read")
        with base.reading(self.engine) as session:
            yield session

    @contextmanager
    def _writing(self) -> Iterator[Session]:
        if not self.hub.inside:
            with base.writing(self.engine) as session:
                yield session
            return
        hub = self.hub
        hub.point("begin")
        if hub.happens(hub.faults.refuse, "refuse begin"):
            raise _lost("begin")
        with base.writing(self.engine) as session:
            yield session
            session.flush()
            hub.point("commit")
            if hub.happens(hub.faults.refuse, "refuse commit"):
                raise _lost("commit")
        hub.point("committed")
        if hub.happens(hub.faults.lose, "lose commit"):
            raise _lost("committed, but nobody was told")


@dataclass(frozen=True)
class Said:
    """One word of a person at a gate; `accepted` where they were told that it was taken."""

    gate: str
    by: str
    verdict: str
    channel: str
    accepted: bool


@dataclass
class Snapshot:
    """Everything that outlives all processes, at one quiet instant."""

    image: bytes
    now: datetime
    server: MemoryRuns
    box: MemoryInbox
    delivered: list[Delivery]
    said: list[Said]
    letters: list[str]


class Installation:
    """The database, the engine, the mail of one schedule; processes get their services here."""

    def __init__(self, seed: int, faults: Faults, start: Snapshot | None = None) -> None:
        self.hub = Hub(seed, START if start is None else start.now, faults)
        self.database = Database(self.hub)
        self.mail = Mailboxes(self.hub)
        self.inbox = Inbox(self.hub)
        self.engine = Engine(self.hub)
        self.hub.wakes_at = self._due
        self.boot = 1
        self.said: list[Said] = []
        """What people have said, in order."""
        self.settings = _settings()
        if start is None:
            self.database.load(founded())
        else:
            self._restore(start)
        self.ours = self.services()
        """Services for people at a keyboard."""

    def services(self) -> Services:
        """Services for a new process under the present boot."""
        return Simulated(
            settings=self.settings,
            engine=self.database.engine,
            runs=self.engine,
            mailer=self.mail,
            key=KEY,
            clock=lambda: self.hub.now,
            pause=self.hub.sleep,
            boot=f"boot-{self.boot}",
            hub=self.hub,
        )

    def _due(self, wants: frozenset[str], at: datetime) -> datetime | None:
        """When a row is next due by the clock."""
        stored = at.strftime(STORED)
        asked = [sql for want, sql in DUE.items() if want in wants]
        found = [self.database.raw.execute(sql, (stored,)).fetchone()[0] for sql in asked]
        due = min((each for each in found if each), default=None)
        return datetime.strptime(due, STORED).replace(tzinfo=UTC) if due else None

    def snapshot(self) -> Snapshot:
        """A copy of what outlives all processes."""
        return Snapshot(
            self.database.image(),
            self.hub.now,
            _without_clock(self.engine.server),
            copy.deepcopy(self.inbox.box),
            list(self.mail.delivered),
            list(self.said),
            list(self.inbox.letters),
        )

    def _restore(self, start: Snapshot) -> None:
        self.database.load(start.image)
        self.engine.server.adopt(start.server)
        self.inbox.box = copy.deepcopy(start.box)
        self.mail.delivered = list(start.delivered)
        self.said = list(start.said)
        self.inbox.letters = list(start.letters)


def _without_clock(server: MemoryRuns) -> MemoryRuns:
    copied = MemoryRuns(lambda: START)
    copied.adopt(server)
    return copied


@cache
def _settings() -> Settings:
    home = Path("/nonexistent")
    made = Settings(
        home=home,
        samples=True,
        mail=Mail(maildir=""),
        portal=Portal(url="http://127.0.0.1:8080"),
        policy=Policy(promise_runs=20, planning_trials=1),
    )
    where = made.database.model_copy(update={"url": "sqlite+pysqlite://"})
    return made.model_copy(update={"database": where})


@cache
def founded() -> bytes:
    """The database of a new installation with eight people and one customer."""
    hub = Hub(0, START)
    database = Database(hub)
    METADATA.create_all(database.engine)
    with base.writing(database.engine) as session:
        remember(session, "instance", "simulated")
        for person, roles, limit, manager, skills in PEOPLE:
            session.add(
                PersonRow(
                    person=person,
                    name=person,
                    mail=f"{person}@{COMPANY}",
                    language="zh-CN",
                    roles=roles,
                    limit=limit,
                    manager=manager,
                    skills=skills,
                )
            )
        customer = Customer(
            code="LIJIA",
            name_zh="苏州砺嘉精密",
            name_en="Lijia Precision",
            tier="B",
            account_manager="chen.yu",
            created_at=START,
        )
        session.add(customer)
        session.add(Contact(customer=customer, name="刘强", mail=CUSTOMER))
    return database.image()
