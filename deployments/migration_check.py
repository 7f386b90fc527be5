"""`python -m deployments.migration_check`: migrations and models agree, forth and back, with data.

On SQLite and on a PostgreSQL of its own: the migrations make exactly the models' tables, each one
can be taken back with rows in the tables, and all of them made again.
"""

import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from deployments.prepare import prepare
from deployments.temporary import temporary_postgres
from models import migrations
from models.migrations.check import differences


def check(url: str, home: Path) -> Iterator[str]:
    """What is wrong on this empty database, a line each."""
    prepare(home, url, True)  # the sample company puts rows into nearly every table
    yield from (f"differs: {each}" for each in differences(url))
    for revision in migrations.way_back():
        migrations.downgrade(url, revision)
        if migrations.current(url) != (None if revision == "base" else revision):
            yield f"the way back to {revision} does not lead there"
    migrations.upgrade(url)
    yield from (f"differs after the way back: {each}" for each in differences(url))


def main() -> int:
    """The command line: exit code 1 names every difference."""
    with tempfile.TemporaryDirectory() as folder, temporary_postgres() as cluster:
        home = Path(folder)
        urls = {
            "sqlite": f"sqlite+pysqlite:///{home / 'check.db'}",
            "postgresql": cluster.url("orderflow", "psycopg"),
        }
        wrong = 0
        for name, url in urls.items():
            found = list(check(url, home / name))
            wrong += len(found)
            sys.stdout.write("\n".join([f"{name}: {'differs' if found else 'ok'}", *found]) + "\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
