"""Where an understood mail goes. Each way ends with the mail's row saying what became of it."""

import logging
from collections.abc import Callable
from functools import partial

from sqlalchemy.orm import Session

from domain.errors import Fenced, GateClosed, Refusal, Unreadable
from domain.mail.automatic import BOUNCES, AutomaticKind
from domain.mail.kinds import MailKind
from domain.names import Channel, Fact, GateKind, Language, Purpose, Verdict
from models import event as events
from models import gate as gates
from models import order as orders
from models.gate import Gate
from models.message import Message
from models.order import Order
from tasks import answering, bounces, drafting, mailgate, progress, reading
from tasks.deciding import Answer, answered, keep_late
from tasks.reading import Read, settle
from tasks.services import Services
from tasks.thread import speaks_for
from templates.errors import sentence

log = logging.getLogger("orderflow.intake")

SURE = 0.8

Way = Callable[[Services, Read], bool]
"""Deals with a mail about an order, or says that it is not of its kind."""


def read_all(services: Services, limit: int = 50) -> int:
    """How many stored mails were dealt with; one that fails stays, and goes to a person at last."""
    count = 0
    for row_id in reading.waiting(services, limit):
        with reading.alone(services, row_id) as ours:
            if ours:
                _read(services, row_id)
                count += 1
    return count


def _read(services: Services, row_id: int) -> None:
    try:
        route(services, reading.read_one(services, row_id))
    except Fenced:
        log.info("Mail %s was dealt with by another service", row_id)
    except Unreadable as poison:
        _set_aside(services, row_id, poison.reason)
    except Refusal as refusal:
        _failed(services, row_id, repr(refusal))
    except Exception as mistake:  # an edge that must not die: the queue goes on behind it
        log.exception("Mail %s could not be dealt with", row_id)
        _failed(services, row_id, f"{type(mistake).__name__}: {mistake}")


def route(services: Services, mail: Read) -> None:
    """The mail is where it belongs."""
    machine = mail.found.automatic
    bounced = machine is not None and machine.kind in BOUNCES  # its sender is nobody to us anyway
    if mail.mail.ambiguous and not bounced:
        _two_faced(services, mail)
    elif machine is not None and machine.kind is not AutomaticKind.GENERATED:
        _automatic(services, mail)
    elif mail.person is not None:
        _from_staff(services, mail)
    elif mail.order_id is not None:
        _about_order(services, mail)
    else:
        _stranger(services, mail)


def _two_faced(services: Services, mail: Read) -> None:
    """A mail whose sender two programs read differently does nothing; a person is told of it."""
    with services.writing() as session:
        row = settle(session, mail, "quarantined", reason=mail.mail.ambiguity)
        mailgate.open_for(session, services, row, at=services.now())


def _automatic(services: Services, mail: Read) -> None:
    machine = mail.found.automatic
    with services.writing() as session:
        if machine is not None and machine.kind is AutomaticKind.BOUNCE_FAILED:
            bounces.failed(session, services, machine, at=services.now())
        settle(session, mail, "ignored", reason=str(machine.kind) if machine else "")


def _from_staff(services: Services, mail: Read) -> None:
    """Our people vote, report progress, or send on what a customer told them."""
    if mail.gate_id is not None and mail.purpose in (Purpose.APPROVAL, Purpose.REMINDER):
        _vote(services, mail, mail.gate_id)
        return
    reported = mail.trusted and mail.order_id is not None and mail.found.progress
    if reported and progress.by_mail(services, mail):
        return
    _to_person(services, mail)


def _vote(services: Services, mail: Read, gate_id: int) -> None:
    said = mail.found.answer
    if said.verdict is None or not mail.trusted:
        _to_person(services, mail)
        return
    with services.reading() as session:
        number = session.get_one(Gate, gate_id).number
    answer = Answer(
        gate=number,
        verdict=said.verdict,
        by=mail.person or mail.sender,
        channel=Channel.MAIL,
        comment=said.comment
        or (mail.found.new_text if said.verdict is not Verdict.APPROVE else ""),
        fields=answering.vote_fields(said),
        evidence=f"mail {mail.mail.message_id or mail.row_id}",
        proven=True,
    )
    _decide(services, mail, answer)


def _decide(services: Services, mail: Read, answer: Answer) -> None:
    """The mail's word is through the door, and the mail settled, in one transaction."""
    try:
        with services.writing() as session:
            decided = answered(session, services, answer)
            settle(session, mail, "linked", reason="provisional" if decided.recorded else "")
            _noted(services, session, mail)
        return
    except GateClosed as late:
        keep_late(services, answer)
        reason = f"after the fact: {late.state}"
    except Fenced:
        raise
    except Refusal as refusal:
        if mail.person is None:
            _to_person(services, mail, sentence(refusal, Language.ZH))
            return
        answering.explain(services, mail, refusal)
        reason = sentence(refusal, Language.EN)
    with services.writing() as session:
        if mail.order_id is not None:
            orders.locked(session, mail.order_id)  # first: two mails of one order at a time
        settle(session, mail, "linked", reason=reason)
        _noted(services, session, mail)


