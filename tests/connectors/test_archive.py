"""What every archive promises, whichever product is behind it."""

import os
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from connectors.archive import Archive, MemoryArchive
from connectors.archive_maildir import MaildirArchive
from connectors.errors import Unreachable
from connectors.registry import archive_for
from domain.errors import BadValue

NOON = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)
Filled = Callable[..., Archive]


def mail(name: str, *, to: str = "a@customer.test", body: str = "") -> bytes:
    return f"To: {to}\r\nMessage-ID: <{name}@ours.test>\r\n\r\n{body}\r\n".encode()


def in_memory(_: Path, *mails: bytes) -> Archive:
    made = MemoryArchive()
    for each in mails:
        made.keep(each)
    return made


def keep(root: Path, name: str, raw: bytes, *, came_at: datetime = NOON) -> None:
    """A mail lies in `new`."""
    for part in ("new", "cur"):
        (root / part).mkdir(parents=True, exist_ok=True)
    file = root / "new" / name
    file.write_bytes(raw)
    os.utime(file, (came_at.timestamp(), came_at.timestamp()))


def in_maildir(root: Path, *mails: bytes) -> Archive:
    for n, raw in enumerate(mails):
        keep(root, f"17000000{n}.M{n}P1.host", raw)
    return MaildirArchive(root)


@pytest.fixture(params=[in_memory, in_maildir])
def filled(request: pytest.FixtureRequest, tmp_path: Path) -> Filled:
    return lambda *mails: request.param(tmp_path / "box", *mails)


def test_what_lies_there_is_found_by_its_message_id_and_nothing_else(filled: Filled) -> None:
    archive = filled(mail("one"), mail("two", body="Message-ID: <three@ours.test>"))
    assert archive.holds("two@ours.test", since=NOON)
    assert not archive.holds("three@ours.test", since=NOON)
    assert not archive.holds("tw@ours.test", since=NOON)
    assert not archive.holds("", since=NOON)


def test_a_folded_message_id_is_the_same(filled: Filled) -> None:
    archive = filled(b"Subject: x\r\nmessage-id:\r\n <one@ours.test>\r\n\r\n")
    assert archive.holds("one@ours.test", since=NOON)


def test_mails_to_an_address_are_those_that_say_so(filled: Filled) -> None:
    told = mail("heads", to='"Archive" <Archive@Ours.test>')
    archive = filled(mail("one"), told, mail("quotes", body="To: archive@ours.test"))
    assert list(archive.addressed_to("archive@ours.test")) == [told]


def test_what_is_no_mail_is_passed_over(filled: Filled) -> None:
    archive = filled(b"", b"\0" * 70_000, b"\xff: \xfe\r\n\r\n", mail("one"))
    assert archive.holds("one@ours.test", since=NOON)
    assert list(archive.addressed_to("archive@ours.test")) == []


def test_while_it_is_away_nothing_is_said() -> None:
    archive = MemoryArchive()
    archive.away = "no route"
    asks: list[Callable[[], object]] = [
        archive.check,
        lambda: archive.holds("one@ours.test", since=NOON),
        lambda: list(archive.addressed_to("a@ours.test")),
    ]
    for ask in asks:
        with pytest.raises(Unreachable):
            ask()


@pytest.mark.parametrize("there", [(), ("new",), ("cur",)])
def test_a_maildir_that_is_not_there_is_away_and_not_empty(
    tmp_path: Path, there: tuple[str, ...]
) -> None:
    box = tmp_path / "box"
    for part in there:
        (box / part).mkdir(parents=True)
    archive = MaildirArchive(box)
    with pytest.raises(Unreachable):
        archive.check()
    with pytest.raises(Unreachable):
        archive.holds("one@ours.test", since=NOON)


def test_a_mail_that_a_person_has_read_and_moved_is_found(tmp_path: Path) -> None:
    archive = in_maildir(tmp_path, mail("one"))
    (file,) = (tmp_path / "new").iterdir()
    file.rename(tmp_path / "cur" / f"{file.name}:2,S")
    assert archive.holds("one@ours.test", since=NOON)


def test_a_name_that_was_read_is_not_read_again(tmp_path: Path) -> None:
    archive = in_maildir(tmp_path, mail("one"))
    assert not archive.holds("two@ours.test", since=NOON)
    (file,) = (tmp_path / "new").iterdir()
    file.write_bytes(mail("two"))
    assert not archive.holds("two@ours.test", since=NOON)


def test_mails_from_before_are_not_opened(tmp_path: Path) -> None:
    keep(tmp_path, "1.host", mail("one"), came_at=NOON - timedelta(days=1))
    archive = MaildirArchive(tmp_path, at_once=0)
    assert not archive.holds("one@ours.test", since=NOON)


def test_one_question_opens_few_mails_and_the_next_goes_on_from_there(tmp_path: Path) -> None:
    for n in range(5):
        keep(tmp_path, f"{n}.host", mail(f"m{n}"), came_at=NOON + timedelta(minutes=n))
    archive = MaildirArchive(tmp_path, at_once=2)
    for _ in range(2):
        with pytest.raises(Unreachable, match="still to be looked at"):
            archive.holds("none@ours.test", since=NOON)
    assert not archive.holds("none@ours.test", since=NOON)


def test_what_came_right_then_is_opened_first(tmp_path: Path) -> None:
    for n in range(5):
        keep(tmp_path, f"{n}.host", mail(f"m{n}"), came_at=NOON + timedelta(minutes=n))
    assert MaildirArchive(tmp_path, at_once=1).holds(
        "m3@ours.test", since=NOON + timedelta(minutes=3)
    )


def test_the_setting_names_the_product(tmp_path: Path) -> None:
    assert archive_for("", tmp_path) is None
    found = archive_for("copies", tmp_path)
    assert found is not None
    assert found.name == str(tmp_path / "copies")
    with pytest.raises(BadValue):
        archive_for("gopher://archive", tmp_path)
