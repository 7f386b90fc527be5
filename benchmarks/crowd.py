"""A crowd of waiting orders: all rows of a real one, copied in bulk in both databases.

The copies differ from it in ids, numbers and keys only. Their event chains do not hold, as a hash
covers the order's id; nothing that is measured reads them.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import (
    Connection,
    Engine,
    LargeBinary,
    String,
    Table,
    UniqueConstraint,
    create_engine,
    text,
)
from sqlalchemy.engine import make_url

from models.tables import METADATA
from tasks.services import Services

BATCH = 5000
"""So many orders are copied in one transaction."""
HEAD_OF_MAIL = 100
"""So many bytes of each sent mail are copied: nobody reads them again, and they fill disks."""
CUSTOMERS = 1000
"""The copies are orders of so many customers."""

OWNED = {
    "flow_run": "id = {run}",
    "flow_run_state": "flow_run_id = {run}",
    "flow_run_input": "flow_run_id = {run}",
    "task_run": "flow_run_id = {run}",
    "task_run_state": "task_run_id in (select id from task_run where flow_run_id = {run})",
    "log": "flow_run_id = {run}",
    "artifact": "flow_run_id = {run}",
    "artifact_collection": "flow_run_id = {run}",
}
"""Prefect's tables that hold rows of a run, and which."""
OWN_IDS = ("id", "flow_run_id", "task_run_id", "state_id", "latest_id", "parent_task_run_id")
"""Columns of those that a copy has for itself."""


@dataclass(frozen=True)
class Copied:
    """A table, and which of its rows belong to the order that is copied."""

    table: Table
    which: str


def prefect_engine(services: Services) -> Engine:
    """Prefect's own database, in the same PostgreSQL."""
    url = make_url(services.settings.database.url).set(database="prefect")
    return create_engine(url, hide_parameters=True)


def copy_order(services: Services, order_no: str, count: int) -> Iterator[int]:
    """Tells after each batch how many copies of the waiting order there are in both databases."""
    with services.engine.connect() as connection:
        found = text(
            'select o.id, r.flow_run_id from "order" o join run r on r.order_id = o.id '
            "where o.order_no = :number"
        )
        order_id, run = connection.execute(found, {"number": order_no}).one()
    prefect = prefect_engine(services)
    for first in range(1, count + 1, BATCH):
        last = min(first + BATCH - 1, count)
        # Prefect's first: the service takes an order whose run Prefect does not know for lost.
        with prefect.begin() as connection:
            # A run and its state point at each other: neither can be inserted first.
            connection.execute(text("set local session_replication_role = replica"))
            for statement in _prefects(connection, run):
                connection.execute(text(statement), {"first": first, "last": last})
        with services.engine.begin() as connection:
            copies(connection, order_id, first, last)
        yield last
    for engine in (services.engine, prefect):
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("vacuum analyze"))
            connection.execute(text("checkpoint"))
    prefect.dispose()


def copies(connection: Connection, order_id: int, first: int, last: int) -> None:
    """The copies of these numbers of the order are in our database."""
    copied = _copied(order_id)
    highest = {name: _highest(connection, each.table.name, "true") for name, each in copied.items()}
    width = 1 + max(_highest(connection, each.table.name, each.which) for each in copied.values())
    new = {name: f"+ {last} + (nth - {first}) * {width}" for name, last in highest.items()}
    customers = _customers(connection, order_id)
    for each in copied.values():  # parents first
        columns = {c.name: _ours_as(each.table, c.name, new) for c in each.table.columns}
        if each.table.name == "order":
            columns["customer_id"] = f"{customers} + nth % {CUSTOMERS}"
        statement = text(_insert(each.table.name, columns, each.which))
        connection.execute(statement, {"first": first, "last": last})
    _go_on_behind(connection)


def _customers(connection: Connection, order_id: int) -> int:
    """Number of the first of those whose orders the copies are: the order's customer, copied."""
    which = f'id = (select customer_id from "order" where id = {order_id})'  # noqa: S608  # ours
    table = METADATA.tables["customer"]
    if not _highest(connection, "customer", "code = 'CROWD-1'"):
        after = _highest(connection, "customer", "true")
        columns = {c.name: f't."{c.name}"' for c in table.columns}
        columns |= {"id": f"{after} + nth", "code": "'CROWD-' || nth"}
        statement = text(_insert("customer", columns, which))
        connection.execute(statement, {"first": 1, "last": CUSTOMERS})
    return _highest(connection, "customer", "code = 'CROWD-1'")


