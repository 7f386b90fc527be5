"""Days named in a text, Chinese and English, counted from the day on which the mail was sent."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from domain.mail.extract import (
    chinese_days,
    counted_days,
    european_days,
    holiday_rules,
    holidays,
    ranked_days,
)
from domain.mail.extract import day_rules as rules
from domain.mail.extract.day_phrases import PHRASES
from domain.mail.extract.day_rules import Frame, Reading, Rule, Workday

__all__ = ["Day", "Workday", "days_in", "workday_of_week"]

_EN_MONTH = (
    r"(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sep(?:t(?:ember)?)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_EN_DAY = r"(mon|tue|wed|thu|fri|sat|sun)(?:s|nes|rs|ur)?(?:day)?\b"
_HAN = "一二三四五六七八九十两"
_COUNT = rf"(\d{{1,3}}|[{_HAN}]{{1,3}}|one|two|three|four|five|six|seven|eight|ten|twelve)"


@dataclass(frozen=True)
class Day:
    """A day found between two positions of the text."""

    value: date
    start: int
    end: int
    rule: str
    confidence: float
    alternatives: tuple[date, ...] = ()


def workday_of_week(day: date) -> bool:
    """The plain rule for tests and for years without a calendar: Monday to Friday."""
    return day.weekday() < 5


def days_in(
    text: str, base: datetime, workday: Workday = workday_of_week, *, ahead: bool = True
) -> tuple[Day, ...]:
    """All days that the (narrow) text names, in order; overlapping readings: the longest one.

    Who looks `ahead`, for days that are wanted, is not sure of a day that has passed.
    """
    frame = Frame(base.date(), workday, _order(text))
    found = sorted(_all(text, frame, ahead=ahead), key=lambda day: (day.start, day.start - day.end))
    kept: list[Day] = []
    for day in found:
        if not kept or day.start >= kept[-1].end:
            kept.append(day)
    return tuple(
        _vague(text, day)
        for n, day in enumerate(kept)
        if not _is_habit(text, day)
        and not _only_explains(text, day, [*kept[max(0, n - 1) : n], *kept[n + 1 : n + 2]])
    )


def _is_habit(text: str, day: Day) -> bool:
    """True for a weekday of opening hours: "Mon-Fri", "周一至周五"."""
    if not day.rule.endswith("_weekday"):
        return False
    link = r"\s?(?:-|–|~|to|thru|through|至|到)\s?"
    name = r"(?:mon|tue|wed|thu|fri|sat|sun|周|星期|[一二三四五六日])"
    ahead = re.match(rf"(?:day)?s?{link}{name}", text[day.end :], re.I)
    return bool(ahead or re.search(rf"{name}\w{{0,6}}{link}$", text[: day.start][-16:], re.I))


def _order(text: str) -> bool | None:
    """True where a date of the text shows that the day comes first, False for the month."""
    for a, b in re.findall(r"(?<![\d/.-])(\d{1,2})[/-](\d{1,2})[/-](?:20)?\d\d(?![\d/-])", text):
        if (int(a) > 12) != (int(b) > 12):
            return int(a) > 12
    return None


def _only_explains(text: str, day: Day, beside: list[Day]) -> bool:
    """True for the weekday beside a date: "Friday, 15 May", "5月15日（周五）"."""
    if not day.rule.endswith("_weekday"):
        return False
    gaps = [
        text[one.end : day.start] if one.start < day.start else text[day.end : one.start]
        for one in beside
        if not one.rule.endswith("_weekday")
    ]
    return any(re.fullmatch(r"[\s,.(]{0,3}(?:of )?", gap) for gap in gaps)


def _all(text: str, frame: Frame, *, ahead: bool) -> Iterator[Day]:
    for name, pattern, rule in _RULES:
        for hit in pattern.finditer(text):
            reading = _safely(rule, hit, frame)
            if reading is not None:
                value, confidence, *rest = reading
                others = rest[0] if rest else ()
                past = 0.5 if ahead and value < frame.today else 1.0
                yield Day(value, hit.start(), hit.end(), name, min(confidence, past), others)


def _safely(rule: Rule, hit: re.Match[str], frame: Frame) -> Reading | None:
    try:
        return rule(hit, frame)
    except (ValueError, OverflowError):  # 31 February, year 0
        return None


_COUNTED_FROM = re.compile(r"(?:签|确认|到账|付款?|图纸?|合同)[^\s,。]{0,4}后\s*$")


def _vague(text: str, day: Day) -> Day:
    """ "Before 20 August" is the 19th or the 20th, "45 days after signing" has no day yet."""
    lead = text[max(0, day.start - 30) : day.start].lower()
    if (
        day.rule.startswith("en_")
        and re.search(r"(?<!on or )\bbefore (?:the )?(?:[a-z]{3,9}day,? (?:the )?)?$", lead)
        and day.rule != "en_holiday"
    ):
        others = (*day.alternatives, day.value - timedelta(days=1))
        return replace(day, confidence=min(day.confidence, 0.6), alternatives=others)
    if day.rule.endswith("_span") and _COUNTED_FROM.search(lead):
        return replace(day, confidence=min(day.confidence, 0.5))
    return day


def _compiled(name: str, pattern: str, rule: Rule) -> tuple[str, re.Pattern[str], Rule]:
    return name, re.compile(pattern, re.I), rule


_NOT_IN_NUMBER = r"(?<![\d./-])"
_RULES = (
    _compiled(
        "ymd",
        r"(?<!\d)((?:20|1\d)\d\d)\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})(?!\d)\s*[日号]?",
        rules.ymd,
    ),
    _compiled("ymd_spaced", r"(?<![\d.-])(20\d\d) (0[1-9]|1[0-2]) ([0-3]\d)(?![\d-])", rules.ymd),
    _compiled(
        "zh_republic",
        r"(?:民[国國]\s*|(?<!\d))(1[01]\d)\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*[日号號]",
        rules.republic,
    ),
    _compiled(
        "zh_month_day",
        rf"(?<![\d年-])(\d{{1,2}}|[{_HAN}]{{1,3}})\s*月份?\s*(\d{{1,2}}|[{_HAN}]{{1,3}})\s*[日号號]"
        rf"|(?<![\d年{_HAN}])([{_HAN}]{{1,2}})月([{_HAN}]{{1,3}})(?![{_HAN}个])",
        rules.zh_month_day,
    ),
    _compiled(
        "zh_year_day",
        rf"((?<![\d{_HAN}])[{_HAN}零〇○]{{4}}|两千|[今本明后去])年\s*(\d{{1,2}}"
        rf"|[{_HAN}]{{1,3}})月份?\s*"
        rf"(\d{{1,2}}|[{_HAN}]{{1,3}})[日号號]?",
        rules.zh_year,
    ),
    _compiled(
        "zh_day",
        rf"(?<![\d月年#第路街道巷弄村区仓库门楼栋座排-])((?:本|下|这|上)个?月)?\s?(\d{{1,2}}"
        rf"|(?<=月)[{_HAN}]{{1,3}})\s*[日号](?![楼线机库门仓店厂柜车院栋幢#\d]|.?号?仓)",
        rules.zh_day,
    ),
    _compiled(
        "zh_weekday",
        r"(本|这个?|[下上]{1,2}个?)?(?:周|週|星期|礼拜|禮拜)([一二三四五六日天])(?![年期])",
        rules.zh_weekday,
    ),
    _compiled(
        "zh_month_end",
        rf"(本|这个?|下个?|当|\d{{1,2}}|[{_HAN}]{{1,2}})?月(?:底|末)",
        rules.month_end,
    ),
    _compiled(
        "zh_third",
        rf"(本|这个?|下个?|\d{{1,2}}|[{_HAN}]{{1,2}})月份?(上旬|中旬|下旬|初|中(?![国]))",
        rules.third,
    ),
    _compiled("zh_within_month", rf"(\d{{1,2}}|[{_HAN}]{{1,2}})月(?:之?内|份内)", rules.month_end),
    _compiled("zh_year_end", r"(今|明)?年(?:底|末)", rules.year_end),
    _compiled("zh_quarter", rf"第?([{_HAN}]|\d)季度?(?:末|底|内)?(?<!季)", rules.quarter_end),
    _compiled(
        "zh_span",
        rf"(?<![\d.]){_COUNT}\s*(个工作日|工作日|天|日|周|个星期|星期|个月)(?:之?内|以内|后"
        rf"|之后|交货|到货|发货|供货|时间)",
        rules.span,
    ),
    _compiled(
        "zh_next_week",
        r"(?:下{1,2}个?|本|这个?)(?:周|星期)(?:内|底|末)?(?![一二三四五六日天])",
        rules.next_week,
    ),
    _compiled("near", rf"(?:{rules.NEAR})(?![A-Za-z])", rules.near),
    _compiled(
        "zh_holiday", rf"({holidays.ZH})(?:放假|假期|节)?(?:之前|以前|前)", holiday_rules.holiday
    ),
    _compiled(
        "zh_after_holiday",
        rf"({holidays.ZH})(?:放假|假期|长假|节|过|结束|回来|上班|开工|复工)*(?:完|之?后|以后)?(?:回来"
        rf"|上班|开工|复工|的)*第?{_COUNT}"
        r"\s*(个?(?:周|星期|礼拜)|个?工作[日天]|天)(?:的?(?:周|星期|礼拜)?([一二三四五六日天]))?",
        holiday_rules.after_holiday,
    ),
    _compiled(
        "en_the_day",
        rf"\b(?:on|by|until|till) the (\d{{1,2}})(?:st|nd|rd|th)\b"
        rf"(?! (?:of )?[a-z]{{3,9}} 20| of| {_EN_MONTH})",
        rules.en_the_day,
    ),
    _compiled(
        "zh_lunar",
        rf"(?:(20\d\d)年)?(?:农历|阴历|旧历|農曆)(?:(20\d\d)年)?([{_HAN}腊臘冬正]月|大年)"
        rf"(初?[{_HAN}廿]{{1,3}})",
        holiday_rules.lunar,
    ),
    _compiled(
        "zh_moon_month",
        rf"()()(腊月|臘月|正月|冬月|大年|[{_HAN}]月(?=初))(初?[{_HAN}廿]{{1,3}})",
        holiday_rules.lunar,
    ),
    _compiled(
        "zh_short",
        rf"{_NOT_IN_NUMBER}(1[0-2]|0?[1-9])[./](3[01]|[12]\d|0?[1-9])(?=\s*(?:前|之前|交|到|发"
        rf"|出货|进场|进厂|提货|装[车船]))"
        r"|(?:(?<=[至到于在成按期间])|(?<=[至到于在成按期间] ))(1[0-2]|0?[1-9])/(3[01]|[12]\d"
        r"|0?[1-9])(?![\d/.-])"
        r"|(?:(?<=[期间限日点]:)|(?<=[期间限日点]: ))(1[0-2]|0?[1-9])[./](3[01]|[12]\d"
        r"|0?[1-9])(?![\d/.-])"
        r"|(?:(?<=\breqd )|(?<=\bdate )|(?<=\bby )|(?<=\bETA ))(1[0-2]|0?[1-9])/(3[01]"
        r"|[12]\d)(?![\d/.-])",
        rules.zh_short,
    ),
    _compiled(
        "en_day_month",
        rf"(?<![\d.,/-])(\d{{1,2}})(?:st|nd|rd"
        rf"|th)?\.?[ \-]?(?:of )?{_EN_MONTH},?(?:[ \-]{{0,2}}(20\d\d))?",
        rules.en_day_month,
    ),
    _compiled(
        "en_month_day",
        rf"\b{_EN_MONTH} (?:the )?(\d{{1,2}})(?:st|nd|rd|th)?\b(?!:)(?:,? (20\d\d))?",
        rules.en_month_day,
    ),
    _compiled(
        "slashes",
        rf"{_NOT_IN_NUMBER}(\d{{1,2}})[/.](\d{{1,2}})[/.]((?:20|19)\d\d|\d\d)(?![\d/])"
        rf"|{_NOT_IN_NUMBER}(\d{{1,2}})-(\d{{1,2}})-(20\d\d|19\d\d)(?![\d-])",
        rules.slashes,
    ),
    _compiled(
        "day_slash_month",
        rf"{_NOT_IN_NUMBER}(1[3-9]|2\d|3[01])/(1[0-2]|0?[1-9])(?![\d/])",
        rules.day_slash_month,
    ),
    _compiled("en_weekday", rf"\b(?:(next|this|coming|on|by) )?{_EN_DAY}", rules.en_weekday),
    _compiled(
        "en_month_end",
        rf"\b(?:end|close|finish) (?:of )?(?:the )?(?:(this|next) month|month|{_EN_MONTH})",
        rules.month_end,
    ),
    _compiled(
        "en_third",
        rf"\b(early|mid(?:dle of)?|late|beginning of)[ -](?:in )?{_EN_MONTH}",
        rules.third,
    ),
    _compiled("en_year_end", r"\bend of (?:the |this )?(next )?year\b", rules.year_end),
    _compiled("en_quarter", r"\b(?:end of )?Q([1-4])\b(?:[ /]?20\d\d)?", rules.quarter_end),
    _compiled(
        "en_span",
        rf"\b(?:in|within|within the next|wait|give you|not more than|max\.?(?:imum)?|at most"
        rf"|allow) {_COUNT} (working days?|work days?|business days?|days?|weeks?"
        rf"|months?)\b",
        rules.span,
    ),
    _compiled(
        "en_week",
        r"(?:\b(?:CW|KW|W|calendar week|week|wk\.?)\s?|第)(\d{1,2})(?!\d)(?:周"
        r"|(?<!第\d)(?<!第\d\d))"
        r"(?:周|星期)?(?:[五5](?!\d))?(?!%|\.\d)(?:[/ ](20\d\d)(?!\d))?",
        rules.calendar_week,
    ),
    _compiled("en_next_week", r"\b(?:end of )?(?:the |this |next )week\b", rules.next_week),
    _compiled(
        "en_holiday",
        rf"\b(?:before|by|ahead of|prior to|in time for) ({holidays.EN})",
        holiday_rules.holiday,
    ),
    *(_compiled(*phrase) for phrase in (*PHRASES, *chinese_days.PHRASES, *european_days.PHRASES)),
    *(_compiled(*phrase) for phrase in (*counted_days.PHRASES, *ranked_days.PHRASES)),
)
