"""Two databases: one in which orders live, and an empty one on either system."""

from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from tests.world import World, make_world

_numbers = count(1)


@pytest.fixture
def world(database_url: str, tmp_path: Path) -> Iterator[World]:
    """One installation with eight people and one customer."""
    made = make_world(database_url, tmp_path / "home")
    yield made
    made.services.engine.dispose()


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.slow)])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A database without tables."""
    if request.param == "sqlite":
        yield f"sqlite+pysqlite:///{tmp_path / 'empty.db'}"
        return
    cluster = request.getfixturevalue("postgres_cluster")
    admin = create_engine(cluster.url("postgres", "psycopg"), isolation_level="AUTOCOMMIT")
    name = f"empty_{next(_numbers)}"
    with admin.connect() as connection:
        connection.execute(text(f"create database {name}"))
        yield cluster.url(name, "psycopg")
        connection.execute(text(f"drop database {name} with (force)"))
    admin.dispose()
