"""What a special requirement is told by: which clauses of a mail stand in its labelled ones."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.labelled import Labelled
from benchmarks.learning.logistic import Example
from domain.mail.extract.wish_signs import clauses_of, signs_of
from domain.mail.findings import Findings, notes_of
from domain.mail.meaning import Context
from domain.mail.wanted import WITH_WISHES

INSIDE = 0.6
"""So much of a clause's words stands in a labelled text if it is part of it."""
NEWEST = ("zc", "ec", "zd", "ed")
"""Mails to which no rule of `wish_rules` was fitted count threefold: there, a rule's own word is
worth what it is worth in a mail that nobody has seen."""


CLAUSES = Path(__file__).parent / "clauses"
"""Clauses as they come in orders, written down for learning; "yes" for a special requirement."""


def examples(mail: Labelled, inside: Findings, context: Context) -> Iterator[Example]:
    """The signs of each clause of a mail that may hold requirements, and whether it is one."""
    kind = mail.label["kind"]
    if kind not in WITH_WISHES:
        return
    wanted = mail.label["special_requirements"]
    others = mail.label.get("accept", {}).get("special_requirements", [])
    said = clauses_of(inside.basis.text, len(notes_of(inside.tables)))
    for one, signs in zip(said, signs_of(said, kind, inside.lines), strict=True):
        right = stands_in(one.words, wanted)
        if not right and any(stands_in(one.words, each) for each in others):
            continue
        for _ in range(3 if mail.name.startswith(NEWEST) else 1):
            yield signs, "yes" if right else "no"


def alone() -> Iterator[Example]:
    """Clauses without a mail around them."""
    for file in sorted(CLAUSES.glob("wishes.*.tsv")):
        for line in file.read_text("utf-8").splitlines():
            answer, words = line.split("\t")
            yield from ((signs, answer) for signs in signs_of(clauses_of(words), "new_order", ()))


def stands_in(words: str, texts: Sequence[str] | None) -> bool:
    """True if these words are part of one of the texts, or nearly so."""
    own = tokens(words)
    return any(own and (own & tokens(text)).total() >= INSIDE * own.total() for text in texts or ())


def tokens(text: str) -> Counter[str]:
    """Chinese characters one by one, other scripts word by word."""
    return Counter(re.findall(r"[\u3400-\u9fff]|[^\W_\u3400-\u9fff]+", text.lower()))
