"""Migrations: exactly the models' tables, forth and back, one at a time, never from the future."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import Engine, inspect, text
from sqlalchemy.exc import DBAPIError

from models import base, migrations
from models.migrations import NewerDatabase
from models.migrations.check import differences


def test_migrations_make_exactly_the_tables_of_the_models(database_url: str) -> None:
    assert differences(database_url) == []
    assert migrations.current(database_url) == migrations.head()


def test_upgrading_what_is_up_to_date_changes_nothing(database_url: str) -> None:
    migrations.upgrade(database_url)
    assert differences(database_url) == []


def test_the_way_back_leaves_no_table_and_the_way_forth_brings_all(database_url: str) -> None:
    migrations.downgrade(database_url)
    engine = base.engine(database_url)
    assert inspect(engine).get_table_names() == ["alembic_version"]
    engine.dispose()
    migrations.upgrade(database_url)
    assert differences(database_url) == []


def test_four_that_migrate_at_once_do_it_once(database_url: str) -> None:
    migrations.downgrade(database_url)
    with ThreadPoolExecutor(4) as pool:
        for done in [pool.submit(migrations.upgrade, database_url) for _ in range(4)]:
            done.result()
    assert differences(database_url) == []


def test_a_database_of_a_newer_version_is_refused_and_left_alone(database: Engine) -> None:
    with database.begin() as connection:
        connection.execute(text("update alembic_version set version_num = '9999_future'"))
    url = database.url.render_as_string(hide_password=False)
    with pytest.raises(NewerDatabase) as refusal:
        migrations.upgrade(url)
    assert (refusal.value.found, refusal.value.known) == ("9999_future", migrations.head())
    assert migrations.current(url) == "9999_future"


def test_a_migration_that_breaks_off_leaves_nothing_half(database: Engine) -> None:
    url = database.url.render_as_string(hide_password=False)
    migrations.downgrade(url)
    with database.begin() as connection:
        connection.execute(text("create table archive (in_the_way integer)"))
    with pytest.raises(DBAPIError):
        migrations.upgrade(url)
    assert set(inspect(database).get_table_names()) == {"alembic_version", "archive"}
