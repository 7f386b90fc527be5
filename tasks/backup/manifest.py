"""What a backup file says of itself: whose it is, of when, and every part with size and hash."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from domain.errors import Refusal

FORMAT = 1
"""A later format that this version cannot read takes the next number."""


@dataclass(unsafe_hash=True)
class DamagedBackup(Refusal):
    """The file is no whole backup; nothing was restored from it."""

    file: str
    reason: str


@dataclass(unsafe_hash=True)
class NewerBackup(Refusal):
    """The backup was made by a newer version: `found` is not among what this one knows."""

    file: str
    found: str


@dataclass(frozen=True)
class Part:
    """One member of the file; `rows` is 0 for what holds no rows."""

    name: str
    size: int
    sha256: str
    rows: int = 0


def part_of(name: str, data: bytes, rows: int = 0) -> Part:
    """The entry for these bytes."""
    return Part(name, len(data), hashlib.sha256(data).hexdigest(), rows)


@dataclass(frozen=True)
class Manifest:
    """One backup: the installation that it was made of, its tables' revision, the instant."""

    revision: str
    instance: str
    at: datetime
    key: str
    """Tells one secret key from another without giving it away."""
    parts: tuple[Part, ...] = ()
    format: int = FORMAT

    @property
    def rows(self) -> dict[str, int]:
        """Rows by table."""
        found: dict[str, int] = {}
        for each in self.parts:
            if table := table_of(each.name):
                found[table] = found.get(table, 0) + each.rows
        return found

    def encode(self) -> bytes:
        """The manifest as it lies in the file."""
        facts = asdict(self) | {"at": self.at.isoformat()}
        return json.dumps(facts, ensure_ascii=False, indent=1).encode()


def decode(data: bytes) -> Manifest:
    """The manifest in these bytes; ValueError, KeyError or TypeError if there is none."""
    facts: dict[str, Any] = json.loads(data)
    parts: Sequence[dict[str, Any]] = facts.pop("parts")
    at = datetime.fromisoformat(facts.pop("at"))
    return Manifest(**facts, at=at, parts=tuple(Part(**each) for each in parts))


def table_name(table: str, number: int) -> str:
    """The name of the part with the table's rows of this number."""
    return f"rows/{table}/{number:05d}.jsonl"


def table_of(name: str) -> str:
    """Whose rows the part holds; empty for a part without rows."""
    folder, _, rest = name.partition("/")
    return rest.partition("/")[0] if folder == "rows" else ""
