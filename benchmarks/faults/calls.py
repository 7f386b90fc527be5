"""Calls of the outside world, counted: one of them fails, loses its reply, or never comes back."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Engine, event
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from connectors.errors import Unreachable
from models import base
from tasks.services import Services

Result = TypeVar("Result")


class Killed(BaseException):
    """The process ends here, as by kill -9: no code of it may go on."""


class Fault(StrEnum):
    """What becomes of one call."""

    FAILS = "fails"
    """Nothing happens outside, and the caller is told that it did not."""
    LOST = "lost"
    """It happens outside, and the caller is told that it did not."""
    DIES = "dies"
    """The process is killed before it happens."""


@dataclass
class Calls:
    """Counts calls; number `nth` (from 1; 0: none) has the fault."""

    nth: int = 0
    fault: Fault = Fault.FAILS
    made: list[str] = field(default_factory=list)
    dead: bool = False
    """True from the kill until somebody starts the process again."""

    @property
    def struck(self) -> bool:
        """Whether the faulty call has been made."""
        return 0 < self.nth <= len(self.made)

    def through(self, name: str, act: Callable[[], Result], error: Exception) -> Result:
        """What the call gives back, or its fault."""
        number = self.begin(name, error)
        found = act()
        self.end(number, error)
        return found

    def begin(self, name: str, error: Exception) -> int:
        """The number of the call that is made now, unless it fails or the process dies."""
        if self.dead:
            raise Killed
        self.made.append(name)
        if len(self.made) == self.nth:
            if self.fault is Fault.DIES:
                self.dead = True
                raise Killed
            if self.fault is Fault.FAILS:
                raise error
        return len(self.made)

    def end(self, number: int, error: Exception) -> None:
        """The call has happened; raises where its reply is lost."""
        if number == self.nth and self.fault is Fault.LOST:
            raise error


class Counted:
    """Anything whose methods reach outside: each call of one is counted under its name."""

    def __init__(self, behind: object, calls: Calls, name: str, error: Exception) -> None:
        """`behind` does the work; `error` is what its callers know as "not reached"."""
        self._behind, self._calls, self._name, self._error = behind, calls, name, error

    def __getattr__(self, method: str) -> Any:
        """The method, counted; anything that is no method as it is."""
        found = getattr(self._behind, method)
        if not callable(found):
            return found

        def call(*given: Any, **named: Any) -> Any:
            name = f"{self._name} {method}"
            return self._calls.through(name, lambda: found(*given, **named), self._error)

        return call


@dataclass(frozen=True)
class CountedServices(Services):
    """Services whose commits may happen without anybody hearing of it."""

    calls: Calls = field(default_factory=Calls)

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """A session whose changes are kept together; the reply to the commit may be lost."""
        with base.writing(self.engine) as session:
            yield session
        if self.calls.made and self.calls.made[-1] == "commit":
            self.calls.end(len(self.calls.made), database_gone())


def count_statements(engine: Engine, calls: Calls) -> None:
    """Every statement and every commit through this engine is counted."""

    def statement(_connection: Any, _cursor: Any, text: str, *_: Any) -> None:
        calls.begin(f"sql {text.split(None, 1)[0].lower()}", database_gone())

    def commit(_connection: Any) -> None:
        calls.begin("commit", database_gone())

    event.listen(engine, "before_cursor_execute", statement)
    event.listen(engine, "commit", commit)


def database_gone() -> OperationalError:
    """What SQLAlchemy says when the server went away."""
    return OperationalError("", {}, ConnectionResetError("the server closed the connection"))


def engine_gone() -> Unreachable:
    """What the engine's connector says when Prefect does not answer."""
    return Unreachable("Prefect", "no answer")


def mail_gone() -> Unreachable:
    """What the mailer says when the server does not answer."""
    return Unreachable("mail", "no answer")


@contextmanager
def counted_disk(calls: Calls) -> Iterator[None]:
    """Within the block each fsync and each renaming of a file is counted."""
    fsync, rename = os.fsync, Path.rename
    full = OSError(28, "No space left on device")

    def counted_rename(path: Path, target: Any) -> Path:
        return calls.through("rename", lambda: rename(path, target), full)

    def counted_fsync(fd: Any) -> None:
        calls.through("fsync", lambda: fsync(fd), full)

    # Replaced, not wrapped: the store must not know that its disk can be full.
    vars(os)["fsync"] = counted_fsync
    setattr(Path, "rename", counted_rename)  # noqa: B010  # mypy would want it to be a method
    try:
        yield
    finally:
        vars(os)["fsync"] = fsync
        setattr(Path, "rename", rename)  # noqa: B010
