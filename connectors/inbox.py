"""Where mail comes in: see what waits, say when it is safely kept, set aside what is poison."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol


@dataclass(frozen=True)
class Envelope:
    """One waiting mail: the inbox's own key for it and its bytes."""

    key: str
    raw: bytes = field(repr=False)


class Inbox(Protocol):
    """A mailbox that is emptied. A mail waits until `done` or `quarantine` was called for it."""

    @property
    def name(self) -> str:
        """Which mailbox this is, for people."""
        ...

    def waiting(self, limit: int) -> Sequence[Envelope]:
        """At most `limit` mails that nobody has taken yet, oldest first. Raises `Unreachable`."""
        ...

    def done(self, key: str) -> None:
        """The mail is safely kept and waits no longer; saying so twice is harmless."""
        ...

    def quarantine(self, key: str, reason: str) -> None:
        """The mail is set aside with the reason and waits no longer; twice is harmless."""
        ...


class MemoryInbox:
    """An inbox in memory, for tests."""

    def __init__(self, *mails: bytes, name: str = "memory") -> None:
        self.name = name
        self.put_aside: dict[str, str] = {}
        self.taken: list[str] = []
        self._mails: dict[str, bytes] = {}
        for raw in mails:
            self.deliver(raw)

    def deliver(self, raw: bytes) -> str:
        """Put a mail in; its key comes back."""
        key = f"{len(self._mails) + 1:06d}"
        self._mails[key] = raw
        return key

    def waiting(self, limit: int) -> Sequence[Envelope]:
        """At most `limit` mails that nobody has taken yet, oldest first."""
        gone = {*self.taken, *self.put_aside}
        free = [Envelope(key, raw) for key, raw in self._mails.items() if key not in gone]
        return free[:limit]

    def done(self, key: str) -> None:
        """The mail waits no longer."""
        if key in self._mails and key not in self.taken:
            self.taken.append(key)

    def quarantine(self, key: str, reason: str) -> None:
        """The mail is set aside and waits no longer."""
        if key in self._mails:
            self.put_aside.setdefault(key, reason)
