"""Days named by their place: "the last working day of the month", "Thursday in week 34"."""

import re
from datetime import date, timedelta

from domain.mail.extract.day_phrases import MONTH, ORDINAL, WEEKDAY, number_of_day, weekday_the_nth
from domain.mail.extract.day_rules import (
    MONTHS,
    WEEKDAYS,
    Frame,
    Reading,
    coming,
    end_of_month,
    month_named,
    months,
    on_day,
    whole,
)

_HAN = "一二三四五六七八九十"
_NUM = rf"(?:\d{{1,2}}|[{_HAN}]{{1,3}})"
_ZH_MONTH = rf"(?P<month>本|这个?|下个?|当|{_NUM})月份?"
_ZH_DAY = "[一二三四五六日天]"


def workday_of(first: date, nth: int, frame: Frame) -> date:
    """The nth working day of the month that begins there; the last one for 0."""
    end = end_of_month(first)
    days = [first + timedelta(days=n) for n in range(end.day)]
    return [day for day in days if frame.workday(day)][nth - 1]


def zh_ranked(hit: re.Match[str], frame: Frame) -> Reading:
    """ "8月第二个星期一", "本月最后一个工作日"; before the latter counts that day itself."""
    first = month_named(hit["month"], frame)
    nth = whole(hit["nth"]) if hit["nth"] else 0
    if not hit["day"]:
        return workday_of(first, nth, frame), 0.85
    return _weekday_of(first, nth, WEEKDAYS[hit["day"]]), 0.85


def _weekday_of(first: date, nth: int, target: int) -> date:
    end = end_of_month(first)
    if nth == 0:
        return end - timedelta(days=(end.weekday() - target) % 7)
    return first + timedelta(days=(target - first.weekday()) % 7 + 7 * (nth - 1))


def en_ranked(hit: re.Match[str], frame: Frame) -> Reading:
    """ "Last working day of July", "first business day of next month"."""
    where = hit["where"].lower()
    if where[:3] in MONTHS:
        first = coming(frame, MONTHS[where[:3]], 28).replace(day=1)
    else:
        first = months(frame.today, 1 if re.match("next|the (?:next|coming)", where) else 0)
    nth = 0 if hit["nth"].lower() in ("last", "final") else number_of_day(hit["nth"])
    return workday_of(first, nth, frame), 0.85


def day_of_week(hit: re.Match[str], frame: Frame) -> Reading:
    """ "Thursday in week 34", "W34周四": that day of the calendar week."""
    named = hit.groupdict()
    word = named["weekday"].lower()
    target = WEEKDAYS[word] if word in WEEKDAYS else WEEKDAYS[word[:3]]
    value = date.fromisocalendar(frame.today.year, int(named["week"]), target + 1)
    if value < frame.today - timedelta(days=60):
        value = date.fromisocalendar(frame.today.year + 1, int(named["week"]), target + 1)
    return value, 0.88


def part_of_week(hit: re.Match[str], frame: Frame) -> Reading:
    """ "Early next week", "下周初", "the week after next": a clerk would ask but for its end."""
    word = hit[0].lower()
    monday = frame.today - timedelta(days=frame.today.weekday())
    weeks = 2 if "after next" in word else 1 if re.search("next|下", word) else 0
    step = (
        0 if re.search("early|begin|start|初|头", word) else 2 if re.search("mid|中", word) else 4
    )
    return monday + timedelta(days=7 * weeks + step), 0.8 if "after next" in word else 0.5


def before_weekend(_: re.Match[str], frame: Frame) -> Reading:
    """ "By the weekend": Friday."""
    return frame.today + timedelta(days=(4 - frame.today.weekday()) % 7), 0.7


def half(hit: re.Match[str], frame: Frame) -> Reading:
    """ "First half of July", "8月下半月": the 15th or the last day; which day is for the clerk."""
    named = hit.groupdict()
    word = named["month"]
    first = month_named(word, frame)
    early = bool(re.search("first|1st|上", named["half"].lower()))
    return (first.replace(day=15) if early else end_of_month(first)), 0.5


def end_with_year(hit: re.Match[str], frame: Frame) -> Reading:
    """ "End of July 2027", "end August", "10月尾", "towards the end of May"."""
    named = hit.groupdict()
    word, year = named["month"] or "", named.get("year")
    if year:
        return end_of_month(date(int(year), MONTHS[word.lower()[:3]], 1)), 0.85
    return end_of_month(month_named(word, frame)), 0.85


def bare_nth(hit: re.Match[str], frame: Frame) -> Reading:
    """ "I want it in Sharjah the 22nd": the next such day."""
    return on_day(frame.today, number_of_day(hit["day"])), 0.8


def republic(hit: re.Match[str], _: Frame) -> Reading:
    """ "115/09/11": a year of Taiwan."""
    return date(int(hit[1]) + 1911, int(hit[2]), int(hit[3])), 0.88


