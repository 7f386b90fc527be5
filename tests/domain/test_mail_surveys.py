"""Scores are read however they are given; what is out of range or not said is left out."""

import pytest

from domain.mail.surveys import survey

SIX = {"overall": 4, "on_time": 5, "quality": 3, "communication": 4, "price": 2, "recommend": 8}


@pytest.mark.parametrize(
    "text",
    [
        "4 5 3 4 2 8",
        "4, 5, 3, 4, 2, 8.\nBest regards",
        "1. 4\n2. 5\n3. 3\n4. 4\n5. 2\n6. 8",
        "1 总体 4\n2 准时 5\n3 质量 3\n4 沟通 4\n5 价格 2（比别家贵）\n6 推荐 8",
        "1. 总体满意度：四分\n2. 按时交付：五分，说几号就几号\n3. 产品质量：3\n4. 沟通：4吧\n"
        "5. 价格：二\n6. 推荐意愿(0-10)：\n8",
        "Overall: four\nOn time: 5 - early even\nQuality: 3/5\nCommunication: 4\nPrice: 2\n"
        "Would recommend: 8/10",
        "總體4分，準時5分，質量3分，溝通4分，價格2分，推薦8分",
    ],
)
def test_six_scores_in_many_forms(text: str) -> None:
    found = survey(text)
    assert found is not None
    assert dict(found.scores) == SIX


def test_scores_may_stand_behind_the_questions_in_the_quote() -> None:
    form = (
        "Please answer (1 = bad, 5 = very good):\n1. Overall:{} \n2. On time:{} \n3. Quality:{} \n"
        "4. Communication:{} \n5. Price:{} \n6. Would you recommend us (0-10):{} \n"
        "7. Anything else:{} \n"
    )
    given = survey("See below.", form.format(4, " 5, as ever", 3, 4, 2, 8, " please call me"))
    assert given is not None
    assert dict(given.scores) == SIX
    assert (given.text, given.contact_me) == ("please call me", True)
    assert survey("We will answer later.", form.format("", "", "", "", "", "", "")) is None


def test_the_remark_and_the_wish_for_a_call() -> None:
    head = "1. 5\n2. 5\n3. 5\n4. 5\n5. 5\n6. 10\n"
    full = survey(head + "7. 建議多出視頻\n8. 可以打给我")
    none = survey(head + "7. 没了\n8. 不用")
    assert full is not None and none is not None
    assert (full.text, full.contact_me) == ("建議多出視頻", True)
    assert (none.text, none.contact_me) == (None, False)


@pytest.mark.parametrize("text", ["Thanks for the pumps", "1. 16\n2. 15 May\n3. none", "T12 60%"])
def test_other_replies_are_no_survey(text: str) -> None:
    assert survey(text) is None
