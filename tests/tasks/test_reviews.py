"""All orders looked at: on the right day, red first, each deviation told once, safe to kill."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import func, select

from connectors.errors import Unreachable
from connectors.runs_memory import MemoryRuns
from domain.calendars.china import official_days
from domain.errors import BadValue
from domain.names import Channel, Language
from models.activity import of_order
from models.event import history
from models.order import Order
from models.outbox import Owed
from models.person import PersonRow
from models.retrospective import CalendarDay
from models.review import Review
from tasks import progress
from tasks.reviews import ReviewDone, review
from tests.tasks.test_main_line import ORDER, to_plan
from tests.world import World


def with_holidays(world: World) -> None:
    """The days off of 2026 are stored."""
    with world.services.writing() as session:
        for each in official_days(2026):
            names = {"name": each.day.name_zh}
            session.add(CalendarDay(calendar="CN", day=each.on, working=each.day.working, **names))


def on(world: World, text: str) -> datetime:
    """The clock stands at this instant."""
    world.clock[0] = datetime.fromisoformat(text)
    return world.clock[0]


def working(world: World) -> None:
    """The newest order's work runs."""
    to_plan(world)
    world.answer("plan", "li.ming")
    assert world.drive() == "work"


def found(world: World) -> list[dict[str, Any]]:
    """The deviations in the order's history."""
    with world.services.reading() as session:
        past = history(session, world.order().id)
        return [each.payload for each in past if each.kind == "deviation_found"]


def minutes(world: World) -> list[Owed]:
    """The minutes of reviews, oldest first."""
    return [
        each for each in world.owed("notice") if "纪要" in each.subject or "inutes" in each.subject
    ]


def lights(done: ReviewDone) -> Sequence[str]:
    """The lights of the agenda, in its order."""
    return [row["light"] for row in done.content["orders"]]


def test_a_holiday_says_why_there_is_no_review(world: World) -> None:
    with_holidays(world)
    on(world, "2026-10-01T09:00+08:00")
    for kind in ("daily", "weekly", "monthly"):
        done = review(world.services, kind)
        assert done.not_today is not None
        assert "2026-10-01" in done.lines(Language.EN)[0]
        assert "国庆节" in done.lines(Language.ZH)[0]
        assert done.as_json()["next_on"] == "2026-10-08"


def test_an_adjusted_saturday_has_a_daily_check(world: World) -> None:
    with_holidays(world)
    on(world, "2026-10-10T09:00+08:00")
    assert review(world.services, "daily").not_today is None
    assert review(world.services, "weekly").not_today is not None


def test_the_day_is_that_of_the_company(world: World) -> None:
    with_holidays(world)
    on(world, "2026-10-07T16:30+00:00")  # half past midnight of the 8th in Shanghai
    assert review(world.services, "daily").content["period"] == "2026-10-08"


def test_an_unknown_kind_of_review_is_refused(world: World) -> None:
    with pytest.raises(BadValue):
        review(world.services, "yearly")


def test_the_week_after_the_holiday_looks_back_to_the_last_review(world: World) -> None:
    with_holidays(world)
    on(world, "2026-09-28T09:00+08:00")
    first = review(world.services, "weekly")
    on(world, "2026-10-08T09:00+08:00")
    second = review(world.services, "weekly")
    assert second.content["since"] == first.at.isoformat()


def test_a_week_without_a_workday_is_joined_to_the_next(world: World) -> None:
    with_holidays(world)
    on(world, "2026-02-24T09:00+08:00")
    done = review(world.services, "weekly")
    assert done.content["joined"] == ["2026-W08"]
    assert done.content["since"] == "2026-02-09T00:00:00+08:00"
    assert any("2026-W08" in line for line in done.lines(Language.EN))


def test_red_comes_first_and_its_owner_has_to_decide(world: World) -> None:
    world.write(ORDER, subject="采购订单 PO-2026-118")
    working(world)
    world.later(days=42)
    done = review(world.services, "daily")
    assert lights(done) == ["red", "green"]
    whats = {(e["who"], e["what"]) for e in done.content["actions"]}
    assert ("chen.yu", "decide") in whats
    assert ("wang.lei", "task") in whats


def test_an_overdue_gate_is_a_decision_with_the_names_of_those_asked(world: World) -> None:
    to_plan(world)
    world.later(days=1)
    done = review(world.services, "daily")
    assert [(e["kind"], e["who"]) for e in done.content["decisions"]] == [("plan", ["li.ming"])]
    assert lights(done) == ["amber"]


def test_the_same_period_is_reviewed_once(world: World) -> None:
    to_plan(world)
    world.later(days=1)
    first = review(world.services, "daily")
    sent = len(world.owed("notice"))
    world.later(hours=2)
    again = review(world.services, "daily")
    assert (again.content, again.at) == (first.content, first.at)
    assert len(world.owed("notice")) == sent


