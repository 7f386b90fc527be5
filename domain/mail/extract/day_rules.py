"""How each way of naming a day is read; `dates` holds the patterns that lead here."""

import re
from calendar import isleap
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from domain.mail.extract.numerals import number_of

Workday = Callable[[date], bool]


@dataclass(frozen=True)
class Frame:
    """What a rule may look at: today of the sender, which days are worked, the order of dates."""

    today: date
    workday: Workday
    day_first: bool | None = None


Reading = tuple[date, float] | tuple[date, float, tuple[date, ...]]
Rule = Callable[[re.Match[str], Frame], Reading | None]


MONTHS = dict(
    zip(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"),
        range(1, 13),
        strict=True,
    )
)
WEEKDAYS = dict(
    zip(
        ("mon", "tue", "wed", "thu", "fri", "sat", "sun", *"一二三四五六日天"),
        (*range(7), *range(7), 6),
        strict=True,
    )
)


def whole(text: str) -> int:
    value = number_of(text)
    if value is None:
        raise ValueError(text)
    return int(value)


def coming(frame: Frame, month: int, day: int) -> date:
    """The next such day on or after today (a day of last week is more likely meant as past)."""
    year = frame.today.year
    leap = (month, day) == (2, 29)
    while leap and not isleap(year):
        year += 1
    this = date(year, month, day)
    if this >= frame.today - timedelta(days=30) or leap:
        return this
    return date(year + 1, month, day)


def ymd(hit: re.Match[str], _: Frame) -> Reading:
    return date(int(hit[1]), int(hit[2]), int(hit[3])), 0.95


def republic(hit: re.Match[str], _: Frame) -> Reading:
    """A year as it is counted on Taiwan: 115 is 2026."""
    return date(int(hit[1]) + 1911, int(hit[2]), int(hit[3])), 0.92


def zh_month_day(hit: re.Match[str], frame: Frame) -> Reading:
    month, day = (group for group in hit.groups() if group)
    return coming(frame, whole(month), whole(day)), 0.92


def zh_day(hit: re.Match[str], frame: Frame) -> Reading:
    day, today = whole(hit[2]), frame.today
    which = (hit[1] or "")[:1]
    if which in ("下", "上"):
        return in_month(months(today, 1 if which == "下" else -1), day), 0.85
    return (in_month(today, day) if which else on_day(today, day)), 0.8


def on_day(today: date, day: int) -> date:
    """The next day of this number: in this month, or in the next that has one."""
    if not 1 <= day <= 31:
        raise ValueError(day)
    ahead = (months(today, n) for n in range(1, 4))
    firsts = (today.replace(day=1), *ahead)
    fits = (first.replace(day=day) for first in firsts if day <= end_of_month(first).day)
    return next(found for found in fits if found >= today)


def in_month(first: date, day: int) -> date:
    return first.replace(day=day)


