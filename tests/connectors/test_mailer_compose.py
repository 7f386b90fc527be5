"""A mail of ours as bytes: readable by every program, and never two headers from one value."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from connectors.compose import Draft, Enclosure, compose
from domain.errors import BadValue
from domain.mail.decode import read
from domain.mail.message import Address
from domain.names import Purpose

DRAFT = Draft(
    sender=Address("柘岭, 订单中心", "orders@ours.test"),
    recipient=Address('Li "Leo" Lei', "li@customer.test"),
    subject="[SO-2026-00001] 订单确认 " + "很长" * 60,
    text="您好\n.点开头的行\n",
    html="<p>您好</p>",
    message_id="so-2026-00001.confirmation.1.aaaaaaaaaaaaaaa@ours.test",
    purpose=Purpose.CONFIRMATION,
    date=datetime(2026, 3, 2, 8, 30, tzinfo=UTC),
    reply_to="orders+abcdefghijklmnopqrstuvwx@ours.test",
    in_reply_to="first@customer.test",
    references=[f"m{n}@customer.test" for n in range(30)],
    attachments=(Enclosure("确认书.pdf", "application/pdf", b"%PDF-1.7"),),
)


def test_what_is_composed_is_read_back_the_same() -> None:
    mail = read(compose(DRAFT))
    assert (mail.sender, mail.to) == (DRAFT.sender, (DRAFT.recipient,))
    assert mail.subject == DRAFT.subject
    assert mail.text.splitlines() == ["您好", ".点开头的行"]
    assert mail.message_id == DRAFT.message_id
    assert mail.sent_at == DRAFT.date
    assert [(a.name, a.data) for a in mail.attachments] == [("确认书.pdf", b"%PDF-1.7")]
    assert mail.problems == ()


def test_it_says_that_it_is_automatic_and_why_it_was_sent() -> None:
    mail = read(compose(replace(DRAFT, auto="replied")))
    assert mail.header("auto-submitted") == "auto-replied"
    assert mail.header("x-orderflow-purpose") == "confirmation"


def test_only_the_last_references_are_kept() -> None:
    assert read(compose(DRAFT)).references == tuple(f"m{n}@customer.test" for n in range(10, 30))


def test_it_is_ascii_with_short_lines_so_that_no_server_changes_it() -> None:
    raw = compose(DRAFT)
    assert raw.isascii()
    assert b"\r\n" in raw
    assert b"\n" not in raw.replace(b"\r\n", b"")
    assert max(map(len, raw.split(b"\r\n"))) <= 998


@pytest.mark.parametrize("break_", ["\r\n", "\n", "\r", "\x00", "\x85", "\u2028"])
@pytest.mark.parametrize("field", ["subject", "reply_to", "message_id", "in_reply_to", "name"])
def test_a_line_break_never_becomes_a_second_header(field: str, break_: str) -> None:
    evil = f"x{break_}Bcc: victim@elsewhere.test"
    change = {"recipient": Address(evil, "li@customer.test")} if field == "name" else {field: evil}
    with pytest.raises(BadValue):
        compose(replace(DRAFT, **change))


def test_an_attachments_name_cannot_break_its_header() -> None:
    with pytest.raises(BadValue):
        compose(replace(DRAFT, attachments=(Enclosure("a\r\nX: y", "text/csv", b""),)))
