"""Whether a delivery has arrived is asked once more, and never taken for an acceptance."""

import pytest

from models.order import numbered
from tasks import timers
from tasks.display import card_view
from templates.cards import card
from tests.tasks.test_main_line import kinds, to_acceptance
from tests.world import World

TWO_DAYS = 16
"""Minutes in which a sample installation plays two working days."""


def reminders(world: World) -> list[str]:
    """Subjects of the mails that ask for a receipt once more."""
    return [e.subject for e in world.owed("delivery") if "提醒" in e.subject]


def wait(world: World, minutes: int) -> None:
    """The clock goes on, and what is due is done."""
    world.later(minutes=minutes)
    timers.fire_due(world.services)


def card_of(world: World) -> str:
    """The order's card as an operator reads it."""
    with world.services.reading() as session:
        order = numbered(session, world.order().order_no)
        return card(card_view(session, world.services, order))


def test_a_delivery_without_receipt_is_asked_about_once(world: World) -> None:
    to_acceptance(world)
    wait(world, TWO_DAYS - 1)
    assert reminders(world) == []
    assert "尚未签收" in card_of(world)
    wait(world, 1)
    wait(world, TWO_DAYS)
    assert len(reminders(world)) == 1
    assert kinds(world).count("reminder_sent") == len(world.owed("reminder")) + 1


def test_received_in_the_answer_to_the_reminder_is_a_receipt_and_no_acceptance(
    world: World,
) -> None:
    to_acceptance(world)
    wait(world, TWO_DAYS)
    world.write("收到", answers=world.owed("delivery")[-1])
    assert "delivery_received" in kinds(world)
    assert "liu.qiang" in card_of(world)
    assert world.drive() == "customer_acceptance"


@pytest.mark.parametrize(("purpose", "said"), [("delivery", "收到"), ("acceptance", "验收通过")])
def test_who_has_confirmed_or_judged_is_not_asked_again(
    world: World, purpose: str, said: str
) -> None:
    to_acceptance(world)
    world.write(said, answers=world.owed(purpose)[-1])
    wait(world, TWO_DAYS)
    assert reminders(world) == []
