"""How did we do: asked once, not over an open complaint, reminded once, low scores followed up."""

import pytest
from sqlalchemy import select

from domain.names import Channel, Verdict
from domain.survey import dissatisfied
from models.activity import Activity
from models.delivery import PunchItem
from models.order import numbered
from models.outbox import Owed
from tasks import progress, timers
from tasks.deciding import Answer, decide_one
from tasks.display import card_view
from templates.cards import card
from tests.tasks.test_main_line import kinds, to_acceptance
from tests.world import World

WORKING_DAY = 8
"""Minutes in which a sample installation plays a working day."""


def days_go_by(world: World, count: int) -> None:
    """So many working days, each with a look at what is due."""
    for _ in range(count):
        world.later(minutes=WORKING_DAY)
        timers.fire_due(world.services)


def accepted(world: World, *remarks: str) -> None:
    """The customer has accepted on the web, and the retrospective waits for the manager."""
    to_acceptance(world)
    word = Answer(
        world.gate("customer_acceptance"),
        Verdict.APPROVE,
        "liu.qiang@lijia.example",
        Channel.LINK,
        fields={"items": list(remarks)},
        proven=True,
    )
    decide_one(world.services, word)
    assert world.drive() == "close"


def card_of(world: World) -> str:
    """The order's card as an operator reads it."""
    with world.services.reading() as session:
        order = numbered(session, world.order().order_no)
        return card(card_view(session, world.services, order))


def follow_ups(world: World) -> list[Activity]:
    """The owner's tasks about a dissatisfied customer."""
    with world.services.reading() as session:
        found = session.scalars(select(Activity).where(Activity.key == "follow_up"))
        return list(found)


def to_the_team(world: World, text: str) -> list[Owed]:
    """Notices to our people that say this."""
    return [each for each in world.owed("notice") if text in each.text]


def test_a_silent_customer_is_reminded_once_after_five_working_days(world: World) -> None:
    accepted(world)
    world.answer("close", "li.ming")
    days_go_by(world, 4)
    assert len(world.owed("survey")) == 1
    days_go_by(world, 20)
    first, again = world.owed("survey")
    assert "提醒" in again.subject
    assert again.recipient == first.recipient
    assert "reminder_sent" in kinds(world)


def test_the_card_says_how_the_survey_stands(world: World) -> None:
    accepted(world)
    assert "2026-11-24 已发,未答" in card_of(world)
    world.write("5 5 4 5 9", answers=world.owed("survey")[-1])
    assert "5 5 4 5 9" in card_of(world)


def test_the_answer_to_the_reminder_counts(world: World) -> None:
    accepted(world)
    days_go_by(world, 5)
    world.write("5 4 4 5 9", answers=world.owed("survey")[-1])
    assert "survey_answered" in kinds(world)


def test_who_has_answered_is_not_reminded(world: World) -> None:
    accepted(world)
    world.write("5 5 4 5 9", answers=world.owed("survey")[-1])
    days_go_by(world, 10)
    assert len(world.owed("survey")) == 1


def test_nobody_is_asked_how_we_did_while_a_complaint_waits(world: World) -> None:
    to_acceptance(world)
    world.write(
        "我们要投诉:上次的轴有划痕,请尽快处理。",
        subject="投诉",
        answers=world.owed("received")[-1],
    )
    world.write("验收通过", answers=world.owed("acceptance")[-1])
    assert world.drive() == "close"
    days_go_by(world, 2)
    assert world.owed("survey") == []
    world.answer("intake", "wu.fang", fields={"kind": "complaint", "order_no": "SO-2026-00001"})
    days_go_by(world, 1)
    assert len(world.owed("survey")) == 1


def test_a_remark_is_put_right_before_anybody_asks_how_we_did(world: World) -> None:
    accepted(world, "铭牌歪了")
    assert world.owed("survey") == []
    with world.services.reading() as session:
        item = session.scalars(select(PunchItem)).one()
    label = f"T{item.activity_number}"
    assert label in world.owed("assignment")[-1].text
    days_go_by(world, 1)
    assert world.owed("survey") == []
    number = world.order().order_no
    done = progress.Report(label, percent=100)
    progress.report(world.services, number, done, by="wang.lei", channel=Channel.CLI)
    days_go_by(world, 1)
    assert len(world.owed("survey")) == 1


@pytest.mark.parametrize("scores", ["2 5 5 5 9", "5 5 5 5 6"])
def test_low_scores_are_a_task_of_the_owner_for_the_next_working_day(
    world: World, scores: str
) -> None:
    accepted(world)
    world.write(scores, answers=world.owed("survey")[-1])
    task = follow_ups(world)[0]
    assert (task.person, task.state) == ("chen.yu", "released")
    assert task.finishes_at is not None
    assert (task.finishes_at - world.clock[0]).total_seconds() == WORKING_DAY * 60
    asked = world.owed("assignment")[-1]
    assert asked.recipient.startswith("chen.yu")
    world.write(f"[{task.label}] 完成", sender="chen.yu@zheling.example", answers=asked)
    assert follow_ups(world)[0].state == "done"
    days_go_by(world, 2)
    assert to_the_team(world, "回访") == []


def test_an_owner_who_does_not_call_is_told_with_their_manager(world: World) -> None:
    accepted(world)
    world.write("1 1 1 1 0", answers=world.owed("survey")[-1])
    days_go_by(world, 3)
    told = {each.recipient.partition("@")[0] for each in to_the_team(world, "回访")}
    assert told == {"chen.yu", "li.ming"}


@pytest.mark.parametrize(
    ("scores", "low"),
    [
        ({"overall": 2}, True),
        ({"overall": 3, "recommend": 7}, False),
        ({"recommend": 6}, True),
        ({"quality": 1}, False),
        ({}, False),
    ],
)
def test_low_is_two_of_five_or_six_of_ten(scores: dict[str, int], low: bool) -> None:
    assert dissatisfied(scores) is low
