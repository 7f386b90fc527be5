"""Chinese ways of naming a day beside dates and weekdays: "月内", "8月20前", "10月最后一天"."""

import re
from datetime import date, timedelta

from domain.mail.extract import holidays
from domain.mail.extract.day_rules import (
    WEEKDAYS,
    Frame,
    Reading,
    coming,
    end_of_month,
    month_named,
    months,
    on_day,
    span,
    whole,
)

_HAN = "一二三四五六七八九十两"
_NUM = rf"(?:\d{{1,2}}|[{_HAN}]{{1,3}})"
_MONTH = rf"(?:本|这个?|下个?|当|{_NUM})"
_END = r"(?=\s*(?:[日号]?(?:之?前|以前|到|交|发|送|完|要|出|装|提|来|止|截止|\(|,|。|;|\n|$)))"


def half_month(hit: re.Match[str], frame: Frame) -> Reading:
    """ "半个月内": fifteen days from today."""
    return frame.today + timedelta(days=15), 0.8


def last_of_month(hit: re.Match[str], frame: Frame) -> Reading:
    """ "10月最后一天", "7月最后一周", "七月最后一个周五"."""
    end = end_of_month(month_named(hit["month"], frame))
    if hit["week"]:
        target = WEEKDAYS[hit["day"]] if hit["day"] else 4
        return end - timedelta(days=(end.weekday() - target) % 7), 0.8
    return end, 0.88


def week_of_month(hit: re.Match[str], frame: Frame) -> Reading:
    """ "9月第二周": the Friday of that week, counted from the first Monday's; a clerk asks."""
    first = month_named(hit["month"], frame)
    friday = first + timedelta(days=(4 - first.weekday()) % 7)
    week = friday + timedelta(weeks=whole(hit["nth"]) - 1)
    return week + timedelta(days=WEEKDAYS[hit["day"]] - 4 if hit["day"] else 0), 0.5


def within_month(hit: re.Match[str], frame: Frame) -> Reading:
    """ "月内", "8月份交货": the end of the month; of a named month a clerk would ask the day."""
    named = hit["month"] or ""
    return end_of_month(month_named(named, frame)), 0.8 if not named[:1].isdigit() else 0.5


def middle_of_month(hit: re.Match[str], frame: Frame) -> Reading:
    """ "本月中", "月初": the 20th and the 10th, never surely; past ones are of the next month."""
    day = {"中": 20, "初": 10}[hit["part"]]
    value = frame.today.replace(day=day)
    return (value if value >= frame.today else months(frame.today, 1).replace(day=day)), 0.5


def bare_month_day(hit: re.Match[str], frame: Frame) -> Reading:
    """ "8月20前", "8-20前", "0820前": month and day without 日."""
    return coming(frame, whole(hit["month"]), whole(hit["day"])), 0.82


def short_year(hit: re.Match[str], frame: Frame) -> Reading:
    """ "26年7月31日"."""
    return date(2000 + int(hit["year"]), whole(hit["month"]), whole(hit["day"])), 0.92


def compact(hit: re.Match[str], _: Frame) -> Reading:
    """ "20260731" as a date of its own."""
    return date(int(hit["year"]), int(hit["month"]), int(hit["day"])), 0.85


def range_end(hit: re.Match[str], frame: Frame) -> Reading:
    """ "8月1日至5日", "8月1-5日": the last day counts."""
    return coming(frame, whole(hit["month"]), whole(hit["day"])), 0.85


def before_the_holiday(hit: re.Match[str], frame: Frame) -> Reading | None:
    """ "节前", "年前": the last working day before the next long holiday or the New Year."""
    names: tuple[str, ...] = ("元旦", "春节", "清明", "五一", "端午", "中秋", "国庆")
    said = hit.string[max(0, hit.start() - 30) : hit.start()]
    names = tuple(name for name in names if name in said) or names
    if hit["year"]:
        names = ("春节",)
    begins = [day for name in names if (day := holidays.next_one(name, frame.today))]
    if not begins:
        return None
    day = min(begins) - timedelta(days=1)
    while not frame.workday(day) and (min(begins) - day).days < 14:
        day -= timedelta(days=1)
    return day, 0.7


def han_day(hit: re.Match[str], frame: Frame) -> Reading:
    """ "二十号前": the next such day."""
    return on_day(frame.today, whole(hit["day"])), 0.8


