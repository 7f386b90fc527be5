"""The days of a mail, and the words that stand around each of them."""

import re
from dataclasses import replace
from datetime import datetime

from domain.mail.extract import due_cues as cues
from domain.mail.extract.dates import Day, Workday, days_in
from domain.mail.extract.labels import Labelled
from domain.mail.traditional import folded

FURTHEST = 200
"""How far the clause around a day may reach to each side."""


def days_of(text: str, base: datetime, workday: Workday) -> list[Day]:
    """The days of the text, without those that are counted from an event yet to come."""
    found = days_in(text, base, workday)
    kept = []
    for n, day in enumerate(found):
        behind = found[n + 1] if n + 1 < len(found) else None
        if behind and cues.SOFT.search(day.rule) and _explained(text, day, behind):
            continue  # "before New Year (5 February)"
        if not _from_event(text, day):
            kept.append(day)
        elif n + 1 < len(found) and re.match(r"\s*\(", text[day.end :]):
            start = found[n + 1]  # "45 days after signing (we sign on the 20th)"
            kept.append(replace(day, value=start.value + (day.value - base.date())))
    return kept


def days_of_labels(labels: tuple[Labelled, ...], base: datetime, workday: Workday) -> list[Day]:
    """The days behind the labels of a wanted day that are lengths of time: "Delivery: 6 weeks"."""
    found = []
    for label in labels:
        value = folded(label.value)
        if label.key != "due" or not cues.LONG.fullmatch(value):
            continue
        chinese = re.search(r"[天日周月期]", value)
        spans = days_in(f"{value}内" if chinese else f"within {value}", base, workday)
        found += [replace(day, start=label.start, end=label.end) for day in spans]
    return found


def _explained(text: str, day: Day, behind: Day) -> bool:
    """True where the day behind says which day is meant."""
    gap = text[day.end : behind.start]
    return bool(re.fullmatch(r"\s*(?:\(|,?\s*(?:即|也就是|i\.e\.|namely|say))\s*(?:on |by )?", gap))


def _from_event(text: str, day: Day) -> bool:
    if not day.rule.endswith(("_span", "_half_month", "_fortnight", "_counted")):
        return False
    lead, rest = text[max(0, day.start - 14) : day.start], text[day.end : day.end + 50]
    return bool(cues.FROM_EVENT.search(lead) or cues.OF_EVENT.match(rest))


def around(text: str, day: Day) -> tuple[str, str, str, str]:
    """What stands before and behind a day in its part of the sentence, the part, the clause."""
    left, right = _bounds(text, day, "\n。;!,")
    lead, rest = text[max(left, day.start - 60) : day.start], text[day.end : right][:40]
    lead = lead if lead.strip() else _above(text, left)
    return lead, rest, f"{lead}{text[day.start : day.end]}{rest}", clause_around(text, day)


def clause_around(text: str, day: Day, marks: str = "\n。;!") -> str:
    """The part of the text around a day up to the next such marks."""
    left, right = _bounds(text, day, marks)
    return text[max(left, day.start - 60) : min(right, day.end + 40)]


def _bounds(text: str, day: Day, marks: str) -> tuple[int, int]:
    """Where the clause around a day begins and ends, no further than anybody looks."""
    text, near = text[: day.end + FURTHEST], max(0, day.start - FURTHEST)
    left = max(near, *(text.rfind(mark, near, day.start) + 1 for mark in marks))
    stop = max((hit.end() for hit in cues.STOP.finditer(text[left : day.start])), default=0)
    reason = cues.REASON.search(text[day.end :])
    ends = [day.end + reason.start()] if reason else []
    ends += [place for mark in marks if (place := text.find(mark, day.end)) >= 0]
    if text[day.end - 1 : day.end] == "." and re.match(r"\s+[A-Z]", text[day.end :]):
        ends.append(day.end)
    elif full := re.search(r"[.?](?:\s|$)", text[day.end :]):
        ends.append(day.end + full.end())
    return left + stop, min(ends, default=len(text))


def _above(text: str, start: int) -> str:
    """The line above, where it is a label of its own: "Delivery time:"."""
    line = text[:start].rstrip("\n").rpartition("\n")[2].strip()
    return line if line.endswith(":") and len(line) <= 40 else ""


def under_heading(text: str, day: Day) -> bool:
    """True for a day in a row under a heading such as "交货日期"."""
    above = text[max(0, day.start - 500) : day.start].split("\n")
    if not cues.GAPS.search(above[-1] + text[day.start : day.end + 12]):
        return False
    return any(cues.GAPS.search(line) and cues.HEADING.search(line) for line in above[:-1])
