"""A form decides only with the right person's right code; the mail beside it still does."""

from collections.abc import Iterator

import pytest
from sqlalchemy import delete

from models.person import CodeAttempt
from tests.conversation import PURPOSE
from tests.installation import Installation, until
from tests.journeys.play import begin

pytestmark = pytest.mark.engine


def test_a_form_asks_again_and_says_why(installation: Installation) -> None:
    play = begin(installation)
    gate = play.story.open_gate("confirm")
    owner = play.operator("chen.yu")
    first = owner.answers(gate)  # a right code of somebody who may not decide this
    play.manager.last.update(owner.last)
    second = play.manager.answers(gate, code="00000000")
    assert second.key != first.key
    assert gate.number in second.briefing or "chen.yu" in second.briefing
    third = play.manager.answers(gate)
    assert third.key not in (first.key, second.key)
    assert "4" in third.briefing.partition("\n\n")[0]
    assert "li.ming" in third.briefing.partition("\n\n")[0]
    play.customer.mail("confirmation", play.no)
    (decided,) = play.story.gates("confirm")
    assert [(v.by, v.counts) for v in decided.votes] == [("li.ming", True)]


@pytest.fixture
def forgotten(installation: Installation) -> Iterator[None]:
    """Afterwards the quarter of an hour is over in which wrong codes count."""
    yield
    with installation.services.writing() as session:
        session.execute(delete(CodeAttempt))


@pytest.mark.usefixtures("forgotten")
def test_five_wrong_codes_close_the_form_but_not_the_mail(installation: Installation) -> None:
    play = begin(installation)
    play.approved()
    play.confirmed()
    play.released()
    play.worked()
    gate = play.story.open_gate("completion")
    quality = play.operator("zhou.min")
    for _ in range(5):
        quality.answers(gate, code="11111111")
    quality.answers(gate)  # right, but too late
    blocked = quality.form(gate)
    assert "15" in blocked.briefing.partition("\n\n")[0]
    colleague = play.colleague("zhou.min")
    until(lambda: [m for m in colleague.box() if m[PURPOSE] == "notice"], "zhou.min is told")
    colleague.reply(colleague.mail("approval", play.no), "同意")
    play.customer.mail("acceptance", play.no)
    (decided,) = play.story.gates("completion")
    assert decided.answered_via == "mail"
