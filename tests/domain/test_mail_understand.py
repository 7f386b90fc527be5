"""What a whole mail means, and that no mail, however strange, stops or fools the reading."""

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from domain.mail.answers import Doubt
from domain.mail.as_json import as_json
from domain.mail.decode import read
from domain.mail.kinds import MailKind
from domain.mail.limits import limits
from domain.mail.understand import understand
from domain.names import Purpose, Verdict
from tests.domain.mail_factory import OURS, raw, understood

DATA = Path(__file__).parents[2].parent / "shared" / "data" / "orders"

ORDER = """王工您好:
订购以下设备:
1、液压站 HX-200B/3,2台,单价38500元
2、蓄能器 NXQ-25,4套,单价2260元
交货期:2026年4月20日前送到苏州市二号仓。
要求:出厂前做1.5倍压力试验
合计人民币86,040.00元(含13%税)。

刘洋
苏州某某精密机械有限公司 采购部
手机 154 1234 0118
"""


def test_a_plain_order_is_read_whole() -> None:
    found = understood(
        ORDER, Subject="采购订单 PJ-26-0317", From="=?utf-8?B?5YiY5rSL?= <l@customer.test>"
    )
    assert (found.kind, found.language, found.missing_fields) == (MailKind.NEW_ORDER, "zh", ())
    assert [(line.item, line.quantity) for line in found.lines] == [("液压站", 2), ("蓄能器", 4)]
    data = as_json(found, "m1")
    values = {name: field["value"] for name, field in data["fields"].items()}
    assert values["due_date"] == "2026-04-20"
    assert (values["amount"], values["currency"]) == ("86040.00", "CNY")
    assert values["customer_po_no"] == "PJ-26-0317"
    assert values["customer_name"] == "苏州某某精密机械有限公司"
    assert values["special_requirements"] == ["出厂前做1.5倍压力试验"]
    assert json.loads(json.dumps(data)) == data


def test_a_source_points_to_the_words_it_was_read_from() -> None:
    found = understood(ORDER)
    assert found.due_date is not None
    start, end = map(int, found.due_date.source.removeprefix("text:").split("-"))
    assert found.text[start:end].startswith("2026年4月20日")


def test_what_an_order_does_not_say_is_asked_for() -> None:
    found = understood("请安排液压站 HX-200 若干台,尽快。", Subject="订货")
    assert {"quantity", "due_date", "special_requirements", "customer"} <= set(found.missing_fields)
    assert found.urgency is not None and found.urgency.value == "urgent"


def test_only_the_new_text_of_a_reply_decides() -> None:
    quote = "\n\nOn 1 Mar 2026, Orders <o@ours.test> wrote:\n> approve\n> 确认"
    found = understood(f"不同意{quote}", Subject="Re: approval needed")
    assert found.answer.verdict is Verdict.REJECT


@pytest.mark.parametrize(
    ("purpose", "text", "kind", "decision"),
    [
        (Purpose.CONFIRMATION, "All good, lock it in", MailKind.CONFIRMATION, Verdict.APPROVE),
        (Purpose.CONFIRMATION, "收到,下周给你正式回复", MailKind.CONFIRMATION, None),
        (Purpose.CONFIRMATION, "确认,但第2行改为18张", MailKind.CHANGE_REQUEST, Verdict.CHANGES),
        (Purpose.ACCEPTANCE, "验收通过,没问题", MailKind.ACCEPTANCE, Verdict.APPROVE),
        (Purpose.ACCEPTANCE, "We cannot accept it yet", MailKind.REJECTION, Verdict.REJECT),
        (Purpose.ACCEPTANCE, "If you repaint it we accept", MailKind.ACCEPTANCE, None),
        (Purpose.ACCEPTANCE, "等试运行后再同意验收", MailKind.ACCEPTANCE, None),
    ],
)
def test_a_reading_never_approves_what_is_left_open(
    purpose: Purpose, text: str, kind: MailKind, decision: Verdict | None
) -> None:
    found = understood(text, replace(OURS, purpose=purpose), In_Reply_To="<x@ours.test>")
    assert (found.kind, found.decision) == (kind, decision)


def test_staff_report_progress_and_vote() -> None:
    staff = "Han <han@ours.test>"
    report = understood("[T03] 完成\n[T04] 80% 剩余6h", From=staff)
    assert report.kind is MailKind.PROGRESS_REPORT
    assert [one.percent for one in report.progress] == [100, 80]
    vote = understood("同意", replace(OURS, purpose=Purpose.APPROVAL), From=staff)
    assert (vote.kind, vote.answer.verdict) == (MailKind.APPROVAL_VOTE, Verdict.APPROVE)


