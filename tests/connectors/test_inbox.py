"""What every inbox promises, whichever product is behind it."""

from collections.abc import Callable
from pathlib import Path

import pytest

from connectors.errors import Unreachable
from connectors.inbox import Inbox, MemoryInbox
from connectors.inbox_maildir import MaildirInbox

Filled = Callable[..., Inbox]


def in_memory(_: Path, *mails: bytes) -> Inbox:
    return MemoryInbox(*mails)


def in_maildir(root: Path, *mails: bytes) -> Inbox:
    (root / "new").mkdir(parents=True)
    for n, raw in enumerate(mails):
        (root / "new" / f"17000000{n}.M{n}P1.host").write_bytes(raw)
    return MaildirInbox(root)


@pytest.fixture(params=[in_memory, in_maildir])
def filled(request: pytest.FixtureRequest, tmp_path: Path) -> Filled:
    return lambda *mails: request.param(tmp_path / "box", *mails)


def test_mails_wait_oldest_first_and_no_more_than_asked_for(filled: Filled) -> None:
    inbox = filled(b"one", b"two", b"three")
    assert [envelope.raw for envelope in inbox.waiting(2)] == [b"one", b"two"]


def test_looking_takes_nothing_away(filled: Filled) -> None:
    inbox = filled(b"one")
    assert inbox.waiting(9) == inbox.waiting(9)


def test_what_is_done_waits_no_longer_and_may_be_done_twice(filled: Filled) -> None:
    inbox = filled(b"one", b"two")
    first = inbox.waiting(1)[0]
    inbox.done(first.key)
    inbox.done(first.key)
    assert [envelope.raw for envelope in inbox.waiting(9)] == [b"two"]


def test_poison_is_set_aside_and_blocks_nothing(filled: Filled) -> None:
    inbox = filled(b"poison", b"good")
    poison = inbox.waiting(1)[0]
    inbox.quarantine(poison.key, "too_large")
    inbox.quarantine(poison.key, "too_large")
    assert [envelope.raw for envelope in inbox.waiting(9)] == [b"good"]


def test_a_key_from_nowhere_changes_nothing(filled: Filled) -> None:
    inbox = filled(b"one")
    for key in ("unknown", "../../etc/passwd", "", ".."):
        inbox.done(key)
        inbox.quarantine(key, "x")
    assert len(inbox.waiting(9)) == 1


def test_a_maildir_mail_moves_to_cur_and_stays_as_it_was(tmp_path: Path) -> None:
    inbox = in_maildir(tmp_path / "box", b"kept")
    inbox.done(inbox.waiting(1)[0].key)
    assert [p.read_bytes() for p in (tmp_path / "box" / "cur").iterdir()] == [b"kept"]


def test_a_quarantined_file_carries_its_reason_but_never_a_path(tmp_path: Path) -> None:
    inbox = in_maildir(tmp_path / "box", b"bad")
    inbox.quarantine(inbox.waiting(1)[0].key, "Header: ../../too long")
    names = [p.name for p in (tmp_path / "box" / ".Quarantine" / "cur").iterdir()]
    assert len(names) == 1
    assert "header_too_long" in names[0]


def test_links_folders_and_hidden_files_in_a_maildir_are_not_mails(tmp_path: Path) -> None:
    inbox = in_maildir(tmp_path / "box", b"mail")
    new = tmp_path / "box" / "new"
    (new / "link").symlink_to(tmp_path)
    (new / "folder").mkdir()
    (new / ".hidden").write_bytes(b"x")
    assert [envelope.raw for envelope in inbox.waiting(9)] == [b"mail"]


def test_a_maildir_that_does_not_exist_yet_is_empty(tmp_path: Path) -> None:
    assert list(MaildirInbox(tmp_path / "nowhere").waiting(5)) == []


def test_a_maildir_that_is_a_file_is_unreachable(tmp_path: Path) -> None:
    (tmp_path / "box").mkdir()
    (tmp_path / "box" / "new").write_text("not a folder")
    with pytest.raises(Unreachable):
        MaildirInbox(tmp_path / "box").waiting(5)
