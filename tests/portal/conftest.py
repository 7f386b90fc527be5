"""A portal before an order that stands at a gate; each test has a copy of its own."""

import re
import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

import pyotp
import pytest
from fastapi.testclient import TestClient
from httpx import Response
from sqlalchemy import select

from models.base import engine
from models.event import EventRow
from models.gate import Gate
from portal.web.app import application
from portal.web.guard import Guard
from portal.web.look import SESSION_COOKIE
from tasks import codes, links, requests, sessions, showing
from tasks.services import Services
from tests.world import World, make_world

CUSTOMER = "liu.qiang@lijia.example"
ORDER = "SO-2026-00001"
MAIL = """您好,

1. 导轨支架 DG-40  16件  单价 2300元
2. 防护罩 FH-2   4件  单价 800元

交期 2026-12-25。
特殊要求:防锈油封装。
联系人:刘强 电话 13800001111
"""


@dataclass
class Site:
    """One portal and a browser."""

    services: Services
    clock: list[datetime]
    client: TestClient
    secrets: dict[str, str] = field(default_factory=dict)

    def later(self, **by: float) -> None:
        """The clock goes on."""
        self.clock[0] += timedelta(**by)

    def gate(self, kind: str) -> Gate:
        """The newest gate of this kind, detached, with its votes."""
        with self.services.reading() as session:
            found = session.scalars(select(Gate).where(Gate.kind == kind)).all()[-1]
            list(found.votes)
            return found

    def link(self, kind: str, person: str) -> str:
        """The path that was mailed to this person for the newest gate of this kind."""
        url = showing.gate_link(self.services, self.gate(kind), person)
        return url.removeprefix(self.services.settings.portal.url)

    def token(
        self, purpose: str, subject: str, person: str, sha256: str = "", days: int = 1
    ) -> str:
        """A genuine token of any kind."""
        until = self.clock[0] + timedelta(days=1)
        return links.token(self.services, links.Pass(purpose, subject, person, sha256, until))

    def mark(self, path: str) -> str:
        """The mark in the last form of this page; the first one may be for signing out."""
        return ["", *re.findall(r'name="mark" value="(\w+)"', self.client.get(path).text)][-1]

    def send(self, path: str, to: str = "", **fields: object) -> Response:
        """The form of the page is sent, to the page itself or to another path."""
        data = {"mark": self.mark(path), **fields}
        return self.client.post(to or path, data=data)

    def enter(self, person: str) -> None:
        """The browser holds a session of this person."""
        self.leave()
        held = sessions.begin(self.services, person)
        self.client.cookies.set(SESSION_COOKIE, sessions.cookie(self.services, held))

    def leave(self) -> None:
        """The browser has no cookies."""
        self.client.cookies.clear()

    def issued(self, person: str, *gates: str) -> str:
        """A code issued to this person."""
        with self.services.writing() as session:
            return codes.issue(session, self.services, person, gates, at=self.clock[0])

    def give_authenticator(self, person: str) -> None:
        """The person has an authenticator from now."""
        with self.services.writing() as session:
            address = codes.enrol(session, self.services, person)
        self.secrets[person] = pyotp.parse_uri(address).secret

    def totp(self, person: str) -> str:
        """What the person's authenticator shows now."""
        return pyotp.TOTP(self.secrets[person]).at(self.clock[0])

    def change(self, change: Callable[..., None]) -> None:
        """Rows are changed behind everybody's back."""
        with self.services.writing() as session:
            change(session)

    def events(self) -> int:
        """How many things have happened."""
        with self.services.reading() as session:
            return len(session.scalars(select(EventRow.id)).all())


@pytest.fixture(scope="session")
def stages(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, tuple[Path, World]]:
    """Databases of one order at each of its gates."""
    home = tmp_path_factory.mktemp("stages")
    world = make_world(f"sqlite+pysqlite:///{home}/now.db", home)
    kept: dict[str, tuple[Path, World]] = {}

    def keep(name: str) -> None:
        world.services.engine.dispose()
        kept[name] = (Path(shutil.copy(home / "now.db", home / f"{name}.db")), world)

    world.write(MAIL, subject="采购订单 LJ-2026-77")
    keep(world.drive())
    world.answer("confirm", "li.ming")
    keep(world.drive())
    world.write("确认", answers=world.owed("confirmation")[-1])
    keep(world.drive())
    world.answer("plan", "li.ming")
    keep(world.drive())
    world.do_all_work()
    world.drive()
    world.answer("completion", "zhou.min")
    keep(world.drive())
    requests.cancel(world.services, ORDER, "asked for", by="chen.yu")
    keep("crossroads")
    world.write("请问你们做喷涂吗?", sender="jemand@fremd.example", subject="询价")
    keep("mail")
    return kept


@pytest.fixture
def site(
    stages: Mapping[str, tuple[Path, World]], tmp_path: Path
) -> Iterator[Callable[[str], Site]]:
    """Makes the portal before an order that stands at the gate named."""
    made: list[Site] = []

    def at(stage: str) -> Site:
        file, world = stages[stage]
        shutil.copy(file, tmp_path / "now.db")
        clock = [world.clock[0]]
        services = Services(
            settings=world.services.settings,
            engine=engine(f"sqlite+pysqlite:///{tmp_path}/now.db"),
            runs=world.services.runs,
            mailer=world.services.mailer,
            key=world.services.key,
            clock=lambda: clock[0],
        )
        app = Guard(application(services), secure=False)
        client = TestClient(
            app,
            base_url=services.settings.portal.url,
            raise_server_exceptions=False,
            follow_redirects=False,
        )
        made.append(Site(services, clock, client))
        return made[-1]

    yield at
    for each in made:
        each.services.engine.dispose()