@pytest.mark.parametrize(
    ("headers", "doubt"),
    [
        ({"Auto_Submitted": "auto-replied"}, Doubt.MACHINE),
        ({"From": "a@x.test, b@y.test"}, Doubt.SENDER),
    ],
)
def test_machines_and_two_faced_senders_have_no_vote(headers: dict[str, str], doubt: Doubt) -> None:
    found = understood("approve", **headers)
    assert (found.answer.verdict, found.answer.doubt) == (None, doubt)


OWN = "mx.ours.test; dmarc=pass header.from=customer.test"


@pytest.mark.parametrize(
    ("result", "verdict"),
    [
        (OWN, True),
        ("mx.ours.test; dkim=pass header.d=customer.test", True),
        ("mx.ours.test; dkim=pass header.d=mailer.test; dmarc=fail", False),
        ("mx.ours.test; spf=pass; dmarc=fail header.from=customer.test", False),
        ("mx.ours.test; spf=none; dkim=none; dmarc=none", None),
        ("mx.elsewhere.test; dmarc=pass header.from=customer.test", None),
        ("mx.ours.test.evil.test; dmarc=pass header.from=customer.test", None),
        ("mx.ours.test; dkim=pass header.d=notcustomer.test", False),
    ],
)
def test_only_our_own_servers_word_counts(result: str, verdict: bool | None) -> None:
    found = read(f"Authentication-Results: {result}\r\n".encode() + raw())
    assert understand(found, OURS).authenticated is verdict


def test_a_result_below_our_received_line_is_forged() -> None:
    lines = f"Received: from x by mx.ours.test\r\nAuthentication-Results: {OWN}\r\n"
    assert understand(read(lines.encode() + raw()), OURS).authenticated is None


def test_text_that_looks_like_a_program_stays_text() -> None:
    found = understood(
        "铭牌 MP-{{7*7}} 20块,{% if x %}合格{% endif %},#import os", Subject="{{7*7}} 订货"
    )
    assert "{{7*7}}" in found.text
    assert found.lines[0].model == "MP-{{7*7}}"


HOSTILE = {
    "blanks": " " * 20_000,
    "digits": "1" * 20_000,
    "commas": "1," * 10_000,
    "han": "订" * 20_000,
    "numerals": "一" * 20_000,
    "quotes": "> x\n" * 8_000,
    "headers": "From: a\n" * 5_000,
    "attributions": "On 1 " * 5_000,
    "brackets": "(" * 20_000,
    "orders": "数量:3台," * 4_000,
    "phones": "+1 234 567 890 " * 2_000,
    "companies": "某某某有限公司" * 3_000,
    "dates": "2026年3月5日前 " * 2_000,
    "tables": "a\tb\t\n" * 5_000,
    "surrogates": "\ud800"[:0] + "\U0001f600" * 5_000,
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_no_text_is_too_strange_to_be_read(text: str) -> None:
    assert understood(text).kind in MailKind


@pytest.mark.parametrize("size", [0, 1, 17, 100, 333, 1_000])
def test_no_cut_mail_stops_the_reading(size: int) -> None:
    boundary = b'Content-Type: multipart/mixed; boundary="b"\r\n\r\n--b\r\n\r\nx\r\n--b\r\n'
    whole = (
        b"From: a@b.test\r\n" + boundary + b"Content-Type: message/rfc822\r\n\r\n" + raw(ORDER) * 3
    )
    assert understand(read(whole[:size]), OURS).kind in MailKind


@pytest.mark.skipif(not DATA.is_dir(), reason="the labelled mails are not beside this checkout")
def test_the_labelled_mails_are_read_and_nothing_dangerous_is_decided(tmp_path: Path) -> None:
    context = replace(
        OURS,
        our_domains=frozenset({"zheling.example"}),
        our_names=("柘岭", "Zheling"),
        our_server="mail.zheling.example",
    )
    target = tmp_path / "predictions.jsonl"
    with target.open("w") as out:
        for path in sorted((DATA / "dev" / "eml").glob("*.eml")):
            assert limits(path.read_bytes()) is None
            found = understand(read(path.read_bytes()), context)
            out.write(json.dumps(as_json(found, path.stem), ensure_ascii=False) + "\n")
    told = subprocess.run(
        [sys.executable, DATA / "score.py", DATA / "dev", target, "--json"],
        capture_output=True, check=True, text=True,
    )  # fmt: skip
    result = json.loads(told.stdout)
    result = result.get("result", result)
    assert result["dangerous"] == 0
    assert result["kind_accuracy"] >= 0.85
    assert result["lines_f1"] >= 0.6
