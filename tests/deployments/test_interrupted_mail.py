"""Killed for good between the server's yes and our own note of it: the mail goes out once."""

import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller

from deployments.mail_loop import Maildirs, mailbox
from models.outbox import Owed
from tasks.sending import send_due
from tasks.services import Services, build
from tasks.settings import load
from tests.world import KEY, World, make_world

ROOT = Path(__file__).parent.parent.parent
CUSTOMER, ARCHIVE = "liu.qiang@lijia.example", "archive@zheling.example"
ORDER = "品名:传动轴\n型号:CX-40\n数量:16件\n单价:1200元\n交货日期:2026年12月25日\n特殊要求:无\n"
KILLED_SENDER = """
import os, signal, sys
from dataclasses import replace
from pathlib import Path
from tasks.sending import send_due
from tasks.services import build
from tasks.settings import load

class Deadly:
    def __init__(self, mailer): self.mailer = mailer
    def send(self, raw, sender, recipients):
        self.mailer.send(raw, sender, recipients)
        os.kill(os.getpid(), signal.SIGKILL)

services = build(load(Path(sys.argv[1])))
send_due(replace(services, mailer=Deadly(services.mailer)))
"""


@dataclass
class Loop:
    """An installation that owes one mail, and the mail loop before it."""

    world: World
    services: Services

    @property
    def maildir(self) -> Path:
        return self.services.settings.home / "mail"

    def mails(self, address: str) -> int:
        """How many mails lie in the box of this address."""
        return len(list((mailbox(self.maildir, address) / "new").iterdir()))

    def minutes_later(self, minutes: int) -> Services:
        """The installation as a process that starts then."""
        now = datetime.now(UTC) + timedelta(minutes=minutes)
        return replace(build(self.services.settings), clock=lambda: now)


@pytest.fixture
def loop(tmp_path: Path) -> Iterator[Loop]:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    url = f"sqlite+pysqlite:///{tmp_path / 'orderflow.db'}"
    world = make_world(url, tmp_path)
    world.clock[0] = datetime.now(UTC)
    world.write(ORDER)
    world.drive()
    with world.services.writing() as session:
        for row in world.owed("approval"):
            session.delete(session.get_one(Owed, row.id))
    (tmp_path / "secret.key").write_text(KEY.get_secret_value(), "ascii")
    (tmp_path / "orderflow.toml").write_text(
        f"[database]\nurl = '{url}'\n"
        f"[mail]\nport = {port}\nmaildir = '{tmp_path / 'mail'}'\narchive = '{ARCHIVE}'\n"
    )
    controller = Controller(Maildirs(tmp_path / "mail"), hostname="127.0.0.1", port=port)
    controller.start()
    yield Loop(world, build(load(tmp_path, {})))
    controller.stop()
    world.services.engine.dispose()


def killed_while_sending(loop: Loop) -> None:
    """A sender has been killed when the server had just said yes."""
    line = [sys.executable, "-c", KILLED_SENDER, str(loop.services.settings.home)]
    done = subprocess.run(line, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == -9, done.stderr
    (row,) = loop.world.owed("received")
    assert row.state == "sending"


def test_the_copy_in_the_archive_keeps_the_mail_from_going_out_twice(loop: Loop) -> None:
    killed_while_sending(loop)
    for minutes in (2, 3, 60):
        send_due(loop.minutes_later(minutes))
    (row,) = loop.world.owed("received")
    assert (row.state, loop.mails(CUSTOMER), loop.mails(ARCHIVE)) == ("sent", 1, 1)


def test_without_the_copy_it_goes_out_again_and_without_the_box_it_waits(loop: Loop) -> None:
    killed_while_sending(loop)
    archive = mailbox(loop.maildir, ARCHIVE)
    shutil.rmtree(archive)
    for minutes in (2, 3):
        send_due(loop.minutes_later(minutes))
    (row,) = loop.world.owed("received")
    assert (row.state, loop.mails(CUSTOMER)) == ("unknown", 1)
    for part in ("new", "cur"):
        (archive / part).mkdir(parents=True)
    send_due(loop.minutes_later(10))
    assert (loop.mails(CUSTOMER), loop.mails(ARCHIVE)) == (2, 1)


def test_nobody_is_named_in_the_copy(loop: Loop) -> None:
    send_due(loop.services)
    (customers,) = (mailbox(loop.maildir, CUSTOMER) / "new").iterdir()
    (copy,) = (mailbox(loop.maildir, ARCHIVE) / "new").iterdir()
    assert ARCHIVE.encode() not in customers.read_bytes()
    assert copy.read_bytes().split(b"\r\n")[2:] == customers.read_bytes().split(b"\r\n")[2:]
