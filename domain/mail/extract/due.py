"""The wanted day of an order: which of the days in a mail is meant."""

import re
from dataclasses import replace
from datetime import date, datetime

from domain.mail.extract import due_cues as cues
from domain.mail.extract.dates import Day, Workday, days_in
from domain.mail.extract.labels import Labelled
from domain.mail.extract.values import SURE, Field
from domain.mail.plain import NOTES, narrow
from domain.mail.traditional import simplified

BEFORE = 26
"""How many characters before a day may hold the words that make it wanted."""
UNSURE = 0.6
FURTHEST = 200
"""How far the clause around a day may reach to each side."""
NEW_DATE, BESIDE, CLOSE, BARE = 4, 3, 2, 1


def due_date(
    text: str,
    labels: tuple[Labelled, ...],
    base: datetime,
    workday: Workday,
) -> Field[date] | None:
    """The wanted day: labelled, else the last that stands beside words of delivery.

    What the mail says comes before what its files say. Without any such words a coming day counts
    too, but never surely; a day that has passed is an event and no wish.
    """
    text = simplified(text)
    words, mark, _ = text.partition(NOTES)
    border = len(words) if mark else len(text)
    said = [label for label in labels if label.key == "due" and label.value]
    rated = _rated(narrow(text), base, workday, border)
    own = [(strength, day) for strength, day in rated if day.start < border]
    noted = [(strength, day) for strength, day in rated if day.start >= border]
    open_day = bool(cues.OPEN.search(words))
    return (
        _of_labels([one for one in said if one.start < border], base, workday)
        or _best(narrow(words), own, BESIDE)
        or _of_labels([one for one in said if one.start >= border], base, workday)
        or _best(narrow(text), noted, BESIDE)
        or _best(narrow(words), own, CLOSE)
        or _best(narrow(text), noted, CLOSE)
        or (None if open_day else _bare(narrow(words), own) or _bare(narrow(text), noted))
    )


def _of_labels(said: list[Labelled], base: datetime, workday: Workday) -> Field[date] | None:
    for label in said:
        value = narrow(label.value)
        found = [(_strength(value, day), day) for day in _days(value, base, workday)]
        if not found and cues.LONG.fullmatch(value):
            chinese = re.search(r"[天日周月]", value)
            spans = days_in(f"{value}内" if chinese else f"within {value}", base, workday)
            found = [(BESIDE, day) for day in spans]
        top = max((strength for strength, _ in found), default=0)
        batches = bool(cues.BATCH.search(value))
        days = tuple(day for strength, day in found if batches or strength == top)
        if days:
            field = _as_field(_last_of(value, days), label.start)
            return field.doubted(0.6) if cues.DOUBT.search(value) else field
    return None


def _days(text: str, base: datetime, workday: Workday) -> list[Day]:
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


def _explained(text: str, day: Day, behind: Day) -> bool:
    """True where the day behind says which day is meant."""
    gap = text[day.end : behind.start]
    return bool(re.fullmatch(r"\s*(?:\(|,?\s*(?:即|也就是|i\.e\.|namely|say))\s*(?:on |by )?", gap))


def _from_event(text: str, day: Day) -> bool:
    if not day.rule.endswith(("_span", "_half_month", "_fortnight", "_counted")):
        return False
    lead, rest = text[max(0, day.start - 14) : day.start], text[day.end : day.end + 50]
    return bool(cues.FROM_EVENT.search(lead) or cues.OF_EVENT.match(rest))


def _rated(text: str, base: datetime, workday: Workday, border: int) -> list[tuple[int, Day]]:
    coming = [day for day in _days(text, base, workday) if day.value >= base.date()]
    found = [(_strength(text, day), day) for day in coming]
    top = max((strength for strength, day in found if day.start < border), default=0)
    return [
        (max(strength, top), day)
        if strength and top >= CLOSE and cues.LAST_PART.search(_part(text, day))
        else (strength, day)
        for strength, day in found
    ]


def _best(text: str, rated: list[tuple[int, Day]], least: int) -> Field[date] | None:
    top = max((strength for strength, _ in rated), default=0)
    if top < least:
        return None
    best = _last_of(text, tuple(day for strength, day in rated if strength == top))
    field = _as_field(best)
    others = {day.value for strength, day in rated if strength > BARE} - {best.value}
    clause = _clause(text, best)
    if cues.DOUBT.search(cues.REQUEST.sub("", clause)) or (others and cues.EITHER.search(clause)):
        beside = others if cues.EITHER.search(clause) else set()
        found = tuple(sorted({*field.alternatives, *beside}))
        return replace(field, confidence=min(field.confidence, 0.6), alternatives=found)
    soft = [day for strength, day in rated if strength > BARE and day.value in others]
    if any(cues.DOUBT.search(_part(text, day)) for day in soft):
        return replace(field, confidence=min(field.confidence, 0.6), alternatives=tuple(others))
    return field.doubted(0.75) if len(others) > 1 and top == CLOSE else field


