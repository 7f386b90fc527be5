"""China's calendar: the notice where there is one, honest guesses where there is none."""

from datetime import date

import pytest

from domain.calendars.china import (
    announced_days,
    company_calendar,
    official_days,
    provisional_days,
)
from domain.worktime import is_provisional, is_workday


def test_the_adjusted_working_days_of_2026_are_worked():
    calendar = company_calendar(official_days(2026))
    adjusted = [(1, 4), (2, 14), (2, 28), (5, 9), (9, 20), (10, 10)]
    worked = {row.on for row in official_days(2026) if row.day.working}
    assert worked == {date(2026, month, day) for month, day in adjusted}
    assert all(is_workday(calendar, on) for on in worked)
    assert not is_workday(calendar, date(2026, 2, 17))


def test_every_day_agrees_with_the_notices_of_twenty_years():
    import chinese_calendar

    for year in (2007, 2015, 2024, 2026):
        calendar = company_calendar(official_days(year))
        first = date(year, 1, 1).toordinal()
        for on in map(date.fromordinal, range(first, date(year + 1, 1, 1).toordinal())):
            assert is_workday(calendar, on) == chinese_calendar.is_workday(on), on


def test_a_year_without_notice_has_provisional_rows_only():
    assert announced_days(2027) == ()
    rows = official_days(2027)
    closed = {row.on for row in rows}
    assert all(row.day.provisional and not row.day.working for row in rows)
    assert {date(2027, 2, 5), date(2027, 2, 12), date(2027, 4, 5), date(2027, 6, 9)} <= closed
    assert {date(2027, 9, 15), date(2027, 10, 7), date(2027, 1, 1)} <= closed
    assert is_provisional(company_calendar(rows), date(2027, 12, 31))


@pytest.mark.parametrize("year", range(2019, 2027))
def test_the_guess_is_hardly_ever_too_optimistic(year):
    guess = company_calendar(provisional_days(year))
    real = company_calendar(announced_days(year))
    first = date(year, 1, 1).toordinal()
    days = [date.fromordinal(first + n) for n in range(365)]
    missed = [on for on in days if is_workday(guess, on) and not is_workday(real, on)]
    assert len(missed) <= 2, missed


def test_names_are_in_both_languages():
    for row in official_days(2026):
        assert row.day.name_zh and row.day.name_en
