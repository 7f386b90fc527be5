"""Progress, scores and numbered answers are read as people type them."""

from decimal import Decimal

import pytest

from domain.mail.reports import numbered, progress
from domain.mail.surveys import survey


@pytest.mark.parametrize(
    ("line", "task", "percent", "hours", "blocked"),
    [
        ("[T12] 60% 剩余8h 备注", "T12", 60, "8", False),
        ("T3 done", "T3", 100, "0", False),
        ("[T4] 卡住 等外协件", "T4", None, None, True),
        ("[T07] 还没开始,等阀块", "T07", 0, None, False),
        ("T6: 40% 1.5 days left, waiting for the supplier", "T6", 40, "12.0", True),
        ("完成", "", 100, "0", False),
        ("说下T21全部换完了", "T21", 100, "0", False),
        ("[T8] 未完成,完成一半", "T8", 50, None, False),
        ("[T9] 七成，还要5个小时", "T9", 70, "5", False),
        ("T10 八成半，再有半天就完", "T10", 85, "4.0", False),
        ("T11 没做完，还要两天", "T11", None, "16", False),
        ("T12 three quarters, two days left", "T12", 75, "16", False),
        ("T13 almost done, half a day to go", "T13", None, "4.0", False),
        ("T14 the castings have not arrived", "T14", None, None, True),
        ("T15 甲方没给账号，做不了，目前10%", "T15", 10, None, True),
        ("T16 成品检验 60%", "T16", 60, None, False),
    ],
)
def test_a_line_says_what_is_done(
    line: str, task: str, percent: int | None, hours: str | None, blocked: bool
) -> None:
    (found,) = progress(line)
    assert (found.task, found.percent, found.blocked) == (task, percent, blocked)
    assert found.remaining_hours == (Decimal(hours) if hours else None)


def test_the_example_of_our_form_is_no_report() -> None:
    assert progress("格式示例:[T12] 60% 剩余8h 备注") == ()


def test_a_sentence_about_other_things_is_no_report() -> None:
    assert progress("过完元旦第一个礼拜五送到，价钱老价钱") == ()


def test_leading_zeros_name_the_same_task() -> None:
    assert progress("T07 done")[0].number == progress("[T7] 完成")[0].number == 7


@pytest.mark.parametrize(
    "text", ["T3 not done yet", "T3 120%", "hello", "T3 还没做完", "T3 done?"[:0]]
)
def test_what_is_not_said_is_not_made_up(text: str) -> None:
    assert all(one.percent is None for one in progress(text))


def test_five_numbers_leave_out_the_price_and_six_do_not() -> None:
    five, six = survey("5 5 4 5 9\nthanks"), survey("5,5,4,5,3,8")
    assert five is not None and six is not None
    assert dict(five.scores) == {
        "overall": 5,
        "on_time": 5,
        "quality": 4,
        "communication": 5,
        "recommend": 9,
    }
    assert (six.scores["price"], six.scores["recommend"]) == (3, 8)


def test_named_and_numbered_scores_are_read() -> None:
    named = survey("overall 4, time 3, quality 5, communication 5, price 4, recommend 8.")
    lines = survey("1. 五分\n2. 4(晚了三天)\n3. 5\n4. 5\n5. 3 偏贵\n6. 8\n7. 希望能网上查进度")
    assert named is not None and lines is not None
    assert named.scores["on_time"] == 3
    assert (lines.scores["overall"], lines.scores["recommend"], lines.text) == (
        5,
        8,
        "希望能网上查进度",
    )


def test_a_score_out_of_range_is_left_out() -> None:
    found = survey("9 5 4 5 11")
    assert found is not None
    assert dict(found.scores) == {"on_time": 5, "quality": 4, "communication": 5}


@pytest.mark.parametrize("text", ["thanks, all fine", "2026-03-05", "call 5 5 4"])
def test_other_text_is_no_survey(text: str) -> None:
    assert survey(text) is None


@pytest.mark.parametrize(
    ("text", "answers"),
    [
        ("1. 16张 2. 15日", {1: "16张", 2: "15日"}),
        ("1.16张 2.15日", {1: "16张", 2: "15日"}),
        ("1、四月二日\n2、16张,价格1.5万", {1: "四月二日", 2: "16张,价格1.5万"}),
        ("Hello,\n1) EUR\n3) on the 19th\n\nMads", {1: "EUR", 3: "on the 19th"}),
        ("no numbers here", {}),
    ],
)
def test_answers_find_their_questions(text: str, answers: dict[int, str]) -> None:
    assert numbered(text) == answers
