"""Why an installation cannot run here; the sentences are in deployments/words.py."""

from dataclasses import dataclass

from domain.errors import Refusal


@dataclass(unsafe_hash=True)
class HomeUnusable(Refusal):
    """The folder of the installation cannot be written."""

    home: str
    reason: str


@dataclass(unsafe_hash=True)
class AlreadyRunning(Refusal):
    """Another `up` works on this folder; 0 where its process is not known."""

    home: str
    pid: int


@dataclass(unsafe_hash=True)
class StillStopping(Refusal):
    """Processes of an earlier start have not ended."""

    home: str
    pids: tuple[int, ...]


@dataclass(unsafe_hash=True)
class HomeNotEmpty(Refusal):
    """Something lies in the folder into which a backup should be restored."""

    home: str


@dataclass(unsafe_hash=True)
class WrongKey(Refusal):
    """The file holds no secret key, or another one than that of the backup."""

    file: str


@dataclass(unsafe_hash=True)
class PortTaken(Refusal):
    """Something else listens on the port that `name` needs; `option` would choose another."""

    name: str
    port: int
    option: str


@dataclass(unsafe_hash=True)
class ProgramMissing(Refusal):
    """A program that `name` needs cannot be started on this machine."""

    name: str
    program: str


@dataclass(unsafe_hash=True)
class NoNamespace(Refusal):
    """PostgreSQL refuses to run as root, and this machine gives it no user of its own."""

    reason: str


@dataclass(unsafe_hash=True)
class NeverAnswered(Refusal):
    """A part was started but does not answer; its log ends with `last_line`."""

    name: str
    log: str
    last_line: str
