"""The part of a mail from which values are taken: its writer, the writer's words, the day."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from domain.mail.forwarded import innermost, is_forward
from domain.mail.meaning import Context
from domain.mail.message import Address, Mail
from domain.mail.split import Split, Style, split

MAX_READ = 40_000


@dataclass(frozen=True)
class Basis:
    """The part of a mail from which values are taken: its writer and the writer's words."""

    mail: Mail
    parts: Split
    writer: Address
    text: str
    base: datetime
    staff: bool
    forwarded: bool


def base_of(mail: Mail, received_at: datetime | None) -> datetime:
    """Reference of relative dates: the mail's Date, or the receipt where that cannot be true."""
    if mail.sent_at is None:
        return received_at or datetime(2000, 1, 1, tzinfo=UTC)
    if received_at is not None and mail.sent_at > received_at + timedelta(hours=24):
        return received_at
    return mail.sent_at


def basis_of(mail: Mail, context: Context) -> Basis:
    parts = split(mail.body)
    staff = mail.sender.domain in context.our_domains
    forwarded = parts.style is Style.FORWARD or (is_forward(mail.subject) and bool(parts.quoted))
    writer, text = mail.sender, parts.new
    if forwarded:
        inner = innermost(parts.quoted, context.our_domains)
        text = f"{parts.new}\n{inner.text if inner else parts.quoted}"
        writer = inner.sender if inner and staff else writer
    return Basis(
        mail, parts, writer, text[:MAX_READ], base_of(mail, context.received_at), staff, forwarded
    )
