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
from tests.sharing import pytest_collection_modifyitems, pytest_xdist_make_scheduler

os.environ.setdefault("DO_NOT_TRACK", "1")  # Prefect asks for this before it is imported

TEMPLATE = "orderflow"
__all__ = ["installation", "pytest_collection_modifyitems", "pytest_xdist_make_scheduler"]
_numbers = count(1)


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
