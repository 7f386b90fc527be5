"""Holidays that customers name instead of a date, and days of the Chinese moon calendar."""

import re
from datetime import date, timedelta

from lunardate import LunarDate

_SOLAR = {
    **dict.fromkeys(("元旦", "new year"), (1, 1)),
    **dict.fromkeys(("五一", "劳动节", "may day", "labour day"), (5, 1)),
    **dict.fromkeys(("国庆", "十一", "national day", "golden week"), (10, 1)),
    **dict.fromkeys(("七一", "建党节"), (7, 1)),
    **dict.fromkeys(("八一", "建军节"), (8, 1)),
    **dict.fromkeys(("圣诞", "christmas", "xmas"), (12, 25)),
    **dict.fromkeys(("清明", "qingming"), (4, 5)),
    "双十一": (11, 11),
    "双十二": (12, 12),
    "六一": (6, 1),
    "教师节": (9, 10),
    **dict.fromkeys(("independence day", "fourth of july", "4th of july"), (7, 4)),
    "christmas eve": (12, 24),
    "new year's eve": (12, 31),
    "new year's": (1, 1),
    "boxing day": (12, 26),
    "anzac day": (4, 25),
    "australia day": (1, 26),
    "bastille day": (7, 14),
    "halloween": (10, 31),
    "st patrick's day": (3, 17),
}
_LUNAR = {
    **dict.fromkeys(
        ("春节", "过年", "农历年", "chinese new year", "lunar new year", "spring festival", "cny"),
        (1, 1),
    ),
    "元宵": (1, 15),
    "重阳": (9, 9),
    "七夕": (7, 7),
    "腊八": (12, 8),
    "小年": (12, 23),
    **dict.fromkeys(("端午", "dragon boat", "dragon boat festival"), (5, 5)),
    **dict.fromkeys(("中秋", "mid-autumn", "mid-autumn festival"), (8, 15)),
}
ZH = (
    "元旦|双十[一二]|六一|教师节|重阳|七夕|腊八|小年|七一|八一|五一|劳动节|国庆|十一|圣诞"
    "|清明|春节|过年|元宵|端午|中秋"
)
EN = (
    "(?:the |your |our )?(?:chinese new year|lunar new year|mid-autumn(?: festival)?"
    r"|dragon boat(?: festival)?|qingming"
    "|golden week|spring festival|christmas(?: eve)?|xmas|easter|national day|may day"
    "|labour day|new year's eve|new year's|new year|cny|labou?r (?:day )?weekend|labor day"
    "|independence day|(?:fourth|4th) of july|boxing day|anzac day|australia day|bastille day"
    "|halloween|st patrick's day|thanksgiving|memorial day|good friday|ascension(?: day)?"
    "|whitsun|pentecost|midsummer)\\b"
)
_MOON_MONTHS = {"正月": 1, "大年": 1, "冬月": 11, "腊月": 12, "臘月": 12, "十月": 10} | {
    f"{word}月": n for n, word in enumerate("一二三四五六七八九", start=1)
}
_DIGITS = "零一二三四五六七八九"


def next_one(name: str, today: date) -> date | None:
    """The first day of the next holiday of that name, or None for an unknown name."""
    word = re.sub(r"^(?:before |by )?(?:the |our )?", "", name.lower()).strip()
    if word.startswith("your "):  # of us: the New Year of a Chinese supplier is that of the moon
        word = word.removeprefix("your ").replace("new year", "chinese new year")
        word = word.replace("chinese chinese", "chinese")
    if word == "easter":
        return next(day for year in (0, 1) if (day := _good_friday(today.year + year)) > today)
    for year in (today.year, today.year + 1):
        first = _in_year(word, year)
        if first is not None and first > today:
            # New Year's eve is the first day off.
            return first - timedelta(days=1) if _LUNAR.get(word) == (1, 1) else first
    return None


def _in_year(word: str, year: int) -> date | None:
    if word in _SOLAR:
        return date(year, *_SOLAR[word])
    if word in _LUNAR:
        return _solar(year, *_LUNAR[word])
    return _moving(word, year)


def _moving(word: str, year: int) -> date | None:
    """Holidays on a weekday of their month, or counted from Easter; a weekend begins it."""
    easter = _good_friday(year) + timedelta(days=2)
    after = {
        "good friday": -2,
        "ascension": 39,
        "ascension day": 39,
        "whitsun": 48,
        "pentecost": 48,
    }
    if word in after:
        return easter + timedelta(days=after[word])
    first = {
        "thanksgiving": (date(year, 11, 22), 3),
        "memorial day": (date(year, 5, 25), 0),
        "labor day": (date(year, 9, 1), 0),
        "midsummer": (date(year, 6, 19), 4),
        **dict.fromkeys(("labor weekend", "labor day weekend"), (date(year, 8, 30), 5)),
        **dict.fromkeys(("labour weekend", "labour day weekend"), (date(year, 10, 20), 5)),
    }.get(word)
    if first is None:
        return None
    return first[0] + timedelta(days=(first[1] - first[0].weekday()) % 7)


def _solar(year: int, month: int, day: int) -> date:
    found: date = LunarDate(year, month, day).to_solar_date()
    return found


def _good_friday(year: int) -> date:
    """Gauss' rule for Easter, two days earlier."""
    a, b, c = year % 19, year // 100, year % 100
    e = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    f = (32 + 2 * (b % 4) + 2 * (c // 4) - e - c % 4) % 7
    g = e + f - 7 * ((a + 11 * e + 22 * f) // 451) + 114
    return date(year, g // 31, g % 31 + 1) - timedelta(days=2)


def lunar_day(month: str, day: str, today: date, year: int | None = None) -> date | None:
    """The next day of that name in the moon calendar (腊月二十), or None if there is none."""
    number = _moon_number(day.removeprefix("初"))
    if number is None or month not in _MOON_MONTHS:
        return None
    if (month, day) == ("大年", "三十"):  # New Year's eve, whatever its number
        eves = (_solar(n, 1, 1) - timedelta(days=1) for n in (today.year, today.year + 1))
        return next(eve for eve in eves if eve >= today)
    for each in (year,) if year else (today.year - 1, today.year, today.year + 1):
        try:
            found = _solar(each, _MOON_MONTHS[month], number)
        except ValueError:
            continue
        if found >= today or year:
            return found
    return None


def _moon_number(word: str) -> int | None:
    plain = word.replace("廿", "二十")
    tens, ten, ones = plain.rpartition("十")
    if not ten:
        return _DIGITS.find(plain) if plain in _DIGITS else None
    first = _DIGITS.find(tens) if tens else 1
    last = _DIGITS.find(ones) if ones else 0
    return 10 * first + last if first > 0 and last >= 0 else None
