"""What lies beside the database in a restored folder: settings, unread mails, the secret key."""

import os
import re
import tomllib
from pathlib import Path

from domain.errors import BadValue
from tasks.backup import mailboxes
from tasks.backup.manifest import DamagedBackup, table_of
from tasks.backup.members import MANIFEST, members
from tasks.services import KEY_FILE
from tasks.settings import FILE


def put_beside(home: Path, file: Path, *, database: str, key: bytes = b"") -> None:
    """The folder has the backup's settings, unread mails and secret key, or the key given.

    The settings name this database; empty: the one that comes along.
    """
    for name, data in members(file):
        mail = mailboxes.place_below(home / "mail", name)
        if name == FILE:
            text = with_database(data.decode("utf-8"), database)
            _write(home / FILE, text.encode("utf-8"))
        elif name == KEY_FILE and not key:
            _write(home / KEY_FILE, data)
        elif mail is not None:
            _write(mail, data)
        elif not table_of(name) and name != MANIFEST:
            raise DamagedBackup(str(file), f"{name} is not known")
    if key:
        _write(home / KEY_FILE, key)


def _write(file: Path, data: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as written:
        written.write(data)
        written.flush()
        os.fsync(written.fileno())


def with_database(text: str, url: str) -> str:
    """The settings file with this database instead of its own; empty: with none."""
    lines, section = [], ""
    named = f'url = "{url}"' if url else ""
    for line in text.splitlines():
        head = re.match(r"\s*\[([\w.]+)\]", line)
        section = head[1] if head else section
        if section == "database" and re.match(r"\s*url\s*=", line):
            continue
        lines.append(line)
        if head and section == "database" and named:
            lines.append(named)
    if named and named not in lines:
        lines += ["", "[database]", named]
    made = "\n".join(lines) + "\n"
    found = tomllib.loads(made).get("database", {}).get("url", "")
    if found != url:
        raise BadValue("database.url", str(found), "a line `url = …` below [database]")
    return made
