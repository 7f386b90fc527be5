"""One IMAP connection: checked certificates, a login by password or token, errors as facts."""

import imaplib
import os
import re
import select
import shlex
import socket
import ssl
import subprocess
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import TypeVar
from urllib.parse import unquote, urlsplit

from pydantic import SecretStr

from connectors.errors import Rejected, Unreachable
from domain.errors import BadValue

TIMEOUT_SECONDS = 30.0
FORM = "imaps://user@host/folder, or imap:// for STARTTLS"
NO_SECRET = SecretStr("")

Line = TypeVar("Line")


@dataclass(frozen=True)
class ImapServer:
    """A folder of one account. `imaps` speaks TLS at once, `imap` by STARTTLS before the login."""

    host: str
    port: int
    user: str
    folder: str = "INBOX"
    starttls: bool = False
    password: SecretStr = NO_SECRET
    token_command: str = ""
    """Prints an access token (XOAUTH2), with the user in $ORDERFLOW_IMAP_USER; each login asks."""
    context: ssl.SSLContext | None = None
    """Whom to believe; by default the authorities of this machine."""

    @property
    def name(self) -> str:
        """The account and its folder, for people."""
        return f"{self.user} at {self.host}/{self.folder}"


def server_of(url: str, password: SecretStr = NO_SECRET, token_command: str = "") -> ImapServer:
    """The server that a setting names; BadValue where it is no such address."""
    try:
        parts = urlsplit(url)
        port = parts.port or (993 if parts.scheme == "imaps" else 143)
    except ValueError:
        raise BadValue("mail.imap", url[:80], FORM) from None
    if parts.password is not None:  # never shown again: it would be a secret in a message
        raise BadValue("mail.imap", parts.hostname or "", "no password in the address")
    if parts.scheme not in ("imaps", "imap") or not parts.hostname or not parts.username:
        raise BadValue("mail.imap", url[:80], FORM)
    return ImapServer(
        host=parts.hostname,
        port=port,
        user=unquote(parts.username),
        folder=unquote(parts.path.strip("/")) or "INBOX",
        starttls=parts.scheme == "imap",
        password=password,
        token_command=token_command,
    )


@contextmanager
def facts(server: ImapServer) -> Iterator[None]:
    """What the library raises within comes out as `Unreachable`."""
    try:
        yield
    except (imaplib.IMAP4.error, OSError) as error:
        raise Unreachable(server.name, _words(error)) from error


class ImapSession:
    """A connection that is logged in and has its folder open."""

    def __init__(self, server: ImapServer, *, readonly: bool = False) -> None:
        """Connected. Raises `Unreachable`, or `Rejected` where the server says no to us."""
        self.server = server
        with facts(server):
            self.imap = _connected(server)
            try:
                _log_in(self.imap, server)
                self.able = frozenset(self.command("CAPABILITY")[0].decode().upper().split())
                if "ID" in self.able:  # some providers open no folder for a nameless program
                    self.imap.xatom("ID", '("name" "orderflow")')
                self.imap.select(quoted(server.folder), readonly=readonly)
                if self.imap.state != "SELECTED":
                    raise Rejected(server.name, "the folder cannot be opened")
            except BaseException:
                self.close()
                raise
        validity = self.imap.response("UIDVALIDITY")[1][0]
        self.validity = validity.decode() if isinstance(validity, bytes) else "0"

    def command(self, name: str, *words: str) -> list[bytes]:
        """The server's lines in answer to a command. Raises `Unreachable` where it says no."""
        known: Callable[..., tuple[str, list[bytes]]] = getattr(self.imap, name.lower())
        said, lines = known(*words)
        return self._yes(name, said, lines)

    def uid(self, name: str, *words: str) -> list[bytes | tuple[bytes, bytes]]:
        """The same for a command that speaks of UIDs."""
        return self._yes(name, *self.imap.uid(name, *words))

    def search(self, *words: str) -> list[int]:
        """UIDs of the mails that fit, the oldest first."""
        found = self.uid("SEARCH", *words)[0]
        return sorted(map(int, found.split())) if isinstance(found, bytes) else []

    def sizes(self, uids: Sequence[int]) -> dict[int, int]:
        """Bytes of each mail that is still there."""
        lines = self.uid("FETCH", uid_set(uids), "(RFC822.SIZE)") if uids else []
        text = b"\n".join(line for line in lines if isinstance(line, bytes))
        sized = rb"(?=[^\n]*\bUID (\d+))(?=[^\n]*\bRFC822\.SIZE (\d+))\d+ \([^\n]*"
        return {int(uid): int(size) for uid, size in re.findall(sized, text)}

    def bodies(self, uids: Sequence[int], part: str) -> dict[int, bytes]:
        """What each mail that is still there holds in a part (`BODY.PEEK[…]`); no flag changes."""
        lines = self.uid("FETCH", uid_set(uids), f"(UID {part})") if uids else []
        found: dict[int, bytes] = {}
        for line, after in zip(lines, [*lines[1:], b""], strict=False):
            if isinstance(line, tuple):
                told = line[0] + b" " + (after if isinstance(after, bytes) else b"")
                found[_uid_in(told)] = line[1]
            elif line and (empty := re.search(rb'\bUID (\d+)\b.*\] ?(?:\S+ )?""', line)):
                found[int(empty[1])] = b""
        return found

    def move(self, uids: Sequence[int], folder: str) -> None:
        """They lie in the folder and here no longer, or are marked as deleted where nothing else
        is possible; other mails that somebody has marked so are left alone."""
        if "MOVE" in self.able:
            self.uid("MOVE", uid_set(uids), quoted(folder))
            return
        self.uid("COPY", uid_set(uids), quoted(folder))
        self.uid("STORE", uid_set(uids), "+FLAGS.SILENT", r"(\Deleted)")
        if "UIDPLUS" in self.able:
            self.uid("EXPUNGE", uid_set(uids))

    def idle(self, over: Callable[[], bool], told: Callable[[], None]) -> None:
        """Tells at once and at every word of the server, until it is over."""
        tag = self.imap._new_tag()  # the library of Python 3.11 knows no IDLE
        self.imap.send(tag + b" IDLE\r\n")
        while not (line := self._line()).startswith(b"+"):
            if line.startswith(tag):
                raise imaplib.IMAP4.error(line.decode("ascii", "replace"))
        told()  # what came before this line is not announced again
        while not over():
            if self._heard(1.0) and not self._line().upper().startswith(b"* OK"):
                told()
        self.imap.send(b"DONE\r\n")
        while not self._line().startswith(tag):
            pass

    def close(self) -> None:
        """The connection is gone."""
        with suppress(imaplib.IMAP4.error, OSError):
            self.imap.shutdown()

    def _heard(self, seconds: float) -> bool:
        waiting: socket.socket = self.imap.socket()
        if isinstance(waiting, ssl.SSLSocket) and waiting.pending():
            return True
        return bool(select.select([waiting], [], [], seconds)[0])

    def _line(self) -> bytes:
        line: bytes = self.imap.readline()
        if not line or line.upper().startswith(b"* BYE"):
            raise imaplib.IMAP4.abort("the server has hung up")
        return line

    def _yes(self, name: str, said: str, lines: list[Line]) -> list[Line]:
        if said != "OK":
            raise imaplib.IMAP4.error(f"{name}: {said} {lines[:1]!r}")
        return lines


