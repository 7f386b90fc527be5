"""Making a backup while everything runs: one snapshot of all tables, and what lies beside them."""

import hashlib
import hmac
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, select

from domain.errors import Refusal
from models import installation, migrations
from models.tables import METADATA
from tasks.backup import mailboxes, rows
from tasks.backup.manifest import Manifest, table_name
from tasks.backup.members import Members, writing_to
from tasks.services import KEY_FILE, Services
from tasks.settings import FILE

TABLES = METADATA.sorted_tables
"""What is referred to comes first: so the rows can be put back in this order."""


@dataclass(unsafe_hash=True)
class OtherTables(Refusal):
    """The database has the tables of another version: `found`, not `known`."""

    found: str
    known: str


def back_up(
    services: Services,
    file: Path,
    *,
    with_key: bool = False,
    tell: Callable[[str], None] = lambda _: None,
) -> Manifest:
    """The new file holds everything that was committed at one moment; its manifest comes back.

    `tell` hears the name of each table that is done.
    """
    at = services.now()
    with writing_to(file) as members:
        # Mails first: one that is read meanwhile is in the snapshot too, and counts once.
        for name, mail in mailboxes.worth_keeping(services):
            members.add(name, mail)
        _beside(services, members, with_key=with_key)
        with rows.snapshot(services.engine) as connection:
            revision = _revision(connection)
            instance = _instance(connection)
            for table in TABLES:
                for number, (data, count) in enumerate(rows.parts(connection, table), start=1):
                    members.add(table_name(table.name, number), data, count)
                tell(table.name)
        return members.close(Manifest(revision, instance, at, mark_of(services.signing_key)))


def mark_of(key: bytes) -> str:
    """Equal for equal secret keys; says nothing else of them."""
    return hmac.new(key, b"which key", hashlib.sha256).hexdigest()[:16]


def _beside(services: Services, members: Members, *, with_key: bool) -> None:
    settings = services.settings.home / FILE
    if settings.exists():
        members.add(FILE, settings.read_bytes())
    if with_key:
        members.add(KEY_FILE, services.key.get_secret_value().encode("ascii"))


def _revision(connection: Connection) -> str:
    found, known = migrations.revision_of(connection) or "–", migrations.head() or "–"
    if found != known:
        raise OtherTables(found, known)
    return found


def _instance(connection: Connection) -> str:
    named = installation.Installation
    return connection.scalar(select(named.value).where(named.name == "instance")) or ""
