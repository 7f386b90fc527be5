"""Where copies of our mails lie: did this one go out? what was kept outside?"""

import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from email.message import Message
from email.parser import BytesParser
from email.utils import getaddresses
from typing import Protocol

from connectors.errors import Unreachable

LONGEST_HEAD = 65_536
"""So many bytes of a mail are looked at for its headers."""


class Archive(Protocol):
    """A mailbox to which a copy of each mail of ours goes, and which is only read here."""

    @property
    def name(self) -> str:
        """Which mailbox this is, for people."""
        ...

    def check(self) -> None:
        """The mailbox can be read now. Raises `Unreachable`."""
        ...

    def holds(self, message_id: str, *, since: datetime) -> bool:
        """Whether a mail with this Message-ID (no angle brackets) has come in since that instant.

        False is said only where everything since then was looked at. Raises `Unreachable` where it
        cannot be told now, also because that would take long: the next call goes on from there.
        """
        ...

    def addressed_to(self, address: str) -> Iterator[bytes]:
        """Every mail that is itself written to the address, slowly. Raises `Unreachable`."""
        ...


class MemoryArchive:
    """An archive in memory, for tests; `away` is the reason why it cannot be read."""

    def __init__(self, name: str = "memory") -> None:
        self.name = name
        self.away = ""
        self._mails: list[bytes] = []

    def keep(self, raw: bytes) -> None:
        """A copy has come in."""
        self._mails.append(raw)

    def lose(self) -> None:
        """Nothing lies here any more."""
        self._mails.clear()

    def check(self) -> None:
        """Raises `Unreachable` while it is away."""
        if self.away:
            raise Unreachable(self.name, self.away)

    def holds(self, message_id: str, *, since: datetime) -> bool:
        """Whether a mail with this Message-ID was kept."""
        self.check()
        return any(message_id_of(head(raw)) == message_id for raw in self._mails)

    def addressed_to(self, address: str) -> Iterator[bytes]:
        """Every kept mail that is itself written to the address."""
        self.check()
        yield from [raw for raw in self._mails if address.lower() in written_to(head(raw))]


def head(raw: bytes) -> Message:
    """The headers of a mail of which at least the beginning is given."""
    end = re.search(rb"\r?\n\r?\n", raw)
    return BytesParser().parsebytes(raw[: end.end() if end else None], headersonly=True)


def message_id_of(mail: Message) -> str:
    """The Message-ID without angle brackets; empty where there is none."""
    return "".join(str(mail.get("Message-ID", "")).split()).strip("<>")


def written_to(mail: Message) -> Sequence[str]:
    """Addresses of the To header, in small letters."""
    return [address.lower() for _, address in getaddresses(map(str, mail.get_all("To", [])))]
