"""Reviews: their day, the periods that are joined, what comes first, what has changed."""

from datetime import date

import pytest

from domain.calendars.china import company_calendar, official_days
from domain.kpi import Delivered, Ended, Month, figures
from domain.portfolio import (
    ReviewKind,
    agenda,
    changes,
    first_of_month_before,
    looks_back,
    not_today,
    period,
)

CALENDAR = company_calendar([*official_days(2025), *official_days(2026)])
DAILY, WEEKLY, MONTHLY = ReviewKind


@pytest.mark.parametrize(
    ("kind", "day", "takes_place"),
    [
        (DAILY, date(2026, 10, 1), False),
        (DAILY, date(2026, 10, 10), True),
        (DAILY, date(2026, 10, 11), False),
        (WEEKLY, date(2026, 10, 1), False),
        (WEEKLY, date(2026, 10, 8), True),
        (WEEKLY, date(2026, 10, 9), False),
        (WEEKLY, date(2026, 10, 10), False),
        (WEEKLY, date(2026, 10, 12), True),
        (MONTHLY, date(2026, 10, 1), False),
        (MONTHLY, date(2026, 10, 8), True),
        (MONTHLY, date(2026, 11, 2), True),
    ],
)
def test_a_review_takes_place_on_its_day_only(
    kind: ReviewKind, day: date, takes_place: bool
) -> None:
    assert (not_today(kind, CALENDAR, day) is None) is takes_place


def test_a_holiday_is_named_and_the_next_day_said() -> None:
    why = not_today(WEEKLY, CALENDAR, date(2026, 10, 1))
    assert why is not None
    assert "National Day" in why.reason_en
    assert "国庆节" in why.reason_zh
    assert why.next_on == date(2026, 10, 8)


def test_a_week_without_a_working_day_is_joined_to_the_next() -> None:
    assert looks_back(WEEKLY, CALENDAR, date(2026, 2, 24)) == (date(2026, 2, 9), ("2026-W08",))


def test_the_week_after_the_national_holiday_looks_back_to_before_it() -> None:
    assert looks_back(WEEKLY, CALENDAR, date(2026, 10, 8)) == (date(2026, 9, 28), ())


def test_a_daily_check_looks_back_to_the_last_working_day() -> None:
    assert looks_back(DAILY, CALENDAR, date(2026, 10, 8)) == (date(2026, 9, 30), ())


def test_periods_are_named_after_the_day() -> None:
    day = date(2027, 1, 1)
    assert [period(kind, day) for kind in ReviewKind] == ["2027-01-01", "2026-W53", "2027-01"]
    assert first_of_month_before(day) == date(2026, 12, 1)


def row(number: str, light: str, **more: object) -> dict[str, object]:
    """An order of a review, quiet unless said otherwise."""
    quiet = {"score": "0", "new": False, "overdue": False, "state": "executing"}
    dates = {"promised_at": None, "forecast_at": None, "owner": "chen.yu", "priority": "P3"}
    return {"order_no": number, "light": light, **quiet, **dates, **more}


def test_red_comes_first_by_score_and_silence_is_not_green() -> None:
    rows = [
        row("SO-1", "green"),
        row("SO-2", "none"),
        row("SO-3", "green", overdue=True),
        row("SO-4", "green", new=True),
        row("SO-5", "amber"),
        row("SO-6", "red", score="20"),
        row("SO-7", "red", score="55.5"),
    ]
    numbers = [each["order_no"] for each in agenda(rows)]
    assert numbers == ["SO-7", "SO-6", "SO-5", "SO-4", "SO-3", "SO-2", "SO-1"]


def test_what_changed_is_named_with_before_and_after() -> None:
    before = [row("SO-1", "green"), row("SO-2", "red")]
    now = [row("SO-1", "red", promised_at="2026-12-01"), row("SO-3", "green")]
    found = [
        (e["order_no"], e["what"], e["after"]) for e in changes(before, now, {"SO-2": "closed"})
    ]
    assert found == [
        ("SO-1", "light", "red"),
        ("SO-1", "promised_at", "2026-12-01"),
        ("SO-3", "new", "executing"),
        ("SO-2", "ended", "closed"),
    ]


def test_figures_are_shares_of_lines_and_medians() -> None:
    found = figures(
        Month(
            delivered=[Delivered(3, True), Delivered(1, False)],
            confirm_hours=[2, 4, 100],
            ended=[Ended(True), Ended(True), Ended(False)],
            waits=[("us", 6), ("customer", 2)],
            received=["software", "software", "internal"],
        )
    )
    assert found["on_time_rate"] == {"percent": 75, "of": 4}
    assert found["confirm_hours"] == 4
    assert found["plan_accuracy"] == {"percent": 67, "of": 3}
    assert found["turn_us"] == {"percent": 75, "of": 8}
    assert found["received_software"] == 2


def test_four_answers_are_no_average() -> None:
    scores = [{"overall": 4}, {"overall": 5}] * 3
    assert figures(Month(answers=scores[:4]))["satisfaction"] is None
    assert figures(Month(answers=scores))["satisfaction"] == 4.5


def test_a_month_without_anything_has_no_figures_of_shares() -> None:
    assert figures(Month())["on_time_rate"] is None
