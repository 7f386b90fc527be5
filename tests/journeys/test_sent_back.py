"""What people send back comes again, and only what they sent back."""

import pytest

from tests.conversation import body
from tests.installation import Installation
from tests.journeys.play import begin

pytestmark = pytest.mark.engine


def test_plan_and_delivery_are_done_again_until_both_sides_agree(
    installation: Installation,
) -> None:
    play = begin(installation)
    story, customer, no = play.story, play.customer, play.no
    play.approved()
    play.confirmed()
    first = story.open_gate("plan")
    play.manager.answers(first, "reject", comment="装配太紧")
    story.open_gate("plan", round_=2)
    play.released()
    play.worked()
    play.passed()

    customer.reply(customer.mail("acceptance", no), "验收不通过\n1号轴镀层不均\n缺材质报告")
    story.becomes("executing")
    assert sum(map(len, story.open_work().values())) == 2
    play.worked(round_=2)
    story.open_gate("completion", round_=2)
    play.passed()
    again = customer.mail("acceptance", no, number=2)
    assert "1号轴镀层不均" in body(again)
    assert "表面镀铬" not in body(again).partition("\n> ")[0], (
        "what was accepted is not asked again"
    )
    customer.reply(again, "验收通过")
    customer.mail("certificate", no)
    play.manager.answers(story.open_gate("close"))
    story.becomes("closed")

    assert len(customer.mails("certificate", no)) == 1
    steps = story.steps()
    assert len(steps) == len(set(steps))
    assert {("plan", 2), ("execute", 2), ("deliver", 2), ("accept", 2)} <= set(steps)
    assert sorted(story.task_runs()) == sorted(f"{stage} r{n}" for stage, n in steps)


def test_a_changed_quantity_is_offered_again_with_the_difference(
    installation: Installation,
) -> None:
    play = begin(installation)
    customer, no = play.customer, play.no
    play.approved()
    first = customer.mail("confirmation", no)
    customer.reply(first, "确认,但第1行改18件")
    form = play.manager.answers(play.story.open_gate("confirm", round_=2))
    assert "16" in form.briefing
    assert "18" in form.briefing
    second = customer.mail("confirmation", no, number=2)
    assert "18" in body(second).partition("\n>")[0]
    customer.reply(first, "确认")  # to the version that no longer counts
    play.confirmed(round_=2)
    play.story.open_gate("plan")
    assert play.story.order.lines[0].quantity == 18
    (good,) = [g for g in play.story.gates("customer_confirmation") if g.state == "approved"]
    assert good.round == 2
