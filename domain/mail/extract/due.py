"""The wanted day of an order, weighed among all days of the mail, or none of them.

How much each sign speaks is learned from labelled mails (`domain/mail/learned/due.tsv`).
"""

import re
from dataclasses import replace
from datetime import date, datetime

from domain.mail.extract import due_cues as cues
from domain.mail.extract.dates import Day, Workday
from domain.mail.extract.due_places import clause_around
from domain.mail.extract.due_signs import Candidate, Mailed, candidates
from domain.mail.extract.labels import Labelled
from domain.mail.extract.values import Field
from domain.mail.traditional import folded
from domain.mail.weights import Weights, learned

LEAST = 0.4
"""Below so much chance no day is named at all."""
ALSO = 0.2
"""Another day of the same sentence, of so much chance, may be meant as well."""
NEAR = 40
SUREST = 0.97


def due_date(
    text: str,
    labels: tuple[Labelled, ...],
    base: datetime,
    workday: Workday,
    *,
    kind: str = "new_order",
    latest: date | None = None,
) -> Field[date] | None:
    """The day that is likeliest the wanted one, with its chance; None where none is likely.

    `latest` is the last day that a table gives for one of its lines.
    """
    found = candidates(Mailed(text, labels, base, workday, kind, latest))
    return chosen(text, found, learned("due"))


def chosen(text: str, found: list[Candidate], weights: Weights) -> Field[date] | None:
    """The likeliest of the days, with what else may be meant."""
    tops: dict[date, tuple[float, Candidate]] = {}
    for one in found:
        chance = weights.chance(one.signs)
        if chance > tops.get(one.day.value, (0.0, one))[0]:
            tops[one.day.value] = chance, one
    if not tops:
        return None
    best, (chance, one) = max(tops.items(), key=lambda top: top[1][0])
    share = _share(chance, [other for other, _ in tops.values()])
    if share < LEAST:
        return None
    day, sure = one.day, min(SUREST, share)
    source = f"text:{day.start}-{day.end}" if day.end > day.start else "lines"
    field = Field(day.value, source, day.rule, min(day.confidence, sure), day.alternatives)
    others = [o.day for v, (chance, o) in tops.items() if v != best and chance >= ALSO]
    return _in_doubt(folded(text), day, field, others)


def _share(chance: float, chances: list[float]) -> float:
    """The chance of one of several days where at most one of them is right."""
    odds = [each / max(1e-9, 1 - each) for each in (chance, *chances)]
    return odds[0] / (1 + sum(odds[1:]))


def _in_doubt(text: str, best: Day, field: Field[date], others: list[Day]) -> Field[date]:
    """The field, unsure where its sentence asks or doubts, with the others that may be meant."""
    clause = clause_around(text, best)
    beside = [day for day in others if _in_one_sentence(text, best, day)]
    if not cues.EITHER.search(clause):
        beside = [d for d in beside if cues.DOUBT.search(clause_around(text, d, _PARTS))]
    if not beside and not cues.DOUBT.search(cues.REQUEST.sub("", clause)):
        return field
    found = tuple(sorted({*field.alternatives, *(day.value for day in beside)}))
    return replace(field, confidence=min(field.confidence, 0.6), alternatives=found)


_PARTS = "\n。;!,"


def _in_one_sentence(text: str, one: Day, other: Day) -> bool:
    first, second = sorted((one, other), key=lambda day: day.start)
    between = text[first.end : second.start]
    return len(between) <= NEAR and not _END.search(between)


_END = re.compile(r"[\n。;!?]|[.] [A-Z]")
