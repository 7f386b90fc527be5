"""A word for the customer by somebody who may not sign: kept, and whoever may is asked."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from domain.names import GateKind, GateState, Purpose
from models import gate as gates
from models import run as runs
from models.customer import Contact
from models.gate import Gate
from models.order import Order
from models.vote import Word
from tasks import alarms, approving, showing, telling_gate
from tasks.post import Letter, post
from tasks.services import Services
from templates import notes
from templates.views import NewsView, ProvisionalView

TELLERS = {
    GateKind.CUSTOMER_CONFIRMATION: telling_gate.confirmation,
    GateKind.CUSTOMER_ACCEPTANCE: telling_gate.acceptance,
}


def without_authority(session: Session, order: Order, who: str) -> Contact | None:
    """The contact of the order's customer with this address or name, if they may not sign."""
    if order.customer_id is None:
        return None
    return session.scalar(
        select(Contact)
        .where(Contact.customer_id == order.customer_id, Contact.active.is_(True))
        .where(Contact.can_sign.is_(False))
        .where((Contact.mail == who.strip().lower()) | (Contact.name == who.strip()))
        .limit(1)
    )


def is_so(
    session: Session, order: Order | None, gate: Gate, word: Word, allowed: Mapping[str, str]
) -> bool:
    """True where the word is of a contact who may not sign, about what is asked now."""
    if order is None or gate.kind not in approving.CUSTOMER_DECIDES or word.by in allowed:
        return False
    asked = gate.state == GateState.OPEN and word.sha256 in (None, gate.subject_sha256)
    return asked and without_authority(session, order, word.by) is not None


def keep(
    session: Session, services: Services, order: Order, gate: Gate, word: Word, *, at: datetime
) -> None:
    """The word decides nothing and is part of the history; who may sign is asked, else the owner.

    The caller's transaction holds the order's row.
    """
    said = replace(word, fields={**word.fields, "provisional": True})
    gates.record(session, gate, said, at=at)
    gate.note = notes.provisional(word.by, word.verdict)
    may_sign = _signers(session, order)
    for each in may_sign:
        _ask(session, services, order, gate, word, each, at)
    if not may_sign:
        item = notes.no_signer(gate.number, word.by, word.verdict)
        key = f"no_signer:{gate.number}"
        alarms.tell_owner(session, services, order, "finding", key, (item,), at=at)
    _thank(session, services, order, gate, word, may_sign, at)
    runs.wake(session, order.id)


def _signers(session: Session, order: Order) -> list[Contact]:
    """The contacts of the customer who may sign; a person each."""
    mails = approving.signers(session, order)
    rows = select(Contact).where(Contact.customer_id == order.customer_id, Contact.mail.in_(mails))
    return list(session.scalars(rows.where(Contact.active.is_(True)).order_by(Contact.id)))


def _ask(
    session: Session,
    services: Services,
    order: Order,
    gate: Gate,
    word: Word,
    signer: Contact,
    at: datetime,
) -> None:
    who = without_authority(session, order, word.by)
    remarks = word.fields.get("items") or [e for e in word.comment.splitlines() if e.strip()]
    earlier = ProvisionalView(
        by=(who.name if who else "") or word.by,
        verdict=word.verdict,
        remarks=tuple(str(each)[:300] for each in remarks),
    )
    reader = telling_gate.Reader(signer.mail, signer.name, signer.language, earlier)
    for letter in TELLERS[GateKind(gate.kind)](session, services, order, gate, reader, at):
        post(session, services, order, letter, at=at)


def _thank(
    session: Session,
    services: Services,
    order: Order,
    gate: Gate,
    word: Word,
    signers: list[Contact],
    at: datetime,
) -> None:
    """Who has answered knows that it is not enough, and who of their colleagues is asked."""
    who = without_authority(session, order, word.by)
    if who is None:
        return
    view = NewsView(
        order=showing.order_view(session, services, order),
        to=who.name,
        reason=", ".join(each.name or each.mail for each in signers),
    )
    letter = Letter(
        key=f"provisional:{gate.number}",
        purpose=Purpose.NOTICE,
        recipient=who.mail,
        recipient_name=who.name,
        language=who.language,
        view=view,
        variant="provisional",
    )
    post(session, services, order, letter, at=at)
