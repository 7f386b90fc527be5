"""Stored mails read again with the rules that run now: what would change. Nothing is written."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from domain.errors import BadValue
from domain.mail.as_json import as_json
from domain.typed_lines import typed_lines, written
from models import message as messages
from models.message import Message
from tasks.briefs.understood import NAMED, lines_of
from tasks.content import as_number
from tasks.correcting import NO_DATE, NOTHING
from tasks.reading import read_one
from tasks.services import Services

SELF = ("order_no", "quantity")
"""What a person says that no field of an understanding says: not compared."""


def readable(services: Services, since: date | None) -> Sequence[int]:
    """Ids of the mails that were understood since that day of the company, oldest first."""
    zone = ZoneInfo(services.settings.company.timezone)
    start = datetime.combine(since, time.min, zone) if since else None
    with services.reading() as session:
        return messages.understood_since(session, start)


def replayed(services: Services, row_id: int) -> dict[str, Any] | None:
    """The mail with what would be read otherwise now; None where nothing is to be said."""
    with services.reading() as session:
        row = session.get_one(Message, row_id)
        before = dict(row.understanding)
        about = {
            "message": row.id,
            "at": row.received_at.isoformat(),
            "sender": row.sender,
            "subject": row.subject,
            "state": row.state,
        }
    if not before:
        return None
    after = as_json(read_one(services, row_id).found, str(row_id))
    found = list(differences(before, after))
    return {**about, "changes": found} if found else None


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """What the second reading says otherwise, and all that a person has said about the mail.

    The word of a person wins: `human` has it, and `agrees` says whether the rules now do.
    """
    human: dict[str, str] = dict(before.get("human") or {}).get("fields") or {}
    said = {NAMED.get(name, name): text for name, text in human.items() if name not in SELF}
    old, new = _flat(before), _flat(after)
    for what in sorted(old.keys() | new.keys() | said.keys()):
        word = said.get(what)
        if old.get(what) != new.get(what) or word is not None:
            yield {
                "what": what,
                "before": old.get(what),
                "after": new.get(what),
                "human": word,
                "agrees": None if word is None else _agrees(what, word, new.get(what)),
            }


def _flat(found: Mapping[str, Any]) -> dict[str, Any]:
    values: dict[str, Any] = {"kind": found.get("kind"), "needs_person": found.get("needs_person")}
    for name, field in dict(found.get("fields") or {}).items():
        values[name] = field.get("value")
    lines = written(lines_of(found))
    if lines:
        values["lines"] = list(lines)
    return values


def _agrees(what: str, word: str, read: Any) -> bool:
    """Whether the rules read what the person said."""
    if what == "lines":
        try:
            return list(written(typed_lines(word))) == list(read or ())
        except BadValue:
            return False
    if (what == "due_date" and word in NO_DATE) or (
        what == "special_requirements" and word in NOTHING
    ):
        return not read
    if what == "amount":
        return read is not None and as_number(what, word) == as_number(what, read)
    if what in ("currency", "urgency"):
        return word.strip().lower() == str(read or "").lower()
    values = read if isinstance(read, list) else [read]
    return word.strip() in [str(each).strip() for each in values]
