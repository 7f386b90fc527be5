"""What must be true before an installation runs: settings, key, tables, calendar, samples.

Every step may be killed at any line; the next start does what is missing and nothing twice.
"""

import base64
import os
import secrets
from pathlib import Path
from uuid import uuid4

from sqlalchemy.exc import ArgumentError, NoSuchModuleError, OperationalError

from deployments.home import home_at
from deployments.mail_loop import mailbox
from domain.calendars.china import official_days
from domain.worktime import CalendarDay
from models import installation, migrations, retrospective
from models.retrospective import CalendarDay as CalendarDayRow
from tasks.installed import DatabaseSilent
from tasks.samples.filling import fill
from tasks.samples.mails import sample_mails
from tasks.services import KEY_FILE, Services, build
from tasks.settings import FILE, load
from tasks.settings_file import settings_file

YEARS_BACK, YEARS_AHEAD = 2, 1
"""Years around the present one whose days off are known."""

MAILED = "sample_mails"
"""The name under which the installation keeps that the sample mails have come."""


def prepare(home: Path, database_url: str, samples: bool) -> None:
    """The installation in this folder can run on this database.

    Samples are added only where the settings file says so at its top; the first start writes it.
    """
    write_settings(home, samples=samples)
    write_key(home)
    _upgrade(home, database_url)
    settings = load(home, {**os.environ, "ORDERFLOW_DATABASE__URL": database_url})
    services = build(settings)
    try:
        identify(services)
        add_days_off(services)
        add_archive(services)
        if samples and settings.samples:
            add_samples(services)
    finally:
        services.engine.dispose()


def _upgrade(home: Path, database_url: str) -> None:
    """The database has the tables of this version; DatabaseSilent if it cannot be reached."""
    try:
        migrations.upgrade(database_url)
    except (OperationalError, ArgumentError, NoSuchModuleError) as silent:
        reason = str(getattr(silent, "orig", None) or silent).strip().splitlines()[0]
        raise DatabaseSilent(str(home), reason[:200]) from None


def write_settings(home: Path, *, samples: bool) -> None:
    """The settings file is there; one that is there already is left as it is."""
    if not (home / FILE).exists():
        write_whole(home / FILE, settings_file(samples=samples).encode())


def write_key(home: Path) -> None:
    """The installation's secret key is there, readable by its owner only."""
    file = home / KEY_FILE
    if not file.exists() or not file.stat().st_size:
        write_whole(file, base64.urlsafe_b64encode(secrets.token_bytes(32)))


def identify(services: Services) -> None:
    """The installation has an identity, which it keeps for ever."""
    with services.writing() as session:
        if installation.value(session, "instance") is None:
            installation.remember(session, "instance", uuid4().hex)


def add_days_off(services: Services) -> None:
    """Days off of the years around this one are stored; years that are stored stay as they are.

    The days of a year that is not announced are provisional; a notice is loaded by decision.
    """
    calendar = services.settings.company.calendar
    this = services.today().year
    with services.writing() as session:
        there = {row.day.year for row in retrospective.days(session, calendar)}
        for year in range(this - YEARS_BACK, this + YEARS_AHEAD + 1):
            if year not in there and calendar == "CN":
                session.add_all(_row(calendar, each) for each in official_days(year))


def add_archive(services: Services) -> None:
    """In the local loop the archive's box is there: an empty one is not a missing one."""
    mail, home = services.settings.mail, services.settings.home
    if mail.archive and mail.tls == "none" and not (mail.archive_box or mail.port):
        _make_box(mailbox(Path(mail.maildir or home_at(home).maildir), mail.archive))


def add_samples(services: Services) -> None:
    """The sample company is there, and its three fresh mails have come in once."""
    at = fill(services)
    if at is None:
        return
    with services.reading() as session:
        if installation.value(session, MAILED) is not None:
            return
    settings = services.settings
    inbox = settings.mail.inboxes[0]
    root = Path(settings.mail.maildir or home_at(settings.home).maildir)
    for mail in sample_mails(inbox, at=at, instance=services.instance):
        _deliver(mailbox(root, inbox), mail.file, mail.content)
    with services.writing() as session:
        installation.remember(session, MAILED, at.isoformat())


def _deliver(box: Path, name: str, content: bytes) -> None:
    """The mail lies in the inbox, or has been read from there already."""
    _make_box(box)
    if not list((box / "cur").glob(f"{name}*")):
        write_whole(box / "new" / name, content, rough=box / "tmp" / name)


def _make_box(box: Path) -> None:
    for part in ("tmp", "new", "cur"):
        (box / part).mkdir(parents=True, exist_ok=True, mode=0o700)


def write_whole(file: Path, content: bytes, *, rough: Path | None = None) -> None:
    """The file has this content and survives a loss of power; at no moment is it half there."""
    rough = rough or file.with_name(file.name + ".new")
    file.parent.mkdir(parents=True, exist_ok=True)
    rough.unlink(missing_ok=True)  # left by a start that was killed
    handle = os.open(rough, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as written:
        written.write(content)
        written.flush()
        os.fsync(written.fileno())
    rough.replace(file)
    folder = os.open(file.parent, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _row(calendar: str, each: CalendarDay) -> CalendarDayRow:
    return CalendarDayRow(
        calendar=calendar,
        day=each.on,
        working=each.day.working,
        name=each.day.name_zh,
        provisional=each.day.provisional,
        source=each.source,
    )
