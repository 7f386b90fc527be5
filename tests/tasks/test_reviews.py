"""All orders looked at: on the right day, red first, each deviation told once."""

from datetime import datetime

from domain.calendars.china import official_days
from models.event import history
from models.retrospective import CalendarDay
from tasks.reviews import review
from tests.tasks.test_main_line import kinds, to_plan
from tests.world import World


def with_holidays(world: World) -> None:
    """The days off of 2026 are stored."""
    with world.services.writing() as session:
        for each in official_days(2026):
            session.add(
                CalendarDay(
                    calendar="CN", day=each.on, working=each.day.working, name=each.day.name_zh
                )
            )


def on(world: World, text: str) -> datetime:
    """The clock stands at this instant."""
    world.clock[0] = datetime.fromisoformat(text)
    return world.clock[0]


def test_a_holiday_says_why_there_is_no_review(world: World) -> None:
    with_holidays(world)
    on(world, "2026-10-01T09:00+08:00")
    done = review(world.services, "weekly")
    assert done.not_today is not None
    assert "2026-10-01" in done.not_today.reason_en


def test_an_adjusted_saturday_has_a_daily_check(world: World) -> None:
    with_holidays(world)
    on(world, "2026-10-10T09:00+08:00")
    assert review(world.services, "daily").not_today is None
    assert review(world.services, "weekly").not_today is not None


def test_a_week_without_a_workday_is_joined_to_the_next(world: World) -> None:
    with_holidays(world)
    on(world, "2026-09-28T09:00+08:00")
    first = review(world.services, "weekly")
    on(world, "2026-10-08T09:00+08:00")
    second = review(world.services, "weekly")
    assert second.not_today is None
    assert second.content["since"] == first.at.isoformat()


def test_the_same_period_is_reviewed_once(world: World) -> None:
    to_plan(world)
    world.later(hours=2)
    first = review(world.services, "daily")
    sent = len(world.owed("notice"))
    again = review(world.services, "daily")
    assert again.content == first.content
    assert len(world.owed("notice")) == sent


def test_a_deviation_is_found_and_told_once(world: World) -> None:
    to_plan(world)
    world.answer("plan", "li.ming")
    world.drive()
    world.later(days=41)
    done = review(world.services, "daily")
    assert done.content["orders"][0]["light"] == "red"
    found = kinds(world).count("deviation_found")
    assert found > 0
    world.later(days=1)
    review(world.services, "daily")
    with world.services.reading() as session:
        keys = [
            e.payload["key"]
            for e in history(session, world.order().id)
            if e.kind == "deviation_found"
        ]
    assert len(keys) == len(set(keys))
