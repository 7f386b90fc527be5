"""A bell between processes: what a transaction has left to do is heard the moment it commits.

PostgreSQL carries it (NOTIFY); on SQLite nothing rings, and who waits looks every now and then.
A bell that is missed costs a pause, never an order: everything to do is in the rows.
"""

from collections.abc import Iterator
from enum import StrEnum
from typing import Any

from sqlalchemy import Engine, func, select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

CHANNEL = "orderflow"


class Bell(StrEnum):
    """What there is to do."""

    RUNS = "runs"
    MAIL_IN = "mail_in"
    MAIL_OUT = "mail_out"


def ring(session: Session, bell: Bell) -> None:
    """Listeners hear the bell when the caller's transaction commits."""
    rung = session.info.setdefault("rung", set())
    if session.get_bind().dialect.name == "postgresql" and bell not in rung:
        rung.add(bell)
        session.execute(select(func.pg_notify(CHANNEL, str(bell))))


def rings(bound: Engine) -> bool:
    """Whether this database carries bells at all."""
    return bound.dialect.name == "postgresql"


def listen(bound: Engine, *, seconds: float) -> Iterator[frozenset[str]]:
    """What has rung, as it rings; empty after so many seconds of silence, and once at first.

    Holds a connection of its own. Ends with the database's error when the connection is lost.
    """
    from psycopg import Error

    pooled = bound.raw_connection()
    connection: Any = pooled.driver_connection
    pooled.detach()  # never given back: what it listens to must not reach somebody else
    try:
        connection.autocommit = True
        connection.execute(f"LISTEN {CHANNEL}")
        yield frozenset()
        while True:
            heard = connection.notifies(timeout=seconds, stop_after=1)
            yield frozenset(each.payload for each in heard)
    except Error as lost:
        raise OperationalError("LISTEN", {}, lost) from lost
    finally:
        connection.close()
