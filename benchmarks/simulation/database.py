"""One SQLite database in memory for all processes, locked as late as PostgreSQL locks.

A transaction reads what is committed at each statement, and may be left between them, until its
first statement that writes or locks a row; from there to its end nobody else runs. That is what
row locks allow at least, and more than SQLite itself would show.
"""

import re
import sqlite3
from functools import cache
from typing import Any

from sqlalchemy import Engine, create_engine, event, make_url
from sqlalchemy.engine import Dialect
from sqlalchemy.pool import NullPool

from benchmarks.simulation.hub import Hub, Strand


class Connection:
    """A connection of one session to the shared database: its transaction begins when it locks."""

    def __init__(self, database: "Database") -> None:
        self._database = database
        self._holds: Strand | None = None
        self.changes: dict[str, None] = {}
        """Tables that the transaction has written."""

    def __getattr__(self, name: str) -> Any:
        return getattr(self._database.raw, name)

    def create_function(self, *_: object, **__: object) -> None:
        """Nothing: no statement of ours needs SQLAlchemy's own function, and it costs time."""

    def lock(self) -> None:
        """From here on nobody else writes, reads or runs."""
        if self._holds is None and not self._database.raw.in_transaction:
            self._database.raw.execute("BEGIN IMMEDIATE")
            self._holds = self._database.hub.current
            self._holds.locked = True

    def commit(self) -> None:
        """What was changed is kept."""
        self._end("COMMIT")
        if self.changes:
            self._database.hub.changed(*self.changes)
            self.changes.clear()

    def rollback(self) -> None:
        """What was changed is gone; nothing where nothing was locked."""
        self._end("ROLLBACK")

    def close(self) -> None:
        """The session has ended; the shared database stays."""
        self.rollback()

    def _end(self, word: str) -> None:
        if self._holds is not None:
            self._database.raw.execute(word)
            self._holds.locked = False
            self._holds = None


class Database:
    """The shared database of one schedule."""

    def __init__(self, hub: Hub) -> None:
        self.hub = hub
        self.raw = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
        self.raw.execute("PRAGMA foreign_keys=ON")
        self.engine = _engine(self)

    def load(self, image: bytes) -> None:
        """The database is what it was when the image was taken."""
        self.raw.deserialize(image)
        self.raw.execute("PRAGMA foreign_keys=ON")

    def image(self) -> bytes:
        """All of it as bytes."""
        return self.raw.serialize()

    def rows(self, sql: str, *values: Any) -> list[dict[str, Any]]:
        """Rows of a plain question, seen by nobody."""
        found = self.raw.execute(sql, values)
        names = [each[0] for each in found.description]
        return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


@cache
def _dialect() -> Dialect:
    """One for all schedules: SQL is compiled anew for each dialect, a quarter of the time."""
    first = create_engine("sqlite+pysqlite://")
    first.connect().close()
    return first.dialect


_COMPILED: dict[Any, Any] = {}


def _engine(database: Database) -> Engine:
    pool = NullPool(lambda: Connection(database))
    made = Engine(pool, _dialect(), make_url("sqlite+pysqlite://"))
    made.update_execution_options(compiled_cache=_COMPILED)

    @event.listens_for(made, "before_cursor_execute")
    def look(
        connection: Any, _cursor: Any, statement: str, _values: Any, context: Any, _many: bool
    ) -> None:
        hub = database.hub
        if not hub.inside:
            return
        if hub.current.locked:
            _notice(connection, statement)
            return
        hub.point("sql")
        if _locks(statement, context):
            connection.connection.dbapi_connection.lock()
            _notice(connection, statement)

    return made


def _locks(statement: str, context: Any) -> bool:
    """Whether PostgreSQL would hold a row from here on."""
    if not statement.lstrip().upper().startswith("SELECT"):
        return True
    compiled = getattr(context, "compiled", None)
    return getattr(getattr(compiled, "statement", None), "_for_update_arg", None) is not None


_WRITTEN = re.compile(r'(INSERT INTO|UPDATE|DELETE FROM) "?(\w+)"?(?: SET (.*?) WHERE)?', re.DOTALL)
_ONLY_NEW = ("timer", "outbox")
"""Tables of which only a new row is news: what becomes of it later is known by its time."""


def _notice(connection: Any, statement: str) -> None:
    """The table that is written is remembered for those who wait for it."""
    found = _WRITTEN.match(statement)
    if found is None:
        return
    how, table, columns = found.groups()
    if how != "INSERT INTO" and table in _ONLY_NEW:
        return
    if table == "run" and columns and not any(name in columns for name in ("wake_seq", "leg=")):
        return  # a lease that is prolonged is nobody's business
    connection.connection.dbapi_connection.changes[table] = None