def weekend(hit: re.Match[str], frame: Frame) -> Reading:
    """ "周末前": Friday; "周末": Sunday, unsure."""
    friday = frame.today + timedelta(days=(4 - frame.today.weekday()) % 7)
    return (friday, 0.7) if hit["before"] else (friday + timedelta(days=2), 0.5, (friday,))


PHRASES = (
    (
        "zh_lead_span",
        rf"(?:交期|交货期|货期|工期|周期)(?:为|是|:)?\s*(\d{{1,3}}|[{_HAN}]{{1,3}})\s*(个?工作日"
        rf"|天|日历天|周|个月)(?![前内后])",
        span,
    ),
    ("zh_half_month", r"半个?月(?:之?内|以内|后|左右)", half_month),
    (
        "zh_last_of_month",
        rf"(?P<month>{_MONTH})月份?的?最后(?:一天|1天|(?P<week>一?个?(?:周|星期"
        rf"|礼拜))(?P<day>[一二三四五六日天])?)",
        last_of_month,
    ),
    (
        "zh_week_of_month",
        rf"(?P<month>{_MONTH})月份?的?第(?P<nth>[一二三四1-4])个?(?:周|星期"
        rf"|礼拜)(?:的?(?:周|星期|礼拜)(?P<day>[一二三四五六日天]))?(?![一二三四五六日天])",
        week_of_month,
    ),
    (
        "zh_in_month",
        rf"(?<![\d年个])(?P<month>本|这个?|当|下个?|{_NUM})?月(?:之内|以内|内|份内)",
        within_month,
    ),
    (
        "zh_named_month",
        rf"(?<![\d年个-])(?P<month>{_NUM})月份?(?=(?:能|可以|要|就|再)?(?:交货|到货|发货|供货"
        rf"|完工|投用))",
        within_month,
    ),
    (
        "zh_part_of_month",
        r"(?<![\d一二三四五六七八九十下本个])月(?P<part>中|初)(?![国])",
        middle_of_month,
    ),
    (
        "zh_month_day_bare",
        rf"(?<![\d年{_HAN}.-])(?P<month>1[0-2]|0?[1-9])月(?P<day>3[01]|[12]\d|0?[1-9])(?!\d"
        rf"|[日号]|个"
        rf"|月)" + _END,
        bare_month_day,
    ),
    (
        "zh_dashed",
        r"(?<![\d./-])(?P<month>1[0-2]|0?[1-9])[-](?P<day>3[01]|[12]\d|0?[1-9])(?=之?前|以前"
        r"|到货|交货|发货)",
        bare_month_day,
    ),
    (
        "zh_four_digits",
        r"(?<![\dA-Za-z.-])(?P<month>0[1-9]|1[0-2])(?P<day>0[1-9]|[12]\d|3[01])(?=之?前|以前"
        r"|到货|交货|发货)",
        bare_month_day,
    ),
    (
        "zh_short_year",
        r"(?<!\d)(?P<year>2\d)年(?P<month>\d{1,2})月(?P<day>\d{1,2})[日号]",
        short_year,
    ),
    (
        "zh_short_year_dotted",
        r"(?<=[期间限日]:)\s*(?P<year>2\d)[./-](?P<month>1[0-2]|0?[1-9])[./-](?P<day>3[01]"
        r"|[12]\d|0?[1-9])(?![\d./-])",
        short_year,
    ),
    (
        "compact",
        r"(?<![\dA-Za-z_-])(?P<year>20[2-4]\d)(?P<month>0[1-9]|1[0-2])(?P<day>0[1-9]|[12]\d"
        r"|3[01])(?![\dA-Za-z_-])",
        compact,
    ),
    (
        "zh_range",
        r"(?<!\d)(?P<month>\d{1,2})月\d{1,2}[日号]?\s*(?:-|~|至|到|—|–)\s*(?P<day>\d{1,2})[日号]",
        range_end,
    ),
    (
        "zh_before_holiday",
        r"(?:(?<![\u4e00-\u9fff])(?:(?P<year>年)|(?:放假)?节)"
        r"|(?<!节)(?<!国庆)(?<!五一)(?<!春节)放假)(?:之|以)?前",
        before_the_holiday,
    ),
    (
        "zh_han_day",
        rf"(?<![月年{_HAN}第])(?P<day>[{_HAN}]{{1,3}})[号號](?=之?前|以前|到|交|发|要|[,。]"
        rf"|$)",
        han_day,
    ),
    ("zh_weekend", r"(?<![下上])(?:本|这个?)?周末(?P<before>之?前|以前)?", weekend),
)
"""Name, pattern and rule of each phrase, as `dates` puts them with its own."""
