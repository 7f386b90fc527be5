"""An IMAP folder as an inbox, against a real Dovecot."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pydantic import SecretStr

from connectors.archive_imap import ImapArchive
from connectors.errors import Rejected, Unreachable
from connectors.imap import server_of
from connectors.inbox_imap import ImapInbox
from domain.errors import BadValue
from tests.dovecot import PASSWORD, Dovecot, Tokens, running_dovecot

READER = """
import hashlib, pathlib, ssl, sys
from connectors.imap import ImapServer
from connectors.inbox_imap import ImapInbox
from pydantic import SecretStr
port, user, password, authority, ledger = sys.argv[1:]
context = ssl.create_default_context(cafile=authority)
word = SecretStr(password)
inbox = ImapInbox(ImapServer("127.0.0.1", int(port), user, password=word, context=context))
while batch := inbox.waiting(5):
    for mail in batch:
        (pathlib.Path(ledger) / hashlib.sha256(mail.raw).hexdigest()).write_bytes(mail.raw)
        inbox.done(mail.key)
"""
"""Keeps each mail in a folder, under its content, then lets go of it, until none waits."""


@pytest.fixture(scope="module")
def dovecot() -> Iterator[Dovecot]:
    with running_dovecot() as server:
        yield server


@pytest.fixture
def user(request: pytest.FixtureRequest) -> str:
    """A mailbox of one's own."""
    return f"u{abs(hash(request.node.nodeid))}"


def taken(inbox: ImapInbox) -> list[bytes]:
    """What the inbox gives until it is empty."""
    found: list[bytes] = []
    while batch := inbox.waiting(50):
        for envelope in batch:
            found.append(envelope.raw)
            inbox.done(envelope.key)
    return found


def mail(name: str) -> bytes:
    return f"Message-ID: <{name}@customer.test>\r\nSubject: {name}\r\n\r\nText\r\n".encode()


def test_mails_wait_oldest_first_and_looking_takes_nothing_away(
    dovecot: Dovecot, user: str
) -> None:
    dovecot.deliver(user, b"one\r\n", b"two\r\n", b"three\r\n")
    inbox = ImapInbox(dovecot.server(user))
    assert [each.raw for each in inbox.waiting(2)] == [b"one\r\n", b"two\r\n"]
    assert inbox.waiting(9) == inbox.waiting(9)
    with dovecot.session(user) as session:
        assert len(session.search("UNSEEN")) == 3


def test_what_is_done_waits_no_longer_and_lies_unchanged_in_processed(
    dovecot: Dovecot, user: str
) -> None:
    dovecot.deliver(user, mail("one"), mail("two"))
    inbox = ImapInbox(dovecot.server(user))
    first = inbox.waiting(1)[0]
    inbox.done(first.key)
    inbox.done(first.key)
    assert [each.raw for each in inbox.waiting(9)] == [mail("two")]
    assert dovecot.lying_in(user, "Processed") == [mail("one")]


def test_poison_lies_in_quarantine_and_blocks_nothing(dovecot: Dovecot, user: str) -> None:
    dovecot.deliver(user, mail("poison"), mail("good"))
    inbox = ImapInbox(dovecot.server(user))
    inbox.quarantine(inbox.waiting(1)[0].key, "too_large")
    assert [each.raw for each in inbox.waiting(9)] == [mail("good")]
    assert dovecot.lying_in(user, "Quarantine") == [mail("poison")]


def test_a_key_from_nowhere_changes_nothing(dovecot: Dovecot, user: str) -> None:
    dovecot.deliver(user, mail("one"))
    inbox = ImapInbox(dovecot.server(user))
    inbox.waiting(9)
    for key in ("unknown", "", "1.1", "1:*", "1.1\r\nA1 DELETE INBOX"):
        inbox.done(key)
        inbox.quarantine(key, "x")
    assert len(inbox.waiting(9)) == 1


def test_an_empty_mail_is_a_mail(dovecot: Dovecot, user: str) -> None:
    dovecot.deliver(user, b"\r\n", mail("one"))
    assert taken(ImapInbox(dovecot.server(user))) == [b"\r\n", mail("one")]


