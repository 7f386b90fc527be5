"""Bringing a database to the tables of this version, on SQLite and PostgreSQL."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, event, text

from domain.errors import Refusal
from models import base, tables

if TYPE_CHECKING:
    from alembic.runtime.environment import EnvironmentContext

FOLDER = Path(__file__).parent
_LOCK = 0x6F72666C  # any number of our own; only one process at a time changes the tables


@dataclass(unsafe_hash=True)
class NewerDatabase(Refusal):
    """The database was made by a newer version of Orderflow: `found` is not among ours."""

    found: str
    known: str


def upgrade(url: str, to: str = "head") -> None:
    """The database has the tables of this version, or of an earlier one; two callers at once do
    it once."""
    _change(url, command.upgrade, to)


def downgrade(url: str, to: str = "base") -> None:
    """The database is as at the earlier revision; `base` has no tables. What they held is gone."""
    _change(url, command.downgrade, to)


def current(url: str) -> str | None:
    """The revision of the database, None for one without tables."""
    engine = base.engine(url)
    try:
        with engine.connect() as connection:
            return revision_of(connection)
    finally:
        engine.dispose()


def revision_of(connection: Connection) -> str | None:
    """The revision of the database behind this connection, None for one without tables."""
    return MigrationContext.configure(connection).get_current_revision()


def head() -> str | None:
    """The revision that this version of Orderflow needs; None before the first is written."""
    return ScriptDirectory(str(FOLDER)).get_current_head()


def known() -> frozenset[str]:
    """All revisions that this version knows."""
    return frozenset(each.revision for each in ScriptDirectory(str(FOLDER)).walk_revisions())


def way_back() -> list[str]:
    """The revisions before the newest one, backwards; `base` is the last."""
    below = [each.down_revision for each in ScriptDirectory(str(FOLDER)).walk_revisions()]
    return [str(each or "base") for each in below]


def configure(context: "EnvironmentContext") -> None:
    """Alembic works on our connection, inside its transaction, with the models as its aim."""
    given = context.config.attributes
    connection: Connection = given["connection"]
    context.configure(connection=connection, **{**options(connection), **given["more"]})


def options(connection: Connection) -> dict[str, Any]:
    """How tables are compared and changed; SQLite rebuilds a table for most changes."""
    sqlite = connection.dialect.name == "sqlite"
    return {
        "target_metadata": tables.METADATA,
        "compare_type": True,
        "render_as_batch": sqlite,
        "transactional_ddl": True,
    }


def config(connection: Connection, **more: Any) -> Config:
    """Alembic's configuration, without a file; `more` goes to its context."""
    made = Config()
    made.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    made.set_main_option("path_separator", "os")
    made.attributes.update(connection=connection, more=more)
    return made


def _change(url: str, way: Callable[[Config, str], None], to: str) -> None:
    engine = _engine(url)
    try:
        with engine.execution_options(writes=True).begin() as connection:
            _alone(connection)
            found = revision_of(connection)
            if found is not None and found not in known():
                raise NewerDatabase(found, head() or "–")
            way(config(connection), to)
            _check_references(connection)
    finally:
        engine.dispose()


def _engine(url: str) -> Engine:
    """An engine under which SQLite lets a table be rebuilt that others refer to."""
    engine = base.engine(url)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _trust_references)
    return engine


def _trust_references(connection: Any, _record: Any) -> None:
    connection.execute("PRAGMA foreign_keys=OFF")


def _check_references(connection: Connection) -> None:
    """What SQLite was told not to look at is looked at before it is kept."""
    if connection.dialect.name == "sqlite":
        broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
        if broken:
            raise RuntimeError(f"A migration has left rows that refer to nothing: {broken[:5]}")


def _alone(connection: Connection) -> None:
    """Whoever migrates at the same time waits here; SQLite's write lock does it by itself."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("select pg_advisory_xact_lock(:key)"), {"key": _LOCK})
