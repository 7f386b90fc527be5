"""An order in Chinese through all nine stages, by mail and by Prefect's forms."""

import pytest

from domain.names import Stage
from models.event import broken_links
from tests.conversation import PURPOSE, body
from tests.installation import Installation, until
from tests.journeys.play import Play, begin

pytestmark = pytest.mark.engine


@pytest.fixture(scope="module")
def lived(installation: Installation) -> Play:
    """An order from its first mail to the archive."""
    play = begin(installation)
    play.delivered()
    customer, no = play.customer, play.no
    customer.reply(customer.mail("acceptance", no), "验收通过")
    customer.reply(customer.mail("survey", no), "5 5 4 5 9")
    until(lambda: "survey_answered" in play.story.events(), "the survey is answered")
    play.manager.answers(play.story.open_gate("close"))
    play.story.becomes("closed")
    customer.mail("report", no)
    return play


def test_every_stage_is_done_once(lived: Play) -> None:
    assert lived.story.steps() == [(stage, 1) for stage in Stage]


def test_prefect_shows_a_step_for_each_stage(lived: Play) -> None:
    assert sorted(lived.story.task_runs()) == sorted(f"{stage} r1" for stage in Stage)


def test_one_run_has_carried_the_order(lived: Play) -> None:
    def ended() -> bool:
        return [run["state_type"] for run in lived.story.runs()] == ["COMPLETED"]

    until(ended, "the run has ended")
    (run,) = lived.story.runs()
    order = lived.story.order
    assert run["name"] == f"{lived.no} · 苏州砺嘉精密"
    tags = {f"order:{lived.no}", "customer:LIJIA", f"priority:{order.priority}"}
    assert tags <= set(run["tags"])


def test_every_gate_was_answered_once_and_where(lived: Play) -> None:
    ways = {gate.kind: gate.answered_via for gate in lived.story.gates()}
    assert ways == {
        "confirm": "prefect_ui",
        "customer_confirmation": "mail",
        "plan": "prefect_ui",
        "work": "mail",
        "completion": "prefect_ui",
        "customer_acceptance": "mail",
        "close": "prefect_ui",
    }
    for gate in lived.story.gates():
        assert [vote.counts for vote in gate.votes] == [True], gate.kind


@pytest.mark.parametrize(
    "purpose",
    [
        *("received", "confirmation", "plan_released", "delivery"),
        *("acceptance", "certificate", "survey", "report"),
    ],
)
def test_the_customer_has_each_mail_once(lived: Play, purpose: str) -> None:
    (mail,) = lived.customer.mails(purpose, lived.no)
    assert mail[PURPOSE] == purpose
    assert f"[{lived.no}]" in str(mail["Subject"])
    assert str(mail["Message-ID"]).endswith("@zheling.example>")
    assert "orders" in str(mail["Reply-To"])


def test_what_is_confirmed_is_a_paper(lived: Play) -> None:
    (mail,) = lived.customer.mails("confirmation", lived.no)
    assert "CX-40" in body(mail)
    assert "application/pdf" in [each.get_content_type() for each in mail.iter_attachments()]


def test_the_card_shows_the_order(lived: Play) -> None:
    until(lambda: lived.no in lived.story.artifact(), "the card")
    assert "苏州砺嘉精密" in lived.story.artifact()


def test_the_history_is_whole(lived: Play) -> None:
    with lived.installation.services.reading() as session:
        assert broken_links(session, lived.story.order.id) == []
    assert lived.story.events()[0] == "order_received"
    assert "order_closed" in lived.story.events()


def test_nothing_in_the_database_contradicts_itself(lived: Play) -> None:
    done = lived.installation.command("verify")
    assert done.returncode == 0, done.stdout + done.stderr
