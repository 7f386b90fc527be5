"""New text is told from old, in the ways of the programs that customers use."""

import pytest

from domain.mail.split import Style, split

QUOTES = [
    "On Mon, 2 Mar 2026 at 10:00, Orders\n<orders@ours.test> wrote:\n\n> Please confirm.",
    "在 2026/3/2 下午3:44, 订单中心 写道:\n> 请确认",
    'At 2026-03-02 12:00:00, "Orders" <o@ours.test> wrote:\n> old',
    '------------------ 原始邮件 ------------------\n发件人: "a" <a@b.c>;\n主题: 请确认',
    "---- 回复的原邮件 ----\n| 发件人 | a<a@b.c> |\n| 主题 | x |",
    "发件人： 订单中心 <o@ours.test>\n发送时间： 2026年3月2日 9:00\n收件人： 李\n"
    "主题： 请确认\n\n同意",
    "________________________________\n"
    "From: Orders <o@ours.test>\nSent: Monday\nTo: Li\nSubject: x\n\nagree",
    "Von: Orders <o@ours.test>\nGesendet: Montag\nAn: Li\nBetreff: x\n\nalt",
    "-------- 原始邮件 --------\n发件人： a\n日期： 2026年\n收件人： b\n\nold",
    "订单中心 <o@ours.test> 于2026年3月2日周一 10:00写道：\n\n> 请确认",
    "Am Mo., 2. März 2026 um 10:00 Uhr schrieb Orders <o@ours.test>:\n> alt",
    "2026-03-02 10:00 GMT+08:00 Order Desk <\no@ours.test>:\n\n> 请确认",
    "Order Desk at Ours <o@ours.test> wrote:\n\nunmarked",
    "---- On Mon, 02 Mar 2026 10:00:00 +0800 Orders<o@ours.test> wrote ----\nunmarked",
    "2 марта 2026 г. отдел заказов сообщает:\n\n> старое",
    "Den 2. mars 2026 kl. 10.00 skrev Orders <o@ours.test>:\ngammelt",
    "Från: Orders <o@ours.test>\nSkickat: den 2 mars\nTill: Li\nÄmne: x\n\ngammalt",
]


@pytest.mark.parametrize("quote", QUOTES)
def test_only_what_stands_above_the_quote_is_new(quote: str) -> None:
    found = split(f"不同意\n\n{quote}")
    assert (found.new, found.first_line, found.style) == ("不同意", "不同意", Style.TOP)
    assert found.quoted


def test_answers_between_quoted_lines_keep_their_question() -> None:
    found = split(
        "see below\n\nOn 1 Mar 2026, O <o@x.test> wrote:\n"
        "> 1. When?\n17 April\n> 2. Where?\nLe Havre"
    )
    assert found.style is Style.INTERLEAVED
    assert [(pair.quoted, pair.new) for pair in found.pairs] == [
        ("1. When?", "17 April"),
        ("2. Where?", "Le Havre"),
    ]


def test_an_answer_below_the_quote_is_new() -> None:
    found = split("On 1 Mar 2026, O <o@x.test> wrote:\n> When?\n\n17 April")
    assert (found.new, found.style) == ("17 April", Style.BOTTOM)


def test_signatures_are_kept_apart() -> None:
    found = split("ok\n\n-- \nLi Lei\nCustomer Ltd")
    assert (found.new, found.signature) == ("ok", "Li Lei\nCustomer Ltd")
    assert split("同意\n\n发自我的 iPhone").new == "同意"


def test_plain_text_is_all_new() -> None:
    text = "From: Shanghai we need 3 pumps.\nTo be delivered soon."
    assert (split(text).new, split(text).style) == (text, Style.NONE)


def test_invisible_characters_do_not_hide_a_quote() -> None:
    assert split("no\n\u200b> yes").new == "no"


@pytest.mark.parametrize(
    "note",
    ["Sent from Outlook for iOS<https://x.test>", "Envoyé depuis mon iPhone", "发自我的iPhone"],
)
def test_the_note_of_a_phone_is_not_the_writers(note: str) -> None:
    assert split(f"agreed\n\n{note}").new == "agreed"


@pytest.mark.parametrize(
    "line",
    [
        "Sent from our works in Leeds today, please collect the rest",
        "On Monday we need 5 pcs",
        "Please deliver on 2026-04-01, and tell the driver:",
    ],
)
def test_a_sentence_that_looks_like_a_programs_line_stays(line: str) -> None:
    quote = "On 2 Mar 2026 at 10:00, Orders <o@ours.test> wrote:\n> old"
    assert split(f"{line}\n\nSee above.\n\n{quote}").new == f"{line}\n\nSee above."
