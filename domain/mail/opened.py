"""A mail's bytes opened: checked, read, and the words of its files as people would search them."""

import logging
from collections.abc import Iterator
from dataclasses import dataclass

from domain.errors import Unreadable
from domain.mail.appointments import appointments, is_appointment
from domain.mail.charset import decode_text
from domain.mail.decode import read
from domain.mail.limits import limits
from domain.mail.meaning import Context, Understanding
from domain.mail.message import Attachment, Mail
from domain.mail.orderlines import grids_in
from domain.mail.understand import understand

MAX_WORDS = 100_000

logging.getLogger("pypdf").setLevel(logging.ERROR)  # it comments on every damaged file


@dataclass(frozen=True)
class Opened:
    """A mail and, beside each of its attachments, the text found inside."""

    mail: Mail
    words: tuple[str, ...]


def opened(raw: bytes) -> Opened:
    """The mail that these bytes are. Raises `Unreadable` where they exceed a limit."""
    mail = checked(raw)
    return Opened(mail, tuple("\n".join(_lines(file))[:MAX_WORDS] for file in mail.attachments))


def checked(raw: bytes) -> Mail:
    """The mail alone. Raises `Unreadable` where the bytes exceed a limit."""
    reason = limits(raw)
    if reason is not None:
        raise Unreadable(reason)
    return read(raw)


def understood(raw: bytes, context: Context) -> tuple[Mail, Understanding]:
    """The mail and what it means. Raises `Unreadable` where the bytes exceed a limit."""
    mail = checked(raw)
    return mail, understand(mail, context)


def _lines(file: Attachment) -> Iterator[str]:
    if is_appointment(file.mime, file.name):
        yield appointments(decode_text(file.data[:MAX_WORDS], None))
    elif file.mime.startswith("text/") or file.name.lower().endswith((".txt", ".csv")):
        yield decode_text(file.data[:MAX_WORDS], None)
    elif _is_mail(file) and limits(file.data) is None:
        inner = read(file.data)
        yield from (inner.sender.address, inner.subject, inner.body)
    else:
        for grid in grids_in(file):
            yield from ("\t".join(row) for row in grid.rows)


def _is_mail(file: Attachment) -> bool:
    return file.mime == "message/rfc822" or file.name.lower().endswith(".eml")
