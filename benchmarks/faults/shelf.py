"""States of an installation put aside, so that a thousand cases can begin in the middle."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count
from pathlib import Path
from typing import Protocol

from sqlalchemy import create_engine, text

from benchmarks.faults.life import START, Life
from connectors.runs_memory import MemoryRuns

EMPTY = "empty"
"""The name of the database with which every story begins."""


class Databases(Protocol):
    """Databases that can be copied."""

    def url(self, name: str) -> str:
        """Where the database of that name is, or would be."""
        ...

    def copy(self, name: str, to: str) -> None:
        """The second database is as the first one is now; nobody is connected to either."""
        ...

    def drop(self, name: str) -> None:
        """The database is gone."""
        ...


@dataclass(frozen=True)
class SqliteFiles:
    """Databases as files of a folder."""

    folder: Path

    def begin(self, template: Path) -> None:
        """The database `empty` is a copy of this file, which has all tables."""
        shutil.copy(template, self.folder / f"{EMPTY}.db")

    def url(self, name: str) -> str:
        """The file's URL."""
        return f"sqlite+pysqlite:///{self.folder / name}.db"

    def copy(self, name: str, to: str) -> None:
        """The file is copied; its log was merged when the last connection closed."""
        shutil.copy(self.folder / f"{name}.db", self.folder / f"{to}.db")

    def drop(self, name: str) -> None:
        """The file and its log are gone."""
        for file in self.folder.glob(f"{name}.db*"):
            file.unlink()


class PostgresTemplates:
    """Databases of one server, each made from another one as its template."""

    def __init__(self, address: Callable[[str], str], mark: str) -> None:
        """`address` gives the URL of a database of the server; names of ours begin with `mark`."""
        self._address, self._mark = address, mark
        self._admin = create_engine(address("postgres"), isolation_level="AUTOCOMMIT")

    def begin(self, template: str) -> None:
        """The database `empty` is a copy of this one, which has all tables."""
        self._do(f"create database {self._mark}{EMPTY} template {template}")

    def url(self, name: str) -> str:
        """The URL of the database with the mark."""
        return self._address(self._mark + name)

    def copy(self, name: str, to: str) -> None:
        """The server copies its files."""
        how = f"template {self._mark}{name} strategy file_copy"
        self._do(f"create database {self._mark}{to} {how}")

    def drop(self, name: str) -> None:
        """The database is gone, whoever uses it."""
        self._do(f"drop database if exists {self._mark}{name} with (force)")

    def end(self) -> None:
        """No connection of ours is left."""
        self._admin.dispose()

    def _do(self, sql: str) -> None:
        with self._admin.connect() as connection:
            connection.execute(text(sql))


@dataclass(frozen=True)
class Put:
    """An installation put aside: the name of its database, and what is not in it."""

    database: str
    mails: Path
    clock: datetime
    said: frozenset[str]
    prefect: MemoryRuns


@dataclass
class Shelf:
    """Puts installations aside and gives copies of them."""

    databases: Databases
    folder: Path
    _numbers: "count[int]" = field(default_factory=lambda: count(1))

    def put(self, life: Life, name: str) -> Put:
        """The installation as it is now; nothing of it may be under way."""
        life.stop()
        self.databases.copy(life.name, f"put_{name}")
        mails = self.folder / f"put_{name}"
        shutil.copytree(life.maildir, mails) if life.maildir.exists() else mails.mkdir()
        engine = MemoryRuns(_never)
        engine.adopt(life.prefect)
        return Put(f"put_{name}", mails, life.clock[0], frozenset(life.said), engine)

    def empty(self) -> Put:
        """An installation in which nothing has happened yet."""
        mails = self.folder / "no_mails"
        mails.mkdir(exist_ok=True)
        return Put(EMPTY, mails, START, frozenset(), MemoryRuns(_never))

    @contextmanager
    def again(self, put: Put) -> Iterator[Life]:
        """Another installation in that state, for as long as the block."""
        name = f"case_{next(self._numbers)}"
        self.databases.copy(put.database, name)
        home = self.folder / name
        shutil.copytree(put.mails, home / "mail")
        life = Life(name, self.databases.url(name), home, clock=[put.clock], said=set(put.said))
        life.prefect.adopt(put.prefect)
        try:
            yield life
        finally:
            life.stop()
            self.databases.drop(name)
            shutil.rmtree(home)


def _never() -> datetime:
    """An engine on the shelf has no clock."""
    raise AssertionError
