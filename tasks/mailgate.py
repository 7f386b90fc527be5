"""A mail that needs a person: a gate without an order, with a run of its own to stand at it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from domain.content import digest
from domain.errors import BadValue, Unreadable
from domain.names import OURSELVES, GateKind, Language, Party, Purpose, Verdict
from domain.typed_lines import written
from models import gate as gates
from models import message as messages
from models import order as orders
from models.gate import Ask, Gate
from models.message import Message
from models.order import Order
from models.person import person_row
from models.run import Run
from models.vote import Word
from tasks import approving, correcting, drafting, reading
from tasks.briefs import understood
from tasks.post import Letter, post
from tasks.services import Services
from tasks.showing import gate_view
from templates.briefing import mail_briefing
from templates.errors import sentence
from templates.views import AlertView, ExcerptView, FactView
from templates.words import both

KINDS = (
    *("new_order", "order_info", "change_request", "enquiry", "complaint", "other"),
    "ignore",
)
"""What a person may say that a mail is."""


def open_for(session: Session, services: Services, row: Message, *, at: datetime) -> Gate:
    """The gate at which a person says what the mail is."""
    asked = Ask(
        kind=GateKind.INTAKE,
        question=f"{row.sender} · {row.subject}"[:300],
        briefing=briefing_of(session, row),
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


def briefing_of(session: Session, row: Message) -> str:
    """What a person reads of the mail: what was understood, by whom, and the mail itself."""
    found: Mapping[str, Any] = row.understanding or {}
    others = [kind for kind in found.get("intents", ()) if kind != row.kind]
    facts = [
        FactView("sender", row.sender),
        FactView("subject", row.subject),
        FactView("mail_kind", f"{both('mail_kind', row.kind or '?')} ({row.confidence:.0%})"),
        FactView("other_kinds", tuple(both("mail_kind", each) for each in others)),
        *_belongs(session, row),
        *_why(row),
    ]
    text = (row.new_text or row.text)[:4000]
    return mail_briefing(
        tuple(facts),
        (ExcerptView(row.subject[:120], text),),
        understood.of_mail(found),
        written(understood.lines_of(found)),
        understood.opinion_of(found),
    )


def _why(row: Message) -> tuple[FactView, ...]:
    """Why a person is asked; of a mail that nobody could read, in both languages."""
    if row.state != "quarantined":
        reasons = (both("mail_reason", each) for each in row.reason.split("; ") if each)
        return (FactView("reason", tuple(reasons)),)
    return tuple(FactView("reason", sentence(Unreadable(row.reason), each)) for each in Language)


def _belongs(session: Session, row: Message) -> tuple[FactView, ...]:
    """The order that the mail is about, or the open ones of whoever wrote it."""
    if row.order_id is not None:
        return (FactView("belongs_to", session.get_one(Order, row.order_id).order_no),)
    numbers = messages.orders_of(session, row.sender, row.subject, MOST_ORDERS)
    return (FactView("may_belong_to", tuple(numbers)),)


MOST_ORDERS = 5
"""So many orders are named to whoever says to which one a mail belongs."""


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
    """Raise BadValue where the form's kind, order number or corrections cannot be used."""
    chosen = str(word.fields.get("kind") or "")
    if chosen and chosen not in KINDS:
        raise BadValue("kind", chosen, ", ".join(KINDS))
    if word.verdict is not Verdict.APPROVE:
        return
    row = session.get_one(Message, gate.message_id)
    kind = chosen or str(gate.subject.get("kind") or "")
    number = _number(session, row, kind, word)
    if number:
        orders.numbered(session, number)
    elif kind not in (*OF_NO_ORDER, "ignore"):
        raise BadValue("kind", kind, "new_order, ignore, … or an order_no")
    elif kind == "new_order":
        _check_readable(row)
    correcting.check(_bare_lines(row), word.fields)


OF_NO_ORDER = ("new_order", "enquiry", "complaint", "other")
"""Kinds of mails that need not belong to an order."""


def _bare_lines(row: Message) -> list[int]:
    """The lines of the mail to which numbers in the form belong."""
    found = enumerate(row.understanding.get("lines") or (), start=1)
    return correcting.bare_of([(no, drafting.usable_quantity(line)) for no, line in found])


def _number(session: Session, row: Message, kind: str, word: Word) -> str:
    """The order that was named; else the one that the mail is about, unless it is a new one."""
    named = str(word.fields.get("order_no") or "").strip().upper()
    if named or row.order_id is None or kind in ("new_order", "ignore"):
        return named
    return session.get_one(Order, row.order_id).order_no


def _check_readable(row: Message) -> None:
    """Raise Unreadable where no order can be made of the mail because nobody could read it."""
    if row.state == "quarantined":
        raise Unreadable(row.reason)


def apply(session: Session, services: Services, gate: Gate, word: Word, *, at: datetime) -> None:
    """What the person said is done: a new order, a link to one, or nothing more."""
    row = session.get_one(Message, gate.message_id)
    kind = str(word.fields.get("kind") or gate.subject.get("kind") or "")
    row.understanding = correcting.with_word(row.understanding, word, at)
    approved = word.verdict is Verdict.APPROVE and kind != "ignore"
    number = _number(session, row, kind, word) if approved else ""
    row.reason = f"decided by {word.by}: {kind or '–'} {number}".strip()
    if not approved:
        row.state = "ignored"
    elif number:
        order = orders.numbered(session, number)
        row.order_id, row.state = order.id, "linked"
    elif kind == "new_order":
        session.flush()
        order = _order_of(session, services, row, word, at)
        row.order_id, row.state = order.id, "order_created"
    else:
        row.state = "linked"


def _order_of(
    session: Session, services: Services, row: Message, word: Word, at: datetime
) -> Order:
    """The order that the mail opens, as the person has corrected it."""
    read = reading.read_one(services, row.id)
    who = {name: str(word.fields.get(name) or "").strip() for name in ("customer", "contact")}
    order = drafting.draft(session, services, read, received_by=word.by, **who)
    correcting.correct(session, order, word, at)
    return order
