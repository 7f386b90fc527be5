"""The words of a mail from which each field was read, marked where they stand."""

import re
from collections.abc import Iterator
from typing import Any

from domain.mail.extract.values import Field
from domain.mail.meaning import Understanding

OPEN, CLOSE = "⟦", "⟧"
AROUND = 16
LONGEST = 120
_SPAN = re.compile(r"text:(\d+)-(\d+)")
FIELDS = (
    *("customer_name", "contact_name", "phones", "order_ref", "customer_po_no", "due_date"),
    *("urgency", "amount", "currency", "special_requirements", "delivery_place"),
)
"""The fields of an understanding that have a source."""


def marked(found: Understanding) -> dict[str, str]:
    """Per field and `line:N`: its words between marks, with what stands beside them."""
    return dict(_marked(found))


def _marked(found: Understanding) -> Iterator[tuple[str, str]]:
    for name in FIELDS:
        field: Field[Any] | None = getattr(found, name)
        words = passage(found.text, field.source) if field else ""
        if words:
            yield name, words
    for number, line in enumerate(found.lines, start=1):
        words = passage(found.text, line.source)
        if words:
            yield f"line:{number}", words


def passage(text: str, source: str) -> str:
    """The marked passage of a source `text:3-9`; empty for a source elsewhere."""
    hit = _SPAN.search(source)
    if hit is None:
        return ""
    start, end = int(hit[1]), min(int(hit[2]), int(hit[1]) + LONGEST)
    if not start < end <= len(text):
        return ""
    before = text[max(start - AROUND, 0) : start].rpartition("\n")[2]
    after = text[end : end + AROUND].partition("\n")[0]
    words = f"{_bare(before)}{OPEN}{_bare(text[start:end])}{CLOSE}{_bare(after)}"
    return re.sub(r"\s+", " ", words).strip()


def _bare(text: str) -> str:
    """The text without marks that a mail itself may hold."""
    return text.replace(OPEN, "[").replace(CLOSE, "]")
