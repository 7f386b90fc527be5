"""kill -9 of the intake and of the mail server, while they work through a full mailbox."""

import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from sqlalchemy import func, select

from benchmarks.intake import letter
from benchmarks.result import NotHere, Result
from benchmarks.running import ROOT
from benchmarks.struck_reader import opened
from models import migrations
from models.message import Message
from models.order import Order
from models.person import PersonRow
from tasks.services import Services

MAILS, KILLS, SERVER_KILLS = 5_000, 100, 10
AGAIN = 0.1
"""So much of the mail comes twice."""
A_SECOND = 12
"""About so many mails a second are dealt with on one core."""
USER = "orders"
LIMIT_SECONDS = 3_600


def struck(mails: int = MAILS) -> list[Result]:
    """Mails lost and orders doubled; fewer mails take the same share of all kills."""
    from tests.dovecot import PROGRAM, running_dovecot

    if not PROGRAM.exists():
        raise NotHere("Dovecot is not installed")
    kills, server_kills = (max(1, each * mails // MAILS) for each in (KILLS, SERVER_KILLS))
    luck = random.Random(mails)  # noqa: S311  # drawn for variety, not for secrecy
    single = range(round(mails * (1 - AGAIN)))
    sent = [letter(number) for number in single]
    sent += [_once_more(letter(luck.choice(single))) for _ in range(mails - len(single))]
    luck.shuffle(sent)
    with (
        tempfile.TemporaryDirectory(prefix="orderflow-struck-") as folder,
        running_dovecot() as box,
    ):
        url = f"sqlite+pysqlite:///{folder}/orderflow.db"
        migrations.upgrade(url)
        services = opened(Path(folder), url)
        _somebody_on_duty(services)
        box.deliver(USER, *sent)
        words = [folder, url, str(box.tls), USER, str(box.home / "cert.pem")]
        done, server_done = 0, 0
        end = time.monotonic() + LIMIT_SECONDS
        while True:
            life = luck.uniform(0, 1.2 * mails / A_SECOND / kills) if done < kills else None
            code = _lived(words, life, end)
            if code == 0:
                break
            done += 1
            if server_done < server_kills and done * server_kills >= (server_done + 1) * kills:
                box.kill()
                box.start()
                server_done += 1
        left = len(box.lying_in(USER, "INBOX"))
        lost, double = _counted(services, single)
        services.engine.dispose()
    detail = f"{mails} mails, {done} kills of the intake, {server_done} of the mail server"
    return [
        Result(name, float(value), "count", 0, higher_is_better=False, detail=detail)
        for name, value in (
            ("struck: mails lost", lost),
            ("struck: orders too many", double),
            ("struck: mails left in the mailbox", left),
        )
    ]


def _lived(words: list[str], life: float | None, end: float) -> int:
    """How an intake ended that was killed so many seconds after it began, or never.

    Raises RuntimeError for one that ended by itself before it was done.
    """
    command = [sys.executable, "-m", "benchmarks.struck_reader", *words]
    log = Path(words[0]) / "intake.log"
    with log.open("ab") as said:
        one = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=said)
    try:
        if one.stdout is not None:
            one.stdout.readline()  # ready
        code = one.wait(life if life is not None else max(1.0, end - time.monotonic()))
        if code:
            raise RuntimeError(log.read_text("utf-8", errors="replace")[-1000:])
        return code
    except subprocess.TimeoutExpired:
        one.kill()
        code = one.wait()
        if life is None:
            raise TimeoutError(f"not within {LIMIT_SECONDS} s: an empty mailbox") from None
        return code
    finally:
        if one.stdout is not None:
            one.stdout.close()


def _once_more(raw: bytes) -> bytes:
    """The mail as a server delivers it again: with another line on top."""
    return b"Received: from relay.test by mx.test; Tue, 24 Nov 2026 09:05:00 +0800\r\n" + raw


def _somebody_on_duty(services: Services) -> None:
    with services.writing() as session:
        session.add(
            PersonRow(
                person="chen.yu",
                name="陈昱",
                mail="chen.yu@zheling.example",
                language="zh-CN",
                roles=["owner", "clerk", "manager", "director"],
                skills=[],
            )
        )


def _counted(services: Services, single: range) -> tuple[int, int]:
    """Mails without a row that is dealt with, and orders beyond one for each that orders."""
    with services.reading() as session:
        dealt = set(session.scalars(select(Message.message_id).where(Message.state != "new")))
        opened_by = session.scalars(select(Message.order_id).where(Message.order_id.is_not(None)))
        orders = session.scalar(select(func.count()).select_from(Order)) or 0
        twice = sum(count - 1 for count in Counter(opened_by).values())
        numbers = Counter(session.scalars(select(Order.customer_po_no)))
    lost = sum(f"{number}@firm.test" not in dealt for number in single)
    wanted = sum(number % 5 == 0 for number in single)
    missing = max(0, wanted - orders)
    double = sum(count - 1 for count in numbers.values()) + twice
    return lost + missing, double
