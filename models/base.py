"""What every table shares: the declarative base, instants in UTC, exact numbers, sessions."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, DateTime, Engine, MetaData, Numeric, String, create_engine, event
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import DeclarativeBase, Session
from sqlalchemy.types import TypeDecorator, TypeEngine

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Instant(TypeDecorator[datetime]):
    """An aware instant, kept and given back in UTC; a naive one is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"An instant needs a time zone: {value!r}")
        utc = value.astimezone(UTC)
        return utc if dialect.name == "postgresql" else utc.replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC)


class Exact(TypeDecorator[Decimal]):
    """A decimal number without rounding; text on SQLite, which has no decimals."""

    impl = Numeric(20, 4)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        sqlite = dialect.name == "sqlite"
        return dialect.type_descriptor(String(32) if sqlite else Numeric(20, 4))

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> Any:
        if value is None:
            return None
        return str(value) if dialect.name == "sqlite" else value

    def process_result_value(self, value: Any, dialect: Dialect) -> Decimal | None:
        if value is None:
            return None
        number = Decimal(value)
        whole = number == number.to_integral_value()
        return number.quantize(Decimal(1)) if whole else number.normalize()


class Base(DeclarativeBase):
    """The base of every table."""

    metadata = MetaData(naming_convention=NAMES)
    type_annotation_map = {  # noqa: RUF012  # SQLAlchemy reads a plain mapping here
        datetime: Instant,
        Decimal: Exact,
        dict[str, Any]: JSON,
        list[Any]: JSON,
        list[str]: JSON,
    }


@event.listens_for(Base, "attribute_instrument")
def _watch_text(_mapped: type, _name: str, attribute: Any) -> None:
    """Texts come from strangers: what PostgreSQL cannot keep is replaced as it is set."""
    columns = getattr(attribute.property, "columns", ())
    if columns and isinstance(columns[0].type, String):
        event.listen(attribute, "set", _printable, retval=True)


def _printable(_row: Any, text: Any, _before: Any, _initiator: Any) -> Any:
    """The text without NUL and without halves of surrogate pairs; other values as they are."""
    if isinstance(text, str) and not isinstance(text, StrEnum):
        return text.replace("\0", "\ufffd").encode("utf-8", "replace").decode("utf-8")
    return text


def engine(url: str) -> Engine:
    """An engine for the URL; SQLite waits for locks and writes ahead."""
    if url.startswith("sqlite"):
        made = create_engine(
            url,
            connect_args={"timeout": 30, "check_same_thread": False},
            hide_parameters=True,
        )
        event.listen(made, "connect", _prepare_sqlite)
        event.listen(made, "begin", _begin_sqlite)
        return made
    # Parameters are people's texts and codes: an error must not carry them into a log.
    return create_engine(
        url, pool_pre_ping=True, pool_size=10, max_overflow=20, hide_parameters=True
    )


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    # The driver's own implicit BEGIN is switched off, so that ours decides how to lock.
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=30000"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Any) -> None:
    # A writer locks at once: upgrading a read lock later is what makes SQLite say "locked".
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


@contextmanager
def reading(bound: Engine) -> Iterator[Session]:
    """A session that only looks; nothing of it is kept."""
    with Session(bound, autoflush=False) as session:
        yield session


@contextmanager
def writing(bound: Engine) -> Iterator[Session]:
    """A session whose changes are kept together at the end, or not at all."""
    with Session(bound.execution_options(writes=True), expire_on_commit=False) as session:
        try:
            yield session
            session.commit()
        except BaseException:
            session.rollback()
            raise


def upsert(session: Session, table: type[Base]) -> Any:
    """An INSERT that can say what is to happen where the row is there already."""
    dialect = session.get_bind().dialect.name
    return postgresql.insert(table) if dialect == "postgresql" else sqlite.insert(table)


def insert_once(session: Session, table: type[Base], **values: Any) -> None:
    """The row is there, written by this call or, under one of its unique keys, by an earlier one.

    One statement, where looking, a savepoint and an insert would be four.
    """
    session.execute(upsert(session, table).values(**values).on_conflict_do_nothing())
