"""Sending through yagmail: its connection and login, our own bytes.

yagmail's composer is never used: it attaches files named in texts, fetches style sheets, and makes
one Message-ID for two mails of one subject. One client keeps one connection; each thread has its
own, because a client that is shared loses mail.
"""

import logging
import ssl
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import yagmail
from pydantic import SecretStr

from connectors.errors import Rejected, Unreachable
from connectors.mailer import Unsure, refuse_empty

log = logging.getLogger("orderflow.mail")

PLAIN, STARTTLS, TLS = "plain", "starttls", "tls"


@dataclass(frozen=True)
class SmtpServer:
    """Where and how to connect; `plain` without user is for the loop on this machine only."""

    host: str
    port: int
    security: str = TLS
    user: str = ""
    password: SecretStr | None = None
    timeout_seconds: float = 20.0


@dataclass
class Refused(Exception):
    """What the server answered instead of yes."""

    smtp_code: int
    smtp_error: bytes


class OutboxClient(yagmail.Client):  # type: ignore[misc]
    """yagmail's client with one attempt, errors that surface, and a connection that is kept."""

    handed_over = False
    """Whether the server may have taken the present mail."""

    def prepare_send(
        self, to: Any = None, subject: Any = None, contents: Any = None, *_: Any, **__: Any
    ) -> Any:
        """Recipients and text exactly as given."""
        return list(to), contents

    def login(self) -> None:
        """Connected; a connection that still answers is used again."""
        if self.smtp is not None and not self.is_closed and self._answers():
            return
        super().login()

    def _answers(self) -> bool:
        try:
            return bool(self.smtp.noop()[0] == 250)
        except OSError:  # what the library raises on a lost connection is an OSError
            return False

    def _attempt_send(self, recipients: Any, msg_strings: Any) -> Any:
        """Replies to the copies that were refused; raises `Refused` if the mail itself was.

        The library's own `sendmail` goes on with whoever is left: then the archive could hold a
        mail that its recipient never got.
        """
        smtp = self.smtp
        smtp.ehlo_or_helo_if_needed()
        size = [f"size={len(msg_strings)}"] if smtp.has_extn("size") else []
        _expect(*smtp.mail(self.user, size))
        _expect(*smtp.rcpt(recipients[0]))
        refused = {each: reply for each in recipients[1:] if (reply := smtp.rcpt(each))[0] >= 300}
        self.handed_over = True
        _expect(*smtp.data(msg_strings))
        return refused

    def __del__(self) -> None:
        """Nothing is said to a server while the program ends."""


def _expect(code: int, words: bytes) -> None:
    if code >= 300:
        raise Refused(code, words)


class YagmailMailer:
    """A mailer that speaks SMTP; safe to share between threads."""

    def __init__(self, server: SmtpServer) -> None:
        self._server = server
        self._own = threading.local()

    def send(self, raw: bytes, sender: str, recipients: Sequence[str]) -> None:
        """The server has taken the mail for the first recipient, from the envelope sender given."""
        refuse_empty([sender])
        refuse_empty(recipients)
        client = self._client()
        client.user, client.handed_over = sender, False
        try:
            refused = client.send(to=list(recipients), contents=raw.decode("ascii"))
        except (OSError, EOFError, Refused) as error:
            self.close()
            raise _named(self._server, error, unsure=client.handed_over) from error
        for who, (code, words) in refused.items():
            log.warning(
                "%s takes no copy for %s: %s %s", self._server.host, who, code, _words(words)
            )

    def close(self) -> None:
        """This thread's connection is gone; the next send makes a new one."""
        client, self._own.client = getattr(self._own, "client", None), None
        if client is not None and client.smtp is not None:
            client.is_closed = True
            client.smtp.close()

    def _client(self) -> OutboxClient:
        client: OutboxClient | None = getattr(self._own, "client", None)
        if client is None:
            client = self._own.client = _connectable(self._server)
        return client


def _connectable(server: SmtpServer) -> OutboxClient:
    """A client that checks certificates and never asks a terminal for a password."""
    if server.security == PLAIN and server.user:
        raise Rejected(server.host, "a password is never sent over a plain connection")
    context = ssl.create_default_context()
    extra = {"context": context} if server.security == TLS else {}
    return OutboxClient(
        user=server.user or "nobody@localhost",
        password=server.password.get_secret_value() if server.password else "",
        host=server.host,
        port=server.port,
        smtp_ssl=server.security == TLS,
        smtp_starttls={"context": context} if server.security == STARTTLS else False,
        smtp_skip_login=not server.user,
        soft_email_validation=False,
        timeout=server.timeout_seconds,
        **extra,
    )


def _named(server: SmtpServer, error: Exception, *, unsure: bool) -> Unreachable | Rejected:
    """The error as a fact. Told apart by attribute, so that the mail library is not imported."""
    where = f"{server.host}:{server.port}"
    code = int(getattr(error, "smtp_code", 0) or 0)
    words = _words(getattr(error, "smtp_error", b"")) or str(error)
    if code:  # a 5xx reply will not change; everything else may
        return (Rejected if code >= 500 else Unreachable)(where, f"{code} {words}")
    return (Unsure if unsure else Unreachable)(where, f"{type(error).__name__}: {words}")


def _words(text: bytes | str) -> str:
    plain = text.decode("utf-8", "replace") if isinstance(text, bytes) else str(text)
    return " ".join(plain.split())[:300]
