"""Who reads strangers' bytes: this process, or one that may not take long nor much memory."""

from typing import Protocol

from domain.mail.meaning import Context, Understanding
from domain.mail.message import Mail
from domain.mail.opened import Opened, opened, understood


class Reader(Protocol):
    """Reads mails. What cannot be read raises `Unreadable`, and the next mail is read."""

    def open(self, raw: bytes) -> Opened:
        """The mail and the words of its files."""
        ...

    def understand(self, raw: bytes, context: Context) -> tuple[Mail, Understanding]:
        """The mail and what it means."""
        ...


class PlainReader:
    """Reads in this very process: for tests, and for mails that were read once already."""

    def open(self, raw: bytes) -> Opened:
        """The mail and the words of its files."""
        return opened(raw)

    def understand(self, raw: bytes, context: Context) -> tuple[Mail, Understanding]:
        """The mail and what it means."""
        return understood(raw, context)
