"""The content of an order as one value: what is missing of it, its hash, what changed in it."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any


@dataclass(frozen=True)
class LineContent:
    """One line as it is agreed."""

    no: int
    item: str
    model: str = ""
    quantity: Decimal | None = None
    unit: str = ""
    unit_price: Decimal | None = None
    due_on: date | None = None
    criterion: str = ""


@dataclass(frozen=True)
class Content:
    """Everything of an order on which both sides agree."""

    customer: str
    contact: str
    contact_mail: str
    contact_phone: str
    lines: tuple[LineContent, ...]
    requirements: tuple[str, ...]
    no_special_requirements: bool
    requested_on: date | None
    open_date: bool
    promised_on: date | None
    delivery_place: str
    amount: Decimal | None
    currency: str
    customer_po_no: str


@dataclass(frozen=True)
class Gap:
    """One required thing that the record lacks; `line_no` where it belongs to a line."""

    field: str
    line_no: int | None = None


@dataclass(frozen=True)
class Difference:
    """One thing that two versions of a content say differently."""

    what: str
    before: str
    after: str
    line_no: int | None = None


def gaps(content: Content) -> tuple[Gap, ...]:
    """What must be asked before the order can be confirmed, in the order of asking."""
    found: list[Gap] = []
    if not content.customer:
        found.append(Gap("customer"))
    if not content.contact or not (content.contact_mail or content.contact_phone):
        found.append(Gap("contact"))
    if not any(each.item or each.model for each in content.lines):
        found.append(Gap("content"))
    found += [Gap("quantity", each.no) for each in content.lines if _countable(each)]
    dated = all(each.due_on for each in content.lines) and bool(content.lines)
    if content.requested_on is None and not content.open_date and not dated:
        found.append(Gap("due_date"))
    if not content.requirements and not content.no_special_requirements:
        found.append(Gap("special_requirements"))
    return tuple(found)


def _countable(line: LineContent) -> bool:
    return bool(line.item or line.model) and line.quantity is None


def snapshot(content: Content) -> dict[str, Any]:
    """The content as plain JSON values."""
    plain: dict[str, Any] = json.loads(json.dumps(_fields(content), default=str))
    return plain


def _fields(content: Content) -> dict[str, Any]:
    fields = dict(vars(content))
    fields["lines"] = [dict(vars(each)) for each in content.lines]
    return fields


def digest(value: Mapping[str, Any]) -> str:
    """The SHA-256 of the value, equal for equal values."""
    text = json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=str)
    return hashlib.sha256(text.encode()).hexdigest()


LINE_FIELDS = ("item", "model", "quantity", "unit", "unit_price", "due_on")
FIELDS = (
    "requested_on",
    "promised_on",
    "delivery_place",
    "amount",
    "currency",
    "customer_po_no",
)


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Difference]:
    """What the second snapshot says differently from the first."""
    found = [
        Difference(name, _text(before.get(name)), _text(after.get(name)))
        for name in FIELDS
        if before.get(name) != after.get(name)
    ]
    old = {each["no"]: each for each in before.get("lines", ())}
    new = {each["no"]: each for each in after.get("lines", ())}
    for no in sorted(old.keys() | new.keys()):
        found += _line_differences(no, old.get(no), new.get(no))
    gone = set(before.get("requirements", ())) - set(after.get("requirements", ()))
    come = set(after.get("requirements", ())) - set(before.get("requirements", ()))
    found += [Difference("requirement", text, "") for text in sorted(gone)]
    found += [Difference("requirement", "", text) for text in sorted(come)]
    return found


def _line_differences(
    no: int, before: Mapping[str, Any] | None, after: Mapping[str, Any] | None
) -> list[Difference]:
    if before is None or after is None:
        name = _name(before or after or {})
        return [Difference("line", name if before else "", name if after else "", no)]
    return [
        Difference(field, _text(before.get(field)), _text(after.get(field)), no)
        for field in LINE_FIELDS
        if before.get(field) != after.get(field)
    ]


def _name(line: Mapping[str, Any]) -> str:
    return " ".join(str(line.get(key) or "") for key in ("item", "model")).strip()


def _text(value: Any) -> str:
    return "" if value is None else str(value)


def amount_of(lines: Sequence[LineContent]) -> Decimal | None:
    """Sum of quantity times unit price, or None where a line lacks one of both."""
    total = Decimal(0)
    for each in lines:
        if each.quantity is None or each.unit_price is None:
            return None
        total += each.quantity * each.unit_price
    return total if lines else None
