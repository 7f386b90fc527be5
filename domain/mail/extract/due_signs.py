"""What speaks for and against a day being the wanted one: the words around it, and the rules."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache

from domain.mail.extract import due_cues
from domain.mail.extract import due_places as places
from domain.mail.extract.dates import Day, Workday, days_in
from domain.mail.extract.labels import Labelled
from domain.mail.plain import NOTES
from domain.mail.traditional import folded

MOST = 60
"""So many days of a mail are weighed."""
BEFORE, BEHIND = 60, 40
_AHEAD = ((0, "today"), (2, "in days"), (9, "in a week"), (35, "in a month"), (100, "in months"))
_WORD = re.compile(r"[a-z][a-z']*|[0-9]+|[?:]|[\u4e00-\u9fff]")


@dataclass(frozen=True)
class Mailed:
    """A mail as far as the wanted day of its order is concerned."""

    text: str
    labels: tuple[Labelled, ...]
    base: datetime
    workday: Workday
    kind: str = "new_order"
    latest: date | None = None
    """The last day that a table gives for one of its lines."""


@dataclass(frozen=True)
class Candidate:
    """A day that may be wanted, and what speaks for and against it."""

    day: Day
    signs: frozenset[str]


def candidates(mail: Mailed) -> list[Candidate]:
    """The days of the mail that have not passed, each with its signs, in the order of the text."""
    text = folded(mail.text)
    found = days_in(text, mail.base, mail.workday)[:MOST]
    found += tuple(places.days_of_labels(mail.labels, mail.base, mail.workday))
    days = [day for day in found if day.value >= mail.base.date()]
    if mail.latest is not None and mail.latest not in (day.value for day in days):
        days.append(Day(mail.latest, len(text), len(text), "latest_line", 0.9))
    values = sorted({day.value for day in days})
    counted = {(day.start, day.value) for day in places.days_of(text, mail.base, mail.workday)}
    return [
        Candidate(
            day,
            frozenset(
                (
                    *_of_text(text, day, mail),
                    *_of_mail(day, values, mail),
                    *_of_cues(text, day),
                    *(() if (day.start, day.value) in counted else ("from an event",)),
                )
            ),
        )
        for day in days
    ]


def _of_mail(day: Day, values: list[date], mail: Mailed) -> Iterator[str]:
    ahead = (day.value - mail.base.date()).days
    yield f"kind {mail.kind}"
    yield next((f"ahead {name}" for most, name in _AHEAD if ahead <= most), "ahead long")
    yield f"of {min(len(values), 4)} days"
    if len(values) > 1:
        yield from (name for name, n in (("first", 0), ("last", -1)) if values[n] == day.value)
    if mail.latest is not None:
        yield "the last of the lines" if day.value == mail.latest else "not the last of the lines"
    yield f"rule {day.rule}"
    if day.confidence < 0.8:
        yield "vague"


def _of_cues(text: str, day: Day) -> Iterator[str]:
    if places.under_heading(text, day):
        yield "under a heading"
    lead, rest, part, clause = places.around(text, day)
    for name, pattern in _cues().items():
        for where, words in (("lead", lead), ("near", lead[-18:]), ("rest", rest), ("part", part)):
            if pattern.search(words):
                yield f"{where} says {name}"
        if pattern.search(clause):
            yield f"clause says {name}"


def _of_text(text: str, day: Day, mail: Mailed) -> Iterator[str]:
    border = text.find(NOTES)
    if 0 <= border <= day.start:
        yield "in notes"
    for label in mail.labels:
        if label.start <= day.start <= label.end + 1:
            yield f"label {label.key}"
    line = text.rfind("\n", 0, day.start) + 1
    row = text[line : day.start]
    if not row.strip(" \t-*|"):
        yield "begins its line"
    if "\t" in row or "|" in row or "   " in row.strip():
        yield "in a row"
    lead, rest = text[max(0, day.start - BEFORE) : day.start], text[day.end : day.end + BEHIND]
    yield from _words("<", re.split(r"[\n。;!]|[.?] ", lead.lower())[-1], back=True)
    yield from _words(">", re.split(r"[\n。;!]|[.?](?:\s|$)", rest.lower())[0], back=False)


def _words(side: str, text: str, *, back: bool) -> Iterator[str]:
    """The nearest words or characters; the two nearest also by their place."""
    words = [_shape(word) for word in _WORD.findall(text)]
    words = words[-12:] if back else words[:12]
    near = words[::-1] if back else words
    yield from (f"{side}{n} {word}" for n, word in enumerate(near[:2], start=1))
    yield from (f"{side} {word}" for word in words)


def _shape(word: str) -> str:
    return "0" if word.isdigit() else word


@cache
def _cues() -> dict[str, re.Pattern[str]]:
    """The classes of words that the rules look for, by name."""
    named = {name: value for name, value in vars(due_cues).items() if name.isupper()}
    return {name.lower().replace("_", " "): each for name, each in named.items()}
