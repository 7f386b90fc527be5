"""What the kind of a mail is told by."""

from collections.abc import Iterator

from benchmarks.labelled import Labelled
from benchmarks.learning.logistic import Example
from domain.mail.findings import Findings
from domain.mail.kind_signs import named
from domain.mail.meaning import Context
from domain.mail.sorting import signs_of


def examples(mail: Labelled, inside: Findings, context: Context) -> Iterator[Example]:
    """The signs of one mail, and its kind."""
    if mail.label["kind"] != "auto_reply":
        yield named(signs_of(inside, context)), mail.label["kind"]