def test_where_the_server_cannot_move_mails_are_copied_and_others_deletions_stay(
    dovecot: Dovecot, user: str
) -> None:
    dovecot.deliver(user, mail("theirs"), mail("ours"))
    with dovecot.session(user) as session:
        session.uid("STORE", "1", "+FLAGS", r"(\Deleted)")
        session.able -= {"MOVE"}
        session.imap.create("Processed")
        session.move([2], "Processed")
    assert dovecot.lying_in(user, "INBOX") == [mail("theirs")]
    assert dovecot.lying_in(user, "Processed") == [mail("ours")]
    assert taken(ImapInbox(dovecot.server(user))) == []  # what somebody deletes is not read


def test_uids_that_begin_anew_lose_nothing_and_move_no_other_mail(
    dovecot: Dovecot, user: str
) -> None:
    dovecot.deliver(user, mail("old"))
    inbox = ImapInbox(dovecot.server(user))
    old = inbox.waiting(9)[0]
    with dovecot.session(user) as session:
        session.imap.create("Kept")
        session.move([1], "Kept")
    dovecot.kill()
    box = dovecot.home / "mail" / user / "Maildir"
    for index in (*box.glob("dovecot*"),):
        index.unlink()
    (box / "dovecot-uidlist").write_text("3 V1234567 N1\n")
    dovecot.start()
    dovecot.deliver(user, mail("new"))
    with pytest.raises(Unreachable):
        inbox.waiting(9)
    fresh = ImapInbox(dovecot.server(user))
    (new,) = fresh.waiting(9)
    assert (new.raw, new.key.split(".")[1]) == (mail("new"), old.key.split(".")[1])
    fresh.done(old.key)
    assert fresh.waiting(9) == [new]


def test_a_server_that_went_away_is_let_rest_and_read_again(dovecot: Dovecot, user: str) -> None:
    clock = [0.0]
    inbox = ImapInbox(dovecot.server(user), monotonic=lambda: clock[0])
    dovecot.deliver(user, mail("one"), mail("two"))
    inbox.done(inbox.waiting(1)[0].key)
    dovecot.kill()
    with pytest.raises(Unreachable):
        inbox.waiting(9)
    assert inbox.waiting(9) == []  # not tried: no error
    dovecot.start()
    clock[0] = 60.0
    assert taken(inbox) == [mail("one"), mail("two")]  # the first once more: nothing is lost
    assert dovecot.lying_in(user, "Processed") == [mail("one"), mail("two")]


def test_a_new_mail_is_announced_without_looking(dovecot: Dovecot, user: str) -> None:
    inbox = ImapInbox(dovecot.server(user), monotonic=lambda: 0.0)  # never time to look by itself
    stopped = threading.Event()
    thread = inbox.listen(stopped)
    pause = threading.Event()
    while not inbox.announced:
        pause.wait(0.01)
    assert inbox.waiting(9) == []
    dovecot.deliver(user, mail("one"))
    while not (found := inbox.waiting(9)):
        pause.wait(0.01)
    stopped.set()
    thread.join(timeout=20)
    assert [each.raw for each in found] == [mail("one")]
    assert not thread.is_alive()


@pytest.mark.parametrize("starttls", [False, True])
def test_an_unknown_certificate_gets_no_password(
    dovecot: Dovecot, user: str, starttls: bool
) -> None:
    port = dovecot.starttls if starttls else dovecot.tls
    believed = dovecot.server(user, starttls=starttls, port=port)
    ImapInbox(believed).check()
    with pytest.raises(Unreachable, match="CERTIFICATE_VERIFY_FAILED"):
        ImapInbox(replace(believed, context=None)).check()
    with pytest.raises(Unreachable, match="mismatch"):
        ImapInbox(replace(believed, host="localhost")).check()


def test_a_wrong_password_is_a_no_that_does_not_show_it(dovecot: Dovecot, user: str) -> None:
    inbox = ImapInbox(dovecot.server(user, password=SecretStr("wrong-one")))
    with pytest.raises(Rejected) as refused:
        inbox.waiting(9)
    assert "wrong-one" not in str(refused.value)


