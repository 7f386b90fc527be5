"""What a customer wants changed is read from the classes of wording that clerks know."""

import pytest

from domain.mail.extract.changes import ChangeItem, ChangeKind, changes_in
from tests.domain.mail_factory import BASE, mail, understood

QUANTITY, MODEL, HOLD = ChangeKind.QUANTITY, ChangeKind.MODEL, ChangeKind.HOLD


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1）油箱由4台改为6台;", ChangeItem(QUANTITY, "油箱", "4", "6")),
        ("1. Oil tanks: make it 6 instead of 4", ChangeItem(QUANTITY, "Oil tanks", "4", "6")),
        ("30套只要25套", ChangeItem(QUANTITY, None, "30", "25")),
        ("The mixers must be MX-7, not MX-5.", ChangeItem(MODEL, "mixers", "MX-5", "MX-7")),
        ("MX-7 in place of MX-5 please", ChangeItem(MODEL, None, "MX-5", "MX-7")),
        ("二号单先暂停，等通知", ChangeItem(HOLD, "二号单")),
        ("订单先暂停", ChangeItem(HOLD)),
        ("Please keep this one open for now", ChangeItem(HOLD)),
        (
            "请改送到以下地址：\n昆山测试路9号三号库",
            ChangeItem(ChangeKind.DELIVERY_PLACE, after="昆山测试路9号三号库"),
        ),
        (
            "The painting (pos. 3) we cancel.",
            ChangeItem(ChangeKind.CANCEL_LINE, "painting (pos. 3)"),
        ),
        ("合同项下全部内容即日起终止", ChangeItem(ChangeKind.CANCEL_ORDER)),
        ("We terminate the contract.", ChangeItem(ChangeKind.CANCEL_ORDER)),
    ],
)
def test_a_change_is_read_with_its_thing_and_both_values(text: str, expected: ChangeItem) -> None:
    assert expected in changes_in(text, BASE)


@pytest.mark.parametrize(
    "text", ["油箱数量不变。", "Same place, same date.", "The works are open."]
)
def test_what_stays_is_no_change(text: str) -> None:
    assert changes_in(text, BASE) == ()


def test_answers_between_the_quoted_tasks_belong_to_their_tasks() -> None:
    quote = "On 2 Mar 2026 at 10:00, Orders <o@ours.test> wrote:"
    body = f"{quote}\n> [T4] rails\n85%, 12h left\n> [T5] steel\nstuck, supplier late\n"
    found = understood(body, From="Wang <w@ours.test>", Subject="Re: [SO-2026-00001] your tasks")
    assert [(one.task, one.percent, one.blocked) for one in found.progress] == [
        ("T4", 85, False),
        ("T5", None, True),
    ]


@pytest.mark.parametrize(
    ("subject", "body", "kind"),
    [
        ("三号泵站设备 招标公告", "各潜在投标人：\n闸门 ZM-1，18台，公开招标。", "other"),
        ("New PO 77", "A buyer sent you an order. You can view it in your account.", "other"),
        (
            "Re: [SO-2026-00001] Delivery notice",
            "Two came damaged and leak. We are not happy.",
            "complaint",
        ),
        ("回复: [SO-2026-00001] 交付通知，请组织验收", "抽检不合格，整批退货。", "rejection"),
    ],
)
def test_kinds_are_told_by_classes_of_wording(subject: str, body: str, kind: str) -> None:
    quote = "\n\nOn 2 Mar 2026 at 10:00, Orders <o@ours.test> wrote:\n> old"
    found = understood(body + (quote if "SO-" in subject else ""), Subject=subject)
    assert found.kind.value == kind


def test_a_confirmation_with_another_order_says_both() -> None:
    quote = "\n\nOn 2 Mar 2026 at 10:00, Orders <o@ours.test> wrote:\n> old"
    body = f"确认无误。\n\n再加一张新单：轴 FJ-10，3根，2026年5月5日前。{quote}"
    found = understood(body, Subject="Re: [SO-2026-00001] 订单确认书 v1，请确认")
    assert [one.value for one in found.intents] == ["confirmation", "new_order"]


def test_japanese_in_escape_sequences_is_read_without_a_label() -> None:
    text = "注文書の件です。よろしくお願いします。"
    assert mail(text.encode("iso2022_jp"), charset="us-ascii").body.strip() == text
