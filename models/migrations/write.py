"""Writes migrations: `python -m models.migrations.write "what changes"`, to be read before use.

`python -m models.migrations.write --first` writes the first ones anew; only before a release.
"""

import sys
import tempfile
from collections.abc import Callable, Collection, Sequence
from pathlib import Path
from typing import Any, Literal

from alembic import command
from alembic.autogenerate.api import AutogenContext
from sqlalchemy.schema import SchemaItem

from models import base
from models.base import Exact, Instant
from models.migrations import FOLDER, config, head, upgrade
from models.tables import METADATA

VERSIONS = FOLDER / "versions"

FIRST = (
    (
        "0001_initial",
        "The installation, people and customers",
        "installation counter blob calendar_day person substitution issued_code code_attempt"
        " customer contact",
    ),
    (
        "0002_orders",
        "Orders: their content, its versions, their history",
        "order line requirement order_version event step",
    ),
    (
        "0003_decisions",
        "What comes in about orders, and what is decided",
        "message attachment gate vote",
    ),
    ("0004_work", "Planned work and what is reported of it", "activity baseline progress risk"),
    (
        "0005_handing_over",
        "Handing over and looking back",
        "document delivery acceptance punch_item survey retrospective lesson improvement archive",
    ),
    ("0006_engine", "Runs, due actions, owed mails", ""),
)
"""The first revisions: id, what they are about, their tables; the last one takes the others."""


def write(revision: str, says: str, tables: Collection[str] | None = None) -> None:
    """A new revision's file: what the models have beyond the revisions before it.

    With `tables`, of these only.
    """
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/before.db"
        if head() is not None:
            upgrade(url)
        engine = base.engine(url)
        with engine.begin() as connection:
            how = {"render_item": _render, "include_object": _of(tables)}
            made = config(connection, render_as_batch=tables is None, **how)
            made.set_main_option("file_template", "v%%(rev)s")
            command.revision(made, says, autogenerate=True, rev_id=revision)
        engine.dispose()
    _tidy(VERSIONS / f"v{revision}.py")


def write_first() -> None:
    """The first revisions are written anew; only for tables that nobody uses yet."""
    for file in VERSIONS.glob("v*.py"):
        file.unlink()
    rest = set(METADATA.tables)
    for revision, says, tables in FIRST:
        chosen = tables.split() or sorted(rest)
        rest -= set(chosen)
        write(revision, says, chosen)


def _tidy(file: Path) -> None:
    """Without the remarks that Alembic writes."""
    lines = file.read_text("utf-8").splitlines(keepends=True)
    file.write_text("".join(each for each in lines if "# ### " not in each), "utf-8")


def _of(tables: Collection[str] | None) -> Callable[..., bool]:
    """Alembic's filter: what belongs to one of these tables."""

    def wanted(thing: SchemaItem, name: str | None, kind: str, *_: Any) -> bool:
        table = thing if kind == "table" else getattr(thing, "table", None)
        return tables is None or getattr(table, "name", name) in tables

    return wanted


def _render(kind: str, value: Any, _context: AutogenContext) -> str | Literal[False]:
    """Our types as they are in the database, so that an old migration never changes."""
    if kind == "type" and isinstance(value, Instant):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(value, Exact):
        return 'sa.Numeric(20, 4).with_variant(sa.String(32), "sqlite")'
    return False


def main(words: Sequence[str]) -> int:
    """The command line: exit code 2 for wrong use."""
    match words:
        case ["--first"]:
            write_first()
        case [says]:
            number = len(list(VERSIONS.glob("v*.py"))) + 1
            slug = "_".join("".join(c if c.isalnum() else " " for c in says.lower()).split())
            write(f"{number:04d}_{slug}"[:32], says)
        case _:
            sys.stderr.write(f"{__doc__}\n")
            return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
