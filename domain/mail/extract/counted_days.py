"""Days counted from today or from an event that the mail dates: "45 days from today's date"."""

import re
from datetime import date, timedelta

from domain.mail.extract import holiday_rules, holidays
from domain.mail.extract.day_phrases import MONTH, number_of_day
from domain.mail.extract.day_rules import (
    MONTHS,
    WEEKDAYS,
    Frame,
    Reading,
    coming,
    end_of_month,
    months,
    whole,
    workdays,
)
from domain.mail.extract.numerals import ENGLISH

_HAN = "一二两三四五六七八九十"
_ZH_COUNT = rf"(?P<count>\d{{1,3}}|[{_HAN}]{{1,3}})"
_ZH_UNIT = r"(?P<unit>个?工作[日天]|个?自然日|个?日历[日天]|天|日|个?周|个?星期|个?礼拜|个月|小时)"
_COUNT = rf"(?P<count>\d{{1,3}}|(?:{ENGLISH})|an?)(?: ?\(\d{{1,3}}\))?"
_UNIT = (
    r"(?P<unit>(?:(?:working|work|business|calendar|running|consecutive)[ -])?"
    r"(?:day|week|month))s?'?"
)
_ORDER = r"(?:this |our |the |your receipt of (?:this |our )?)?(?:purchase )?(?:order|p\.?o\.?)\b"
_START = (
    r"(?: from| after| of| as of| as from| following| upon)(?: the)?"
    rf"(?: (?:date|day|receipt) of)? (?:{_ORDER}(?: date)?|today(?:'s date)?|now|this date"
    r"|date hereof|this (?:e-?)?mail|this letter)(?! (?:conf|ack))"
)


def stepped(start: date, count: int, unit: str, frame: Frame) -> date:
    """So many working days, days, weeks or months behind a day, or before it."""
    if "工作" in unit or re.match("work|business", unit):
        return workdays(Frame(start, frame.workday), count)
    if re.search("周|星期|礼拜|week", unit):
        return start + timedelta(weeks=count)
    if re.search("月|month", unit):
        first = months(start, count)
        return first.replace(day=min(start.day, end_of_month(first).day))
    return start + timedelta(days=-(-count // 24) if unit == "小时" else count)


def _count(hit: re.Match[str]) -> int:
    return whole(hit["count"].lower().replace("-", " ") if "-" in hit["count"] else hit["count"])


def from_today(hit: re.Match[str], frame: Frame) -> Reading:
    """ "45 calendar days from today's date", "15个工作天内"."""
    return stepped(frame.today, _count(hit), hit["unit"].lower(), frame), 0.8


def vaguely(hit: re.Match[str], frame: Frame) -> Reading:
    """ "Six to eight weeks", "a couple of weeks", "十天左右": the later day; a clerk would ask."""
    word = hit["count"].lower()
    count = 2 if word.startswith(("a couple", "couple")) else whole(word)
    return stepped(frame.today, count, hit["unit"].lower(), frame), 0.5


def before_event(hit: re.Match[str], frame: Frame) -> Reading | None:
    """ "首演前三星期", "two weeks before the start-up", where the mail says when that is."""
    named = hit.groupdict()
    event = _date_of(named["event"], hit.string, frame)
    if event is None:
        return None
    if named.get("weekday"):
        target = WEEKDAYS[named["weekday"]]
        return event - timedelta(days=(event.weekday() - target - 1) % 7 + 1), 0.8
    count, unit = _count(hit), hit["unit"].lower()
    if "工作" in unit or re.match("work|business", unit):
        while count > 0:
            event -= timedelta(days=1)
            count -= frame.workday(event)
        return event, 0.8
    return stepped(event, -count, unit, frame), 0.8


def _date_of(event: str, text: str, frame: Frame) -> date | None:
    """The date that stands in one sentence with the first mention of an event."""
    for place in re.finditer(re.escape(event), text[:8000], re.I):
        around = text[max(0, place.start() - 24) : place.end() + 24]
        if found := _ZH_DATE.search(around):
            return coming(frame, int(found[1]), int(found[2]))
        if found := _EN_DATE.search(around):
            month, day = found[2] or found[3], found[1] or found[4]
            return coming(frame, MONTHS[month.lower()[:3]], number_of_day(day))
    return None


_ZH_DATE = re.compile(r"(?<!\d)(\d{1,2})月(\d{1,2})[日号]")
_EN_DATE = re.compile(
    rf"(?<!\d)(\d{{1,2}}(?:st|nd|rd|th)?) (?:of )?({MONTH})|({MONTH}) (\d{{1,2}}(?:st|nd|rd|th)?)",
    re.I,
)
PHRASES = (
    ("en_counted_span", rf"\b(?:(?:in|within) )?{_COUNT} {_UNIT}(?:{_START}| ARO\b)", from_today),
    (
        "en_within_span",
        rf"\b(?:in|within|inside)(?: the next| the coming| max\.?| maximum| about)? {_COUNT}"
        rf" {_UNIT}(?: time)?\b",
        from_today,
    ),
    ("en_time_span", rf"\b{_COUNT} (?P<unit>days|weeks|months)' time\b", from_today),
    (
        "en_vague_span",
        r"\b(?:in |within )?(?:(?:\d{1,2}|[a-z]{3,6}) ?(?:-|–|to|or) ?(?P<count>\d{1,2}|"
        rf"(?:{ENGLISH}))) {_UNIT}(?!\w)",
        vaguely,
    ),
    ("en_couple_span", r"\b(?P<count>a couple) of (?P<unit>days|weeks|months)\b", vaguely),
    (
        "en_after_holiday",
        rf"\b(\d{{1,3}}|{ENGLISH}) (working days?|days?|weeks?) (?:after|from|following) "
        rf"(?:the end of )?({holidays.EN})",
        holiday_rules.en_after_holiday,
    ),
    (
        "zh_counted_span",
        rf"(?<![\d.{_HAN}第每早晚前])(?:[从自由](?:今天|今日|即日|现在)(?:起|算起?|开始)*[,]?)?{_ZH_COUNT}\s?"
        rf"{_ZH_UNIT}(?:之?内|以内|后|之后)",
        from_today,
    ),
    (
        "zh_vague_span",
        rf"(?<![\d.{_HAN}第])(?:\d{{1,2}}(?:-|~|到|至))?{_ZH_COUNT}\s?{_ZH_UNIT}(?:左右|上下|的样子)",
        vaguely,
    ),
    (
        "zh_before_event",
        rf"(?P<event>[\u4e00-\u9fff]{{2}})[之以]?前(?P<count>\d{{1,2}}|[{_HAN}]{{1,2}})"
        rf"{_ZH_UNIT}",
        before_event,
    ),
    (
        "zh_weekday_before_event",
        r"(?P<event>[\u4e00-\u9fff]{2})[之以]?前的?(?:那个?|上一?个?|最后一个)(?:周|星期|礼拜)"
        r"(?P<weekday>[一二三四五六日天])",
        before_event,
    ),
    (
        "en_before_event",
        rf"\b{_COUNT} {_UNIT} (?:before|prior to|ahead of) (?:the |our |your )?"
        r"(?P<event>[a-z-]{4,})",
        before_event,
    ),
)
"""Name, pattern and rule of each phrase, as `dates` puts them with its own."""
