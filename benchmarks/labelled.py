"""Labelled order mails that were written for this project, and their labels in full."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

OWN = Path(__file__).parent / "mails"
SEEN, UNSEEN = "seen", "unseen"
"""Whoever writes a rule reads the mails of the first, and never those of the second."""
_NOTHING: dict[str, Any] = {
    **dict.fromkeys(("original_sender", "customer_name", "contact_name", "order_ref"), None),
    **dict.fromkeys(("customer_po_no", "due_date", "due_text", "urgency", "urgency_text"), None),
    **dict.fromkeys(("amount", "currency", "tax_included", "delivery_place", "decision"), None),
    **dict.fromkeys(("survey", "auto_type", "failed_recipient", "new_text", "notes"), None),
    **dict.fromkeys(("due_ambiguous", "special_requirements_none"), False),
}
_NONE_OF = ("phones", "lines", "due_alternatives", "special_requirements", "missing_fields")
_NONE_OF_REPLY = ("change_items", "defects", "progress")


@dataclass(frozen=True)
class Labelled:
    """One mail and what a careful clerk takes from it."""

    name: str
    raw: bytes
    label: dict[str, Any]


def labelled(part: str, folder: Path = OWN) -> Iterator[Labelled]:
    """The mails of one part, by name; a label that says nothing of a field means: not there."""
    for file in sorted((folder / part).glob("*.eml")):
        said = json.loads(file.with_suffix(".json").read_text("utf-8"))
        empty: dict[str, list[Any]] = {name: [] for name in (*_NONE_OF, *_NONE_OF_REPLY)}
        yield Labelled(file.stem, file.read_bytes(), {**_NOTHING, **empty, **said})
