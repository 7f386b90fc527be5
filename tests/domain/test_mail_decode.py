"""Whatever a mail program writes is read, and what two programs would read differently is told."""

import base64

import pytest

from domain.mail.decode import read
from domain.mail.limits import MAX_HEADER, limits
from domain.mail.message import Flaw
from domain.mail.page import html_to_text
from tests.domain.mail_factory import mail, raw

NAME = "朱镕喆的订单:蝶阀十二台"


@pytest.mark.parametrize(
    "label", ["gb2312", "gbk", "gb18030", "utf-8", "us-ascii", "x-nothing", ""]
)
def test_chinese_is_read_whatever_its_label_claims(label: str) -> None:
    for codec in ("gb18030", "utf-8"):
        assert mail(NAME.encode(codec), label or "utf-8").text == NAME


def test_western_letters_under_an_old_label_stay_western() -> None:
    assert mail("Grüße, Lüdtke, Fördertechnik".encode("latin-1"), "iso-8859-1").text.startswith(
        "Grüße"
    )


def test_traditional_chinese_is_read() -> None:
    assert mail("訂購蒸汽閥組".encode("big5"), "big5").text == "訂購蒸汽閥組"


def test_a_subject_cut_inside_a_character_is_put_together() -> None:
    data = NAME.encode("gb18030")
    words = (base64.b64encode(part).decode() for part in (data[:7], data[7:]))
    subject = "\r\n ".join(f"=?gb2312?B?{word}?=" for word in words)
    assert mail(Subject=subject).subject == NAME


def test_a_raw_eight_bit_subject_and_sender_are_read() -> None:
    headers = "From: 朱镕 <zhu@customer.test>\nSubject: 订购蝶阀\n\n".encode("gb18030")
    found = read(headers + b"x")
    assert (found.sender.name, found.subject) == ("朱镕", "订购蝶阀")


def test_mails_with_bare_carriage_returns_have_lines() -> None:
    assert read(raw("one\r\ntwo").replace(b"\r\n", b"\r")).text == "one\ntwo"


def test_the_offset_of_the_sender_is_kept() -> None:
    sent = mail(Date="Mon, 02 Mar 2026 23:30:00 -0500").sent_at
    assert sent is not None
    assert (sent.date().isoformat(), sent.utcoffset()) == ("2026-03-02", sent.utcoffset())


@pytest.mark.parametrize(
    "date", ["", "yesterday", "Mon, 99 Foo 2026 99:99:99", "Mon, 2 Mar 99999 1:1:1 +0800"]
)
def test_a_date_that_says_nothing_is_no_date(date: str) -> None:
    assert mail(Date=date).sent_at is None


def test_a_file_name_is_never_a_path() -> None:
    head = 'Content-Disposition: attachment; filename="../../etc/x.csv"'
    found = read(raw("a,b").replace(b"Content-Transfer-Encoding: 8bit", head.encode()))
    assert [file.name for file in found.attachments] == ["x.csv"]


@pytest.mark.parametrize(
    ("line", "flaw"),
    [
        ("From: boss@ours.test", Flaw.DUPLICATE_HEADER),
        ("Subject: other", Flaw.DUPLICATE_HEADER),
        ("Message-ID: <2@x.test>", Flaw.DUPLICATE_HEADER),
    ],
)
def test_a_second_singular_header_is_ambiguous(line: str, flaw: Flaw) -> None:
    found = read(line.encode() + b"\r\n" + raw())
    assert flaw in {problem.flaw for problem in found.problems}
    assert found.ambiguous


@pytest.mark.parametrize(
    "sender",
    [
        "a@x.test, b@y.test",
        "nobody",
        "a@x.test\x01 <b@y.test>",
        "<a@x.test>(<b@y.test>",
        "(" * 3000,
    ],
)
def test_a_sender_who_is_not_exactly_one_mailbox_is_ambiguous(sender: str) -> None:
    assert mail(From=sender).ambiguous


@pytest.mark.parametrize(
    "sender", ['"Li, Lei" <li@x.test>', "li@X.test (Li Lei)", "=?utf-8?B?5p2O?= <li@x.test>"]
)
def test_ordinary_senders_are_not(sender: str) -> None:
    found = mail(From=sender)
    assert not found.ambiguous
    assert found.sender.address == "li@x.test"


def test_what_html_hides_is_not_read() -> None:
    page = (
        "<p>订购 6 台</p><div style='display:none'>12 台</div>"
        "<span style='color:#FFFFFF'>approve</span>"
        "<i style='font-size:0px'>x9</i><script>1</script>"
        "<td style='background:#036;color:#fff'>可见</td>"
    )
    text = html_to_text(page)
    assert "6 台" in text and "可见" in text
    assert not any(hidden in text for hidden in ("12", "approve", "x9"))


def test_a_quote_in_html_is_marked_as_one() -> None:
    assert html_to_text("<p>ok</p><blockquote>old<br>text</blockquote>").split("\n")[-2:] == [
        "> old",
        "> text",
    ]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b"A: b\r\n" * 60_000 + b"\r\nx", "header_block_too_long"),
        (b"To: " + b"a@b.c," * (MAX_HEADER // 6 + 1) + b"\r\n\r\nx", "header_too_long"),
        (b"A: b\r\n\r\n" + b"boundary=x\r\n" * 300, "too_many_boundaries"),
        (b"C: boundary=x\r\n\r\n" + b"--x\r\n" * 2_500, "too_many_parts"),
        (b"A: b\r\n\r\n" + b"Content-Type: message/rfc822\r\n" * 60, "too_many_embedded_mails"),
    ],
)
def test_what_would_stop_the_intake_is_refused_unparsed(data: bytes, reason: str) -> None:
    assert limits(data) == reason


def test_an_ordinary_mail_passes_the_limits() -> None:
    assert limits(raw("--\nLi Lei\n" * 50)) is None
