"""Migrations with orders in the tables: what an earlier version can hold survives the way back."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import MetaData, select

from models import base, migrations
from models.migrations import FOLDER
from tasks.verifying import violations
from tests.upgrade.population import beside, carry, populate
from tests.world import World, make_world

Rows = dict[str, dict[str, list[Any]]]
"""Values by column by table, in the order of the table's keys."""


@pytest.fixture
def world(database_url: str, tmp_path: Path) -> Iterator[World]:
    """An installation with one order that is carried out and one that has ended."""
    made = make_world(database_url, tmp_path)
    populate(made, ("work", "closed"))
    made.services.engine.dispose()
    yield made
    made.services.engine.dispose()


def held(url: str) -> Rows:
    """Everything in the database."""
    engine, found = base.engine(url), MetaData()
    found.reflect(engine)
    with engine.connect() as connection:
        every: Rows = {}
        for table in found.sorted_tables:
            rows = connection.execute(select(table).order_by(*table.primary_key.columns)).all()
            every[table.name] = {
                column.name: [row[place] for row in rows]
                for place, column in enumerate(table.columns)
            }
    engine.dispose()
    every.pop("alembic_version")
    return every


def lost(before: Rows, after: Rows) -> set[str]:
    """Tables and columns that are not there any more."""
    return set(before.keys() - after.keys()) | {
        f"{name}.{column}"
        for name in before.keys() & after.keys()
        for column in before[name].keys() - after[name].keys()
    }


def shared(rows: Rows, other: Rows) -> Rows:
    """What of the rows the other ones have columns for."""
    return {
        name: {column: rows[name][column] for column in rows[name].keys() & other[name].keys()}
        for name in rows.keys() & other.keys()
    }


def test_every_migration_forth_and_back_changes_nothing_that_both_sides_can_hold(
    world: World, database_url: str
) -> None:
    before = held(database_url)
    above = str(migrations.head())
    for below in migrations.way_back():
        migrations.downgrade(database_url, below)
        back = held(database_url)
        assert shared(back, before) == shared(before, back), f"on the way back to {below}"
        migrations.upgrade(database_url, above)
        forth = held(database_url)
        assert shared(forth, back) == shared(back, forth), f"on the way forth to {above}"
        migrations.downgrade(database_url, below)
        assert bool(lost(before, back)) == says_so(above), f"{above} loses {lost(before, back)}"
        before, above = back, below


def says_so(revision: str) -> bool:
    """Whether the migration says that its way back loses something."""
    migration = ScriptDirectory(str(FOLDER)).get_revision(revision)
    assert migration is not None
    return "is gone" in str(migration.module.downgrade.__doc__)


def test_orders_go_on_after_the_last_migration_was_taken_back_and_made_again(
    world: World, database_url: str
) -> None:
    migrations.downgrade(database_url, migrations.way_back()[0])
    migrations.upgrade(database_url)
    again = beside(world, database_url)
    carry(again, "SO-2026-00001", "closed")
    assert violations(again.services) == []
    again.services.engine.dispose()
