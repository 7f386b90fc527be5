"""Preparing an installation: all that it needs, once, however often it is started or killed."""

import stat
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine, func, select, text

from deployments import prepare as preparing
from deployments.prepare import prepare
from domain.worktime import is_workday
from models import installation
from models.base import Base
from models.person import PersonRow
from tasks.services import KEY_FILE, Services, build
from tasks.settings import FILE, load


def counts(url: str) -> dict[str, int]:
    """Rows by table."""
    engine = create_engine(url)
    with engine.connect() as connection:
        found = {
            table.name: connection.scalar(select(func.count()).select_from(table)) or 0
            for table in Base.metadata.sorted_tables
        }
    engine.dispose()
    return found


def services_at(home: Path, url: str) -> Services:
    return build(load(home, {"ORDERFLOW_DATABASE__URL": url}))


@pytest.fixture
def real(tmp_path: Path, database_url: str) -> Iterator[Services]:
    """A real company's installation after its first start."""
    prepare(tmp_path, database_url, False)
    services = services_at(tmp_path, database_url)
    yield services
    services.engine.dispose()


def test_a_real_company_begins_empty_but_complete(real: Services, tmp_path: Path) -> None:
    assert counts(real.settings.database.url)["person"] == 0
    assert real.instance != "unnamed"
    assert len(real.signing_key) == 32
    assert stat.S_IMODE((tmp_path / KEY_FILE).stat().st_mode) == 0o600
    assert not real.settings.samples
    assert not (tmp_path / "mail").exists()


def test_days_off_are_known_and_a_year_not_announced_is_provisional(real: Services) -> None:
    with real.reading() as session:
        calendar = real.calendar(session)
    this = real.today().year
    assert {this - 2, this - 1, this} <= (calendar.official_years or set())
    national_day = real.today().replace(year=this, month=10, day=1)
    assert not is_workday(calendar, national_day)
    assert any(day.year == this + 1 and calendar.days[day].provisional for day in calendar.days)


def test_a_second_start_changes_nothing(tmp_path: Path, database_url: str) -> None:
    prepare(tmp_path, database_url, True)
    before = counts(database_url)
    kept = {name: (tmp_path / name).read_bytes() for name in (FILE, KEY_FILE)}
    prepare(tmp_path, database_url, True)
    assert counts(database_url) == before
    assert kept == {name: (tmp_path / name).read_bytes() for name in kept}
    assert len(mails(tmp_path)) == 3


def mails(home: Path) -> list[Path]:
    return sorted((home / "mail" / "zheling.example" / "orders" / "new").iterdir())


def test_the_archive_of_the_samples_can_be_read_before_anything_lies_in_it(
    tmp_path: Path, sqlite_url: str
) -> None:
    prepare(tmp_path, sqlite_url, True)
    services = services_at(tmp_path, sqlite_url)
    assert services.archive is not None
    services.archive.check()
    services.engine.dispose()


def test_a_real_company_never_gets_samples(real: Services, tmp_path: Path) -> None:
    prepare(tmp_path, real.settings.database.url, True)
    assert counts(real.settings.database.url)["person"] == 0


def test_settings_that_somebody_wrote_stay(tmp_path: Path, sqlite_url: str) -> None:
    (tmp_path / FILE).write_text("[policy]\nwarranty_months = 24\n")
    prepare(tmp_path, sqlite_url, True)
    assert load(tmp_path, {}).policy.warranty_months == 24
    assert counts(sqlite_url)["person"] == 0


def test_a_mail_that_was_read_before_a_crash_does_not_come_again(
    tmp_path: Path, sqlite_url: str
) -> None:
    prepare(tmp_path, sqlite_url, True)
    first, *_ = mails(tmp_path)
    first.rename(first.parent.parent / "cur" / f"{first.name}:2,S")
    services = services_at(tmp_path, sqlite_url)
    with services.writing() as session:
        session.execute(text("delete from installation where name = 'sample_mails'"))
    preparing.add_samples(services)
    assert len(mails(tmp_path)) == 2
    services.engine.dispose()


def test_a_first_start_that_was_killed_goes_on(tmp_path: Path, sqlite_url: str) -> None:
    """What a kill may leave: rough files, an empty key, settings but no rows."""
    for name in (f"{FILE}.new", f"{KEY_FILE}.new"):
        (tmp_path / name).write_text("half")
    (tmp_path / KEY_FILE).touch()
    preparing.write_settings(tmp_path, samples=True)
    prepare(tmp_path, sqlite_url, True)
    services = services_at(tmp_path, sqlite_url)
    assert len(services.signing_key) == 32
    with services.reading() as session:
        assert session.scalar(select(func.count(PersonRow.id))) == 8
        assert installation.value(session, "instance") is not None
    services.engine.dispose()


def test_only_the_chinese_calendar_comes_with_its_days_off(tmp_path: Path, sqlite_url: str) -> None:
    (tmp_path / FILE).write_text('[company]\ncalendar = "DE"\n')
    prepare(tmp_path, sqlite_url, False)
    assert counts(sqlite_url)["calendar_day"] == 0