def _about_order(services: Services, mail: Read) -> None:
    """A customer writes about an order of theirs: an answer, a verdict, or something else."""
    with services.reading() as session:
        order = session.get_one(Order, mail.order_id)
        speaks = mail.trusted and speaks_for(order, mail.sender)
        open_now = {GateKind(g.kind): g.number for g in gates.open_gates(session, order.id)}
    if not speaks:
        _to_person(services, mail, "sender_unknown")
        return
    ways: list[Way] = []
    if GateKind.CUSTOMER_INFO in open_now:
        ways.append(partial(answering.gaps_filled, gate=open_now[GateKind.CUSTOMER_INFO]))
    ways += [
        partial(_customer_verdict, gate=number)
        for kind, number in open_now.items()
        if kind in ASKED_BY and _answers(mail, number, ASKED_BY[kind])
    ]
    ways += [answering.survey_answered, answering.receipt_given]
    if not any(way(services, mail) for way in ways):
        _to_person(services, mail)


ASKED_BY = {
    GateKind.CUSTOMER_CONFIRMATION: Purpose.CONFIRMATION,
    GateKind.CUSTOMER_ACCEPTANCE: Purpose.ACCEPTANCE,
}
"""Which mail of ours asks the customer for the verdict of a gate."""


def _answers(mail: Read, number: str, purpose: Purpose) -> bool:
    """True if the mail answers the very mail that asked: an "ok" to another one decides nothing."""
    if mail.gate_id is not None:
        return number == f"G-{mail.gate_id}"
    return mail.purpose is purpose


def _customer_verdict(services: Services, mail: Read, gate: str) -> bool:
    """The customer's yes, no or change; anything else is for a person."""
    said = mail.found.answer
    verdict = said.verdict
    if verdict is None and mail.found.change_items and mail.found.kind is MailKind.CHANGE_REQUEST:
        verdict = Verdict.CHANGES
    if verdict is None or not mail.trusted:
        return False
    answer = Answer(
        gate=gate,
        verdict=verdict,
        by=mail.sender,
        channel=Channel.MAIL,
        comment=said.comment or (mail.found.new_text if verdict is not Verdict.APPROVE else ""),
        fields=answering.customer_fields(mail.found),
        evidence=f"mail {mail.mail.message_id or mail.row_id}",
        proven=True,
    )
    _decide(services, mail, answer)
    return True


def _stranger(services: Services, mail: Read) -> None:
    """A mail that belongs to no order: a new one, or something that a person looks at."""
    found = mail.found
    fresh = found.kind is MailKind.NEW_ORDER and found.kind_confidence >= SURE
    if fresh and not found.needs_person:
        drafting.order_from(services, mail)
        return
    if found.kind is MailKind.OTHER and found.kind_confidence >= SURE and not found.needs_person:
        with services.writing() as session:
            settle(session, mail, "ignored", reason="other")
        return
    _to_person(services, mail)


def _to_person(services: Services, mail: Read, why: str = "") -> None:
    with services.writing() as session:
        if mail.order_id is not None:
            orders.locked(session, mail.order_id)
        reason = why or "; ".join(mail.found.reasons)
        row = settle(session, mail, "needs_person", reason=reason)
        _noted(services, session, mail)
        mailgate.open_for(session, services, row, at=services.now())


def _noted(services: Services, session: Session, mail: Read) -> None:
    """The order's history says that the mail came."""
    if mail.order_id is None:
        return
    orders.locked(session, mail.order_id)
    events.append(
        session,
        mail.order_id,
        Fact.MAIL_RECEIVED,
        by=mail.sender,
        channel=Channel.MAIL,
        at=services.now(),
        payload={
            "message": mail.row_id,
            "message_id": mail.mail.message_id,
            "subject": mail.mail.subject[:200],
            "kind": str(mail.found.kind),
            "thread": mail.how,
        },
    )


def _failed(services: Services, row_id: int, reason: str) -> None:
    """Tried again a few times; then a person has the mail, with the reason."""
    with services.writing() as session:
        row = session.get_one(Message, row_id)
        row.tries += 1
        row.reason = reason[:1000]
        if row.tries >= reading.TRIES:
            row.state = "needs_person"
            mailgate.open_for(session, services, row, at=services.now())


def _set_aside(services: Services, row_id: int, reason: str) -> None:
    """A mail that takes too much is not tried again: a person has it, with the reason."""
    with services.writing() as session:
        row = session.get_one(Message, row_id)
        row.state, row.reason = "quarantined", reason
        mailgate.open_for(session, services, row, at=services.now())
