"""What a customer changes in an offered version, and what we change in a blueprint."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from domain.errors import BadValue
from domain.names import Fact
from models import event as events
from models.order import Line, Order
from models.retrospective import improvements
from models.vote import Word
from tasks import content

FIELDS = {
    "quantity": "quantity",
    "model": "model",
    "due_date": "due_date",
    "delivery_place": "delivery_place",
    "special_requirement": "special_requirements",
}
"""Kinds of change items that are fields of the order or of one of its lines."""

OF_LINES = ("quantity", "model")


def apply(session: Session, order: Order, word: Word, *, at: datetime) -> None:
    """The order's content says what the customer wants changed, where that is beyond doubt.

    `word.fields["changes"]` holds items `{what, item, line_no, before, after}`. What cannot be
    applied stays in the comment and makes the confirm stage ask a person.
    """
    left = []
    for item in word.fields.get("changes", ()):
        try:
            _one(order, item, word, at)
        except BadValue:
            left.append(dict(item))
    facts = {"unapplied": left, "comment": word.comment}
    order.sources = {
        **order.sources,
        "changes": {**facts, "items": bool(word.fields.get("changes"))},
    }
    events.append(
        session,
        order.id,
        Fact.NOTE_WRITTEN,
        by=word.by,
        channel=word.channel,
        at=at,
        payload={"changes": [dict(e) for e in word.fields.get("changes", ())], **facts},
    )


def _one(order: Order, item: Mapping[str, Any], word: Word, at: datetime) -> None:
    what = str(item.get("what", ""))
    source = {"source": word.evidence or word.by, "rule": "customer_change", "confidence": 1.0}
    source = {**source, "at": at.isoformat()}
    line = _line(order, item)
    if what == "cancel_line" and line is not None and len(order.lines) > 1:
        order.lines.remove(line)
        return
    if what not in FIELDS or item.get("after") in (None, ""):
        raise BadValue("change", what, "a change that can be applied")
    field = FIELDS[what]
    if what in OF_LINES or (what == "due_date" and line is not None):
        if line is None:
            raise BadValue("change", str(item.get("item")), "a line of the order")
        field = f"{field}:{line.line_no}"
    content.fill(order, field, item["after"], source)


def _line(order: Order, item: Mapping[str, Any]) -> Line | None:
    """The line that the item names by number, else by item or model; None if in doubt."""
    number = item.get("line_no")
    if number is not None:
        return next((each for each in order.lines if each.line_no == int(number)), None)
    name = str(item.get("item") or "").strip().lower()
    if not name:
        return order.lines[0] if len(order.lines) == 1 else None
    hits = [
        each
        for each in order.lines
        if name in (each.item.lower(), each.model.lower())
        or (each.item and each.item.lower() in name)
        or (each.model and each.model.lower() in name)
    ]
    return hits[0] if len(hits) == 1 else None


def decide_improvements(session: Session, order: Order, *, accepted: bool, at: datetime) -> None:
    """The improvements that the order proposed are part of its blueprint from now, or refused."""
    for each in improvements(session, order.id):
        if each.state == "proposed":
            each.state = "accepted" if accepted else "refused"
            each.decided_at = at
