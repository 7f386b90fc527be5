"""Fields that a gate's form asks beside the decision: checked before, applied with the vote."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from domain.errors import BadValue
from domain.names import Fact, GateKind, Verdict
from domain.worktime import is_workday
from models import event as events
from models.gate import Gate
from models.order import Order
from models.vote import Word
from tasks import changes, content, correcting, mailgate
from tasks.services import Services

GATE_FIELDS: Mapping[GateKind, tuple[str, ...]] = {
    GateKind.INTAKE: (
        *("kind", "order_no", "customer", "contact", "phone", "customer_po_no"),
        *("lines", "quantity", "due_date", "delivery_place", "special_requirements"),
        *("amount", "currency", "urgency"),
    ),
    GateKind.CONFIRM: ("promised_at",),
    GateKind.COMPLETION: ("condition", "condition_due"),
    GateKind.CLOSE: ("improvements",),
    GateKind.CANCEL: ("settlement",),
    GateKind.CUSTOMER_CONFIRMATION: ("contact", "method", "evidence"),
    GateKind.CUSTOMER_ACCEPTANCE: ("contact", "method", "evidence"),
}
"""The fields of each kind's form, in the order in which they stand there."""


CHOICES: Mapping[str, tuple[str, ...]] = {
    "kind": ("", *mailgate.KINDS),
    "method": ("call", "visit", "signed_file", "mail"),
    "improvements": ("accept", "refuse"),
    "urgency": ("", *content.URGENCIES),
}
"""Fields of which one of these words is chosen; the first is chosen beforehand."""


def check(
    session: Session, services: Services, order: Order | None, gate: Gate, word: Word
) -> None:
    """Raise BadValue where a field cannot be used; nothing has been written then."""
    promised = word.fields.get("promised_at")
    if gate.kind == GateKind.CONFIRM and promised:
        day = content.as_date("promised_at", promised)
        if day is not None and not is_workday(services.calendar(session), day):
            raise BadValue("promised_at", str(promised), "a working day")
    if word.fields.get("condition_due"):
        content.as_date("condition_due", word.fields["condition_due"])
    if gate.kind == GateKind.INTAKE and order is None:
        mailgate.check(session, gate, word)
    if gate.kind == GateKind.INTAKE and order is not None and word.verdict is Verdict.APPROVE:
        correcting.check(correcting.bare_lines(order), word.fields)


def apply(
    session: Session,
    services: Services,
    order: Order | None,
    gate: Gate,
    word: Word,
    *,
    at: datetime,
) -> None:
    """What the fields say is so, in the vote's transaction."""
    act = ACTS.get(GateKind(gate.kind))
    if order is None:
        mailgate.apply(session, services, gate, word, at=at)
    elif act is not None:
        act(session, services, order, word, at)


Act = Callable[[Session, Services, Order, Word, datetime], None]


def _promise(session: Session, services: Services, order: Order, word: Word, at: datetime) -> None:
    day = content.as_date("promised_at", word.fields.get("promised_at"))
    if word.verdict is not Verdict.APPROVE or day is None or day == order.promised_on:
        return
    before, order.promised_on = order.promised_on, day
    facts = {"before": str(before), "after": str(day), "cause": f"decided by {word.by}"}
    _note(session, order, Fact.PROMISE_MOVED, word, facts, at)


def _corrections(
    session: Session, services: Services, order: Order, word: Word, at: datetime
) -> None:
    if word.verdict is Verdict.APPROVE:
        correcting.correct(session, order, word, at)


def _customer_changes(
    session: Session, services: Services, order: Order, word: Word, at: datetime
) -> None:
    if word.verdict is Verdict.CHANGES:
        changes.apply(session, order, word, at=at)


def _cancel(session: Session, services: Services, order: Order, word: Word, at: datetime) -> None:
    settlement = str(word.fields.get("settlement", ""))
    if settlement:
        _note(session, order, Fact.NOTE_WRITTEN, word, {"settlement": settlement}, at)


def _condition(
    session: Session, services: Services, order: Order, word: Word, at: datetime
) -> None:
    if word.fields.get("condition"):
        facts = {k: str(word.fields.get(k, "")) for k in ("condition", "condition_due")}
        _note(session, order, Fact.NOTE_WRITTEN, word, facts, at)


def _improvements(
    session: Session, services: Services, order: Order, word: Word, at: datetime
) -> None:
    if word.verdict is Verdict.APPROVE:
        changes.decide_improvements(
            session, order, accepted=word.fields.get("improvements") != "refuse", at=at
        )


def _note(
    session: Session, order: Order, fact: Fact, word: Word, facts: dict[str, Any], at: datetime
) -> None:
    events.append(session, order.id, fact, by=word.by, channel=word.channel, at=at, payload=facts)


ACTS: Mapping[GateKind, Act] = {
    GateKind.INTAKE: _corrections,
    GateKind.CONFIRM: _promise,
    GateKind.CUSTOMER_CONFIRMATION: _customer_changes,
    GateKind.COMPLETION: _condition,
    GateKind.CANCEL: _cancel,
    GateKind.CLOSE: _improvements,
}
