"""Nothing is decided by accident: a verdict is one word on the first new line, or there is none."""

import pytest

from domain.mail.answers import Answer, Doubt, answer, receipt
from domain.mail.extract.changes import ChangeKind
from domain.names import Verdict
from tests.domain.mail_factory import BASE


def said(text: str) -> Answer:
    return answer(text, BASE)


@pytest.mark.parametrize(
    "text",
    ["同意", "批准", "通过", "可以", "确认", "Approve", "approved!", "agree", "YES", "ok.",
     "【同意】", "确认。",
     "ＯＫ",
     "\n\n 同意 \n\n李雷", "验收通过", "accepted",
     "Approved.\n\nPlease book the vessel this week."],
)  # fmt: skip
def test_a_word_of_assent_approves(text: str) -> None:
    assert said(text).verdict is Verdict.APPROVE


@pytest.mark.parametrize(
    "text",
    ["不同意", "驳回", "拒绝", "不批准", "reject", "Rejected.", "no", "验收不通过", "not accepted"],
)
def test_a_word_of_refusal_rejects(text: str) -> None:
    assert said(text).verdict is Verdict.REJECT


@pytest.mark.parametrize("text", ["修改", "退回", "需修改", "Changes"])
def test_a_word_of_return_asks_for_changes(text: str) -> None:
    assert said(text).verdict is Verdict.CHANGES


@pytest.mark.parametrize(
    "text",
    ["我不同意吗", "no objection", "No problem, go ahead", "ok?", "同意?", "可以吗",
     "收到", "好的", "确认一下交期", "yes we can talk",
     "I agree with my colleague", "不用确认", "同意。客户催得紧,直接发确认。",
     "Dear all,\napproved", "thanks", "approve or reject"],
)  # fmt: skip
def test_anything_else_is_for_a_person(text: str) -> None:
    assert said(text).verdict is None
    assert said(text).doubt is Doubt.NOT_A_WORD


def test_two_opposite_words_decide_nothing() -> None:
    assert said("同意\n不同意").doubt is Doubt.CONTRADICTION
    assert said("reject\n\napproved").verdict is None


def test_an_empty_reply_decides_nothing() -> None:
    assert said(" \n\n").doubt is Doubt.EMPTY


@pytest.mark.parametrize(
    "text",
    ["确认,但第 2 行改 18 张", "确认\n第2行改为18张", "同意,但交期改到4月2日",
     "accept, but deliver on 5 May instead of 20 April",
     "ok\nbut line 3 becomes 12 pcs",
     "approved, provided the price stays", "确认。但是颜色改成灰色"],
)  # fmt: skip
def test_a_yes_with_a_but_is_a_change_and_never_approves(text: str) -> None:
    assert said(text).verdict is Verdict.CHANGES


@pytest.mark.parametrize(
    "rest", ["请尽快送到现场", "谢谢\n李雷\n电话 0512-5555000", "well done, deliver to site A"]
)
def test_a_remark_below_a_yes_leaves_it_a_yes(rest: str) -> None:
    assert said(f"同意\n{rest}").verdict is Verdict.APPROVE


def test_the_change_is_read_where_it_can_be() -> None:
    change = said("确认,但第 2 行改 18 张").changes[0]
    assert (change.what, change.item, change.after) == (ChangeKind.QUANTITY, "第 2 行", "18")
    change = said("accept, but deliver on 5 May instead of 20 April").changes[0]
    assert (change.what, change.before, change.after) == (
        ChangeKind.DUE_DATE,
        "2026-04-20",
        "2026-05-05",
    )


def test_the_items_of_a_refusal_end_at_the_signature() -> None:
    found = said("验收不通过\n1. 外壳划伤\n2、缺铭牌\n\n王伟\n某某设备有限公司\n电话 0512-5555000")
    assert found.items == ("外壳划伤", "缺铭牌")
    assert said("not accepted: paint scratched; name plate missing").items == (
        "paint scratched",
        "name plate missing",
    )


@pytest.mark.parametrize("text", ["收到", "已收到。", "Received!", "well received", "货已收到"])
def test_a_receipt_is_no_acceptance(text: str) -> None:
    assert receipt(text)
    assert said(text).verdict is None
