"""What the wanted day of an order is told by."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

from benchmarks.labelled import Labelled
from benchmarks.learning.logistic import Example
from domain.mail.extract.due_signs import Candidate, Mailed, candidates
from domain.mail.extract.labels import labelled
from domain.mail.findings import Findings
from domain.mail.meaning import Context
from domain.mail.phrasebook import examples as phrases
from domain.mail.sorting import kind_in
from domain.mail.understand import NO_ORDER, latest_of

SENTENCES = Path(__file__).with_name("due_sentences.tsv")
"""Month and day of the wanted day, or "-", and a sentence written on the day `BASE`."""
BASE = datetime(2026, 6, 10, 9, tzinfo=UTC)
WITH_WISH = frozenset(("order", "info", "change_date"))
"""The one day in an example sentence of these kinds is a wanted one, in others it is not."""
EITHER_WAY = frozenset(
    ("supplier", "enquiry", "confirm", "not_yet", "change_other", "hold", "accept_part")
)
_OF_MAILS = ("kind ", "ahead ", "vague", "begins ")
"""Signs that an example sentence without its mail cannot show."""


def examples(mail: Labelled, inside: Findings, context: Context) -> Iterator[Example]:
    """Each day of the mail, and whether it is the wanted one."""
    kind = kind_in(inside, context).kind
    if kind in NO_ORDER:
        return
    basis, latest = inside.basis, latest_of(inside.lines)
    told = Mailed(basis.text, inside.labels, basis.base, context.workday, kind.value, latest)
    for one in candidates(told):
        if (answer := _answer(one, mail)) is not None:
            yield dict.fromkeys(one.signs, 1.0), answer


def _answer(one: Candidate, mail: Labelled) -> str | None:
    """None for a day that the label allows but does not want."""
    wanted, day = mail.label["due_date"], one.day.value.isoformat()
    allowed = mail.label.get("accept", {}).get("due_date", [])
    if wanted is None:
        return None if day in allowed else "no"
    return "yes" if day in (wanted, *mail.label["due_alternatives"], *allowed) else "no"


def sentences() -> Iterator[Example]:
    """The sentences written for this, and those of the phrasebook that hold one day."""
    for line in SENTENCES.read_text("utf-8").splitlines():
        day, words = line.split("\t")
        words = words.replace("\\n", "\n")
        wanted = None if day == "-" else f"{BASE.year}-{day}"
        yield from _of_sentence(words, {str(one): wanted == str(one) for one in _values(words)})
    for language in ("zh", "en"):
        for about, words in phrases(language):
            values = _values(words)
            if about not in EITHER_WAY and len(values) == 1:
                yield from _of_sentence(words, {str(values.pop()): about in WITH_WISH})


def _values(words: str) -> set[date]:
    return {one.day.value for one in _told(words)}


def _told(words: str) -> list[Candidate]:
    return candidates(Mailed(words, labelled(words), BASE, lambda day: day.weekday() < 5))


def _of_sentence(words: str, answers: dict[str, bool]) -> Iterator[Example]:
    hidden = _OF_MAILS if len(answers) > 1 else (*_OF_MAILS, "of ")
    for one in _told(words):
        signs = (sign for sign in one.signs if not sign.startswith(hidden))
        yield dict.fromkeys(signs, 1.0), "yes" if answers[str(one.day.value)] else "no"
