"""Days in words of other European languages, and English ones that hang on a month or a week."""

import re
from datetime import date, timedelta

from domain.mail.extract.day_phrases import MONTH, ORDINAL, number_of_day
from domain.mail.extract.day_rules import (
    MONTHS,
    WEEKDAYS,
    Frame,
    Reading,
    coming,
    end_of_month,
    month_named,
    months,
    span,
)

_NAMES = (
    "januar|jänner|enero|janeiro|janvier|gennaio|stycznia|ocak|januari|leden",
    "februar|febrero|fevereiro|février|febbraio|lutego|şubat|februari|únor",
    "märz|maerz|marzo|março|mars|marca|mart|maart|březen",
    "april|abril|avril|aprile|kwietnia|nisan|duben",
    "mai|mayo|maio|maggio|maja|mayıs|mei|květen",
    "juni|junio|junho|juin|giugno|czerwca|haziran|červen",
    "juli|julio|julho|juillet|luglio|lipca|temmuz|červenec",
    "august|agosto|août|aout|sierpnia|ağustos|augustus|srpen",
    "september|septiembre|setembro|septembre|settembre|września|eylül|září",
    "oktober|octubre|outubro|octobre|ottobre|października|ekim|říjen",
    "november|noviembre|novembro|novembre|listopada|kasım|listopad",
    "dezember|diciembre|dezembro|décembre|dicembre|grudnia|aralık|december|prosinec",
)
_NUMBERS = {word: n for n, words in enumerate(_NAMES, start=1) for word in words.split("|")}
_FOREIGN = "|".join(sorted(_NUMBERS, key=len, reverse=True))
_YEAR = r"(?:,? ?(?:de |of )?(?P<year>20\d\d|(?<=')2\d(?!\d)))?"
_FORTNIGHT = timedelta(weeks=2)


def _year(word: str | None) -> int | None:
    return None if not word else int(word) + (2000 if len(word) == 2 else 0)


def foreign_day(hit: re.Match[str], frame: Frame) -> Reading:
    """ "31. Juli 2026", "31 de julio", "31 lipca"."""
    month, year = _NUMBERS[hit["month"].lower()], _year(hit["year"])
    day = int(hit["day"])
    return (date(year, month, day) if year else coming(frame, month, day)), 0.92


def foreign_part(hit: re.Match[str], frame: Frame) -> Reading:
    """ "Ende Juli" is its last day; "Mitte" and "Anfang" leave the day open."""
    first = coming(frame, _NUMBERS[hit["month"].lower()], 28).replace(day=1)
    word = hit["part"].lower()
    if word.startswith(("ende", "fin", "fim", "koni", "eind")):
        return end_of_month(first), 0.85
    return first.replace(
        day=15 if word.startswith(("mit", "med", "mei", "poł", "met")) else 10
    ), 0.5


def end_named(hit: re.Match[str], frame: Frame) -> Reading:
    """ "by month end", "EOM", "end-November", "by year-end"."""
    if re.search("year", hit[0], re.I):
        return date(frame.today.year, 12, 31), 0.8
    word = next((group for group in hit.groups() if group), "")
    return end_of_month(month_named(word, frame)), 0.85


def whole_month(hit: re.Match[str], frame: Frame) -> Reading:
    """ "In August", "by August 2026": its last day; a clerk would ask for the day."""
    number, year = MONTHS[hit["month"].lower()[:3]], _year(hit["year"])
    year = year or (frame.today.year + 1 if hit["next"] else None)
    first = date(year, number, 1) if year else coming(frame, number, 28).replace(day=1)
    return end_of_month(first), 0.5


def quarter(hit: re.Match[str], frame: Frame) -> Reading:
    """ "The end of the third quarter": its last day."""
    number = {"f": 1, "1": 1, "s": 2, "2": 2, "t": 3, "3": 3, "4": 4}[hit["nth"].lower()[0]]
    number = 4 if hit["nth"].lower().startswith("fo") else number
    value = end_of_month(date(frame.today.year, 3 * number, 1))
    return (value if value >= frame.today else value.replace(year=value.year + 1)), 0.8


def next_month(hit: re.Match[str], frame: Frame) -> Reading:
    """ "Early next month" and plain "next month": some day of it."""
    first = months(frame.today, 1)
    word = hit[0].lower()
    day = 10 if re.search("early|begin", word) else 15 if "mid" in word else 0
    return (first.replace(day=day) if day else end_of_month(first)), 0.5


def weeks_of_month(hit: re.Match[str], frame: Frame) -> Reading:
    """ "First week of July", "last week of May": the Friday; which week is for the clerk."""
    first = coming(frame, MONTHS[hit["month"].lower()[:3]], 28).replace(day=1)
    if hit["nth"].lower() in ("last", "final"):
        end = end_of_month(first)
        return end - timedelta(days=(end.weekday() - 4) % 7), 0.5
    friday = first + timedelta(days=(4 - first.weekday()) % 7)
    return friday + timedelta(weeks=number_of_day(hit["nth"]) - 1), 0.5


def week_of_day(hit: re.Match[str], frame: Frame) -> Reading:
    """ "Week commencing 6 July", "w/c 6 July": its Friday."""
    month, number = hit["month"] or hit["first"], hit["day"] or hit["second"]
    day = coming(frame, MONTHS[month.lower()[:3]], int(number))
    return day + timedelta(days=(4 - day.weekday()) % 7), 0.8


