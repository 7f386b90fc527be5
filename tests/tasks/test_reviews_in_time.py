"""Reviews in time: agenda a working day before, a missed day held late, each once."""

from dataclasses import replace

import pytest

from connectors.runs_memory import MemoryRuns
from domain.names import Language
from models.outbox import Owed
from tasks.reviews import look_after, review
from tests.tasks.test_main_line import to_plan
from tests.tasks.test_reviews import minutes, on, with_holidays
from tests.world import World


def runs_until(world: World, text: str) -> list[str]:
    """The service runs at this instant; what it did about reviews."""
    on(world, text)
    return look_after(world.services)


def agendas(world: World) -> list[Owed]:
    """The agendas that are owed."""
    return [each for each in world.owed("notice") if "议程" in each.subject]


def test_the_agenda_of_a_week_goes_out_a_working_day_before(world: World) -> None:
    to_plan(world)
    runs_until(world, "2026-11-27T08:00+08:00")
    assert agendas(world) == []
    assert "agenda weekly 2026-W49" in runs_until(world, "2026-11-27T09:20+08:00")
    assert runs_until(world, "2026-11-27T10:00+08:00") == []
    people = {each.recipient.partition("@")[0] for each in agendas(world)}
    assert people == {"chen.yu", "li.ming", "zhao.wen"}
    assert "2026年11月30日" in agendas(world)[0].subject
    assert len(agendas(world)) == len(people)


def test_the_working_day_before_may_lie_before_a_holiday(world: World) -> None:
    with_holidays(world)
    runs_until(world, "2026-09-30T08:00+08:00")
    done = runs_until(world, "2026-09-30T09:20+08:00")
    assert {"agenda weekly 2026-W41", "agenda monthly 2026-10"} <= set(done)


def test_a_review_missed_while_the_machine_was_off_is_held_once_and_says_so(world: World) -> None:
    to_plan(world)
    runs_until(world, "2026-11-27T18:00+08:00")
    done = runs_until(world, "2026-12-01T15:00+08:00")
    assert done[:3] == ["daily 2026-12-01", "weekly 2026-W49", "monthly 2026-12"]
    assert runs_until(world, "2026-12-01T16:00+08:00") == []
    weekly = [each for each in minutes(world) if "周" in each.subject]
    assert len(weekly) == len({each.recipient for each in weekly}) == 3
    assert "补开:原定 2026年11月30日" in weekly[0].text
    runs = world.services.runs
    assert isinstance(runs, MemoryRuns)
    assert "held late, was due on 2026-11-30" in runs.artifacts["review-weekly"][-1]


def test_what_the_engine_held_in_its_time_is_not_held_again(world: World) -> None:
    to_plan(world)
    runs_until(world, "2026-11-27T18:00+08:00")
    on(world, "2026-11-30T09:00+08:00")
    for kind in ("daily", "weekly"):
        review(world.services, kind)
    assert runs_until(world, "2026-11-30T09:20+08:00") == ["agenda monthly 2026-12"]
    assert "Held late" not in "".join(review(world.services, "weekly").lines(Language.EN))


def test_a_fresh_installation_has_missed_nothing(world: World) -> None:
    assert runs_until(world, "2026-12-01T15:00+08:00") == []
    assert runs_until(world, "2026-12-01T15:01+08:00") == []


def test_killed_before_it_has_noted_it_holds_nothing_twice(world: World) -> None:
    class Killed(Exception):
        pass

    def die() -> None:
        raise Killed

    to_plan(world)
    runs_until(world, "2026-11-27T18:00+08:00")
    on(world, "2026-11-30T15:00+08:00")

    class Dying(MemoryRuns):
        def artifact(self, *_: object, **__: object) -> None:
            die()

    dying = replace(world.services, runs=Dying(lambda: world.clock[0]))
    with pytest.raises(Killed):
        look_after(dying)
    sent = len(world.owed("notice"))
    look_after(world.services)
    daily = [e for e in world.owed("notice") if "周审查" not in e.subject]
    assert sent > 0
    assert len({(e.recipient, e.subject) for e in daily}) == len(daily)