def _bare(text: str, rated: list[tuple[int, Day]]) -> Field[date] | None:
    days = [
        day
        for strength, day in rated
        if strength == BARE and (cues.DATED.search(day.rule) or _alone(text, day))
    ]
    return _as_field(max(days, key=lambda day: day.value)).doubted(0.7) if days else None


def _alone(text: str, day: Day) -> bool:
    """True for a day that is a sentence of its own: "End of next week, please."."""
    if day.rule == "near":  # "Call me tomorrow."
        return False
    around = _clause(text, day, "\n。;!.")
    return len(re.sub(r"\W", "", around)) <= len(text[day.start : day.end].strip()) + 10


def _last_of(text: str, days: tuple[Day, ...]) -> Day:
    """The last day; the days of single batches say more than a month's end around them."""
    sure = {(day.value.year, day.value.month) for day in days if day.confidence >= SURE}
    days = tuple(
        day
        for day in days
        if day.confidence >= UNSURE or (day.value.year, day.value.month) not in sure
    )
    parts = [day for day in days if cues.LAST_PART.search(_part(text, day)[:-1])]
    if parts and len(days) > 1:
        return max(parts, key=lambda day: day.value)
    days = tuple(day for day in days if day.confidence >= 0.9) or days
    exact = [day for day in days if not day.rule.endswith(("_end", "_third"))]
    if len(exact) > 1 and cues.BATCH.search(text):
        return max(exact, key=lambda day: day.value)
    return max(days, key=lambda day: day.value)


def _as_field(day: Day, offset: int = 0) -> Field[date]:
    source = f"text:{day.start + offset}-{day.end + offset}"
    return Field(day.value, source, day.rule, day.confidence, day.alternatives)


def _clause(text: str, day: Day, marks: str = "\n。;!") -> str:
    """The part of the text around a day up to the next such marks."""
    left, right = _bounds(text, day, marks)
    return text[max(left, day.start - 60) : min(right, day.end + 40)]


def _part(text: str, day: Day) -> str:
    """The words around a day up to the next comma."""
    return _clause(text, day, "\n。;!,")


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


def _strength(text: str, day: Day) -> int:
    """How surely this day is the wanted one: NEW_DATE to BARE; 0 for others and for old days."""
    left, right = _bounds(text, day, "\n。;!,")
    lead, rest = text[max(left, day.start - 60) : day.start], text[day.end : right][:40]
    if cues.OLD.search(lead[-16:]) and (
        cues.MOVES.search(text[day.end :][:20]) or cues.INSTEAD.search(lead)
    ):
        return 0
    if not lead.strip():
        lead = _above(text, left)
    told = lead.rpartition(":")[2]
    lead = told if len(told.strip()) >= 4 else lead
    if cues.MISSED.search(rest):
        return 0
    if cues.SHIFTED_TO.search(lead[-18:]):
        return NEW_DATE
    part = f"{lead}{text[day.start : day.end]}{rest}"
    during = cues.DURING.match(text[day.end :])
    other = cues.NOT_DUE.search(part) and not (cues.STAYS.search(part) or during)
    if other or cues.ANSWERS.search(part):
        return 0
    if cues.OF_PAPER.search(lead) and not cues.STAYS.search(part):
        return 0
    if during or cues.AS_SAID.search(lead[-4:]):
        return NEW_DATE
    if cues.MOVED_TO.search(lead[-18:]) or cues.LEAVES_US.search(lead[-12:]):
        return NEW_DATE
    own = text[day.start : day.end] if cues.LIMIT.search(day.rule) else ""
    if cues.WANTED_BEFORE.search(lead[-BEFORE:] + own) or cues.WANTED_BEHIND.search(rest):
        return BESIDE
    clause = _clause(text, day)
    near = cues.NEAR.search(clause) or cues.STAYS.search(part) or _under_heading(text, day)
    return CLOSE if near else BARE


def _above(text: str, start: int) -> str:
    """The line above, where it is a label of its own: "Delivery time:"."""
    line = text[:start].rstrip("\n").rpartition("\n")[2].strip()
    return line if line.endswith(":") and len(line) <= 40 else ""


def _under_heading(text: str, day: Day) -> bool:
    """True for a day in a row under a heading such as "交货日期"."""
    above = text[max(0, day.start - 500) : day.start].split("\n")
    if not cues.GAPS.search(above[-1] + text[day.start : day.end + 12]):
        return False
    return any(cues.GAPS.search(line) and cues.HEADING.search(line) for line in above[:-1])