def months(day: date, count: int) -> date:
    """The first of the month that is so many months later."""
    index = day.year * 12 + day.month - 1 + count
    return date(index // 12, index % 12 + 1, 1)


def end_of_month(day: date) -> date:
    return months(day, 1) - timedelta(days=1)


def zh_weekday(hit: re.Match[str], frame: Frame) -> Reading:
    monday = frame.today - timedelta(days=frame.today.weekday())
    weeks = hit[1].count("下") - hit[1].count("上") if hit[1] else 0
    value = monday + timedelta(days=7 * weeks + WEEKDAYS[hit[2]])
    if weeks or value >= frame.today:
        return value, 0.85 if hit[1] or frame.today.weekday() < 5 else 0.6
    later = value + timedelta(days=7)
    return (later, 0.5, (value,)) if hit[1] else (later, 0.8)


def en_weekday(hit: re.Match[str], frame: Frame) -> Reading:
    target = WEEKDAYS[hit[2].lower()]
    ahead = frame.today + timedelta(days=(target - frame.today.weekday() - 1) % 7 + 1)
    if (hit[1] or "").lower().startswith("next"):
        monday = frame.today - timedelta(days=frame.today.weekday())
        following = monday + timedelta(days=7 + target)
        return (following, 0.5, (ahead,)) if ahead != following else (following, 0.8)
    return ahead, 0.8


def month_end(hit: re.Match[str], frame: Frame) -> Reading:
    word = next((g for g in hit.groups() if g), "")
    return end_of_month(month_named(word, frame)), 0.85


def month_named(word: str, frame: Frame) -> date:
    """The first of the month meant by 本, 下, 4, 四, april, this, next or nothing."""
    low = word.lower().strip(". ")
    if low[:3] in MONTHS:
        return coming(frame, MONTHS[low[:3]], 28).replace(day=1)
    if low.startswith(("下", "next")):
        return months(frame.today, 1)
    if low in ("", "本", "这", "这个", "当", "this", "the"):
        return frame.today.replace(day=1)
    return coming(frame, whole(low), 28).replace(day=1)


def third(hit: re.Match[str], frame: Frame) -> Reading:
    """Early, mid or late in a month: a clerk would ask which day."""
    word = hit[0].lower()
    groups = [g for g in hit.groups() if g]
    named = next((g for g in groups if g.lower()[:3] in MONTHS or g.isdigit()), groups[0])
    first = month_named(re.sub(r"月.*", "", named), frame)
    day = 10 if re.search("上旬|初|early|begin", word) else 0
    day = 20 if "中" in word else 15 if "mid" in word else day
    return (first.replace(day=day) if day else end_of_month(first)), 0.5


def year_end(hit: re.Match[str], frame: Frame) -> Reading:
    later = 1 if (hit[1] or "").startswith(("明", "next")) else 0
    return date(frame.today.year + later, 12, 31), 0.8


def quarter_end(hit: re.Match[str], frame: Frame) -> Reading:
    quarter = whole(next(g for g in hit.groups() if g))
    named = re.search(r"20\d\d", hit[0])
    value = end_of_month(date(int(named[0]) if named else frame.today.year, 3 * quarter, 1))
    return (value if value >= frame.today else value.replace(year=value.year + 1)), 0.8


def span(hit: re.Match[str], frame: Frame) -> Reading:
    """So many days, working days, weeks or months from today."""
    count, unit = whole(hit[1]), hit[2].lower()
    if re.search(r"工作日|work|business", unit):
        return workdays(frame, count), 0.8
    if unit.startswith(("周", "星期", "个星期", "礼拜", "week")):
        return frame.today + timedelta(weeks=count), 0.8
    if unit.startswith(("个月", "month")):
        first = months(frame.today, count)
        return min(first + timedelta(days=frame.today.day - 1), end_of_month(first)), 0.8
    return frame.today + timedelta(days=count), 0.8


def workdays(frame: Frame, count: int) -> date:
    day = frame.today
    while count > 0:
        day += timedelta(days=1)
        count -= frame.workday(day)
    return day


def calendar_week(hit: re.Match[str], frame: Frame) -> Reading:
    week, year = int(hit[1]), hit[2]
    value = date.fromisocalendar(int(year) if year else frame.today.year, week, 5)
    if not year and value < frame.today - timedelta(days=60):
        value = date.fromisocalendar(frame.today.year + 1, week, 5)
    return value, 0.85


def next_week(hit: re.Match[str], frame: Frame) -> Reading:
    weeks = (
        0
        if re.match(r"(?:end of )?(?:the |this )|本|这", hit[0].lower())
        else hit[0].count("下") or 1
    )
    monday = frame.today - timedelta(days=frame.today.weekday())
    return monday + timedelta(days=7 * weeks + 4), 0.8


_NEAR = {
    **dict.fromkeys(("今天", "今日", "今晚", "今早", "今晨", "今夜", "today"), 0),
    **dict.fromkeys(("明天", "明日", "明早", "明晚", "明儿", "tomorrow"), 1),
    **dict.fromkeys(("后天", "後天"), 2),
    **dict.fromkeys(("大后天", "大後天"), 3),
    **dict.fromkeys(("昨天", "昨日", "昨晚"), -1),
    **dict.fromkeys(("前天", "前日"), -2),
    "大前天": -3,
}
NEAR = "|".join(sorted(_NEAR, key=len, reverse=True))


def near(hit: re.Match[str], frame: Frame) -> Reading:
    return frame.today + timedelta(days=_NEAR[hit[0].lower()]), 0.82


def zh_year(hit: re.Match[str], frame: Frame) -> Reading:
    """ "明年3月5日", "二〇二七年三月五日"."""
    word = hit[1]
    step = {"去": -1, "今": 0, "本": 0, "明": 1, "后": 2}.get(word)
    year = frame.today.year + step if step is not None else whole(word)
    return date(year, whole(hit[2]), whole(hit[3])), 0.92


def en_day_month(hit: re.Match[str], frame: Frame) -> Reading:
    return en(frame, hit[1], hit[2], hit[3])


def en_month_day(hit: re.Match[str], frame: Frame) -> Reading:
    return en(frame, hit[2], hit[1], hit[3])


def en(frame: Frame, day: str, month: str, year: str | None) -> Reading:
    number = MONTHS[month.lower()[:3]]
    return (date(int(year), number, int(day)) if year else coming(frame, number, int(day))), 0.92


def slashes(hit: re.Match[str], frame: Frame) -> Reading | None:
    """Day and month in unknown order: clear only where one of them cannot be a month."""
    a, b, year = (int(group) for group in hit.groups() if group)
    year += (2000 if year < 70 else 1900) if year < 100 else 0
    if year < frame.today.year - 1 and a == frame.today.year % 100:
        return None  # "26.9.18" begins with the year
    if "." in hit[0] or a > 12:
        return date(year, b, a), 0.9
    if b > 12:
        return date(year, a, b), 0.9
    if frame.day_first is not None:
        return (date(year, b, a) if frame.day_first else date(year, a, b)), 0.9
    readings = sorted({date(year, b, a), date(year, a, b)})
    ahead = [day for day in readings if day >= frame.today] or readings
    others = tuple(day for day in readings if day != ahead[0])
    return ahead[0], 0.5 if others else 0.9, others


def zh_short(hit: re.Match[str], frame: Frame) -> Reading:
    month, day = (group for group in hit.groups() if group)
    return coming(frame, int(month), int(day)), 0.75


def day_slash_month(hit: re.Match[str], frame: Frame) -> Reading:
    return coming(frame, int(hit[2]), int(hit[1])), 0.75


def en_the_day(hit: re.Match[str], frame: Frame) -> Reading:
    """ "On the 19th": the next such day."""
    return on_day(frame.today, int(hit[1])), 0.8
