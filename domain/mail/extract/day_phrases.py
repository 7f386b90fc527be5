"""English days in words: "the second Monday of next month", "two days from tomorrow"."""

import re
from datetime import date, timedelta

from domain.mail.extract.day_rules import (
    MONTHS,
    WEEKDAYS,
    Frame,
    Reading,
    coming,
    end_of_month,
    months,
    on_day,
    whole,
)

_ONES = (
    *("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth"),
    *("tenth", "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth"),
    *("seventeenth", "eighteenth", "nineteenth", "twentieth"),
)
ORDINALS = (
    {word: n for n, word in enumerate(_ONES, start=1)}
    | {f"twenty {word}": 20 + n for n, word in enumerate(_ONES[:9], start=1)}
    | {"thirtieth": 30, "thirty first": 31}
)
_WORDS = "|".join(sorted(ORDINALS, key=len, reverse=True)).replace(" ", "[ -]")
ORDINAL = rf"(?:\d{{1,2}}(?:st|nd|rd|th)|(?:{_WORDS}))"
MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sep(?:t(?:ember)?)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
WEEKDAY = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\b"
_COUNT = r"(?:\d{1,3}|an?|one|two|three|four|five|six|seven|eight|nine|ten|twelve|few)"
_UNIT = r"(?:days?|weeks?|months?|years?)"
_SPANS = rf"{_COUNT} {_UNIT}(?:(?:,| and)? {_COUNT} {_UNIT}){{0,3}}"
_ENDS = r"(?=\s*(?:[.,;:!?)\n]|$|at\b|if\b|or\b|and\b|please\b|latest\b|with\b))"
_FROM = {"tomorrow": 1, "today": 0, "now": 0, "yesterday": -1}


def number_of_day(words: str) -> int:
    """1 to 31 from "22nd" or "twenty-second"; ValueError for anything else."""
    plain = words.lower().replace("-", " ")
    return ORDINALS[plain] if plain in ORDINALS else int(re.sub(r"\D", "", plain))


def ordinal_of_month(hit: re.Match[str], frame: Frame) -> Reading:
    """ "Twenty-second of June", "May the first": the next such day, or that of the year."""
    named = hit.groupdict()
    month, day = MONTHS[named["month"].lower()[:3]], number_of_day(named["day"])
    if named["year"]:
        return date(int(named["year"]), month, day), 0.92
    return coming(frame, month, day), 0.9


def of_named_month(hit: re.Match[str], frame: Frame) -> Reading:
    """ "20th of next month"."""
    step = {"n": 1, "f": 1, "p": -1, "l": -1}.get(hit["which"][0].lower(), 0)
    return months(frame.today, step).replace(day=number_of_day(hit["day"])), 0.88


def the_nth(hit: re.Match[str], frame: Frame) -> Reading:
    """ "For the 27th": the next such day."""
    return on_day(frame.today, number_of_day(hit["day"])), 0.8


def nth_weekday(hit: re.Match[str], frame: Frame) -> Reading:
    """ "The second Monday of next month", "the first Friday of July"."""
    where = hit["where"].lower()
    if where[:3] in MONTHS:
        first = coming(frame, MONTHS[where[:3]], 28).replace(day=1)
    else:
        step = 1 if re.match("next|following", where) else -1 if where.startswith("p") else 0
        first = months(frame.today, step)
    target = WEEKDAYS[hit["weekday"].lower()[:3]]
    if hit["nth"].lower() == "last":
        end = end_of_month(first)
        return end - timedelta(days=(end.weekday() - target) % 7), 0.85
    begin = first + timedelta(days=(target - first.weekday()) % 7)
    return begin + timedelta(weeks=number_of_day(hit["nth"]) - 1), 0.85


def weekday_the_nth(hit: re.Match[str], frame: Frame) -> Reading | None:
    """ "Thursday the 21st": the nearest such day that is a Thursday."""
    target, day = WEEKDAYS[hit["weekday"].lower()[:3]], number_of_day(hit["day"])
    around = (months(frame.today, step) for step in (0, 1, -1, 2, 3, -2, -3))
    for first in around:
        if day <= end_of_month(first).day and first.replace(day=day).weekday() == target:
            return first.replace(day=day), 0.85
    return None


def weekday_of_week(hit: re.Match[str], frame: Frame) -> Reading:
    """ "Friday next week", "next week on Friday": that day of the named week."""
    weeks = 1 if re.search(r"next|following", hit[0], re.I) else 0
    monday = frame.today - timedelta(days=frame.today.weekday())
    return monday + timedelta(days=7 * weeks + WEEKDAYS[hit["weekday"].lower()[:3]]), 0.85


def counted_from(hit: re.Match[str], frame: Frame) -> Reading:
    """ "Two days from tomorrow", "1 month 21 days ago", "three weeks later"."""
    which = hit["which"].lower()
    back = bool(re.search(r"ago|before", which))
    start = frame.today + timedelta(days=next((n for w, n in _FROM.items() if w in which), 0))
    for count, unit in re.findall(rf"({_COUNT}) ({_UNIT})", hit["spans"], re.I):
        number = {"a": 1, "an": 1, "few": 3}.get(count.lower()) or whole(count)
        start = _stepped(start, -number if back else number, unit.lower())
    return start, 0.82


def _stepped(day: date, count: int, unit: str) -> date:
    if unit.startswith(("day", "week")):
        return day + timedelta(days=count * (7 if unit.startswith("week") else 1))
    first = months(day, count * (12 if unit.startswith("year") else 1))
    return first.replace(day=min(day.day, end_of_month(first).day))


