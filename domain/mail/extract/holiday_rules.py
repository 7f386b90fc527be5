"""How days are read that hang on a holiday or on the moon calendar."""

import re
from datetime import date, timedelta

from domain.mail.extract import holidays
from domain.mail.extract.day_rules import WEEKDAYS, Frame, Reading, whole, workdays


def holiday(hit: re.Match[str], frame: Frame) -> Reading | None:
    """Before a holiday: the last working day before it."""
    begin = holidays.next_one(hit[1] or hit[0], frame.today)
    if begin is None:
        return None
    day = begin - timedelta(days=1)
    while not frame.workday(day) and (begin - day).days < 14:
        day -= timedelta(days=1)
    return day, 0.8


def after_holiday(hit: re.Match[str], frame: Frame) -> Reading | None:
    """Behind a holiday: so many days after its end, or such a weekday of the weeks after it."""
    last = _end_of(hit[1], frame)
    if last is None:
        return None
    count, unit = whole(hit[2]), hit[3]
    if "工作" in unit or re.search("上班|开工|复工", hit[0]):
        return workdays(Frame(last, frame.workday), count), 0.75
    if unit.endswith("天"):
        return last + timedelta(days=count), 0.75
    target = WEEKDAYS[hit[4]] if hit[4] else 4
    first = last + timedelta(days=(target - last.weekday() - 1) % 7 + 1)
    value = first + timedelta(weeks=count - 1)
    return (value, 0.8) if unit.startswith("个") else (value, 0.5, (value + timedelta(weeks=1),))


def en_after_holiday(hit: re.Match[str], frame: Frame) -> Reading | None:
    """ "10 days after our Spring Festival": from its last day off."""
    last = _end_of(hit[3], frame)
    if last is None:
        return None
    count, unit = whole(hit[1]), hit[2].lower()
    if unit.startswith("work"):
        return workdays(Frame(last, frame.workday), count), 0.75
    return last + timedelta(days=count * (7 if unit.startswith("week") else 1)), 0.75


def _end_of(name: str, frame: Frame) -> date | None:
    """The last day off of the next holiday of that name, as this company's calendar has it."""
    begin = holidays.next_one(name, frame.today)
    if begin is None:
        return None
    last = begin
    while not frame.workday(last + timedelta(days=1)) and (last - begin).days < 14:
        last += timedelta(days=1)
    return last


def lunar(hit: re.Match[str], frame: Frame) -> Reading | None:
    """A day of the moon calendar, of a year if one is named."""
    year = hit[1] or hit[2]
    value = holidays.lunar_day(hit[3], hit[4], frame.today, int(year) if year else None)
    return (value, 0.8) if value else None
