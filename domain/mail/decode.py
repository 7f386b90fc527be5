"""A mail's bytes as a value. Tolerant of everything that real programs write; never raises."""

import email
import email.message
import email.policy
import email.utils
import hashlib
import re
from collections.abc import Iterator
from datetime import UTC, datetime

from domain.mail.addresses import addresses, readers_agree
from domain.mail.appointments import appointments, is_appointment
from domain.mail.charset import decode_text, decode_words
from domain.mail.message import Address, Attachment, Flaw, Mail, Part, Problem
from domain.mail.page import html_to_text
from domain.mail.tnef import file_name, is_container, opened_container

MAX_PARTS = 500
MAX_TEXT = 400_000
_SINGULAR = frozenset(
    ("from", "subject", "date", "to", "cc", "message-id", "reply-to", "content-type", "sender")
)
_ID = re.compile(r"<([^<>\s]{1,900})>")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_REPORTS = (
    "message/delivery-status",
    "message/disposition-notification",
    "message/feedback-report",
)

Message = email.message.Message


def read(raw: bytes) -> Mail:
    """The mail that these bytes are. Call `limits` first: this parses whatever it gets."""
    if b"\r" in raw:
        raw = raw.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    message = email.message_from_bytes(raw, policy=email.policy.compat32)
    headers = _headers(message)
    named = _first_of_each(headers)
    texts, pages, attachments, parts = _contents(message)
    sender = addresses(named.get("from", ""))
    page = "\n".join(pages)[:MAX_TEXT]
    text = "\n".join(texts)[:MAX_TEXT]
    return Mail(
        message_id=_message_id(named.get("message-id")),
        in_reply_to=_message_id(named.get("in-reply-to")),
        references=tuple(_ID.findall(named.get("references", ""))),
        sender=sender[0] if sender else Address("", ""),
        reply_to=addresses(named.get("reply-to", "")),
        to=addresses(named.get("to", "")),
        cc=addresses(named.get("cc", "")),
        delivered_to=_delivered_to(headers),
        subject=" ".join(decode_words(named.get("subject", "")).split())[:1_000],
        sent_at=_instant(named.get("date")),
        text=text,
        html_text=html_to_text(page) if page.strip() else "",
        html=page,
        attachments=tuple(attachments),
        parts=tuple(parts),
        headers=headers,
        problems=tuple(_problems(message, headers, text + page)),
    )


def _headers(message: Message) -> tuple[tuple[str, str], ...]:
    """All headers from the top, names in lower case, values unfolded, bytes decoded."""
    return tuple((name.lower(), _unfolded(value)) for name, value in message.raw_items())


def _unfolded(value: object) -> str:
    data = str(value).encode("utf-8", "surrogateescape")
    text = decode_text(data, None)
    return re.sub(r"[\r\n]+[ \t]*", " ", text).strip()


def _first_of_each(headers: tuple[tuple[str, str], ...]) -> dict[str, str]:
    named: dict[str, str] = {}
    for name, value in headers:
        named.setdefault(name, value)
    return named


def _message_id(value: str | None) -> str | None:
    """The id without angle brackets; what has none counts as it stands."""
    if not value:
        return None
    found = _ID.search(value)
    return found[1] if found else value.split()[0][:900]


def _delivered_to(headers: tuple[tuple[str, str], ...]) -> tuple[str, ...]:
    names = ("delivered-to", "x-original-to", "envelope-to")
    values = (value for name, value in headers if name in names)
    return tuple(one.address for value in values for one in addresses(value))


def _instant(value: str | None) -> datetime | None:
    """The Date header in the sender's offset, or None if it says nothing usable."""
    try:
        parsed = email.utils.parsedate_to_datetime(value or "")
    except (ValueError, TypeError, OverflowError, IndexError):
        return None
    return parsed if parsed.tzinfo else parsed.replace(tzinfo=UTC)


def _contents(message: Message) -> tuple[list[str], list[str], list[Attachment], list[Part]]:
    texts: list[str] = []
    pages: list[str] = []
    attachments: list[Attachment] = []
    parts: list[Part] = []
    for leaf in _leaves(message):
        kind = leaf.get_content_type()
        if kind in _REPORTS or kind == "text/rfc822-headers":
            parts.append(_report(leaf, kind))
        elif kind == "message/rfc822":
            parts.append(_report(leaf, kind))
            attachments.append(_attachment(leaf, kind, _embedded(leaf)))
        elif kind in ("text/plain", "text/html") and not _is_file(leaf):
            text = decode_text(_payload(leaf), _charset(leaf))
            (texts if kind == "text/plain" else pages).append(_flowed(leaf, text))
        else:
            file = _attachment(leaf, kind, _payload(leaf))
            attachments += _unpacked(file, texts, pages)
    if not texts and not pages:
        texts += [_appointments(file) for file in attachments]
    return texts, pages, attachments, parts