def test_each_login_asks_for_a_token_so_that_an_expired_one_is_replaced(
    dovecot: Dovecot, user: str, tmp_path: Path
) -> None:
    file = tmp_path / "token"
    command = f"{sys.executable} -c \"print(open('{file}').read())\""
    server = dovecot.server(user, token_command=command)
    dovecot.deliver(user, mail("one"))
    file.write_text(f"{user}.first")
    Tokens.good = frozenset({f"{user}.second"})
    clock = [0.0]
    inbox = ImapInbox(server, monotonic=lambda: clock[0])
    with pytest.raises(Rejected):
        inbox.waiting(9)
    file.write_text(f"{user}.second")
    clock[0] = 60.0
    assert taken(inbox) == [mail("one")]


@pytest.mark.parametrize("command", ["false", "true", "/nowhere/at/all", "echo two words"])
def test_a_command_without_a_token_is_named(dovecot: Dovecot, user: str, command: str) -> None:
    with pytest.raises(Unreachable, match="imap_token_command"):
        ImapInbox(dovecot.server(user, token_command=command)).check()


def test_a_setting_names_account_folder_and_how_it_is_secured() -> None:
    server = server_of("imaps://orders%40ours.test@imap.ours.test/Orders%20in")
    assert (server.host, server.port, server.user) == ("imap.ours.test", 993, "orders@ours.test")
    assert (server.folder, server.starttls) == ("Orders in", False)
    plain = server_of("imap://orders@imap.ours.test")
    assert (plain.port, plain.folder, plain.starttls) == (143, "INBOX", True)


@pytest.mark.parametrize(
    "url", ["orders@ours.test", "http://a@b", "imaps://host/INBOX", "imaps://u@h:port", ""]
)
def test_what_is_no_imap_address_is_refused(url: str) -> None:
    with pytest.raises(BadValue):
        server_of(url)


def test_a_password_in_the_address_is_refused_and_not_repeated() -> None:
    with pytest.raises(BadValue) as refused:
        server_of("imaps://orders:hush@imap.ours.test")
    assert "hush" not in str(refused.value)


def reader(dovecot: Dovecot, user: str, ledger: Path) -> subprocess.Popen[bytes]:
    words = [str(dovecot.tls), user, PASSWORD.get_secret_value(), str(dovecot.home / "cert.pem")]
    root = str(Path(__file__).parents[2])
    return subprocess.Popen(
        [sys.executable, "-c", READER, *words, str(ledger)], env={**os.environ, "PYTHONPATH": root}
    )


def test_a_reader_killed_between_keeping_and_moving_loses_and_doubles_nothing(
    dovecot: Dovecot, user: str, tmp_path: Path
) -> None:
    sent = sorted(mail(f"m{n:03}") for n in range(200))
    dovecot.deliver(user, *sent)
    for kept in (3, 48, 97, 143):  # none of them between two batches of five
        killed = reader(dovecot, user, tmp_path)
        while len(list(tmp_path.iterdir())) < kept:
            assert killed.poll() is None
        killed.kill()
        assert killed.wait() == -signal.SIGKILL
    assert reader(dovecot, user, tmp_path).wait(timeout=60) == 0
    assert sorted(each.read_bytes() for each in tmp_path.iterdir()) == sent
    assert sorted(dovecot.lying_in(user, "Processed")) == sent
    assert dovecot.lying_in(user, "INBOX") == []


def test_an_archive_over_imap_knows_its_mails_and_says_no_only_where_it_looked(
    dovecot: Dovecot, user: str
) -> None:
    told = b"To: Archive <Archive@ours.test>\r\nMessage-ID: <heads@ours.test>\r\n\r\nText\r\n"
    dovecot.deliver(user, mail("longer-one"), told)
    archive, now = ImapArchive(dovecot.server(user)), datetime.now(UTC)
    assert archive.holds("longer-one@customer.test", since=now)
    assert not archive.holds("one@customer.test", since=now)
    assert not archive.holds("", since=now)
    assert list(archive.addressed_to("archive@ours.test")) == [told]
    with dovecot.session(user) as session:
        assert len(session.search("UNSEEN")) == 2
    for away in (
        dovecot.server(user, folder="Nowhere"),
        dovecot.server(user, password=SecretStr("wrong")),
    ):
        with pytest.raises(Unreachable):
            ImapArchive(away).check()
        with pytest.raises(Unreachable):
            ImapArchive(away).holds("one@customer.test", since=now)
