"""The folder of one installation: what lies where, and who may use it."""

import fcntl
import hashlib
import os
import stat
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO
from uuid import uuid4

from deployments.errors import AlreadyRunning, HomeUnusable, StillStopping

# A socket's path may have 107 bytes; one that is longer lies in a private folder elsewhere.
_SOCKET_BYTES = 100
_PRIVATE = 0o700


@dataclass(frozen=True)
class Home:
    """Places below one folder; `path` is absolute."""

    path: Path

    @property
    def data(self) -> Path:
        """Databases."""
        return self.path / "data"

    @property
    def logs(self) -> Path:
        """One file a process, and `runs.log` of the runs."""
        return self.path / "logs"

    @property
    def maildir(self) -> Path:
        """Mailboxes of the local loop: domain/local part/new."""
        return self.path / "mail"

    @property
    def run_json(self) -> Path:
        """Addresses and processes, there only while everything answers."""
        return self.path / "run.json"

    def boot(self) -> str:
        """A name for this start: `folder-start`. Whoever holds the folder's lock may ask."""
        mark = self.data / "folder"
        if not mark.exists():
            rough = mark.with_name("folder.new")
            rough.write_text(uuid4().hex[:12], "ascii")
            rough.replace(mark)
        return f"{mark.read_text('ascii')}-{uuid4().hex[:16]}"

    @property
    def worker_socket(self) -> Path:
        """Where a datagram with a run's id wakes the worker at once."""
        return self.socket("worker.sock")

    def make(self) -> None:
        """The folders are there and can be written, or `HomeUnusable`."""
        try:
            self.path.mkdir(parents=True, exist_ok=True, mode=_PRIVATE)
            for folder in (self.data, self.logs, self.maildir):
                folder.mkdir(exist_ok=True, mode=_PRIVATE)
            with tempfile.TemporaryFile(dir=self.path):
                pass
        except OSError as error:
            raise HomeUnusable(str(self.path), error.strerror or str(error)) from error

    def socket(self, name: str, *, longest: int = 0) -> Path:
        """Path for a socket `name`, short enough also with `longest` bytes appended to it."""
        path = self.path / name
        if len(os.fsencode(path)) + longest < _SOCKET_BYTES:
            return path
        return _private_folder(self.path) / name

    def log(self, name: str) -> Path:
        """The log of a process."""
        return self.logs / f"{name}.log"


def home_at(path: Path) -> Home:
    """The installation in that folder."""
    return Home(path.expanduser().absolute())


def _private_folder(home: Path) -> Path:
    """Our own folder below the temporary one, the same for each process of this installation."""
    mark = hashlib.blake2s(os.fsencode(home), digest_size=6).hexdigest()
    folder = Path(tempfile.gettempdir()) / f"orderflow-{os.geteuid()}-{mark}"
    with suppress(FileExistsError):
        folder.mkdir(mode=_PRIVATE)
    found = folder.lstat()
    mine = stat.S_ISDIR(found.st_mode) and found.st_uid == os.geteuid()
    if not mine or stat.S_IMODE(found.st_mode) != _PRIVATE:
        raise HomeUnusable(str(folder), "the folder belongs to somebody else")
    return folder


@dataclass(frozen=True)
class Locks:
    """Held while `up` runs: `own` by itself, `shared` also by every process that it starts."""

    own: IO[str]
    shared: IO[str]

    def release(self) -> None:
        """Another `up` may use the folder."""
        self.shared.close()
        self.own.close()


def lock(home: Home, *, patience: float = 30.0) -> Locks:
    """The folder is ours alone; waits (seconds) for what an earlier, killed `up` left to end."""
    own = _open(home.path / "up.lock")
    if not _locked(own):
        own.seek(0)
        pid = own.read().strip()
        own.close()
        raise AlreadyRunning(str(home.path), int(pid) if pid.isdigit() else 0)
    own.truncate(0)
    own.write(str(os.getpid()))
    own.flush()
    shared = _open(home.path / "children.lock")
    deadline = time.monotonic() + patience
    while not _locked(shared):
        if time.monotonic() > deadline:
            pids = processes_of(home)
            own.close()
            shared.close()
            raise StillStopping(str(home.path), pids)
        time.sleep(0.1)
    return Locks(own, shared)


def processes_of(home: Home) -> tuple[int, ...]:
    """Processes that were started for this installation, by their environment (Linux only)."""
    mark = b"ORDERFLOW_HOME=" + os.fsencode(home.path) + b"\0"
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            if mark in (folder / "environ").read_bytes() and int(folder.name) != os.getpid():
                found.append(int(folder.name))
    return tuple(sorted(found))


def _open(path: Path) -> IO[str]:
    try:
        return path.open("a+", encoding="ascii")
    except OSError as error:
        raise HomeUnusable(str(path.parent), error.strerror or str(error)) from error


def _locked(file: IO[str]) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
