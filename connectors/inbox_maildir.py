"""An inbox that is a Maildir: `new/` waits, `cur/` is kept, `.Quarantine/` is set aside."""

import os
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from connectors.errors import Unreachable
from connectors.inbox import Envelope

_SEEN = ":2,S"
# More than the domain's own limit: a larger file is cut here and refused there as too large.
MAX_READ = 31 * 1024 * 1024

MOST_BYTES = 64 * 1024 * 1024
"""Mails that are read together are hardly larger than this."""


class MaildirInbox:
    """One Maildir. A mail moves from `new` to `cur` by one rename, after the caller has kept it."""

    def __init__(self, root: Path, *, name: str | None = None) -> None:
        self.name = name or root.name
        self._root = root

    def waiting(self, limit: int) -> Sequence[Envelope]:
        """At most `limit` mails in `new`, oldest first; none if the box does not exist yet."""
        found: list[Envelope] = []
        read = 0
        for path in self._oldest_first():
            if len(found) >= limit or read >= MOST_BYTES:
                break
            found.extend(_read(path))
            read += len(found[-1].raw) if found else 0
        return found

    def done(self, key: str) -> None:
        """The mail lies in `cur`, marked as seen."""
        self._move(key, self._root / "cur")

    def quarantine(self, key: str, reason: str) -> None:
        """The mail lies in `.Quarantine/cur`, its name ends with the reason."""
        word = re.sub(r"[^a-z0-9_]+", "_", reason.lower())[:60]
        self._move(key, self._root / ".Quarantine" / "cur", f".{word}")

    def _oldest_first(self) -> list[Path]:
        try:
            with os.scandir(self._root / "new") as entries:
                files = [
                    (entry.stat(follow_symlinks=False).st_mtime_ns, entry.name)
                    for entry in entries
                    if entry.is_file(follow_symlinks=False) and not entry.name.startswith(".")
                ]
        except FileNotFoundError:
            return []
        except OSError as error:
            raise Unreachable(f"maildir {self.name}", str(error)) from error
        return [self._root / "new" / name for _, name in sorted(files)]

    def _move(self, key: str, folder: Path, suffix: str = "") -> None:
        source = self._root / "new" / key
        # A key is a file name of `new`; anything else (a path from elsewhere) is not ours to move.
        if source.parent != self._root / "new" or key in ("", ".", ".."):
            return
        try:
            folder.mkdir(parents=True, exist_ok=True)
            source.rename(folder / f"{key.split(':')[0]}{suffix}{_SEEN}")
        except FileNotFoundError:
            return
        except OSError as error:
            raise Unreachable(f"maildir {self.name}", str(error)) from error


def _read(path: Path) -> Iterator[Envelope]:
    try:
        with path.open("rb") as file:
            yield Envelope(path.name, file.read(MAX_READ))
    except FileNotFoundError:
        # Another intake has just taken it.
        return
    except OSError as error:
        raise Unreachable(f"mail {path.name!r}", str(error)) from error
