"""An archive that is a Maildir; what was read once is not read again."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from connectors.archive import LONGEST_HEAD, head, message_id_of, written_to
from connectors.errors import Unreachable

AT_ONCE = 1000
"""So many mails are opened in one call."""

SKEW_SECONDS = 3600.0
"""So far the clock of whoever delivers may be behind ours."""


@dataclass(frozen=True)
class _File:
    name: str
    """Without the flags that a mail program appends when it moves the file."""
    path: Path
    came_at: float


class MaildirArchive:
    """One Maildir in which others may read and move; `AT_ONCE` bounds what one question costs."""

    def __init__(self, root: Path, *, at_once: int = AT_ONCE) -> None:
        self.name = str(root)
        self._root = root
        self._at_once = at_once
        self._ids: dict[str, str] = {}

    def check(self) -> None:
        """The folder is there and can be listed."""
        self._files(since=float("inf"))

    def holds(self, message_id: str, *, since: datetime) -> bool:
        """Whether a mail with this Message-ID has come in since then."""
        if message_id in self._ids.values():
            return True
        begin = since.timestamp()
        files = [f for f in self._files(since=begin - SKEW_SECONDS) if f.name not in self._ids]
        # The mail in question lies near the instant from which on it is looked for.
        files.sort(key=lambda each: abs(each.came_at - begin))
        for file in files[: self._at_once]:
            self._ids[file.name] = message_id_of(head(self._read(file, LONGEST_HEAD)))
            if self._ids[file.name] == message_id:
                return True
        left = len(files) - self._at_once
        if left > 0:
            raise Unreachable(f"maildir {self.name}", f"{left} mails are still to be looked at")
        return False

    def addressed_to(self, address: str) -> Iterator[bytes]:
        """Every mail that is itself written to the address, the oldest first."""
        for file in sorted(self._files(since=0), key=lambda each: each.came_at):
            if address.lower() in written_to(head(self._read(file, LONGEST_HEAD))):
                yield self._read(file, -1)

    def _files(self, *, since: float) -> list[_File]:
        # `new` first: a mail that is moved to `cur` meanwhile is then seen twice, never not at all.
        found = {
            file.name: file for part in ("new", "cur") for file in self._listed(part, since=since)
        }
        return list(found.values())

    def _listed(self, part: str, *, since: float) -> Iterator[_File]:
        try:
            with os.scandir(self._root / part) as entries:
                for entry in entries:
                    if entry.name.startswith(".") or not entry.is_file(follow_symlinks=False):
                        continue
                    name = entry.name.partition(":2,")[0]
                    came_at = entry.stat(follow_symlinks=False).st_mtime
                    if came_at >= since:
                        yield _File(name, Path(entry.path), came_at)
        except OSError as error:  # also where there is no such folder: that is no empty archive
            raise Unreachable(f"maildir {self.name}", str(error)) from error

    def _read(self, file: _File, size: int) -> bytes:
        try:
            with file.path.open("rb") as opened:
                return opened.read(size)
        except OSError as error:  # also a mail that is moved in this instant: the next call sees it
            raise Unreachable(f"maildir {self.name}", str(error)) from error
