"""A decoded mail as a value. Everything in it was written by somebody else: data, never orders."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


@dataclass(frozen=True)
class Address:
    """One mailbox; the domain is in lower case, the local part as written."""

    name: str
    address: str

    @property
    def domain(self) -> str:
        """The part after the last @, or an empty text."""
        return self.address.rpartition("@")[2]


@dataclass(frozen=True)
class Attachment:
    """One attached file; `data` is as sent and may be anything, `name` is never a path."""

    name: str
    mime: str
    data: bytes = field(repr=False)
    sha256: str


@dataclass(frozen=True)
class Part:
    """A machine-readable part of a report: its type and its header fields, names in lower case."""

    mime: str
    fields: tuple[tuple[str, str], ...]


class Flaw(StrEnum):
    """What is wrong with a mail as a carrier; AMBIGUOUS ones must not act for anybody."""

    DUPLICATE_HEADER = "duplicate_header"
    NO_SENDER = "no_sender"
    MANY_SENDERS = "many_senders"
    CONTROL_CHARACTERS = "control_characters"
    READERS_DISAGREE = "readers_disagree"
    BROKEN_HEADERS = "broken_headers"
    NO_DATE = "no_date"
    NO_MESSAGE_ID = "no_message_id"
    UNDECODABLE = "undecodable"
    ENCRYPTED = "encrypted"


AMBIGUOUS = frozenset(
    {
        Flaw.DUPLICATE_HEADER,
        Flaw.NO_SENDER,
        Flaw.MANY_SENDERS,
        Flaw.CONTROL_CHARACTERS,
        Flaw.READERS_DISAGREE,
    }
)
"""Flaws that let two programs see two different senders or subjects in one mail."""


@dataclass(frozen=True)
class Problem:
    """A flaw and where it is (a header's name, a share of lost characters)."""

    flaw: Flaw
    detail: str = ""


@dataclass(frozen=True)
class Mail:
    """A mail as read. `sent_at` keeps the sender's offset, `headers` their order from the top."""

    message_id: str | None
    in_reply_to: str | None
    references: tuple[str, ...]
    sender: Address
    reply_to: tuple[Address, ...]
    to: tuple[Address, ...]
    cc: tuple[Address, ...]
    delivered_to: tuple[str, ...]
    subject: str
    sent_at: datetime | None
    text: str
    html_text: str
    html: str = field(repr=False)
    attachments: tuple[Attachment, ...]
    parts: tuple[Part, ...]
    headers: tuple[tuple[str, str], ...] = field(repr=False)
    problems: tuple[Problem, ...]

    @property
    def body(self) -> str:
        """What a reader sees: the plain text, or the HTML as text where there is none."""
        return self.text if self.text.strip() else self.html_text

    @property
    def ambiguous(self) -> bool:
        """True if programs may disagree about who sent this; such a mail goes to quarantine."""
        return bool(self.ambiguity)

    @property
    def ambiguity(self) -> str:
        """The first flaw that makes the mail ambiguous, as a word; empty where there is none."""
        return next((str(one.flaw) for one in self.problems if one.flaw in AMBIGUOUS), "")

    def header(self, name: str) -> str | None:
        """The topmost header of that name (lower case), unfolded and decoded."""
        return next((value for key, value in self.headers if key == name), None)

    def all_headers(self, name: str) -> tuple[str, ...]:
        """All headers of that name (lower case), from the top."""
        return tuple(value for key, value in self.headers if key == name)
