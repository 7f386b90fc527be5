"""What a task works with: sessions, connectors, calendar, clock. The clock is read only here."""

import base64
import os
import secrets
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from pathlib import Path
from zoneinfo import ZoneInfo

from pydantic import SecretStr
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from connectors.archive import Archive
from connectors.mailer import Mailer
from connectors.reader import PlainReader, Reader
from connectors.registry import archive_for, box_of, mailer_for, runs_for
from connectors.runs import Runs
from domain.worktime import Calendar, Day, add_worktime
from models import base, installation, retrospective
from tasks.settings import Settings, default_home, load

KEY_FILE = "secret.key"


def system_clock() -> datetime:
    """Now, in UTC."""
    return datetime.now(UTC)


@dataclass(frozen=True)
class Services:
    """One installation as its tasks see it."""

    settings: Settings
    engine: Engine
    runs: Runs
    mailer: Mailer
    key: SecretStr
    archive: Archive | None = None
    """Where copies of our mails can be read; None where nothing can be looked for."""
    clock: Callable[[], datetime] = system_clock
    pause: Callable[[float], None] = time.sleep
    boot: str = ""
    reader: Reader = field(default_factory=PlainReader, compare=False)
    """Who opens strangers' mails; the service has one that cannot take all time or memory."""
    cache: dict[str, str] = field(default_factory=dict, compare=False)

    def now(self) -> datetime:
        """The present instant, in UTC."""
        return self.clock()

    def today(self) -> date:
        """The present date where the company works."""
        return self.now().astimezone(ZoneInfo(self.settings.company.timezone)).date()

    def reading(self) -> AbstractContextManager[Session]:
        """A session that only looks."""
        return base.reading(self.engine)

    def writing(self) -> AbstractContextManager[Session]:
        """A session whose changes are kept together, or not at all."""
        return base.writing(self.engine)

    @property
    def signing_key(self) -> bytes:
        """The installation's secret key as bytes."""
        return base64.urlsafe_b64decode(self.key.get_secret_value())

    @cached_property
    def instance(self) -> str:
        """The identity of this installation; part of every key that the engine keeps for ever."""
        with self.reading() as session:
            return installation.value(session, "instance") or "unnamed"

    def calendar(self, session: Session) -> Calendar:
        """The company's working calendar with all stored days; read once a transaction."""
        if "calendar" not in session.info:
            session.info["calendar"] = self._calendar(session)
        found: Calendar = session.info["calendar"]
        return found

    def _calendar(self, session: Session) -> Calendar:
        company = self.settings.company
        rows = retrospective.days(session, company.calendar)
        days = {r.day: Day(r.working, name_zh=r.name, provisional=r.provisional) for r in rows}
        official = frozenset(r.day.year for r in rows if not r.provisional)
        return Calendar(
            company.calendar, company.timezone, days=days, official_years=official or None
        )

    def due(self, session: Session, hours: float, *, at: datetime) -> datetime:
        """The end of so many working hours; of so many minutes by the clock in a sample run."""
        if self.settings.policy.quick:
            return at + timedelta(minutes=hours)
        return add_worktime(self.calendar(session), at, int(hours * 60))


def secret_key(home: Path) -> SecretStr:
    """The installation's key; made on the first start, readable by its owner only."""
    file = home / KEY_FILE
    if not file.exists():
        home.mkdir(parents=True, exist_ok=True)
        made = base64.urlsafe_b64encode(secrets.token_bytes(32))
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as written:
            written.write(made)
    return SecretStr(file.read_text("ascii").strip())


def build(settings: Settings) -> Services:
    """Services of the installation that the settings describe; nothing is connected yet."""
    return Services(
        settings=settings,
        engine=base.engine(settings.database.url),
        runs=runs_for(settings.prefect.api, settings.prefect.auth),
        mailer=mailer_for(
            host=settings.mail.host,
            port=settings.mail.port,
            tls=settings.mail.tls,
            user=settings.mail.user,
            password=settings.mail.password,
        ),
        key=secret_key(settings.home),
        archive=archive_for(
            _archive_box(settings),
            settings.home,
            settings.mail.imap_password,
            settings.mail.imap_token_command,
        ),
        boot=os.environ.get("ORDERFLOW_BOOT", ""),
    )


def _archive_box(settings: Settings) -> str:
    mail = settings.mail
    if mail.archive_box or not mail.archive or mail.tls != "none":
        return mail.archive_box
    return str(box_of(Path(mail.maildir or settings.home / "mail"), mail.archive))


_current: list[Services] = []


def services() -> Services:
    """The services of this process: those in use, else those of $ORDERFLOW_HOME."""
    if not _current:
        _current.append(build(load(default_home())))
    return _current[-1]


@contextmanager
def using(other: Services) -> Iterator[Services]:
    """Within the block, `services()` gives these."""
    _current.append(other)
    try:
        yield other
    finally:
        _current.remove(other)


def forget() -> None:
    """The next call builds services anew: a forked process must not share connections."""
    for each in _current:
        each.engine.dispose(close=False)
    _current.clear()
