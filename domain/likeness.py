"""Whether two orders ask for about the same: a sign that one was sent twice, never a proof."""

import unicodedata
from collections import Counter
from collections.abc import Sequence

from domain.content import LineContent

ALIKE = 0.8
"""From this share of equal lines on two orders are alike."""


def alike(one: Sequence[LineContent], other: Sequence[LineContent]) -> bool:
    """True where most lines of both name the same thing with the same quantity."""
    first, second = Counter(map(_mark, one)), Counter(map(_mark, other))
    most = max(first.total(), second.total())
    return bool(most) and (first & second).total() >= ALIKE * most


def _mark(line: LineContent) -> tuple[str, str]:
    """What is compared of a line: its model, else its name, and how many."""
    name = unicodedata.normalize("NFKC", line.model or line.item).casefold()
    number = "" if line.quantity is None else f"{line.quantity.normalize():f}"
    return "".join(c for c in name if c.isalnum()), number