def _unpacked(file: Attachment, texts: list[str], pages: list[str]) -> list[Attachment]:
    """The file, or what lies in it where it is Outlook's container; its text where none is yet."""
    if not is_container(file.mime, file.data):
        return [file]
    inside = opened_container(file.data)
    if not texts and not pages:
        texts += [inside.text] if inside.text.strip() else []
        pages += [inside.html] if inside.html.strip() else []
    return list(inside.files) or [file]


def _appointments(file: Attachment) -> str:
    text = is_appointment(file.mime, file.name)
    return appointments(decode_text(file.data[:MAX_TEXT], None)) if text else ""


def _leaves(message: Message) -> Iterator[Message]:
    """Parts that are no containers, in order; the inside of an embedded mail is not entered."""
    waiting = [message]
    for _ in range(MAX_PARTS):
        if not waiting:
            return
        part = waiting.pop()
        if part.get_content_maintype() == "multipart" and part.is_multipart():
            waiting.extend(reversed(_inside(part)))
        else:
            yield part


def _inside(part: Message) -> list[Message]:
    """The messages within; a text is not asked for, for its label may name any codec."""
    inner = part.get_payload() if part.is_multipart() else []
    return [one for one in inner if isinstance(one, Message)]


def _payload(leaf: Message) -> bytes:
    data = leaf.get_payload(decode=True)
    return data if isinstance(data, bytes) else b""


def _embedded(leaf: Message) -> bytes:
    try:
        inner = leaf.get_payload(0)
        return inner.as_bytes() if isinstance(inner, Message) else b""
    except (LookupError, ValueError, TypeError, AttributeError, RecursionError):
        return b""


def _charset(leaf: Message) -> str | None:
    found = re.search(r"charset\s*=\s*\"?([^\s\";]+)", str(leaf.get("content-type") or ""), re.I)
    return found[1] if found else None


def _flowed(leaf: Message, text: str) -> str:
    """Soft line breaks of format=flowed joined again."""
    if "format=flowed" not in str(leaf.get("content-type") or "").lower().replace('"', ""):
        return text
    return re.sub(r"(?m)^(?!>)(?!-- $)(.*\S) \n(?![>\s])", r"\1 ", text)


def _is_file(leaf: Message) -> bool:
    disposition = str(leaf.get("content-disposition") or "").strip().lower()
    return disposition.startswith("attachment") or bool(_file_name(leaf))


def _file_name(leaf: Message) -> str:
    """The file's name without any folder, at most 200 characters."""
    try:
        name = leaf.get_filename() or ""
    except (LookupError, ValueError, TypeError):
        name = ""
    plain = decode_words(_unfolded(name)) if name else ""
    return file_name(plain)


def _attachment(leaf: Message, kind: str, data: bytes) -> Attachment:
    name = _file_name(leaf) or "part." + re.sub(r"[^a-z0-9]", "", kind.split("/")[-1])[:8]
    return Attachment(name=name, mime=kind, data=data, sha256=hashlib.sha256(data).hexdigest())


def _report(leaf: Message, kind: str) -> Part:
    """Header fields of a report: of all its groups, or of the mail that it embeds."""
    groups = _inside(leaf)
    if not groups:
        groups = [email.message_from_bytes(_payload(leaf), policy=email.policy.compat32)]
    fields = [pair for group in groups[:50] for pair in _headers(group)]
    return Part(kind, tuple((name, decode_words(value)[:2_000]) for name, value in fields[:500]))


def _problems(
    message: Message, headers: tuple[tuple[str, str], ...], text: str
) -> Iterator[Problem]:
    names = [name for name, _ in headers]
    for name in sorted(_SINGULAR):
        if names.count(name) > 1:
            yield Problem(Flaw.DUPLICATE_HEADER, name)
    sender = _first_of_each(headers).get("from", "")
    count = len(addresses(sender))
    if count != 1:
        yield Problem(Flaw.MANY_SENDERS if count else Flaw.NO_SENDER, sender[:200])
    elif not readers_agree(sender):
        yield Problem(Flaw.READERS_DISAGREE, sender[:200])
    if _CONTROL.search(sender):
        yield Problem(Flaw.CONTROL_CHARACTERS, "from")
    if message.defects:
        defects = ", ".join(type(defect).__name__ for defect in message.defects)
        yield Problem(Flaw.BROKEN_HEADERS, defects[:200])
    if "date" not in names:
        yield Problem(Flaw.NO_DATE)
    if "message-id" not in names:
        yield Problem(Flaw.NO_MESSAGE_ID)
    lost = text.count("\ufffd")
    if lost > 0.005 * len(text):
        yield Problem(Flaw.UNDECODABLE, f"{lost}/{len(text)}")
    if message.get_content_type() in ("multipart/encrypted", "application/pkcs7-mime"):
        yield Problem(Flaw.ENCRYPTED, "body")
