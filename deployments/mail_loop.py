"""Mail without a mail server: what is sent to 127.0.0.1 lies in a Maildir before it is accepted."""

import argparse
import asyncio
import os
import signal
import socket
import sys
import time
from itertools import count
from pathlib import Path
from urllib.parse import quote

from aiosmtpd.smtp import SMTP, Envelope, Session

from deployments.home import home_at

LARGEST_MAIL = 26_214_400  # bytes
_SAFE = "._-="  # beside letters and digits; everything else is percent-encoded
_LONGEST_LOCAL_PART = 64  # octets, RFC 5321
_LONGEST_DOMAIN = 255

_numbers = count(1)


class Maildirs:
    """Takes mail for anybody: an SMTP handler that keeps each copy under `root`."""

    def __init__(self, root: Path) -> None:
        """`root` is created with the first mail."""
        self._root = root

    async def handle_RCPT(  # noqa: N802 (the name is aiosmtpd's)
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Accepts every address of possible length."""
        local, _, domain = address.rpartition("@")
        too_long = len(local.encode()) > _LONGEST_LOCAL_PART
        if too_long or len(domain.encode()) > _LONGEST_DOMAIN:
            return "553 5.1.3 address too long"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(  # noqa: N802 (the name is aiosmtpd's)
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        """Says 250 only when every copy is on the disk."""
        content = envelope.original_content or b""
        try:
            for address in dict.fromkeys(envelope.rcpt_tos):
                head = _head(envelope.mail_from or "", address)
                keep(mailbox(self._root, address), head + content)
        except OSError as error:
            return f"451 4.3.0 cannot store: {error.strerror}"
        return "250 2.0.0 stored"


def mailbox(root: Path, address: str) -> Path:
    """Folder of an address, whatever it holds: `root/domain/local part` without its +tag."""
    local, _, domain = address.rpartition("@")
    name = local.partition("+")[0] or local
    return root / _file_name(domain or "localhost") / _file_name(name or "postmaster")


def keep(box: Path, mail: bytes) -> Path:
    """The file in `new/`, durable: a loss of power after this loses nothing."""
    for part in ("tmp", "new", "cur"):
        (box / part).mkdir(parents=True, exist_ok=True, mode=0o700)
    moment = time.time_ns()
    name = f"{moment // 10**9}.M{moment % 10**9 // 1000}P{os.getpid()}Q{next(_numbers)}"
    name = f"{name}.{_file_name(socket.gethostname())}"
    with (box / "tmp" / name).open("xb") as file:
        file.write(mail)
        file.flush()
        os.fsync(file.fileno())
    (box / "tmp" / name).rename(box / "new" / name)
    for folder in (box / "new", box, box.parent, box.parent.parent):
        _fsync_folder(folder)
    return box / "new" / name


def _head(sender: str, recipient: str) -> bytes:
    """The two lines that only a final delivery writes; the envelope may hold no line breaks."""
    lines = f"Return-Path: <{_one_line(sender)}>\r\nDelivered-To: {_one_line(recipient)}\r\n"
    return lines.encode("utf-8", "surrogateescape")


def _one_line(text: str) -> str:
    return "".join(sign for sign in text if sign.isprintable())


def _file_name(text: str) -> str:
    """The text as one harmless, readable file name."""
    name = quote(text.lower(), safe=_SAFE, errors="surrogateescape").replace("~", "%7E")
    return name if not name.startswith(".") else "%2E" + name[1:]


def _fsync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


async def serve(root: Path, port: int) -> None:
    """Takes mail on 127.0.0.1 until SIGTERM or SIGINT."""
    loop = asyncio.get_running_loop()
    stopped = asyncio.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(name, stopped.set)

    def session() -> SMTP:
        return SMTP(
            Maildirs(root),
            data_size_limit=LARGEST_MAIL,
            enable_SMTPUTF8=True,
            hostname="localhost",
            ident="Orderflow",
        )

    async with await loop.create_server(session, host="127.0.0.1", port=port):
        await stopped.wait()


def main(words: list[str]) -> int:
    """The command line: exit code 0 after an orderly stop."""
    parser = argparse.ArgumentParser(prog="deployments.mail_loop", description=__doc__)
    parser.add_argument("--home", type=Path, required=True)
    parser.add_argument("--port", type=int, required=True)
    given = parser.parse_args(words)
    asyncio.run(serve(home_at(given.home).maildir, given.port))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
