"""What a mail leaves open is asked once, in one mail; then a person fills it."""

import pytest

from tests.conversation import Correspondent, Operator, body, gate_of_mail, story_of_mail
from tests.installation import Installation, until
from tests.journeys.play import GAPS, begin

pytestmark = pytest.mark.engine


def test_answers_by_number_fill_the_gaps(installation: Installation) -> None:
    play = begin(installation, GAPS)
    question = play.customer.mail("question", play.no)
    assert all(f"{n}." in body(question) for n in (1, 2, 3))
    play.customer.reply(question, "1. 16件 2. 2027年3月15日 3. 无")
    play.story.open_gate("confirm")
    order = play.story.order
    assert order.lines[0].quantity == 16
    assert str(order.requested_on) == "2027-03-15"
    assert order.sources["quantity:1"]["rule"] == "numbered"
    assert len(play.customer.mails("question", play.no)) == 1


def test_after_two_questions_a_person_fills_the_rest(installation: Installation) -> None:
    play = begin(installation, GAPS)
    play.customer.reply(play.customer.mail("question", play.no), "1. 16件")
    second = play.customer.mail("question", play.no, number=2)
    play.customer.reply(second, "2. 无")
    form = play.operator("wu.fang").answers(play.story.open_gate("intake"), due_date="2027-03-18")
    assert "due_date" in form.fields
    play.story.open_gate("confirm")
    assert str(play.story.order.requested_on) == "2027-03-18"
    assert play.story.order.sources["due_date"]["source"] == "wu.fang"


def test_a_mail_that_nobody_understands_becomes_an_order_by_decision(
    installation: Installation,
) -> None:
    stranger = Correspondent(installation, "m.keller@fremd.example")
    sent = stranger.write("关于上次的事,请回电。", "你好")
    gate = until(lambda: gate_of_mail(installation, sent), "a gate for the mail")
    assert gate.order_id is None
    form = Operator(installation, "wu.fang").answers(gate, kind="new_order")
    assert "请回电" in form.briefing
    story = until(lambda: story_of_mail(installation, sent), "an order for the mail")
    assert story.order.contact_mail == "m.keller@fremd.example"
    stranger.mail("question", story.order_no)
