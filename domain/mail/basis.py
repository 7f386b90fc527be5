"""The part of a mail from which values are taken: its writer, the writer's words, the day."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from domain.mail.decode import read
from domain.mail.forwarded import innermost, is_forward
from domain.mail.limits import limits
from domain.mail.meaning import Context
from domain.mail.message import Address, Attachment, Mail
from domain.mail.split import Split, Style, split

MAX_READ = 20_000
MAX_COVER = 600


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
    attachments: tuple[Attachment, ...] = ()


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
    base = base_of(mail, context.received_at)
    files = mail.attachments
    inner_mail = None if len(parts.new) > MAX_COVER else _passed_on(mail, context)
    if inner_mail is not None:
        inside = split(inner_mail.body).new
        text, forwarded = f"{text}\n{inside}", True
        files = (*files, *inner_mail.attachments)
        writer = inner_mail.sender if staff else writer
        base = base_of(inner_mail, base)
    return Basis(mail, parts, writer, text[:MAX_READ], base, staff, forwarded, files)


def _passed_on(mail: Mail, context: Context) -> Mail | None:
    """The one mail attached to a short one, unless it is ours; mails inside it stay closed."""
    inner = [file for file in mail.attachments if _is_mail(file)]
    if len(inner) != 1 or limits(inner[0].data) is not None:
        return None
    found = read(inner[0].data)
    ours = found.sender.domain in context.our_domains
    return found if found.sender.address and not ours else None


def _is_mail(file: Attachment) -> bool:
    return file.mime == "message/rfc822" or file.name.lower().endswith(".eml")
