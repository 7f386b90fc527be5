"""`orderflow restore`: a backup becomes an installation in an empty folder, whole or not at all.

Everything is made in a folder beside the one asked for, which takes its name at the very end.
"""

import argparse
import json
import os
import shutil
import sys
from base64 import urlsafe_b64decode
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from deployments.errors import HomeNotEmpty, HomeUnusable, WrongKey
from deployments.home import Home, Locks, home_at, lock
from deployments.postgres import cluster_in
from deployments.prepare import add_archive
from deployments.supervise import Supervisor
from deployments.words import line, sentence
from domain.errors import Refusal
from domain.names import Language
from models import migrations
from tasks import fence
from tasks.backup.beside import put_beside
from tasks.backup.making import mark_of
from tasks.backup.manifest import Manifest
from tasks.backup.restoring import restore_rows, usable
from tasks.services import KEY_FILE, build, system_clock
from tasks.settings import load
from tasks.verifying import violations
from templates import errors


@dataclass(frozen=True)
class Wish:
    """What `restore` is asked for: the file, where the rows go, the key kept elsewhere."""

    file: Path
    database: str = "postgres"
    key: Path | None = None
    take_over: bool = False


@dataclass(frozen=True)
class Restored:
    """What there is now. `keyed` says whether links and authenticators of the original hold."""

    home: str
    orders: int
    of: str
    at: str
    keyed: bool
    held: bool
    violations: tuple[str, ...]


def restore(
    folder: Path, wish: Wish, *, tell: Callable[[str], None] = lambda _: None, durable: bool = True
) -> Restored:
    """The installation of the backup is in the folder; a refusal leaves the folder as it was.

    `tell` hears the name of each part; without `durable` for tests only.
    """
    home = home_at(folder)
    _must_be_empty(home)
    manifest = usable(wish.file)
    key = _key(wish.key, manifest)
    rough = home_at(home.path.with_name(f"{home.path.name}.restoring"))
    rough.make()
    locks = lock(rough)
    try:
        _clear(rough)  # left by a restore that was killed
        rough.make()
        kept_as = "" if wish.database == "postgres" else _url(home, wish.database)
        put_beside(rough.path, wish.file, database=kept_as, key=key)
        keyed = (rough.path / KEY_FILE).exists()
        with _database(rough, wish.database, locks, durable=durable) as url:
            restore_rows(url, wish.file, manifest, at=system_clock(), tell=tell)
            found = _looked_at(rough, url, take_over=wish.take_over)
        rough.path.replace(home.path)
        _fsync(home.path.parent)
    except OSError as mistake:
        raise HomeUnusable(str(home.path), mistake.strerror or str(mistake)) from mistake
    finally:
        locks.release()
        shutil.rmtree(rough.path, ignore_errors=True)
    return Restored(
        home=str(home.path),
        orders=manifest.rows.get("order", 0),
        of=manifest.instance,
        at=manifest.at.isoformat(),
        keyed=keyed,
        held=not wish.take_over,
        violations=found,
    )


def _must_be_empty(home: Home) -> None:
    if home.path.exists() and any(home.path.iterdir()):
        raise HomeNotEmpty(str(home.path))
    if home.path.is_mount():  # it cannot change its name
        raise HomeUnusable(str(home.path), "mount point")


def _key(file: Path | None, manifest: Manifest) -> bytes:
    """The key in the file, which is the one under which the backup was made."""
    if file is None:
        return b""
    try:
        text = file.read_bytes()
        right = mark_of(urlsafe_b64decode(text.strip())) == manifest.key
    except (OSError, ValueError):
        right = False
    if not right:
        raise WrongKey(str(file))
    return text


def _fsync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _clear(home: Home) -> None:
    for each in home.path.iterdir():
        if each.is_dir():
            shutil.rmtree(each)
        elif not each.name.endswith(".lock"):
            each.unlink()


def _url(home: Home, database: str) -> str:
    sqlite = f"sqlite+pysqlite:///{home.data / 'orderflow.db'}"
    return sqlite if database == "sqlite" else database


@contextmanager
def _database(home: Home, wanted: str, locks: Locks, *, durable: bool) -> Iterator[str]:
    """Where the rows go; what the block has put there is gone again if it fails."""
    if wanted != "postgres":
        yield _url(home, wanted)
        return
    cluster = cluster_in(home, durable=durable)
    cluster.create()
    supervisor = Supervisor((locks.shared.fileno(),), lambda name, how, seconds: None)
    try:
        supervisor.start(cluster.part(os.environ))
        supervisor.wait()
        cluster.create_databases()
        yield cluster.url("orderflow", "psycopg")
    finally:
        supervisor.stop()


def _looked_at(home: Home, url: str, *, take_over: bool) -> tuple[str, ...]:
    """What `orderflow verify` will say; the copy acts from now on if it takes over."""
    services = build(load(home.path, {**os.environ, "ORDERFLOW_DATABASE__URL": url}))
    try:
        add_archive(services)
        found = tuple(f"{e.order_no}: {e.rule}: {e.detail}" for e in violations(services))
        if take_over:
            fence.take_over(services)
        return found
    except BaseException:
        migrations.downgrade(url)
        raise
    finally:
        services.engine.dispose()


def main(words: list[str]) -> int:
    """0: restored. 1: refused, with one sentence on stderr; nothing was changed."""
    parser = argparse.ArgumentParser(prog="orderflow restore")
    parser.add_argument("file", type=Path)
    parser.add_argument("--home", type=Path, required=True)
    parser.add_argument("--database", default="postgres")
    parser.add_argument("--key", type=Path)
    parser.add_argument("--take-over", action="store_true")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--lang", default=Language.ZH, choices=[str(each) for each in Language])
    asked = parser.parse_args(words)
    wish = Wish(asked.file.absolute(), asked.database, asked.key, asked.take_over)
    try:
        done = restore(asked.home, wish)
    except Refusal as refusal:
        language = Language(asked.lang)
        said = sentence(refusal, language) or errors.sentence(refusal, language)
        sys.stderr.write(said + "\n")
        return 1
    said = json.dumps(asdict(done), ensure_ascii=False) if asked.json else _told(done, asked.lang)
    sys.stdout.write(said + "\n")
    return 0


def _told(done: Restored, language: str) -> str:
    facts = asdict(done)
    lines = [line("restored", language, **facts)]
    lines += [] if done.keyed else [line("no_key", language, **facts)]
    lines += [line("violated", language, count=len(done.violations))] if done.violations else []
    lines += [line("held" if done.held else "acts", language, **facts)]
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