def uid_set(uids: Sequence[int]) -> str:
    """UIDs as IMAP writes them."""
    return ",".join(map(str, uids))


def quoted(text: str) -> str:
    """A string of IMAP; nothing in it ends the command."""
    clean = re.sub(r"[\x00-\x1f\x7f]", "", text)
    return '"' + clean.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _uid_in(text: bytes) -> int:
    found = re.search(rb"\bUID (\d+)", text)
    return int(found[1]) if found else 0


def _connected(server: ImapServer) -> imaplib.IMAP4:
    context = server.context or ssl.create_default_context()
    if not server.starttls:
        return imaplib.IMAP4_SSL(
            server.host, server.port, ssl_context=context, timeout=TIMEOUT_SECONDS
        )
    imap = imaplib.IMAP4(server.host, server.port, timeout=TIMEOUT_SECONDS)
    try:
        imap.starttls(context)
    except BaseException:  # no certificate, no word more
        with suppress(OSError):  # wrapping it has closed the socket already
            imap.shutdown()
        raise
    return imap


def _log_in(imap: imaplib.IMAP4, server: ImapServer) -> None:
    try:
        if server.token_command:
            token = _token(server)
            words = f"user={server.user}\1auth=Bearer {token}\1\1".encode()
            # A refusal comes as a question with its reason; an empty answer ends it.
            answers = iter([words])
            imap.authenticate("XOAUTH2", lambda _: next(answers, b""))
        else:
            imap.login(server.user, server.password.get_secret_value())
    except imaplib.IMAP4.abort:  # the connection, not the login
        raise
    except imaplib.IMAP4.error as no:
        # Providers say this of a server that is busy, too; the next try may succeed.
        unavailable = re.search(r"UNAVAILABLE|INUSE|LIMIT", str(no))
        raise (Unreachable if unavailable else Rejected)(server.name, _words(no)) from None


def _token(server: ImapServer) -> str:
    try:
        done = subprocess.run(
            shlex.split(server.token_command),
            env={**os.environ, "ORDERFLOW_IMAP_USER": server.user},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=TIMEOUT_SECONDS,
            check=False,
        )
    except (OSError, ValueError, subprocess.TimeoutExpired) as error:
        raise Unreachable(server.name, f"mail.imap_token_command: {type(error).__name__}") from None
    token = done.stdout.strip()
    if done.returncode or not token or len(token.split()) > 1:
        why = f"exit {done.returncode}" if done.returncode else "prints no token"
        raise Unreachable(server.name, f"mail.imap_token_command: {why}")
    return token


def _words(error: Exception) -> str:
    return f"{type(error).__name__}: {' '.join(str(error).split())[:300]}"
