"""China's holidays and adjusted working days; a year without a notice is computed, provisional."""

from collections.abc import Iterable
from datetime import date, timedelta

from domain.worktime import ONE_DAY, Calendar, CalendarDay, Day, calendar_of

TIMEZONE = "Asia/Shanghai"
NOTICE = "chinesecalendar"
COMPUTED = "computed"

NAMES_ZH = {
    "New Year's Day": "元旦",
    "Spring Festival": "春节",
    "Tomb-sweeping Day": "清明节",
    "Labour Day": "劳动节",
    "Dragon Boat Festival": "端午节",
    "Mid-autumn Festival": "中秋节",
    "National Day": "国庆节",
    "Anti-Fascist 70th Day": "抗战胜利70周年纪念日",
}


def official_days(year: int) -> tuple[CalendarDay, ...]:
    """Dates of this year that differ from Monday to Friday; provisional until it is announced."""
    return announced_days(year) or provisional_days(year)


def announced_days(year: int) -> tuple[CalendarDay, ...]:
    """Dates of the year's official notice; empty while there is none."""
    from chinese_calendar import constants

    rows = {on: _closed(name) for on, name in constants.holidays.items() if on.year == year}
    rows |= {on: _adjusted(name) for on, name in constants.workdays.items() if on.year == year}
    return _rows(rows, NOTICE)


def provisional_days(year: int) -> tuple[CalendarDay, ...]:
    """The statutory days and the usual blocks; no working weekend is assumed."""
    closed: dict[date, str] = {}
    for first, length, name in _blocks(year):
        free = [first + timedelta(days=n) for n in range(length)]
        # A statutory day on a weekend is made up for on the next weekday; a block is long enough.
        while length == 1 and free[-1].weekday() >= 5:
            free.append(free[-1] + ONE_DAY)
        closed |= {on: name for on in free if on.year == year and on not in closed}
    return _rows({on: _closed(name, provisional=True) for on, name in closed.items()}, COMPUTED)


def _blocks(year: int) -> tuple[tuple[date, int, str], ...]:
    """First day, length in days and name of each free block of a year without a notice."""
    return (
        (date(year, 1, 1), 1, "New Year's Day"),
        (_lunar(year, 1, 1) - ONE_DAY, 8, "Spring Festival"),
        (_clear_brightness(year), 1, "Tomb-sweeping Day"),
        (date(year, 5, 1), 5, "Labour Day"),
        (_lunar(year, 5, 5), 1, "Dragon Boat Festival"),
        (date(year, 10, 1), 7, "National Day"),
        (_lunar(year, 8, 15), 1, "Mid-autumn Festival"),
    )


def _lunar(year: int, month: int, day: int) -> date:
    """The date of this day of the lunar year that begins in `year`."""
    from lunardate import LunarDate

    solar: date = LunarDate(year, month, day).to_solar_date()
    return solar


def _clear_brightness(year: int) -> date:
    """Qingming (清明): 4 or 5 April, by the usual formula for this century."""
    short = year % 100
    return date(year, 4, int(short * 0.2422 + 4.81) - short // 4)


def _closed(name: str, *, provisional: bool = False) -> Day:
    return Day(False, name_zh=NAMES_ZH[name], name_en=name, provisional=provisional)


def _adjusted(name: str) -> Day:
    return Day(True, name_zh=f"{NAMES_ZH[name]}调休上班", name_en=f"Working day for {name}")


def _rows(days: dict[date, Day], source: str) -> tuple[CalendarDay, ...]:
    return tuple(CalendarDay(on, days[on], source) for on in sorted(days))


def company_calendar(
    days: Iterable[CalendarDay], *, name: str = "company", timezone: str = TIMEZONE
) -> Calendar:
    """The company's calendar: Monday to Friday 9-12 and 13-18, changed by these rows."""
    return calendar_of(name, timezone, days)
