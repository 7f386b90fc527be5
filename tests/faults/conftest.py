"""Disasters have an installation and databases of their own: nobody else lives through them."""

from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

from benchmarks.faults.shelf import Databases, PostgresTemplates, SqliteFiles
from tests.conftest import TEMPLATE

_numbers = count(1)


@pytest.fixture
def sqlite(sqlite_template: Path, tmp_path: Path) -> SqliteFiles:
    """Databases as files, the first one empty."""
    made = SqliteFiles(tmp_path)
    made.begin(sqlite_template)
    return made


@pytest.fixture
def postgres(request: pytest.FixtureRequest) -> Iterator[PostgresTemplates]:
    """Databases of one server, the first one empty."""
    cluster = request.getfixturevalue("postgres_cluster")
    mark = f"faults_{next(_numbers)}_"
    made = PostgresTemplates(lambda name: str(cluster.url(name, "psycopg")), mark)
    made.begin(TEMPLATE)
    yield made
    made.end()


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.slow)])
def databases(request: pytest.FixtureRequest) -> Databases:
    """Databases that can be copied: the test runs once on SQLite, once on PostgreSQL."""
    found: Databases = request.getfixturevalue(request.param)
    return found
