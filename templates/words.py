"""Words and figures as people read them, in Chinese and English; every other template uses these.

The words themselves are data: `words.<language>.toml`, one table per kind, one key per code word.
"""

import re
import tomllib
import unicodedata
from collections.abc import Mapping
from contextlib import suppress
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

from domain.names import Language
from templates.views.team import MoneyView

HERE = Path(__file__).parent
NONE = "–"
"""Stands where a value is not known."""

_DAYS = {
    Language.ZH: ("周一", "周二", "周三", "周四", "周五", "周六", "周日"),
    Language.EN: ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
}
_MONTHS = (
    *("Jan", "Feb", "Mar", "Apr", "May", "Jun"),
    *("Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
)
_HIDING = frozenset(
    "\u061c\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff"
)


@cache
def wording(name: str, language: Language) -> Mapping[str, Mapping[str, str]]:
    """The tables of `<name>.<language>.toml`, read once."""
    return tomllib.loads((HERE / f"{name}.{language}.toml").read_text(encoding="utf-8"))


def known(kind: str, key: str, language: Language) -> bool:
    """True where the table of this kind has a word for the key."""
    return key in wording("words", language).get(kind, {})


def word(kind: str, key: str, language: Language) -> str:
    """What people read for a code word; an unknown one is shown as it is, with spaces."""
    found = wording("words", language).get(kind, {}).get(str(key))
    return found or one_line(str(key).replace("_", " "))


def both(kind: str, key: str) -> str:
    """The word in both languages, "中文 / English"; once where they are equal."""
    zh, en = (word(kind, key, language) for language in (Language.ZH, Language.EN))
    return zh if zh == en else f"{zh} / {en}"


def one_line(text: object) -> str:
    """The text on one line: runs of white space become a space, controls that could hide or turn
    what follows are dropped."""
    visible = "".join(
        char
        for char in str(text)
        if char.isspace() or (unicodedata.category(char) != "Cc" and char not in _HIDING)
    )
    return " ".join(visible.split())


def weekday(on: date, language: Language) -> str:
    """The short name of the day."""
    return _DAYS[language][on.weekday()]


def day(on: date | None, language: Language, provisional: bool = False) -> str:
    """A date with its weekday; "provisional" where the year's days off are not official yet."""
    if on is None:
        return NONE
    name = _DAYS[language][on.weekday()]
    if language is Language.ZH:
        said = f"{on.year}年{on.month}月{on.day}日({name})"
        return f"{said}(暂定)" if provisional else said
    said = f"{name} {on.day} {_MONTHS[on.month - 1]} {on.year}"
    return f"{said} (provisional)" if provisional else said


def instant(at: datetime | None, zone: str, language: Language) -> str:
    """A moment to the minute in the zone named; the zone is said."""
    if at is None:
        return NONE
    local = at.astimezone(ZoneInfo(zone))
    name = word("zone", zone, language) if known("zone", zone, language) else zone
    if language is Language.ZH:
        return f"{day(local.date(), language)}{local:%H:%M}({name})"
    return f"{day(local.date(), language)}, {local:%H:%M} ({name})"


def number(value: Decimal | int | float | None) -> str:
    """A quantity without trailing zeros: 16, 2.5, 1200."""
    if value is None:
        return NONE
    exact = value if isinstance(value, Decimal) else Decimal(str(value))
    if not exact.is_finite():
        return NONE
    plain = format(exact.normalize(), "f")
    return "0" if plain in ("-0", "0") else plain


def money(
    amount: Decimal | None, currency: str, language: Language, tax_included: bool | None = None
) -> str:
    """An amount with currency, separators and, where it is known, whether tax is in it."""
    if amount is None or not amount.is_finite():
        return NONE
    figure = f"{amount:,.2f}" if Decimal(f"{amount:.2f}") == amount else f"{amount:,f}"
    said = f"{currency} {figure}".strip()
    if tax_included is None:
        return said
    tax = word("tax", "included" if tax_included else "excluded", language)
    return f"{said}({tax})" if language is Language.ZH else f"{said} ({tax})"


def size(count: int) -> str:
    """A number of bytes as B, kB or MB."""
    if count < 1000:
        return f"{count} B"
    return f"{count / 1000:.0f} kB" if count < 1_000_000 else f"{count / 1_000_000:.1f} MB"


def said(value: object, language: Language, zone: str = "Asia/Shanghai") -> str:
    """Any value of a view in words: days, moments, figures, yes and no; text on one line."""
    match value:
        case None | "":
            return NONE
        case bool():
            return word("answer", "yes" if value else "no", language)
        case datetime():
            return instant(value, zone, language)
        case date():
            return day(value, language)
        case Decimal() | int() | float():
            return number(value)
        case MoneyView():
            return money(value.amount, value.currency, language)
        case Enum():
            kind = _KINDS.get(type(value).__name__, "")
            return word(kind, str(value.value), language)
        case tuple() | list() | frozenset():
            joint = "、" if language is Language.ZH else ", "
            return joint.join(said(each, language, zone) for each in value) or NONE
    return one_line(value)


_DATED = frozenset(
    [
        "due_date",
        "due_on",
        "earliest_on",
        "finish",
        "finish_on",
        "promised_on",
        "requested_on",
        "start_on",
        "until",
    ]
)
_COUNTED = frozenset(["amount", "budget", "cost", "limit", "open", "quantity", "unit_price"])


def typed(key: str, value: object) -> object:
    """The value of a named field as what it is: a day or a figure that was kept as text."""
    if type(value) is str and key in _DATED and re.fullmatch(r"\d{4}-\d\d-\d\d", value):
        with suppress(ValueError):
            return date.fromisoformat(value)
    if type(value) is str and key in _COUNTED and re.fullmatch(r"-?\d{1,20}(\.\d{1,9})?", value):
        return Decimal(value)
    return value


_KINDS = {
    "State": "state",
    "Stage": "stage",
    "Event": "event",
    "Fact": "event",
    "GateKind": "gate",
    "GateState": "gate_state",
    "Verdict": "verdict",
    "Party": "party",
    "Role": "role",
    "Channel": "channel",
    "OrderType": "order_type",
    "Purpose": "purpose",
    "Light": "light",
    "Weight": "level",
}
