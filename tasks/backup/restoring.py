"""Putting a backup into an empty database and an empty folder. Who calls it sees to all or nothing.

A restored copy is an installation of its own: it has a new identity, its orders get new runs, and
it keeps still until somebody says that it takes over.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import uuid4

from sqlalchemy import (
    Connection,
    Engine,
    MetaData,
    Table,
    delete,
    func,
    insert,
    inspect,
    select,
    update,
)

from domain.errors import Refusal
from models import base, migrations
from models.installation import Installation
from models.run import Run
from models.tables import METADATA
from tasks import fence
from tasks.backup import rows
from tasks.backup.manifest import Manifest, NewerBackup, table_of
from tasks.backup.members import checked, members

WATERMARK = "engine_watermark"


@dataclass(unsafe_hash=True)
class DatabaseNotEmpty(Refusal):
    """The database holds an installation already; a backup is never put over one."""

    database: str


def usable(file: Path) -> Manifest:
    """The manifest of a whole backup that this version can read; everything in it was looked at."""
    manifest = checked(file)
    if manifest.revision not in migrations.known():
        raise NewerBackup(str(file), manifest.revision)
    return manifest


def restore_rows(
    url: str,
    file: Path,
    manifest: Manifest,
    *,
    at: datetime,
    tell: Callable[[str], None] = lambda _: None,
) -> None:
    """The database holds the rows of the backup under the tables of this version, or nothing.

    `tell` hears the name of each part that is done.
    """
    engine = base.engine(url)
    _must_be_empty(engine)
    try:
        migrations.upgrade(url, manifest.revision)
        with engine.execution_options(writes=True).begin() as connection:
            for name, data in members(file):
                if table := table_of(name):
                    rows.put(connection, table, data)
                    tell(name)
            _count_on(connection)
            _become_a_copy(connection, manifest, at)
        migrations.upgrade(url)
    except BaseException:
        migrations.downgrade(url)
        raise
    finally:
        engine.dispose()


def _must_be_empty(engine: Engine) -> None:
    """Tables without an installation were left by a restore that was killed."""
    if inspect(engine).has_table(Installation.__tablename__):
        with engine.connect() as connection:
            if connection.scalar(select(func.count()).select_from(Installation)):
                raise DatabaseNotEmpty(engine.url.render_as_string())
        migrations.downgrade(engine.url.render_as_string(hide_password=False))


def _count_on(connection: Connection) -> None:
    there = set(inspect(connection).get_table_names())
    for table in METADATA.sorted_tables:
        if table.name in there:
            rows.count_on(connection, table)


def _become_a_copy(connection: Connection, manifest: Manifest, at: datetime) -> None:
    """What the engine kept under the old identity means nothing to the new one."""
    renewed = {
        "instance": uuid4().hex,
        fence.COPY_OF: manifest.instance,
        fence.COPIED_AT: manifest.at.isoformat(),
        fence.HELD: fence.RESTORED,
    }
    connection.execute(delete(Installation).where(Installation.name.in_((*renewed, WATERMARK))))
    named = [{"name": name, "value": value} for name, value in renewed.items()]
    connection.execute(insert(Installation), named)
    # The table may be an older one: only columns that it has.
    run = Table(Run.__tablename__, MetaData(), autoload_with=connection)
    lost = {"flow_run_id": None, "lease_until": None, "waits_since": None, "boot": ""}
    connection.execute(update(run).values({k: v for k, v in lost.items() if k in run.c}))
    anew = {"leg": run.c.leg + 1, "epoch": run.c.epoch + 1, "failures": 0, "shown_seq": 0}
    anew["start_after"] = at
    connection.execute(update(run).where(run.c.ended_at.is_(None)).values(anew))
