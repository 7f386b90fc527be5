"""Databases for tests: `database_url` runs a test on SQLite and on PostgreSQL, each one fresh."""

import os
import shutil
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, text

from deployments.errors import NoNamespace
from deployments.postgres import Cluster
from deployments.temporary import temporary_postgres
from models import base, migrations
from tests.installation import installation

os.environ.setdefault("DO_NOT_TRACK", "1")  # Prefect asks for this before it is imported

TEMPLATE = "orderflow"
SHARED = ("installation", "engine")
"""Fixtures that start a running system, once for all tests of the process that uses them."""
__all__ = ["installation"]
_numbers = count(1)


@pytest.hookimpl(tryfirst=True)  # before pytest-xdist reads the groups
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Where several processes share the tests, those of one system or file stay together.

    Tests of running systems begin first: they wait, and others use the machine meanwhile.
    """
    for item in items:
        if item.get_closest_marker("xdist_group") is None:
            fixtures = getattr(item, "fixturenames", ())
            system = next((each for each in SHARED if each in fixtures), None)
            item.add_marker(pytest.mark.xdist_group(system or str(item.path)))
    items.sort(key=lambda item: item.get_closest_marker("engine") is None)


@pytest.fixture(scope="session")
def postgres_cluster() -> Iterator[Cluster]:
    """A PostgreSQL for all tests, whose database `orderflow` has the tables of the migrations."""
    try:
        with temporary_postgres() as cluster:
            migrations.upgrade(cluster.url(TEMPLATE, "psycopg"))
            yield cluster
    except NoNamespace as refusal:
        pytest.skip(f"no PostgreSQL here: {refusal}")


@pytest.fixture
def postgres_url(postgres_cluster: Cluster) -> Iterator[str]:
    """A PostgreSQL database of this test's own, with all tables."""
    name = f"test_{next(_numbers)}"
    admin = create_engine(postgres_cluster.url("postgres", "psycopg"), isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text(f"create database {name} template {TEMPLATE}"))
        yield postgres_cluster.url(name, "psycopg")
        connection.execute(text(f"drop database {name} with (force)"))
    admin.dispose()


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite database with the tables of the migrations, to be copied."""
    made = tmp_path_factory.mktemp("template") / "orderflow.db"
    migrations.upgrade(f"sqlite+pysqlite:///{made}")
    return made


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    """A SQLite database of this test's own, with all tables."""
    own = tmp_path / "orderflow.db"
    shutil.copy(sqlite_template, own)
    return f"sqlite+pysqlite:///{own}"


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.slow)])
def database_url(request: pytest.FixtureRequest) -> str:
    """A database with all tables: the test runs once on SQLite, once on PostgreSQL."""
    found: str = request.getfixturevalue(f"{request.param}_url")
    return found


@pytest.fixture
def database(database_url: str) -> Iterator[Engine]:
    """An engine on `database_url`."""
    engine = base.engine(database_url)
    yield engine
    engine.dispose()
