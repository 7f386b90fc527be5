"""Rows of any table as lines that no database owns: read in one snapshot, put in one transaction.

The first line of a part names the columns and their kinds, so that a later version, whose tables
look otherwise, can still put the rows where they came from.
"""

import base64
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import (
    JSON,
    Column,
    Connection,
    Date,
    Engine,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    insert,
    select,
    text,
)
from sqlalchemy.types import NullType, TypeEngine

from models.base import Exact, Instant

PART_BYTES = 4_000_000
"""A part ends after so many bytes: one fits into memory, whatever the table holds."""
ROWS_AT_ONCE = 200
FILES_AT_ONCE = 8
"""Rows that carry bytes of mails and documents are fetched in smaller numbers."""


@dataclass(frozen=True)
class Kind:
    """How values of a column are written down and read again."""

    type: type[TypeEngine[Any]]
    write: Callable[[Any], Any]
    read: Callable[[Any], Any]


def _as_it_is(value: Any) -> Any:
    return value


KINDS: dict[str, Kind] = {
    "instant": Kind(Instant, datetime.isoformat, datetime.fromisoformat),
    "number": Kind(Exact, str, Decimal),
    "date": Kind(Date, date.isoformat, date.fromisoformat),
    "bytes": Kind(LargeBinary, lambda b: base64.b64encode(b).decode(), base64.b64decode),
    "json": Kind(JSON, _as_it_is, _as_it_is),
    "plain": Kind(NullType, _as_it_is, _as_it_is),
}
"""Kinds of columns by the name that the file uses; what is none of the others is plain."""

COPIED: dict[str, Callable[[Any], Any]] = {"bytes": base64.b64decode, "json": json.dumps}
"""Kinds that PostgreSQL does not read as the file has them."""


def kind_of(column: Column[Any]) -> str:
    """The kind of the column's values."""
    return next((n for n, kind in KINDS.items() if isinstance(column.type, kind.type)), "plain")


@contextmanager
def snapshot(engine: Engine) -> Iterator[Connection]:
    """The whole database as it is at one moment, however long it is read; writers go on."""
    with engine.connect() as connection:
        if engine.dialect.name == "postgresql":
            connection = connection.execution_options(
                isolation_level="REPEATABLE READ", postgresql_readonly=True
            )
        with connection.begin():
            yield connection


def parts(connection: Connection, table: Table) -> Iterator[tuple[bytes, int]]:
    """The table's rows in the order of their keys: bytes of a part, and how many rows it has."""
    kinds = [kind_of(each) for each in table.columns]
    head = json.dumps([[c.name, k] for c, k in zip(table.columns, kinds, strict=True)])
    write = [KINDS[each].write for each in kinds]
    lines, size = [head], 0
    for row in _rows(connection, table, few="bytes" in kinds):
        values = [v if v is None else w(v) for w, v in zip(write, row, strict=True)]
        lines.append(json.dumps(values, separators=(",", ":")))
        size += len(lines[-1])
        if size > PART_BYTES:
            yield _joined(lines), len(lines) - 1
            lines, size = [head], 0
    yield _joined(lines), len(lines) - 1


def _rows(connection: Connection, table: Table, *, few: bool) -> Iterator[Any]:
    wanted = select(*table.columns).order_by(*table.primary_key.columns)
    at_once = FILES_AT_ONCE if few else ROWS_AT_ONCE
    yield from connection.execute(wanted, execution_options={"yield_per": at_once})


def _joined(lines: list[str]) -> bytes:
    return ("\n".join(lines) + "\n").encode("ascii")


def put(connection: Connection, table: str, data: bytes) -> int:
    """How many rows of this part are in the table now."""
    head, *lines = data.decode("ascii").splitlines()
    columns: list[tuple[str, str]] = [(name, kind) for name, kind in json.loads(head)]
    add = _copy if connection.dialect.name == "postgresql" else _insert
    if lines:
        add(connection, table, columns, lines)
    return len(lines)


def _insert(
    connection: Connection, table: str, columns: list[tuple[str, str]], lines: list[str]
) -> None:
    place = Table(table, MetaData(), *(Column(name, KINDS[kind].type()) for name, kind in columns))
    read = [(name, KINDS[kind].read) for name, kind in columns]
    rows = [
        {n: v if v is None else r(v) for (n, r), v in zip(read, json.loads(line), strict=True)}
        for line in lines
    ]
    connection.execute(insert(place), rows)


def _copy(
    connection: Connection, table: str, columns: list[tuple[str, str]], lines: list[str]
) -> None:
    """PostgreSQL reads most values as they are written, many times faster than one by one."""
    quoted = connection.dialect.identifier_preparer.quote
    names = ", ".join(quoted(name) for name, _ in columns)
    texts = [COPIED.get(kind, _as_it_is) for _, kind in columns]
    raw: Any = connection.connection.driver_connection
    with raw.cursor() as cursor, cursor.copy(f"copy {quoted(table)} ({names}) from stdin") as rows:
        for line in lines:
            values = zip(texts, json.loads(line), strict=True)
            rows.write_row([v if v is None else write(v) for write, v in values])


def count_on(connection: Connection, table: Table) -> None:
    """New rows get numbers after those that are there; SQLite looks by itself."""
    key = list(table.primary_key.columns)
    if connection.dialect.name != "postgresql" or len(key) != 1:
        return
    if not isinstance(key[0].type, Integer):
        return
    named = connection.dialect.identifier_preparer.format_table(table)
    sequence = {"table": named, "column": key[0].name}
    last = connection.scalar(select(key[0]).order_by(key[0].desc()).limit(1))
    if last is not None:
        connection.execute(
            text("select setval(pg_get_serial_sequence(:table, :column), :last)"),
            {**sequence, "last": last},
        )
