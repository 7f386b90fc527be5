"""What other programs wrap mail in: Outlook's winmail.dat, calendar parts."""

import base64
import struct

import pytest

from domain.mail.appointments import appointments
from domain.mail.decode import read
from domain.mail.opened import opened
from domain.mail.tnef import MAX_FILES, SIGNATURE, opened_container


def attribute(name: int, value: bytes, level: int = 1) -> bytes:
    return (
        struct.pack("<BII", level, name, len(value)) + value + struct.pack("<H", sum(value) % 65536)
    )


def text_property(name: int, text: str) -> bytes:
    data = text.encode("utf-16-le") + b"\0\0"
    return struct.pack("<HHII", 0x1F, name, 1, len(data)) + data + bytes(-len(data) % 4)


def container(*files: tuple[str, bytes], text: str = "") -> bytes:
    made = SIGNATURE + b"\1\0" + attribute(0x69007, struct.pack("<II", 936, 0))
    number = struct.pack("<HHI", 3, 0x3FDE, 936)
    made += attribute(0x69003, struct.pack("<I", 2) + number + text_property(0x1000, text))
    for name, data in files:
        made += attribute(0x69002, bytes(14), 2) + attribute(0x18010, b"SHORT~1.XLS\0", 2)
        made += attribute(0x6800F, data, 2)
        made += attribute(0x69005, struct.pack("<I", 1) + text_property(0x3707, name), 2)
    return made


def mail(kind: str, content: bytes) -> bytes:
    head = f"From: a@firm.test\nContent-Type: {kind}\nContent-Transfer-Encoding: base64\n\n"
    return head.encode() + base64.encodebytes(content)


def test_the_files_and_the_text_of_a_winmail_are_the_mails_own() -> None:
    wrapped = container(("../采购单.csv", b"a,b\n1,2\n"), text="请报价")
    found = opened(mail("application/ms-tnef; name=winmail.dat", wrapped))
    assert found.mail.body == "请报价"
    assert [(f.name, f.data) for f in found.mail.attachments] == [("采购单.csv", b"a,b\n1,2\n")]
    assert "1,2" in found.words[0]


@pytest.mark.parametrize("cut", range(0, 200, 7))
def test_a_damaged_winmail_is_an_attachment_and_nothing_worse(cut: int) -> None:
    whole = container(("a.csv", b"1"), text="text")
    read(mail("application/ms-tnef", whole[:cut]))
    read(mail("application/ms-tnef", whole[:cut] + b"\xff" * 40))


def test_a_winmail_of_many_files_or_properties_is_cut_short() -> None:
    many = opened_container(container(*[("a", b"1")] * (MAX_FILES + 5)))
    endless = SIGNATURE + b"\1\0" + attribute(0x69003, b"\xff" * 64)
    assert len(many.files) == MAX_FILES
    assert opened_container(endless).files == ()


INVITATION = """BEGIN:VCALENDAR
METHOD:REQUEST
BEGIN:VEVENT
SUMMARY:订单 PO-7\\, 验收
DTSTART;TZID=Asia/Shanghai:20261201T090000
DTEND:20261201T020000Z
LOCATION:苏州
DESCRIPTION:first\\nsec
 ond
END:VEVENT
END:VCALENDAR
"""


def test_an_invitation_without_words_is_read_as_what_when_and_where() -> None:
    found = read(mail("text/calendar", INVITATION.encode()))
    assert found.body.splitlines() == [
        *("订单 PO-7, 验收", "2026-12-01 09:00 Asia/Shanghai", "2026-12-01 02:00 UTC"),
        *("苏州", "first", "second"),
    ]
    assert len(found.attachments) == 1


def test_what_is_no_calendar_has_no_appointments() -> None:
    assert appointments("END:VEVENT\nSUMMARY:x\n" + ";" * 100_000) == ""
