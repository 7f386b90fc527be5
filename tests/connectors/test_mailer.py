"""What every mailer promises, and what the SMTP one needs of its library."""

import inspect
import socket
from collections.abc import Iterator
from typing import Any

import pytest
import yagmail
from aiosmtpd.controller import Controller
from pydantic import SecretStr

from connectors.errors import Rejected, Unreachable
from connectors.mailer import Mailer, MemoryMailer, Unsure
from connectors.mailer_yagmail import PLAIN, OutboxClient, SmtpServer, YagmailMailer

RAW = b"From: orders@ours.test\r\nSubject: [SO-2026-00001] Hello\r\n\r\n.leading dot\r\n"


class Server:
    """A real SMTP server on a free port that refuses whom the test names."""

    def __init__(self) -> None:
        self.got: list[tuple[str, list[str], bytes]] = []
        self.peers: set[Any] = set()
        self.hang_up = False
        self.hang_up_late = False
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port: int = free.getsockname()[1]

    async def handle_RCPT(  # noqa: N802 - the name that aiosmtpd calls
        self, server: Any, _session: Any, envelope: Any, to: str, _options: Any
    ) -> str:
        if self.hang_up:
            self.hang_up = False
            server.transport.abort()
        if to.startswith("nobody"):
            return "550 5.1.1 no such mailbox"
        if to.startswith("busy"):
            return "451 4.7.1 try again later"
        envelope.rcpt_tos.append(to)
        return "250 OK"

    async def handle_DATA(  # noqa: N802 - the name that aiosmtpd calls
        self, server: Any, session: Any, envelope: Any
    ) -> str:
        self.got.append((envelope.mail_from, envelope.rcpt_tos, envelope.content))
        self.peers.add(session.peer)
        if self.hang_up_late:
            server.transport.abort()
        return "554 5.6.0 never" if b"virus" in envelope.content else "250 OK"


@pytest.fixture
def server() -> Iterator[Server]:
    handler = Server()
    controller = Controller(handler, hostname="127.0.0.1", port=handler.port)
    controller.start()
    yield handler
    controller.stop()


@pytest.fixture
def mailer(server: Server) -> Iterator[YagmailMailer]:
    client = YagmailMailer(SmtpServer("127.0.0.1", server.port, PLAIN, timeout_seconds=5))
    yield client
    client.close()


def test_the_bytes_arrive_unchanged_under_the_envelope_sender(
    server: Server, mailer: YagmailMailer
) -> None:
    mailer.send(RAW, "bounces@ours.test", ["a@customer.test"])
    assert server.got == [("bounces@ours.test", ["a@customer.test"], RAW)]


def test_one_connection_carries_many_mails(server: Server, mailer: YagmailMailer) -> None:
    for _ in range(3):
        mailer.send(RAW, "orders@ours.test", ["a@customer.test"])
    assert len(server.got) == 3
    assert len(server.peers) == 1


def test_an_unknown_mailbox_is_rejected_with_the_servers_words(mailer: YagmailMailer) -> None:
    with pytest.raises(Rejected) as refused:
        mailer.send(RAW, "orders@ours.test", ["nobody@customer.test"])
    assert "550" in refused.value.reason
    assert "no such mailbox" in refused.value.reason


def test_a_busy_server_is_unreachable_for_now(mailer: YagmailMailer) -> None:
    with pytest.raises(Unreachable) as delayed:
        mailer.send(RAW, "orders@ours.test", ["busy@customer.test"])
    assert "451" in delayed.value.reason


def test_content_that_is_refused_is_rejected(mailer: YagmailMailer) -> None:
    with pytest.raises(Rejected):
        mailer.send(RAW + b"virus\r\n", "orders@ours.test", ["a@customer.test"])


def test_a_copy_that_is_refused_holds_up_no_mail(server: Server, mailer: YagmailMailer) -> None:
    mailer.send(RAW, "orders@ours.test", ["a@customer.test", "nobody@ours.test"])
    assert server.got == [("orders@ours.test", ["a@customer.test"], RAW)]


@pytest.mark.parametrize("recipient", ["nobody@customer.test", "busy@customer.test"])
def test_no_copy_is_kept_of_a_mail_that_its_recipient_does_not_get(
    server: Server, mailer: YagmailMailer, recipient: str
) -> None:
    with pytest.raises((Rejected, Unreachable)):
        mailer.send(RAW, "orders@ours.test", [recipient, "archive@ours.test"])
    assert server.got == []


def test_a_connection_lost_at_the_last_word_leaves_it_open_whether_the_mail_was_taken(
    server: Server, mailer: YagmailMailer
) -> None:
    server.hang_up_late = True
    with pytest.raises(Unsure):
        mailer.send(RAW, "orders@ours.test", ["a@customer.test"])
    assert len(server.got) == 1


def test_a_lost_connection_is_one_attempt_and_the_next_mail_connects_again(
    server: Server, mailer: YagmailMailer
) -> None:
    server.hang_up = True
    with pytest.raises(Unreachable) as lost:
        mailer.send(RAW, "orders@ours.test", ["a@customer.test"])
    assert not isinstance(lost.value, Unsure)
    assert server.got == []
    mailer.send(RAW, "orders@ours.test", ["a@customer.test"])
    assert len(server.got) == 1


def test_a_dead_kept_connection_is_replaced(server: Server, mailer: YagmailMailer) -> None:
    mailer.send(RAW, "orders@ours.test", ["a@customer.test"])
    mailer._client().smtp.sock.close()
    mailer.send(RAW, "orders@ours.test", ["a@customer.test"])
    assert len(server.got) == 2


def test_no_server_is_unreachable() -> None:
    with pytest.raises(Unreachable):
        YagmailMailer(SmtpServer("127.0.0.1", 1, PLAIN)).send(RAW, "a@b.test", ["c@d.test"])


def test_a_password_never_goes_over_a_plain_connection_and_is_never_printed() -> None:
    server = SmtpServer("127.0.0.1", 1, PLAIN, "user", SecretStr("hidden-word"))
    assert "hidden-word" not in repr(server)
    with pytest.raises(Rejected):
        YagmailMailer(server).send(RAW, "a@b.test", ["c@d.test"])


@pytest.mark.parametrize("recipients", [[], ["no-address"], ["a@b.test\r\nRCPT TO:<x@y.test>"]])
def test_nobody_and_injected_commands_are_refused(
    recipients: list[str], mailer: YagmailMailer
) -> None:
    both: list[Mailer] = [MemoryMailer(), mailer]
    for one in both:
        with pytest.raises(Rejected):
            one.send(RAW, "orders@ours.test", recipients)


def test_a_memory_mailer_fails_as_told_and_then_works() -> None:
    mailer = MemoryMailer()
    mailer.fail_next(Unreachable("smtp", "busy"))
    with pytest.raises(Unreachable):
        mailer.send(RAW, "a@b.test", ["c@d.test"])
    mailer.send(RAW, "a@b.test", ["c@d.test"])
    assert [sent.recipients for sent in mailer.sent] == [("c@d.test",)]


def test_yagmail_still_has_the_names_we_lean_on() -> None:
    for name in ("prepare_send", "login", "_attempt_send", "close", "send"):
        assert callable(getattr(yagmail.Client, name))
    client = OutboxClient(user="a@b.test", password="x", smtp_skip_login=True, smtp_ssl=False)
    assert client.smtp is None
    assert client.user == "a@b.test"
    assert client.is_closed is None
    source = inspect.getsource(yagmail.Client.send)
    assert source.index("self.login()") < source.index("self._attempt_send(")
