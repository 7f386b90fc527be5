"""Mails for the tests of mail reading: only what matters is stated."""

from datetime import datetime, timedelta, timezone

from domain.mail.decode import read
from domain.mail.extract.sentences import sentence_lines
from domain.mail.meaning import Context, Understanding
from domain.mail.message import Mail
from domain.mail.understand import understand

CHINA = timezone(timedelta(hours=8))
BASE = datetime(2026, 3, 18, 9, 0, tzinfo=CHINA)
OURS = Context(
    our_domains=frozenset({"ours.test"}), our_names=("测试装备", "Ours"), our_server="mx.ours.test"
)


def raw(
    body: str | bytes = "hello", charset: str = "utf-8", kind: str = "plain", **headers: str
) -> bytes:
    """A mail's bytes; headers by name with _ for -, "" leaves one out."""
    named = {
        "From": "Li Lei <li@customer.test>",
        "To": "orders@ours.test",
        "Subject": "hello",
        "Date": "Wed, 18 Mar 2026 09:00:00 +0800",
        "Message-ID": "<1@customer.test>",
        "Content-Type": f'text/{kind}; charset="{charset}"',
        "Content-Transfer-Encoding": "8bit",
    } | {name.replace("_", "-"): value for name, value in headers.items()}
    head = "".join(f"{name}: {value}\r\n" for name, value in named.items() if value)
    data = body if isinstance(body, bytes) else body.encode(charset)
    return head.encode("utf-8", "surrogateescape") + b"\r\n" + data


def mail(body: str | bytes = "hello", charset: str = "utf-8", **headers: str) -> Mail:
    """A decoded mail."""
    return read(raw(body, charset, **headers))


def understood(body: str, context: Context = OURS, **headers: str) -> Understanding:
    """What a mail with this text means."""
    return understand(mail(body, **headers), context)


def shown_lines(text: str) -> list[str]:
    """The lines as "item | model | quantity | unit | price", without what is not said."""
    return [
        f"{x.item or ''} | {x.model or ''} | {x.quantity} | {x.unit or ''}"
        + (f" | {x.unit_price}" if x.unit_price is not None else "")
        for x in sentence_lines(text)
    ]
