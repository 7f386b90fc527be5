"""An understanding as plain values for programs: the format of `orderflow mail understand`."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from domain.mail.extract.changes import ChangeItem
from domain.mail.extract.values import SURE, Field, Line
from domain.mail.meaning import Understanding
from domain.mail.reports import Progress
from domain.mail.surveys import SurveyAnswer


def as_json(found: Understanding, mail_id: str) -> dict[str, Any]:
    """One JSON object; dates are ISO, numbers decimal text, what is not said is null."""
    return {
        "id": mail_id,
        "kind": found.kind.value,
        "kind_confidence": found.kind_confidence,
        "language": found.language,
        "fields": dict(_fields(found)),
        "lines": [_line(line) for line in found.lines],
        "missing_fields": list(found.missing_fields),
        "decision": found.decision.value if found.decision else None,
        "change_items": [_change(change) for change in found.change_items],
        "progress": [_progress(one) for one in found.progress],
        "defects": list(found.defects),
        "survey": _survey(found.survey),
        "authenticated": found.authenticated,
        "needs_person": found.needs_person,
        "intents": [kind.value for kind in found.intents],
    }


def _fields(found: Understanding) -> Iterator[tuple[str, dict[str, Any]]]:
    names = (
        *("customer_name", "contact_name", "phones", "order_ref", "customer_po_no", "due_date"),
        *("urgency", "amount", "currency", "special_requirements", "delivery_place"),
    )
    for name in names:
        field: Field[Any] | None = getattr(found, name)
        if field is not None:
            yield name, _field(field)
    if found.special_requirements is None and found.special_requirements_none:
        yield "special_requirements", {"value": [], "none": True, "confidence": SURE}


def _field(field: Field[Any]) -> dict[str, Any]:
    return {
        "value": _plain(field.value),
        "confidence": field.confidence,
        "source": field.source,
        "rule": field.rule,
        "alternatives": [_plain(value) for value in field.alternatives],
    }


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return _number(value)
    if isinstance(value, date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value


def _number(value: Decimal | None) -> str | None:
    return None if value is None else f"{value:f}"


def _line(line: Line) -> dict[str, Any]:
    return {
        "item": line.item,
        "model": line.model,
        "quantity": _number(line.quantity),
        "unit": line.unit,
        "unit_price": _number(line.unit_price),
        "currency": line.currency,
        "due_date": line.due_date.isoformat() if line.due_date else None,
        "group": line.group,
        "confidence": line.confidence,
        "source": line.source,
    }


def _change(change: ChangeItem) -> dict[str, Any]:
    return {
        "what": change.what.value,
        "item": change.item,
        "before": change.before,
        "after": change.after,
    }


def _progress(one: Progress) -> dict[str, Any]:
    hours = None if one.remaining_hours is None else f"{one.remaining_hours.normalize():f}"
    return {
        "task": one.task,
        "percent": one.percent,
        "remaining_hours": hours,
        "blocked": one.blocked,
    }


def _survey(answer: SurveyAnswer | None) -> dict[str, Any] | None:
    if answer is None:
        return None
    return {**answer.scores, "text": answer.text, "contact_me": answer.contact_me}