def test_a_deviation_is_found_and_told_once(world: World) -> None:
    working(world)
    world.later(days=42)
    review(world.services, "daily")
    told = [e for e in world.owed("notice") if e.recipient.startswith("chen.yu") and e.order_id]
    assert len(told) == 1
    assert "承诺交期" in told[0].text
    count = len(found(world))
    assert count > 1
    world.later(days=1)
    review(world.services, "daily")
    review(world.services, "weekly")
    assert len(found(world)) == count
    assert len({each["key"] for each in found(world)}) == count


def test_a_forecast_beyond_the_promise_is_red_before_the_day_has_come(world: World) -> None:
    working(world)
    with world.services.reading() as session:
        own = next(e for e in of_order(session, world.order().id) if e.person == "wang.lei")
        label = own.label
    said = progress.Report(label, percent=10, remaining=progress.Decimal(400))
    progress.report(
        world.services, world.order().order_no, said, by="wang.lei", channel=Channel.CLI
    )
    world.later(hours=24)
    done = review(world.services, "daily")
    assert lights(done) == ["red"]
    assert "forecast_late" in {each["kind"] for each in found(world)}
    assert done.content["orders"][0]["forecast_at"] > done.content["orders"][0]["promised_at"]


def test_silence_in_a_week_of_work_is_not_green(world: World) -> None:
    working(world)
    with world.services.writing() as session:
        order = session.get_one(Order, world.order().id)
        order.promised_on = None
        for each in of_order(session, order.id):
            each.starts_at = each.finishes_at = None
    on(world, "2026-11-30T09:00+08:00")
    review(world.services, "weekly")
    on(world, "2026-12-07T09:00+08:00")
    done = review(world.services, "weekly")
    assert lights(done) == ["none"]
    assert [e["what"] for e in done.content["actions"]] == ["report"]


def test_what_changed_since_the_last_review_is_named(world: World) -> None:
    to_plan(world)
    on(world, "2026-11-30T09:00+08:00")
    assert review(world.services, "weekly").content["changed"] == []
    world.answer("plan", "li.ming")
    world.drive()
    on(world, "2026-12-07T09:00+08:00")
    done = review(world.services, "weekly")
    moved = [e for e in done.content["changed"] if e["what"] == "state"]
    assert [(e["before"], e["after"]) for e in moved] == [("classified", "executing")]
    assert any("classified → in work" in line for line in done.lines(Language.EN))


def test_owners_managers_and_director_have_one_mail_each_in_their_language(world: World) -> None:
    with world.services.writing() as session:
        director = session.scalars(select(PersonRow).where(PersonRow.person == "zhao.wen")).one()
        director.language = "en"
    to_plan(world)
    on(world, "2026-11-30T09:00+08:00")
    review(world.services, "weekly")
    by = {each.recipient.partition("@")[0]: each for each in minutes(world)}
    assert set(by) == {"chen.yu", "li.ming", "zhao.wen"}
    assert "decisions needed" in by["zhao.wen"].text
    assert "需要决定" in by["chen.yu"].text


def test_a_quiet_day_sends_no_minutes(world: World) -> None:
    working(world)
    world.later(hours=1)
    assert lights(review(world.services, "daily")) == ["green"]
    assert minutes(world) == []


class Away(MemoryRuns):
    """An engine that cannot be reached when a page is to be shown."""

    def artifact(self, *_: Any, **__: Any) -> None:
        """Nothing is shown."""
        raise Unreachable("artifact", "away")


def test_killed_after_the_snapshot_it_goes_on_when_run_again(world: World) -> None:
    working(world)
    world.later(days=42)
    away = Away(lambda: world.clock[0])
    with pytest.raises(Unreachable):
        review(replace(world.services, runs=away), "daily")
    told, sent = len(found(world)), len(world.owed("notice"))
    world.later(hours=1)
    done = review(world.services, "daily")
    assert (len(found(world)), len(world.owed("notice"))) == (told, sent)
    with world.services.reading() as session:
        assert session.scalar(select(func.count()).select_from(Review)) == 1
    runs = world.services.runs
    assert isinstance(runs, MemoryRuns)
    assert done.content["orders"][0]["order_no"] in runs.artifacts["review-daily"][-1]


def test_a_month_has_figures(world: World) -> None:
    working(world)
    on(world, "2026-12-01T09:00+08:00")
    done = review(world.services, "monthly")
    now = {each["key"]: each["value"] for each in done.content["figures"]}
    assert (now["orders_received"], now["orders_open"]) == (1, 1)
    assert now["confirm_hours"] is not None
    assert done.content["figures_of"] == "2026-11"


def test_the_head_of_each_chain_goes_to_the_archive(world: World) -> None:
    mail = world.services.settings.mail.model_copy(update={"archive": "archive@zheling.example"})
    settings = world.services.settings.model_copy(update={"mail": mail})
    working(world)
    world.later(days=1)
    review(replace(world.services, settings=settings), "daily")
    with world.services.reading() as session:
        last = history(session, world.order().id)[-1]
    heads = [e for e in world.owed("notice") if e.recipient.startswith("archive@")]
    assert len(heads) == 1
    assert f"{last.seq} {last.hash}" in heads[0].text
