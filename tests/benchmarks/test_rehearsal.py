"""Virtual customers: their letters mean what the stories need, their mailboxes are read rightly."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from domain.mail.decode import read
from domain.names import Purpose
from tasks.rehearsal import letters
from tasks.rehearsal.mailbox import Stuck, link_in, mailbox
from tasks.understanding import understood

INBOX = "orders@zheling.example"
NOW = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)


def ours(subject: str, purpose: str, text: str = "x") -> bytes:
    """A mail of ours as it lies in a customer's box."""
    head = f"From: {INBOX}\r\nTo: a@b.example\r\nSubject: {subject}\r\n"
    return f"{head}X-Orderflow-Purpose: {purpose}\r\n\r\n{text}\r\n".encode()


def test_the_letter_with_a_table_leaves_one_quantity_and_the_day_open() -> None:
    found = understood(letters.with_table(INBOX, at=NOW).raw, "a")
    assert found["kind"] == "new_order"
    assert [line["quantity"] for line in found["lines"]] == ["4", None, "8"]
    assert found["missing_fields"] == ["quantity", "due_date"]


def test_the_english_letter_leaves_nothing_open() -> None:
    found = understood(letters.in_english(INBOX, at=NOW).raw, "b")
    assert (found["kind"], found["language"], found["missing_fields"]) == ("new_order", "en", [])


def test_two_letters_are_two_orders() -> None:
    one, two = (letters.in_english(INBOX, at=NOW) for _ in range(2))
    assert one.message_id != two.message_id
    assert letters.number("LJ") != letters.number("LJ")


def test_a_mailbox_shows_mails_of_one_purpose_about_one_order(tmp_path: Path) -> None:
    box = mailbox(tmp_path, "A@b.example")
    new = tmp_path / "b.example" / "a" / "new"
    assert box.mails(Purpose.SURVEY, "SO-2026-00001") == []
    new.mkdir(parents=True)
    (new / "1").write_bytes(ours("[SO-2026-00001] five numbers", "survey"))
    (new / "2").write_bytes(ours("[SO-2026-00001] accept", "acceptance"))
    (new / "3").write_bytes(ours("[SO-2026-00012] five numbers", "survey"))
    found = box.mails(Purpose.SURVEY, "SO-2026-00001")
    assert [each.subject for each in found] == ["[SO-2026-00001] five numbers"]


def test_only_a_link_to_our_own_pages_is_followed() -> None:
    text = "http://evil.example/gate/abc\nhttp://127.0.0.1:80/gate/WyJH.x-_1\n"
    mail = read(ours("s", "acceptance", text))
    assert link_in(mail, "http://127.0.0.1:80") == "http://127.0.0.1:80/gate/WyJH.x-_1"
    with pytest.raises(Stuck):
        link_in(mail, "http://127.0.0.1:81")