def fortnight(hit: re.Match[str], frame: Frame) -> Reading:
    """ "Within a fortnight", "in 48 hours"."""
    hours = hit["hours"]
    return frame.today + (timedelta(days=-(-int(hours) // 24)) if hours else _FORTNIGHT), 0.8


def weekday_week(hit: re.Match[str], frame: Frame) -> Reading:
    """ "Friday week", "a week on Friday": the coming Friday and seven days more."""
    target = WEEKDAYS[(hit["weekday"] or hit["other"]).lower()[:3]]
    ahead = frame.today + timedelta(days=(target - frame.today.weekday() - 1) % 7 + 1)
    return ahead + timedelta(weeks=1), 0.8


def ordinal_day(hit: re.Match[str], frame: Frame) -> Reading:
    """ "15th of July": over "by the 15th"."""
    year, month = _year(hit["year"]), MONTHS[hit["month"].lower()[:3]]
    day = number_of_day(hit["day"])
    return (date(year, month, day) if year else coming(frame, month, day)), 0.92


def range_end(hit: re.Match[str], frame: Frame) -> Reading:
    """ "12-14 August": the last day."""
    year, month = _year(hit["year"]), MONTHS[hit["month"].lower()[:3]]
    day = int(hit["day"])
    return (date(year, month, day) if year else coming(frame, month, day)), 0.85


def dotted(hit: re.Match[str], frame: Frame) -> Reading:
    """ "Bis 31.07.": day and month as they are written on the continent."""
    return coming(frame, int(hit["month"]), int(hit["day"])), 0.82


_WEEKDAY = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\b"
_TIMES = r"(\d{1,3}|one|two|three|four|five|six|seven|eight|nine|ten|twelve)"
PHRASES = (
    (
        "en_lead_span",
        rf"\b(?:delivery|lead)[ -]?time:? (?:of |is |max\.? |about )?{_TIMES} "
        r"(working days?|business days?|days?|weeks?|months?)\b",
        span,
    ),
    (
        "en_span_lead",
        rf"(?<![\d-]){_TIMES} (working days?|weeks?|months?)(?:')? (?:delivery|lead[ -]?time)\b",
        span,
    ),
    (
        "eu_day_month",
        rf"(?<![\d.,/-])(?P<day>\d{{1,2}})(?:\.|º|er|e)? ?(?:de "
        rf"|di )?(?P<month>{_FOREIGN})\b\.?{_YEAR}",
        foreign_day,
    ),
    (
        "eu_part",
        rf"\b(?P<part>ende|anfang|mitte|fin(?:ales)? de|fins? de|début|mi|mediados de"
        rf"|principios de|fine|inizio"
        rf"|metà|fim de|meados de|início de|koniec|końca|połowy|eind|begin"
        rf"|medio)[ -](?P<month>{_FOREIGN})\b",
        foreign_part,
    ),
    (
        "en_named_end",
        rf"\bmonth[- ]?end\b|\bEOM(?: ({MONTH}))?(?![a-z])|\b({MONTH})[ -]end\b"
        rf"|\byear[- ]?end\b|\bend-({MONTH})"
        rf"|\bend of (?:the )?(?:calendar )?year\b",
        end_named,
    ),
    (
        "en_whole_month",
        rf"\b(?:in|by|during|for|until|till|around|about|towards) (?P<month>{MONTH})"
        r"(?:,? (?:of )?(?:(?P<year>20\d\d)|(?P<next>next year)))?"
        r"(?!,? ?\d|[ -]the|[ -]end)",
        whole_month,
    ),
    (
        "en_quarter_words",
        r"\b(?:end of (?:the )?)?(?P<nth>first|second|third|fourth|1st|2nd|3rd|4th) quarter\b",
        quarter,
    ),
    ("en_part_next_month", r"\b(?:early|mid|late|beginning of|in)?[ -]?next month\b", next_month),
    (
        "en_weeks_of_month",
        rf"\b(?P<nth>first|second|third|fourth|last|final|[1-4](?:st|nd|rd|th)) week (?:of"
        rf"|in) (?P<month>{MONTH})",
        weeks_of_month,
    ),
    (
        "en_week_of_day",
        r"\b(?:the )?(?:week (?:commencing|beginning|starting|of)|w/c|wc) (?:mon(?:day)?,? )?"
        rf"(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?: of)? ?(?P<month>{MONTH})"
        rf"|(?P<first>{MONTH}) (?P<second>\d{{1,2}})(?:st|nd|rd|th)?(?!\d))",
        week_of_day,
    ),
    (
        "en_fortnight",
        r"\b(?:in|within) (?:an?|one|the next) fortnight\b|\b(?:in|within) (?P<hours>24|36|48|72"
        r"|96) ?(?:h|hrs?|hours)\b",
        fortnight,
    ),
    (
        "en_weekday_week",
        rf"\b(?:(?P<weekday>{_WEEKDAY}) week\b|a week (?:on|from) (?P<other>{_WEEKDAY}))",
        weekday_week,
    ),
    (
        "en_range",
        rf"(?<![\d/.-])\d{{1,2}}(?:st|nd|rd|th)? ?(?:-|–|to|until) ?(?P<day>\d{{1,2}})(?:st|nd|rd"
        rf"|th)?\.? ?"
        rf"(?:of )?(?P<month>{MONTH}){_YEAR}",
        range_end,
    ),
    (
        "eu_dotted",
        r"(?<![\d./-])(?P<day>3[01]|[12]\d|0?[1-9])\.(?P<month>1[0-2]|0?[1-9])\.(?![\d])",
        dotted,
    ),
    (
        "en_ordinal_month",
        rf"\b(?P<day>{ORDINAL}) (?:of )?(?P<month>{MONTH}){_YEAR}",
        ordinal_day,
    ),
)
"""Name, pattern and rule of each phrase, as `dates` puts them with its own."""
