"""Hold, resume, cancel: what somebody asks of an order beside its gates."""

from datetime import timedelta

import pytest

from domain.errors import BadValue, IllegalMove, UnknownPerson
from domain.names import Party
from tasks import requests
from tasks.card import order_card
from tasks.verifying import violations
from tests.tasks.test_main_line import to_acceptance, to_confirmation, to_plan
from tests.world import World

NO = "SO-2026-00001"


def test_a_held_order_waits_and_goes_on_at_the_same_gate(world: World) -> None:
    to_plan(world)
    held = requests.hold(world.services, NO, "图纸待定", party=Party.CUSTOMER, by="chen.yu")
    assert held.state == "on_hold"
    assert world.drive() == "hold"
    with world.services.reading() as session:
        assert order_card(session, world.services, NO)["hold"] == {
            "reason": "图纸待定",
            "party": "customer",
        }
    back = requests.resume(world.services, NO)
    assert back.state == "classified"
    assert world.drive() == "plan"
    assert violations(world.services) == []


def test_an_order_is_held_once(world: World) -> None:
    to_confirmation(world)
    requests.hold(world.services, NO, "等")
    with pytest.raises(IllegalMove):
        requests.hold(world.services, NO, "等")


def test_an_order_that_is_not_held_cannot_be_resumed(world: World) -> None:
    to_confirmation(world)
    with pytest.raises(IllegalMove):
        requests.resume(world.services, NO)
    assert world.drive() == "customer_confirmation"


def test_asking_twice_for_a_cancel_asks_once(world: World) -> None:
    to_plan(world)
    first = requests.cancel(world.services, NO, "客户破产")
    again = requests.cancel(world.services, NO, "客户破产")
    assert first == again
    assert first.state == "classified"
    world.answer("cancel", "li.ming")
    assert world.drive() == "cancelled"
    assert violations(world.services) == []


def test_what_the_customer_has_accepted_cannot_be_cancelled(world: World) -> None:
    to_acceptance(world)
    world.write("验收通过", answers=world.owed("acceptance")[-1])
    assert world.drive() == "close"
    with pytest.raises(IllegalMove):
        requests.cancel(world.services, NO, "zu spät")


def test_requests_need_a_reason_a_known_person_and_a_coming_day(world: World) -> None:
    to_confirmation(world)
    with pytest.raises(BadValue):
        requests.cancel(world.services, NO, "  ")
    with pytest.raises(UnknownPerson):
        requests.cancel(world.services, NO, "x", by="nobody")
    with pytest.raises(BadValue):
        past = world.services.today() - timedelta(days=1)
        requests.hold(world.services, NO, "x", until=past)
    assert world.drive() == "customer_confirmation"
    assert violations(world.services) == []
