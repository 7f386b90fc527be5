"""How fast mail becomes rows, durably, in one process: stored, then understood, also by IMAP."""

import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from email.message import EmailMessage
from pathlib import Path

from sqlalchemy import func, select

from benchmarks.arrivals import arrivals
from benchmarks.result import Result
from connectors.inbox import Inbox, MemoryInbox
from connectors.inbox_imap import ImapInbox
from connectors.inbox_maildir import MaildirInbox
from connectors.reader_confined import ConfinedReader
from models import migrations
from models.message import Message
from tasks import routing, storing
from tasks.services import Services, build
from tasks.settings import load

MAILS = 1_000
WORDS = "请报价下列产品, please quote the items below. "


def intake(mails: int = MAILS) -> list[Result]:
    """Mails a second that are stored, and understood, one process with its reader."""
    with _durable() as services:
        started = time.process_time()
        stored = _rate(services, MemoryInbox(*map(letter, range(mails)), name="memory"), mails)
        spent = (time.process_time() - started) / mails * 1_000
        read = _timed(lambda: _read_all(services), mails)
        with tempfile.TemporaryDirectory() as folder:
            box = _maildir(Path(folder), range(mails, 2 * mails))
            files = _rate(services, box, mails)
        again = _rate(services, MemoryInbox(*map(letter, range(mails)), name="again"), mails)
        found = [
            Result("stored, from memory", stored, "mails/s", 100, detail=_sizes(mails)),
            Result("stored, from a Maildir", files, "mails/s", 100, detail=f"{mails} files"),
            Result("come again and known", again, "mails/s"),
            Result("processor time of the service a stored mail", spent, "ms"),
            Result("understood and dealt with", read, "mails/s"),
            *_by_imap(services, mails),
        ]
        _complete(services, mails)
    return [*found, *arrivals()]


def _complete(services: Services, mails: int) -> None:
    with services.reading() as session:
        kept = session.scalar(select(func.count()).select_from(Message)) or 0
    if kept not in (2 * mails, 3 * mails):
        raise RuntimeError(f"{kept} rows of {2 * mails} or {3 * mails} mails")


def _by_imap(services: Services, mails: int) -> list[Result]:
    """The backlog of an IMAP folder, where a Dovecot is installed."""
    from tests.dovecot import PROGRAM, running_dovecot

    if not PROGRAM.exists():
        return []
    with running_dovecot() as server:
        server.deliver("orders", *map(letter, range(2 * mails, 3 * mails)))
        rate = _rate(services, ImapInbox(server.server("orders")), mails)
    return [
        Result(
            "stored, from a backlog by IMAP, moved", rate, "mails/s", 56, detail=f"{mails} mails"
        )
    ]


def _rate(services: Services, inbox: Inbox, mails: int) -> float:
    return _timed(lambda: _empty(services, inbox), mails)


def _timed(act: Callable[[], None], mails: int) -> float:
    began = time.perf_counter()
    act()
    return mails / (time.perf_counter() - began)


def _empty(services: Services, inbox: Inbox) -> None:
    while inbox.waiting(1):
        storing.empty(services, [inbox])


def _read_all(services: Services) -> None:
    while routing.read_all(services):
        pass


@contextmanager
def _durable() -> Iterator[Services]:
    """An empty installation on SQLite, every commit on disk, with the service's own reader."""
    with tempfile.TemporaryDirectory(prefix="orderflow-intake-") as folder:
        home = Path(folder)
        url = f"sqlite+pysqlite:///{home}/orderflow.db"
        migrations.upgrade(url)
        reader = ConfinedReader()
        reader.start()
        settings = load(home, environment={"ORDERFLOW_DATABASE__URL": url})
        services = replace(build(settings), reader=reader)
        try:
            yield services
        finally:
            services.engine.dispose()
            reader.close()


def _maildir(root: Path, numbers: Sequence[int]) -> MaildirInbox:
    (root / "new").mkdir()
    for number in numbers:
        (root / "new" / f"{number:08}").write_bytes(letter(number))
    return MaildirInbox(root)


def letter(number: int) -> bytes:
    """A letter of 1 to 20 kB; every fifth is an order."""
    mail = EmailMessage()
    mail["From"], mail["To"] = f"buyer{number % 97}@firm.test", "orders@zheling.example"
    mail["Subject"] = f"订购 PO-{number}" if number % 5 == 0 else f"Question {number}"
    mail["Message-ID"] = f"<{number}@firm.test>"
    mail["Date"] = "Tue, 24 Nov 2026 09:00:00 +0800"
    order = f"订单号:PO-{number}\n品名:水泵\n型号:BV-25\n数量:{number % 9 + 1}台\n交期:2026-12-20\n"
    lines = [WORDS] * (1 + number % 10 * 15)
    mail.set_content((order if number % 5 == 0 else "") + "\n".join(lines), cte="8bit")
    return mail.as_bytes()


def _sizes(mails: int) -> str:
    sizes = [len(letter(number)) for number in range(min(mails, 100))]
    return f"{mails} mails, {min(sizes) / 1000:.1f} to {max(sizes) / 1000:.1f} kB, SQLite FULL"
