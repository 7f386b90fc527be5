"""Which span of a mail names the place of delivery."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator

from benchmarks.labelled import Labelled
from benchmarks.learning.logistic import Example
from domain.mail.extract.places import candidates
from domain.mail.findings import Findings
from domain.mail.meaning import Context

WITHOUT = frozenset(("auto_reply", "other", "approval_vote", "progress_report", "survey_answer"))
"""Kinds of mails from which no place is ever taken."""
ALIKE, SLACK = 0.6, 0.04
_TOKEN = re.compile(r"[\u3400-\u9fff]|[^\W_\u3400-\u9fff]+")


def examples(mail: Labelled, inside: Findings, context: Context) -> Iterator[Example]:
    """The signs of each span, and whether it is the place; spans that come near are left out."""
    label = mail.label
    if label["kind"] in WITHOUT or inside.machine is not None:
        return
    main = [label["delivery_place"]] if label["delivery_place"] else []
    other = [each for each in label.get("accept", {}).get("delivery_place", ()) if each]
    found = list(candidates(inside.basis.text, inside.labels, label["kind"]))
    near = [
        max((_alike(each.value, place) for place in main or other), default=0) for each in found
    ]
    best = max(near, default=0)
    for each, likeness in zip(found, near, strict=True):
        right = likeness >= ALIKE and likeness >= best - SLACK
        close = any(_alike(each.value, place) >= ALIKE for place in (*main, *other))
        if right or not close:
            yield dict.fromkeys(each.signs, 1.0), "yes" if right else "no"


def _alike(one: str, other: str) -> float:
    """F1 of the characters and words that both have; all of a shorter one is alike enough."""
    first, second = _tokens(one), _tokens(other)
    total = sum(first.values()) + sum(second.values())
    share = 2 * sum((first & second).values()) / total if total else 0.0
    short, long = sorted((first, second), key=lambda each: sum(each.values()))
    inside = bool(short) and not short - long
    return max(share, ALIKE) if inside and 2 * sum(short.values()) >= sum(long.values()) else share


def _tokens(text: str) -> Counter[str]:
    return Counter(_TOKEN.findall(unicodedata.normalize("NFKC", text).casefold()))
