"""What a reply decides is told by."""

from collections.abc import Iterator

from benchmarks.labelled import Labelled
from benchmarks.learning.logistic import Example
from domain.mail.decision_signs import deciding
from domain.mail.decisions import NONE
from domain.mail.findings import Findings
from domain.mail.meaning import Context
from domain.mail.sorting import signs_of

DECIDE = frozenset(
    ("confirmation", "acceptance", "rejection", "change_request", "approval_vote", "complaint")
)


def examples(mail: Labelled, inside: Findings, context: Context) -> Iterator[Example]:
    """The signs of a mail that may decide something, and what it decides."""
    if mail.label["kind"] in DECIDE:
        yield (
            deciding(signs_of(inside, context), inside.changes),
            mail.label["decision"] or NONE,
        )