def two_digit_year(hit: re.Match[str], frame: Frame) -> Reading | None:
    """ "26.9.18": only where it is a day of the coming year, else it is a size or a version."""
    value = date(2000 + int(hit[1]), int(hit[2]), int(hit[3]))
    return (value, 0.85) if 0 <= (value - frame.today).days < 366 else None


def spoken(hit: re.Match[str], frame: Frame) -> Reading:
    """Today and tomorrow as they are said in the south."""
    return frame.today + timedelta(days=1 if hit[0].startswith(("听", "聽")) else 0), 0.82


def first_month(hit: re.Match[str], frame: Frame) -> Reading:
    """ "元月15日": of January."""
    return coming(frame, 1, whole(hit["day"])), 0.92


_WEEK = r"(?:calendar week|week|wk\.?|CW|KW|W)[ -]?(?P<week>[1-5]?\d)(?!\d)"
_EN_WHERE = rf"(?P<where>(?:the |this )?(?:next |coming |current )?month|{MONTH})"
PHRASES = (
    (
        "zh_ranked",
        rf"{_ZH_MONTH}的?(?:第(?P<nth>[一二三四五1-5])个?|最后一?个?)"
        rf"(?:工作[日天]|(?:周|星期|礼拜)(?P<day>{_ZH_DAY}))",
        zh_ranked,
    ),
    (
        "en_ranked",
        r"\b(?P<nth>first|second|third|last|final|1st|2nd|3rd) (?:working|business|work) day"
        rf" (?:of|in) {_EN_WHERE}",
        en_ranked,
    ),
    (
        "en_day_of_week",
        rf"\b(?:on |by |until )?(?P<weekday>{WEEKDAY}),?(?: in| of)?(?: the)? {_WEEK}",
        day_of_week,
    ),
    ("en_week_and_day", rf"\b{_WEEK},?(?: on)? (?P<weekday>{WEEKDAY})", day_of_week),
    (
        "zh_day_of_week",
        rf"(?:第|W|CW|WK)(?P<week>[1-5]?\d)周?的?(?:周|星期|礼拜)(?P<weekday>{_ZH_DAY})",
        day_of_week,
    ),
    (
        "en_part_of_week",
        r"\b(?:early|beginning of|start of|mid(?:dle of)?|late|later)[ -](?:in )?(?:the )?"
        r"(?:next|this)(?: coming)? week\b|\b(?:the )?week after next\b",
        part_of_week,
    ),
    (
        "zh_part_of_week",
        r"(?:下个?|本|这个?)(?:周|星期|礼拜)(?:初|中(?!间)|头上?|前半)",
        part_of_week,
    ),
    ("en_before_weekend", r"\b(?:by|before|until|till) (?:the|this) weekend\b", before_weekend),
    (
        "en_half",
        rf"\b(?P<half>first|1st|second|2nd|latter) half of (?:the month of )?(?P<month>{MONTH}"
        r"|(?:this|next) month)",
        half,
    ),
    ("zh_half", rf"{_ZH_MONTH}的?(?P<half>上|下|前|后)半个?月", half),
    (
        "en_end_year",
        rf"\b(?:end|close)[ -](?:of )?(?P<month>{MONTH}),? (?P<year>20\d\d)\b",
        end_with_year,
    ),
    ("en_end_bare", rf"\b(?:end|ult\.?)[ -](?P<month>{MONTH})", end_with_year),
    ("zh_month_tail", rf"(?<![年\d])(?P<month>本|这个?|下个?|{_NUM})?月尾", end_with_year),
    (
        "en_bare_nth",
        r"\bthe (?P<day>\d{1,2}(?:st|nd|rd|th))(?=\s*(?:[.,;:!?)\n]|$|at\b|if\b|or\b|and\b"
        r"|please\b|latest\b|with\b|for\b|to\b|not\b|instead\b|will\b|is\b))",
        bare_nth,
    ),
    (
        "en_weekday_nth_bare",
        rf"\b(?:on |by |until )?(?P<weekday>{WEEKDAY}),? (?P<day>{ORDINAL})(?! (?:of )?{MONTH})",
        weekday_the_nth,
    ),
    (
        "zh_republic",
        r"(?<![\d./-])(1[1-3]\d)[./-](1[0-2]|0?[1-9])[./-](3[01]|[12]\d|0?[1-9])(?![\d./-])",
        republic,
    ),
    (
        "zh_two_digit_year",
        r"(?<![\d.:/A-Za-z-])(2\d)[./-](1[0-2]|0?[1-9])[./-](3[01]|[12]\d|0?[1-9])(?![\d./-]|mm)",
        two_digit_year,
    ),
    ("zh_spoken", r"[听聽](?:日|晚|朝|早)|今(?:朝|次日)|当日内", spoken),
    ("zh_first_month", rf"元月份?(?P<day>{_NUM})[日号]?", first_month),
)
"""Name, pattern and rule of each phrase, as `dates` puts them with its own."""
