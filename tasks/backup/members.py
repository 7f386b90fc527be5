"""The file itself: a compressed tar whose last member is the manifest, whole or not there."""

import gzip
import io
import os
import tarfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import IO

from domain.errors import Refusal
from tasks.backup.manifest import (
    FORMAT,
    DamagedBackup,
    Manifest,
    NewerBackup,
    Part,
    decode,
    part_of,
)

MANIFEST = "manifest.json"
SQUEEZE = 5
"""gzip's level: 9 takes three times as long for two hundredths less."""
BROKEN = (tarfile.TarError, EOFError, zlib.error, gzip.BadGzipFile, UnicodeDecodeError)


@dataclass(unsafe_hash=True)
class FileExists(Refusal):
    """A file of this name is there; a backup never replaces one."""

    file: str


@dataclass(unsafe_hash=True)
class FileUnusable(Refusal):
    """The file cannot be read or written."""

    file: str
    reason: str


@dataclass
class Members:
    """Takes parts one after the other and remembers what the manifest must say of them."""

    tar: tarfile.TarFile
    parts: list[Part] = field(default_factory=list)

    def add(self, name: str, data: bytes, rows: int = 0) -> None:
        """The part is in the file."""
        _add(self.tar, name, data)
        self.parts.append(part_of(name, data, rows))

    def close(self, manifest: Manifest) -> Manifest:
        """The manifest with all parts, written as the last member."""
        whole = replace(manifest, parts=tuple(self.parts))
        _add(self.tar, MANIFEST, whole.encode())
        return whole


def _add(tar: tarfile.TarFile, name: str, data: bytes) -> None:
    member = tarfile.TarInfo(name)
    member.size, member.mode = len(data), 0o600
    tar.addfile(member, io.BytesIO(data))


@contextmanager
def writing_to(file: Path) -> Iterator[Members]:
    """Members of a new file, which is there under its name only when the block has ended well."""
    if file.exists():
        raise FileExists(str(file))
    rough = file.with_name(f".{file.name}.{os.getpid()}.part")
    try:
        with _created(rough) as raw:
            with (
                gzip.GzipFile("", "wb", SQUEEZE, raw, mtime=0) as packed,
                tarfile.open(fileobj=packed, mode="w", format=tarfile.PAX_FORMAT) as tar,
            ):
                yield Members(tar)
            raw.flush()
            os.fsync(raw.fileno())
        if file.exists():
            raise FileExists(str(file))
        rough.rename(file)
        _fsync(file.parent)
    except OSError as mistake:
        raise FileUnusable(str(file), mistake.strerror or str(mistake)) from mistake
    finally:
        rough.unlink(missing_ok=True)


def _created(file: Path) -> IO[bytes]:
    """It holds everything that an installation knows: nobody but its owner may read it."""
    return os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb")


def _fsync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def members(file: Path) -> Iterator[tuple[str, bytes]]:
    """Name and bytes of each part in the order of writing, the manifest last."""
    try:
        with tarfile.open(file, "r|*") as tar:
            for member in tar:
                taken = tar.extractfile(member)
                if taken is None:
                    raise DamagedBackup(str(file), f"{member.name} is no file")
                yield member.name, taken.read()
    except BROKEN as mistake:
        raise DamagedBackup(str(file), str(mistake) or type(mistake).__name__) from None
    except OSError as mistake:
        raise FileUnusable(str(file), mistake.strerror or str(mistake)) from mistake


def checked(file: Path) -> Manifest:
    """The manifest, after every part was read once and is what the manifest says."""
    found: list[Part] = []
    last: tuple[str, bytes] = ("", b"")
    for name, data in members(file):
        found.append(part_of(name, data))
        last = (name, data)
    if last[0] != MANIFEST:
        raise DamagedBackup(str(file), "its end is missing")
    manifest = _manifest(file, last[1])
    said = [(each.name, each.size, each.sha256) for each in manifest.parts]
    for there, told in zip(found[:-1], said, strict=False):
        if (there.name, there.size, there.sha256) != told:
            raise DamagedBackup(str(file), f"{there.name} was changed")
    if len(found) - 1 != len(said):
        raise DamagedBackup(str(file), f"{len(said)} parts expected, {len(found) - 1} there")
    return manifest


def _manifest(file: Path, data: bytes) -> Manifest:
    try:
        manifest = decode(data)
    except (ValueError, KeyError, TypeError) as mistake:
        raise DamagedBackup(str(file), f"{MANIFEST}: {mistake}") from None
    if manifest.format > FORMAT:
        raise NewerBackup(str(file), f"format {manifest.format}")
    return manifest