def beside_today(hit: re.Match[str], frame: Frame) -> Reading:
    """ "The day after tomorrow", "tonight", "end of the day"."""
    word = hit[0].lower()
    if "yesterday" in word:
        step = -2 if "before" in word else -1
    elif "tomorrow" in word or "tmrw" in word:
        step = 2 if "after" in word else 1
    else:
        step = 1 if re.search("next|following", word) else 0
    return frame.today + timedelta(days=step), 0.82


def month_in_middle(hit: re.Match[str], _: Frame) -> Reading:
    """ "2019-sep-01"."""
    return date(int(hit[1]), MONTHS[hit[2].lower()[:3]], int(hit[3])), 0.92


def month_slash_day(hit: re.Match[str], frame: Frame) -> Reading | None:
    """ "By 4/22" and "on 22/04": clear where only one of the two can be a month."""
    a, b = int(hit["a"]), int(hit["b"])
    if (a > 12) == (b > 12):
        return None
    return (coming(frame, b, a) if a > 12 else coming(frame, a, b)), 0.82


_YEAR = r"(?:,? ?(?P<year>20\d\d|19\d\d))?"
PHRASES = (
    (
        "en_ordinal",
        rf"\b(?P<day>{ORDINAL})(?: day)?,? of (?P<month>{MONTH}){_YEAR}",
        ordinal_of_month,
    ),
    (
        "en_month_ordinal",
        rf"\b(?P<month>{MONTH}),?[ /]?(?:the )?(?P<day>{ORDINAL}|\d{{1,2}}(?![\d:]))"
        rf"(?! ?(?:%|pcs|sets?|units?|x\b)){_YEAR}",
        ordinal_of_month,
    ),
    (
        "en_month_glued",
        r"\b(?P<month>jan|feb|march|april|june|july|aug|sept?|oct|nov|dec|january|february|august"
        r"|september|october|november|december)(?P<day>\d{1,2})(?!\d)(?P<year>)",
        ordinal_of_month,
    ),
    (
        "en_of_month",
        rf"\b(?:the )?(?P<day>{ORDINAL}) of (?:the )?(?P<which>next|this|following|previous|last)"
        r" month\b",
        of_named_month,
    ),
    (
        "en_the_nth",
        rf"\b(?:for|on|by|until|till|before|at|it|say|to) (?:the )?(?P<day>{ORDINAL})"
        rf"(?:{_ENDS}|(?= to be| instead| rather))",
        the_nth,
    ),
    ("en_the_number", rf"\b(?:for|on|by) the (?P<day>\d{{1,2}}){_ENDS}", the_nth),
    ("en_on_number", r"\bon (?P<day>\d{1,2})(?=\s*(?:[.!?]|$|at \d|, ?\d))", the_nth),
    (
        "en_nth_weekday",
        rf"\b(?:the )?(?P<nth>first|second|third|fourth|last) (?P<weekday>{WEEKDAY})"
        rf" (?:of|in) (?:the )?(?P<where>(?:next|this|following|previous) month|month|{MONTH})",
        nth_weekday,
    ),
    (
        "en_weekday_nth",
        rf"\b(?P<weekday>{WEEKDAY}),? the (?P<day>{ORDINAL}|\d{{1,2}}\b)",
        weekday_the_nth,
    ),
    (
        "en_weekday_of_week",
        rf"\b(?:on )?(?P<weekday>{WEEKDAY}),? (?:of )?(?:the )?(?:next|following|this) week\b",
        weekday_of_week,
    ),
    (
        "en_week_weekday",
        rf"\b(?:next|following|this) week,? (?:on )?(?P<weekday>{WEEKDAY})",
        weekday_of_week,
    ),
    (
        "en_counted",
        rf"\b(?P<spans>{_SPANS}) (?P<which>ago|later|hence|(?:from|after|before)"
        r" (?:now|today|tomorrow|yesterday))\b",
        counted_from,
    ),
    ("en_in_years", rf"\b(?P<which>in) (?P<spans>{_COUNT} years?)\b", counted_from),
    (
        "en_beside",
        r"\b(?:the )?day (?:after (?:tomorrow|tmrw)|before yesterday)\b|\btmrw\b|\byesterday\b"
        r"|\b(?:the )?(?:next|following) day\b|\btonight\b|\bthis (?:morning|afternoon|evening"
        r"|night)\b"
        r"|\b(?:the )?end of (?:the )?day\b(?! on)|\b(?:close of business|COB|EOD)\b"
        r"(?!,? (?:on )?(?:mon|tue|wed|thu|fri|sat|sun|\d|[a-z]{3,9} \d))"
        r"|\bin \d{1,2} minutes?\b|\bin \d (?:hours?)\b",
        beside_today,
    ),
    (
        "en_month_middle",
        rf"(?<![\d-])(20\d\d)[-/ ]({MONTH})[-/ ](\d{{1,2}})(?!\d)",
        month_in_middle,
    ),
    (
        "en_month_slash",
        r"\b(?:on|by|before|until|due|for|back"
        r"|of)\s+(?P<a>\d{1,2})/(?P<b>\d{1,2})(?![\d/\"'”″])(?! ?inch)",
        month_slash_day,
    ),
)
"""Name, pattern and rule of each phrase, as `dates` puts them with its own."""
