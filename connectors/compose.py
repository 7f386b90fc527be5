"""A mail of ours as bytes: composed once, stored, sent as stored."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from domain.errors import BadValue
from domain.mail.message import Address
from domain.names import Purpose

MAX_REFERENCES = 20
PURPOSE_HEADER = "X-Orderflow-Purpose"


@dataclass(frozen=True)
class Enclosure:
    """A file that goes out with a mail."""

    name: str
    mime: str
    data: bytes = field(repr=False)


@dataclass(frozen=True)
class Draft:
    """Everything a mail of ours says; `html` may be empty. Ids are without angle brackets."""

    sender: Address
    recipient: Address
    subject: str
    text: str
    html: str
    message_id: str
    purpose: Purpose
    date: datetime
    reply_to: str = ""
    in_reply_to: str = ""
    references: Sequence[str] = ()
    auto: str = "generated"
    attachments: Sequence[Enclosure] = ()


def compose(draft: Draft) -> bytes:
    """The mail as ASCII bytes with CRLF. Raises `BadValue` where a header would be two."""
    message = EmailMessage(policy=SMTP)
    for name, value in _headers(draft).items():
        if value:
            message[name] = _one_line(name, value)
    message.set_content(draft.text, subtype="plain", charset="utf-8", cte="base64")
    if draft.html:
        message.add_alternative(draft.html, subtype="html", charset="utf-8", cte="base64")
    for file in draft.attachments:
        main, _, sub = file.mime.partition("/")
        name = _one_line("attachment", file.name)
        message.add_attachment(file.data, maintype=main, subtype=sub, filename=name)
    return message.as_bytes(policy=SMTP)


def _headers(draft: Draft) -> dict[str, str]:
    references = [f"<{one}>" for one in draft.references][-MAX_REFERENCES:]
    return {
        "From": _mailbox(draft.sender),
        "To": _mailbox(draft.recipient),
        "Subject": draft.subject,
        "Date": format_datetime(draft.date),
        "Message-ID": f"<{draft.message_id}>",
        "Reply-To": draft.reply_to,
        "In-Reply-To": f"<{draft.in_reply_to}>" if draft.in_reply_to else "",
        "References": " ".join(references),
        "Auto-Submitted": f"auto-{draft.auto}",
        PURPOSE_HEADER: draft.purpose.value,
    }


def _mailbox(address: Address) -> str:
    """Name and address; quotes in a name are escaped, commas in it do not make two mailboxes."""
    if not address.name:
        return address.address
    name = address.name.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{name}" <{address.address}>'


def _one_line(name: str, value: str) -> str:
    """The value itself. Raises `BadValue` if it holds a line break or another control sign."""
    if any(ord(c) < 32 or ord(c) == 127 or c in "\x85\u2028\u2029" for c in value):
        raise BadValue(name, repr(value), "one line without control characters")
    return value
