"""Markdown in which only our own words can mean something; every other text appears as written.

Prefect shows it in the resume dialog and as an artifact, and would fetch pictures and draw links
that a customer wrote. So everything is escaped unless it is marked as `Markdown` of our own.
"""

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from urllib.parse import quote, urlsplit
from zoneinfo import ZoneInfo

from domain.names import Language
from templates import words

ZH, EN = Language.ZH, Language.EN

_ACTIVE = frozenset("\\`*_[]<>&|~!#$@")
"""Signs that mean something in Markdown, GFM, mathematics or HTML wherever they stand."""

_OPENING = re.compile(r"[-+=:]|\d{1,9}(?=[.)])")
"""What means something only where a text begins: list, rule, heading, column."""

_LINKING = re.compile(
    r"(?i)(?<=https)[:]|(?<=http)[:]|(?<=ftp)[:]|(?<=www)[.]|(?<=mailto)[:]|[:](?=//)"
)
"""What turns a bare address into a link; behind a backslash it stays readable."""


class Markdown(str):
    """Text of our own that is Markdown already."""

    __slots__ = ()


def escape_markdown(text: object) -> str:
    """The text on one line with a backslash before every sign that could mean something: both of
    Prefect's pages show it as it was written, and neither picture, link, fence, table nor tag can
    begin in it. (Numeric entities would do as well, but the older pages show them as such.)"""
    line = words.one_line(text)
    hidden = {found.start() for found in _LINKING.finditer(line)}
    hidden |= {at for at, char in enumerate(line) if char in _ACTIVE}
    opening = _OPENING.match(line)
    if opening:
        hidden.add(opening.end() if opening[0].isdigit() else 0)
    return "".join(f"\\{char}" if at in hidden else char for at, char in enumerate(line))


def own(text: str) -> Markdown:
    """Words of ours as Markdown; bars are kept out of tables."""
    return Markdown(text.replace("|", "\\|"))


def term(kind: str, key: str) -> Markdown:
    """A word of the words tables in both languages; one that is not there, escaped."""
    if not words.known(kind, str(key), ZH):
        return Markdown(escape_markdown(str(key).replace("_", " ")))
    return own(words.both(kind, str(key)))


def link(label: str, url: str) -> Markdown:
    """A link to our own portal or to Prefect; anything but http and https is left out."""
    if urlsplit(url).scheme not in ("http", "https"):
        return Markdown("")
    return Markdown(f"[{escape_markdown(label)}]({quote(url, safe=':/?&=#%~.-_+,;@')})")


def picture(label: str, url: str) -> Markdown:
    """A picture from our own portal."""
    linked = link(label, url)
    return Markdown(f"!{linked}") if linked else linked


def cell(value: object, zone: str = "Asia/Shanghai") -> str:
    """Any value for a table: days and moments with their weekday in both languages."""
    match value:
        case None | "" | ():
            return words.NONE
        case Markdown():
            return str(value)
        case datetime():
            local = value.astimezone(ZoneInfo(zone))
            return f"{_day(local.date())} {local:%H:%M}"
        case date():
            return _day(value)
        case Enum() | bool():
            zh, en = words.said(value, ZH), words.said(value, EN)
            return escape_markdown(zh) if zh == en else f"{escape_markdown(zh)} / {own(en)}"
        case Decimal() | int() | float():
            return words.number(value)
        case tuple() | list() | frozenset():
            return ", ".join(cell(each, zone) for each in value)
    return escape_markdown(words.said(value, EN, zone))


def _day(on: date) -> str:
    return f"{on.isoformat()} {words.weekday(on, ZH)}/{words.weekday(on, EN)}"


def table(heads: Sequence[str], rows: Iterable[Sequence[object]], zone: str = "") -> str:
    """A table; without rows nothing."""
    body = [
        "| " + " | ".join(cell(each, zone or "Asia/Shanghai") for each in row) + " |"
        for row in rows
    ]
    if not body:
        return ""
    first = "| " + " | ".join(own(each) for each in heads) + " |"
    return "\n".join([first, "|" + " --- |" * len(heads), *body])


def facts(rows: Iterable[tuple[str, object]], zone: str = "") -> str:
    """A table of label and value; rows without a value are left out."""
    kept = [(Markdown(own(label)), value) for label, value in rows if value not in (None, "", ())]
    return table(("项 / Item", "值 / Value"), kept, zone)


def bullets(texts: Iterable[object]) -> str:
    """A list with one text an item."""
    return "\n".join(f"- {cell(each)}" for each in texts)


def quotation(text: str) -> str:
    """A passage of a mail, line by line as it was written."""
    return "\n".join(f"> {escape_markdown(line)}  " for line in text.splitlines() or [""])


def section(title: str, body: str) -> str:
    """A heading with what stands below it; without a body nothing."""
    return f"#### {own(title)}\n\n{body}" if body else ""


def page(*parts: str) -> str:
    """The parts one below the other, empty ones left out."""
    return "\n\n".join(part for part in parts if part) + "\n"
