"""Where mail goes out: finished bytes to named recipients, or a reason why not."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

from connectors.errors import Rejected, Unreachable


class Mailer(Protocol):
    """Sends what is already composed; it changes nothing in the bytes."""

    def send(self, raw: bytes, sender: str, recipients: Sequence[str]) -> None:
        """The server has taken the mail for the first recipient, whom it is for.

        The others get a copy of which nothing is written in the mail. All travel together: a copy
        is never taken where the mail itself was not; that a copy was refused is logged, no more.
        Raises `Unreachable` (try again: no connection, a 4xx reply), `Unsure` (it may have been
        taken) or `Rejected` (do not: 5xx).
        """
        ...


@dataclass(unsafe_hash=True)
class Unsure(Unreachable):
    """The connection was lost when all had been said: the server may have taken the mail."""


@dataclass(frozen=True)
class Sent:
    """One mail that a memory mailer has taken."""

    raw: bytes = field(repr=False)
    sender: str
    recipients: tuple[str, ...]


class MemoryMailer:
    """A mailer in memory, for tests; `fail_next` makes the next calls raise."""

    def __init__(self) -> None:
        self.sent: list[Sent] = []
        self._failures: list[Unreachable | Rejected] = []

    def fail_next(self, *errors: Unreachable | Rejected) -> None:
        """The next sends raise these errors, in this order."""
        self._failures.extend(errors)

    def send(self, raw: bytes, sender: str, recipients: Sequence[str]) -> None:
        """The mail is in `sent`."""
        if self._failures:
            raise self._failures.pop(0)
        refuse_empty(recipients)
        self.sent.append(Sent(raw, sender, tuple(recipients)))


def refuse_empty(recipients: Sequence[str]) -> None:
    """Raise `Rejected` where nobody, or something that is no plain address, would get the mail."""
    if not recipients:
        raise Rejected("mail", "no recipient")
    for address in recipients:
        if "@" not in address or any(c.isspace() or not c.isprintable() for c in address):
            raise Rejected("mail", f"not an address: {address!r}")
