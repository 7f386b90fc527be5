"""A mail that needs a person: a gate without an order, with a run of its own to stand at it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from domain.content import digest
from domain.errors import BadValue
from domain.names import OURSELVES, GateKind, Party, Purpose, Verdict
from models import gate as gates
from models import order as orders
from models.gate import Ask, Gate
from models.message import Message
from models.person import person_row
from models.run import Run
from models.vote import Word
from tasks import approving, drafting, reading
from tasks.post import Letter, post
from tasks.services import Services
from tasks.showing import gate_view
from templates.briefing import mail_briefing
from templates.views import AlertView, ExcerptView, FactView

KINDS = ("new_order", "order_info", "enquiry", "complaint", "other", "ignore")


def open_for(session: Session, services: Services, row: Message, *, at: datetime) -> Gate:
    """The gate at which a person says what the mail is."""
    found: Mapping[str, Any] = row.understanding or {}
    asked = Ask(
        kind=GateKind.INTAKE,
        question=f"{row.sender} · {row.subject}"[:300],
        briefing=_briefing(row, found),
        sha256=digest({"message": row.id, "raw": row.raw_sha256}),
        requested_by=OURSELVES,
        due_at=services.due(session, 4, at=at),
        subject={"kind": row.kind, "confidence": row.confidence},
        message_id=row.id,
    )
    gate = gates.ask(session, None, asked, at=at)
    gate.party = Party.US
    session.add(Run(gate_id=gate.id, start_after=at))
    session.flush()
    _tell(session, services, gate, row, at)
    return gate


def _briefing(row: Message, found: Mapping[str, Any]) -> str:
    facts = [
        FactView("sender", row.sender),
        FactView("subject", row.subject),
        FactView("mail_kind", f"{row.kind or '?'} ({row.confidence:.0%})"),
    ]
    if row.reason:
        facts.append(FactView("reason", row.reason))
    for name, field in sorted(found.get("fields", {}).items()):
        if field.get("value"):
            facts.append(FactView(name, f"{field['value']}  ← {field.get('source', '')}"))
    text = (row.new_text or row.text)[:4000]
    return mail_briefing(tuple(facts), (ExcerptView(row.subject[:120], text),))


def _tell(session: Session, services: Services, gate: Gate, row: Message, at: datetime) -> None:
    for person in approving.allowed(session, services, gate):
        known = person_row(session, person)
        if known is None:
            continue
        view = AlertView(
            to=known.name,
            reason=row.subject[:200],
            gate=gate_view(session, services, gate, known.person),
        )
        letter = Letter(
            key=f"mailgate:{gate.number}",
            purpose=Purpose.NOTICE,
            recipient=known.mail,
            recipient_name=known.name,
            language=known.language,
            view=view,
            variant="mail",
            gate_id=gate.id,
        )
        post(session, services, None, letter, at=at)


def check(session: Session, gate: Gate, word: Word) -> None:
    """Raise BadValue where the form's kind or order number cannot be used."""
    kind = str(word.fields.get("kind") or "")
    number = str(word.fields.get("order_no") or "").strip()
    if kind and kind not in KINDS:
        raise BadValue("kind", kind, ", ".join(KINDS))
    if number:
        orders.numbered(session, number)
    if word.verdict is Verdict.APPROVE and not number and kind in ("", "order_info"):
        guess = str(gate.subject.get("kind") or "")
        if guess not in ("new_order", "enquiry", "complaint", "other"):
            raise BadValue("kind", kind, "new_order, ignore, … or an order_no")


def apply(session: Session, services: Services, gate: Gate, word: Word, *, at: datetime) -> None:
    """What the person said is done: a new order, a link to one, or nothing more."""
    row = session.get_one(Message, gate.message_id)
    kind = str(word.fields.get("kind") or gate.subject.get("kind") or "")
    number = str(word.fields.get("order_no") or "").strip()
    row.reason = f"decided by {word.by}: {kind or '–'} {number}".strip()
    if word.verdict is not Verdict.APPROVE or kind == "ignore":
        row.state = "ignored"
    elif number:
        order = orders.numbered(session, number)
        row.order_id, row.state = order.id, "linked"
    elif kind == "new_order":
        session.flush()
        read = reading.read_one(services, row.id)
        order = drafting.draft(session, services, read, received_by=word.by)
        row.order_id, row.state = order.id, "order_created"
    else:
        row.state = "linked"
