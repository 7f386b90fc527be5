"""A held order: nobody is reminded, and what others stopped has its time back afterwards."""

from datetime import UTC, datetime, timedelta

import pytest

from domain.calendars.china import company_calendar, official_days
from domain.names import Event
from domain.reminders import after_hold
from models import delivery, event
from models.gate import numbered
from models.order import numbered as order_numbered
from tasks import timers
from tasks.display import card_view
from tasks.health import health_of
from tasks.reviews import review
from templates.cards import card
from tests.tasks.test_anytime import do
from tests.tasks.test_main_line import kinds, to_acceptance, to_confirmation, to_plan
from tests.world import World

CALENDAR = company_calendar(official_days(2026))


def hold(world: World, party: str) -> None:
    """The order is held for this party."""
    do(world, Event.ORDER_HELD, reason="图纸待定", party=party)


def due_at(world: World, kind: str) -> datetime:
    """The deadline of the open gate of this kind."""
    with world.services.reading() as session:
        return numbered(session, world.gate(kind)).due_at


def go_by(world: World, minutes: int) -> None:
    """The clock goes on minute by minute, and what is due is done."""
    for _ in range(minutes):
        world.later(minutes=1)
        timers.fire_due(world.services)


def test_nobody_is_reminded_of_a_held_orders_gates(world: World) -> None:
    to_plan(world)
    hold(world, "us")
    go_by(world, 60)
    assert world.owed("reminder") == []
    assert "gate_escalated" not in kinds(world)


@pytest.mark.parametrize("party", ["customer", "supplier"])
def test_deadlines_go_on_where_others_stopped_them(world: World, party: str) -> None:
    to_plan(world)
    before = due_at(world, "plan")
    world.later(minutes=3)
    hold(world, party)
    go_by(world, 60)
    world.answer("hold", "chen.yu")
    assert due_at(world, "plan") == before + timedelta(minutes=60)
    assert world.order().next_action_at == due_at(world, "plan")
    go_by(world, 1)
    assert len(world.owed("reminder")) == 1
    assert "gate_escalated" not in kinds(world)
    go_by(world, 4)
    assert "gate_escalated" in kinds(world)


def test_a_hold_of_ours_gives_no_time_back(world: World) -> None:
    to_plan(world)
    before = due_at(world, "plan")
    hold(world, "us")
    go_by(world, 60)
    world.answer("hold", "chen.yu")
    assert due_at(world, "plan") == before
    go_by(world, 1)
    assert "gate_escalated" in kinds(world)


def test_two_holds_add_up(world: World) -> None:
    to_plan(world)
    before = due_at(world, "plan")
    for minutes in (5, 7):
        hold(world, "customer")
        world.later(minutes=minutes)
        world.answer("hold", "chen.yu")
        world.drive()
    assert due_at(world, "plan") == before + timedelta(minutes=12)


def test_an_offer_does_not_expire_while_the_order_is_held(world: World) -> None:
    to_confirmation(world)
    hold(world, "customer")
    go_by(world, 100)
    world.answer("hold", "chen.yu")
    go_by(world, 1)
    assert "confirmation_expired" not in kinds(world)


def test_the_customers_window_and_its_reminders_move_together(world: World) -> None:
    to_acceptance(world)
    hold(world, "customer")
    go_by(world, 30)
    world.answer("hold", "chen.yu")
    with world.services.reading() as session:
        asked = delivery.last_acceptance(session, world.order().id)
        assert asked is not None
        assert asked.until == due_at(world, "customer_acceptance")
    assert "2026年11月24日" in world.owed("notice")[-1].text
    go_by(world, 15)
    assert world.owed("reminder") == []
    assert all("提醒" not in each.subject for each in world.owed("delivery"))
    go_by(world, 5)
    assert len(world.owed("reminder")) == 1


def test_a_held_order_has_no_overdue_decision(world: World) -> None:
    to_plan(world)
    hold(world, "customer")
    world.later(hours=24)
    with world.services.reading() as session:
        order = order_numbered(session, world.order().order_no)
        calendar = world.services.calendar(session)
        found = health_of(session, order, calendar, at=world.clock[0]).found
    assert {each.facts.get("gate") for each in found} == {"hold"}
    done = review(world.services, "daily").content["decisions"]
    assert {each["kind"] for each in done} == {"hold"}


def test_history_and_card_say_what_stood_still(world: World) -> None:
    to_plan(world)
    hold(world, "customer")
    with world.services.reading() as session:
        order = order_numbered(session, world.order().order_no)
        assert "客户 / customer · 图纸待定" in card(card_view(session, world.services, order))
    go_by(world, 10)
    number = world.gate("plan")
    world.answer("hold", "chen.yu")
    with world.services.reading() as session:
        note = event.history(session, world.order().id)[-1].payload
    before, after = (datetime.fromisoformat(each) for each in note["due"][number])
    assert after - before == timedelta(minutes=10)
    assert (world.order().hold_party, world.order().hold_reason) == (None, None)


@pytest.mark.parametrize(
    ("held", "resumed", "due", "becomes"),
    [
        ("24 01:00", "24 03:00", "25 02:00", "25 04:00"),
        ("24 09:30", "25 01:30", "25 02:00", "25 03:00"),
        ("27 10:00", "30 01:00", "30 02:00", "30 02:00"),
        ("24 03:00", "26 03:00", "24 02:00", "24 02:00"),
    ],
    ids=["by the hours held", "not over night", "not over a weekend", "not what had passed"],
)
def test_only_working_time_is_given_back(held: str, resumed: str, due: str, becomes: str) -> None:
    def at(text: str) -> datetime:
        return datetime.fromisoformat(f"2026-11-{text}").replace(tzinfo=UTC)

    assert after_hold(CALENDAR, at(due), at(held), at(resumed)) == at(becomes)
