"""Working time: adding and measuring agree, in every zone and on every odd day."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.calendars.china import company_calendar, official_days
from domain.worktime import (
    Calendar,
    CalendarDay,
    Day,
    NeverOpen,
    add_workdays,
    add_worktime,
    calendar_of,
    closes_on,
    first_workday_of_month,
    first_workday_of_week,
    intersection,
    is_provisional,
    is_workday,
    next_open,
    opens_on,
    workdays_between,
    worktime_between,
)

OURS = company_calendar(official_days(2026))
BERLIN = Calendar("berlin", "Europe/Berlin")
NIGHT = Calendar("night", "Europe/Berlin", week=(((time(22), time(6)),),) * 7)
SHANGHAI = ZoneInfo("Asia/Shanghai")

calendars = st.sampled_from([OURS, BERLIN, NIGHT, intersection(OURS, BERLIN)])
BEGIN = datetime(2026, 1, 1, tzinfo=UTC)
instants = st.integers(0, 480_000).map(lambda minutes: BEGIN + timedelta(minutes=minutes))
dates = st.dates(date(2026, 1, 1), date(2026, 12, 1))
quick = settings(max_examples=40, deadline=None)


def local(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=SHANGHAI)  # type: ignore[misc, arg-type]


@quick
@given(calendars, instants, st.integers(1, 3000))
def test_time_added_is_the_time_measured(calendar, at, minutes):
    assert worktime_between(calendar, at, add_worktime(calendar, at, minutes)) == minutes
    assert worktime_between(calendar, add_worktime(calendar, at, -minutes), at) == minutes


@quick
@given(calendars, instants, instants, instants)
def test_worktime_of_two_stretches_is_that_of_both(calendar, a, b, c):
    a, b, c = sorted((a, b, c))
    both = worktime_between(calendar, a, b) + worktime_between(calendar, b, c)
    assert worktime_between(calendar, a, c) == both
    assert worktime_between(calendar, c, a) == -both


@quick
@given(calendars, dates, st.integers(1, 60))
def test_working_days_added_are_those_counted(calendar, on, count):
    later = add_workdays(calendar, on, count)
    assert is_workday(calendar, later)
    assert workdays_between(calendar, on, later) == count
    assert add_workdays(calendar, later, -count) <= on or not is_workday(calendar, on)


@quick
@given(calendars, instants)
def test_the_next_open_instant_is_reached_without_work(calendar, at):
    opened = next_open(calendar, at)
    assert opened >= at
    assert worktime_between(calendar, at, opened) == 0
    assert worktime_between(calendar, opened, opened + timedelta(minutes=1)) == 1


def test_a_deadline_may_end_with_the_day():
    friday = local(2026, 11, 27, 17, 0)
    assert add_worktime(OURS, friday, 60) == local(2026, 11, 27, 18, 0)
    assert add_worktime(OURS, friday, 61) == local(2026, 11, 30, 9, 1)


def test_an_adjusted_saturday_has_the_normal_hours():
    assert is_workday(OURS, date(2026, 10, 10))
    day = local(2026, 10, 10, 0, 0), local(2026, 10, 11, 0, 0)
    assert worktime_between(OURS, *day) == 480


def test_a_half_day_has_its_own_hours():
    half = CalendarDay(date(2026, 12, 31), Day(True, hours=((time(9), time(12)),)))
    calendar = company_calendar((*official_days(2026), half))
    assert closes_on(calendar, half.on) == local(2026, 12, 31, 12, 0)
    assert opens_on(calendar, date(2026, 12, 26)) == local(2026, 12, 28, 9, 0)


def test_a_night_shift_over_the_clock_change_is_an_hour_longer_in_autumn():
    evening = datetime(2026, 10, 24, 18, tzinfo=ZoneInfo("Europe/Berlin"))
    assert worktime_between(NIGHT, evening, evening + timedelta(days=1)) == 9 * 60


def test_two_zones_share_the_hours_in_which_both_are_open():
    both = intersection(OURS, BERLIN)
    day = local(2026, 11, 24, 0, 0), local(2026, 11, 25, 0, 0)
    # 09:00 in Berlin is 16:00 in Shanghai in winter.
    assert next_open(both, day[0]) == local(2026, 11, 24, 16, 0)
    assert worktime_between(both, *day) == 120


def test_the_first_working_day_comes_after_the_holiday_or_never():
    assert first_workday_of_week(OURS, date(2026, 10, 1)) == date(2026, 9, 28)
    assert first_workday_of_month(OURS, date(2026, 10, 20)) == date(2026, 10, 8)
    shut = [CalendarDay(date(2026, 11, 23) + timedelta(days=n), Day(False)) for n in range(5)]
    assert first_workday_of_week(calendar_of("c", "UTC", shut), date(2026, 11, 25)) is None


def test_a_calendar_that_never_opens_says_so():
    closed = Calendar("closed", "UTC", week=((),) * 7)
    with pytest.raises(NeverOpen):
        add_worktime(closed, datetime(2026, 1, 1, tzinfo=UTC), 1)
    with pytest.raises(NeverOpen):
        add_workdays(closed, date(2026, 1, 1), 1)


def test_a_year_without_notice_is_provisional_on_every_date():
    assert not is_provisional(OURS, date(2026, 12, 31))
    assert is_provisional(OURS, date(2027, 3, 10))
    assert not is_provisional(BERLIN, date(2027, 3, 10))


def test_a_row_of_the_company_announces_no_year_and_wins_over_the_notice():
    rest = CalendarDay(date(2027, 6, 1), Day(False, name_zh="厂庆", name_en="Anniversary"))
    open_day = CalendarDay(date(2026, 10, 1), Day(True))
    calendar = company_calendar((rest, open_day, *official_days(2026)))
    assert is_provisional(calendar, date(2027, 3, 10))
    assert is_workday(calendar, date(2026, 10, 1))
