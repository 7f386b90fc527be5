"""What keeps an order from being as planned: found from facts, red beats amber beats green."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

from domain.calendars.china import company_calendar, official_days
from domain.deviation import Health, Kind, Light, Open, Standing, health
from domain.forecast import Work, forecasts

CALENDAR = company_calendar(official_days(2026))
NOW = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)  # Tuesday 09:00 in Shanghai


def at(day: int, hour: int) -> datetime:
    """An instant of November 2026 by the clock in Shanghai."""
    return datetime(2026, 11, day, hour, tzinfo=CALENDAR.zone)


WORK = Work("T1", "装配", "Assembly", "started", at(23, 9), at(25, 18), 8, {}, person="wang.lei")
NEXT = Work("T2", "检验", "Test", "planned", at(26, 9), at(26, 18), 8, {"T1": 0}, person="sun.jie")


def look(promised: date | None, *work: Work, **more: object) -> Health:
    """The health of an order with this work."""
    return health(Standing(promised, work=work, **more), CALENDAR, at=NOW)  # type: ignore[arg-type]


def test_remaining_hours_say_when_it_is_done() -> None:
    assert forecasts([WORK], CALENDAR, at=NOW)["T1"] == at(24, 18)


def test_a_delay_is_passed_on_to_what_waits() -> None:
    late = replace(WORK, left_hours=32)
    found = forecasts([late, NEXT], CALENDAR, at=NOW)
    assert (found["T1"], found["T2"]) == (at(27, 18), at(30, 18))


def test_a_person_does_one_thing_after_the_other() -> None:
    late = replace(WORK, left_hours=32)
    same = replace(NEXT, person="wang.lei", after={})
    assert forecasts([late, same], CALENDAR, at=NOW)["T2"] == at(30, 18)


def test_work_without_a_report_counts_as_planned_until_its_end_has_passed() -> None:
    silent = replace(WORK, state="released")
    assert forecasts([silent], CALENDAR, at=NOW)["T1"] == at(25, 18)
    overdue = replace(silent, starts_at=at(20, 9), finishes_at=at(20, 18))
    assert forecasts([overdue], CALENDAR, at=NOW)["T1"] == at(24, 18)


def test_a_forecast_after_the_promise_is_red_before_the_day_has_come() -> None:
    found = look(date(2026, 11, 27), replace(WORK, left_hours=32), NEXT)
    assert found.light is Light.RED
    assert found.found[0].kind is Kind.FORECAST_LATE
    assert found.forecast_on == date(2026, 11, 30)


def test_a_promise_that_has_passed_is_red_until_it_is_delivered() -> None:
    assert look(date(2026, 11, 20)).light is Light.RED
    assert look(date(2026, 11, 20), delivered=True).light is Light.GREEN


def test_cost_to_come_counts() -> None:
    money = {"budget": Decimal(1000), "cost": Decimal(900)}
    assert look(None, cost_left=Decimal(200), **money).light is Light.GREEN
    assert look(None, cost_left=Decimal(201), **money).found[0].kind is Kind.COST_OVER


def test_late_and_blocked_tasks_and_overdue_gates_are_amber() -> None:
    late = replace(WORK, finishes_at=at(23, 18))
    stuck = replace(WORK, blocked="等外协件", blocked_since=at(23, 10))
    gate = Open("G-7", "plan", "us", at(23, 12))
    for found in (look(None, late), look(None, stuck), look(None, gates=[gate])):
        assert found.light is Light.AMBER


def test_a_milestone_that_slips_two_working_days_is_amber() -> None:
    stone = Work("T3", "发货", "Dispatch", "planned", at(26, 18), at(26, 18), 0, {"T1": 0})
    stone = replace(stone, milestone=True, baseline_finish=at(26, 18))
    assert look(None, replace(WORK, left_hours=32), stone).light is Light.GREEN
    found = look(None, replace(WORK, left_hours=40), stone)
    assert [each.kind for each in found.found] == [Kind.MILESTONE_SLIPS]


def test_nobody_is_late_while_an_order_is_held() -> None:
    late = replace(WORK, finishes_at=at(23, 18))
    assert look(date(2026, 12, 24), late, held=True).light is Light.GREEN


def test_the_same_finding_has_the_same_name_tomorrow() -> None:
    late = replace(WORK, finishes_at=at(23, 18))
    keys = {look(None, replace(late, left_hours=hours)).found[0].key for hours in (8, 9)}
    assert len(keys) == 1