def _copied(order_id: int) -> dict[str, Copied]:
    """Tables with rows of the order, by name."""
    found = {"order": Copied(METADATA.tables["order"], f"id = {order_id}")}
    for table in METADATA.sorted_tables:
        own = [
            (key.parent.name, key.column.table.name)
            for key in sorted(table.foreign_keys, key=lambda key: key.column.table.name != "order")
            if key.column.table.name in found and table.name != "order"
        ]
        if own:
            column, parent = own[0]
            of = found[parent].which
            which = f'{column} in (select id from "{parent}" where {of})'  # noqa: S608  # the same
            found[table.name] = Copied(table, which)
    return found


def _highest(connection: Connection, table: str, which: str) -> int:
    found = text(f'select coalesce(max(id), 0) from "{table}" where {which}')  # noqa: S608  # ours
    return int(connection.execute(found).scalar_one())


def _ours_as(table: Table, name: str, new: Mapping[str, str]) -> str:
    """What stands in this column of the copy; `new` makes a new id of an old one, by table."""
    column = table.columns[name]
    parents = [key.column.table.name for key in column.foreign_keys if key.column.table.name in new]
    if name == "id" or parents:
        return f"t.{name} {new[parents[0] if parents else table.name]}"
    if name == "flow_run_id":
        return "md5(t.flow_run_id || nth)::uuid::text"
    if name == "order_no":
        return "'WAITS-' || nth"
    if isinstance(column.type, LargeBinary):
        return f"substr(t.{name}, 1, {HEAD_OF_MAIL})"
    if isinstance(column.type, String) and _unique(table, name):
        return f"left(nth || ':' || t.{name}, {column.type.length})"
    return f't."{name}"'


def _unique(table: Table, name: str) -> bool:
    alone = [
        each
        for each in table.constraints
        if isinstance(each, UniqueConstraint) and [c.name for c in each.columns] == [name]
    ]
    return bool(alone) or bool(table.columns[name].unique)


def _prefects(connection: Connection, run: str) -> Iterator[str]:
    """The same for the rows of the order's run in Prefect's database."""
    for table, which in OWNED.items():
        columns = {name: _prefects_as(table, name) for name in _columns(connection, table)}
        yield _insert(table, columns, which.format(run=f"'{run}'"))


def _columns(connection: Connection, table: str) -> Sequence[str]:
    """Columns that can be written."""
    found = text(
        "select column_name from information_schema.columns where table_schema = 'public' "
        "and table_name = :table and is_generated = 'NEVER'"
    )
    return connection.execute(found, {"table": table}).scalars().all()


def _prefects_as(table: str, name: str) -> str:
    if name in OWN_IDS:
        return f"md5(t.{name}::text || nth)::uuid"
    if name == "idempotency_key" or (table.startswith("artifact") and name == "key"):
        return f"t.{name} || '-' || nth"
    return f't."{name}"'


def _insert(table: str, columns: Mapping[str, str], which: str) -> str:
    names = ", ".join(f'"{name}"' for name in columns)
    values = ", ".join(columns.values())
    rows = f'(select * from "{table}" where {which}) t'  # noqa: S608  # names of ours
    copies = "generate_series(cast(:first as int), cast(:last as int)) nth"
    return f'insert into "{table}" ({names}) select {values} from {rows} cross join {copies}'  # noqa: S608  # the same


def _go_on_behind(connection: Connection) -> None:
    """The next rows that anybody inserts have ids behind those of the copies."""
    for table in METADATA.sorted_tables:
        if "id" in table.columns and table.columns["id"].autoincrement is not False:
            last = f'(select greatest(max(id), 1) from "{table.name}")'  # noqa: S608  # ours
            of = f"pg_get_serial_sequence('\"{table.name}\"', 'id')"
            connection.execute(text(f"select setval({of}, {last})"))


def sizes(engine: Engine) -> dict[str, int]:
    """Bytes that each table of the database takes, with its indexes and everything stored aside."""
    found = text(
        "select relname, pg_total_relation_size(oid) from pg_class "
        "where relkind = 'r' and relnamespace = 'public'::regnamespace"
    )
    with engine.connect() as connection:
        return {str(name): int(size) for name, size in connection.execute(found)}
