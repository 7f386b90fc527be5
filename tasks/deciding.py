"""One door for every decision: form, mail, link, portal, command line and clock end here."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from domain.errors import (
    CodesBlocked,
    GateClosed,
    NotAllowed,
    Refusal,
    SecondPersonNeeded,
    WrongCode,
)
from domain.names import Channel, GateState, Party, Verdict
from models import gate as gates
from models import order as orders
from models import run as runs
from models.gate import Gate
from models.order import Order
from models.vote import Word
from tasks import alarms, approving, codes, fields, provisional
from tasks.services import Services
from tasks.transition import follow


@dataclass(frozen=True)
class Answer:
    """One person's answer to one gate, as it reached us.

    `by` is a short word of ours or a mail address of a customer's contact. Without a code the
    channel itself must have proven who speaks (`proven`: a signed link, an authenticated mail).
    """

    gate: str
    verdict: Verdict
    by: str
    channel: Channel
    code: str = ""
    comment: str = ""
    fields: Mapping[str, Any] = field(default_factory=dict)
    evidence: str = ""
    proven: bool = False
    given_at: datetime | None = None
    sha256: str | None = None


@dataclass(frozen=True)
class Decided:
    """What became of an answer; `refusal` says why it did not count."""

    gate: str
    order_no: str
    state: str
    recorded: bool = False
    refusal: Refusal | None = None


def decide(services: Services, answers: Sequence[Answer]) -> list[Decided]:
    """Every answer through the door. One code covers all gates of the call and is spent once.

    Raises what is wrong with the code; what is wrong with one gate stands in its `Decided`.
    """
    with_code = [each for each in answers if not each.proven]
    if with_code:
        _prove(services, with_code)
    return [_through(services, each) for each in answers]


def decide_one(services: Services, answer: Answer) -> Decided:
    """The answer through the door; raises whatever is wrong with it."""
    decided = decide(services, [answer])[0]
    if decided.refusal is not None:
        raise decided.refusal
    return decided


def _prove(services: Services, answers: Sequence[Answer]) -> None:
    """The code is spent before anything is decided, in a transaction of its own."""
    first = answers[0]
    numbers = []
    with services.reading() as session:
        numbers = [gates.numbered(session, each.gate).number for each in answers]
    try:
        with services.writing() as session:
            codes.spend(
                session,
                services,
                first.by,
                first.code,
                numbers,
                at=services.now(),
                given_at=first.given_at,
            )
    except WrongCode as wrong:
        with services.writing() as session:
            codes.note_wrong(session, wrong.person, channel=first.channel, at=services.now())
            if wrong.tries_left == 0:
                alarms.codes_blocked(session, services, wrong.person, at=services.now())
        if wrong.tries_left == 0:
            raise CodesBlocked(wrong.person, codes.WINDOW_MINUTES) from None
        raise


def _through(services: Services, answer: Answer) -> Decided:
    try:
        with services.writing() as session:
            return answered(session, services, answer)
    except GateClosed as late:
        keep_late(services, answer)
        return Decided(late.gate, late.order_no, late.state, refusal=late)
    except Refusal as refusal:
        return Decided(answer.gate, "", "refused", refusal=refusal)


def answered(session: Session, services: Services, answer: Answer) -> Decided:
    """The gate is decided in the caller's transaction, by an answer whose channel is proven.

    Raises whatever is wrong with it; GateClosed for a word to be kept with `keep_late`.
    """
    at = services.now()
    gate = gates.numbered(session, answer.gate)
    order = orders.locked(session, gate.order_id) if gate.order_id is not None else None
    session.refresh(gate)
    word = Word(
        by=answer.by.strip().lower(),
        verdict=answer.verdict,
        channel=answer.channel,
        comment=answer.comment,
        evidence=answer.evidence,
        fields={k: v for k, v in answer.fields.items() if v not in (None, "")},
        sha256=answer.sha256,
    )
    allowed = approving.allowed(session, services, gate)
    if gate.kind in approving.CUSTOMER_DECIDES and "@" not in word.by:
        seconded = _second(session, services, gate, order, word, at=at)
        if seconded is None:
            return Decided(gate.number, order.order_no if order else "", "open", recorded=True)
        word, allowed = seconded
    elif order is not None and provisional.is_so(session, order, gate, word, allowed):
        provisional.keep(session, services, order, gate, word, at=at)
        return Decided(gate.number, order.order_no, "open", recorded=True)
    fields.check(session, services, order, gate, word)
    moved = gates.answer(session, gate, word, allowed=allowed, at=at)
    if order is not None and moved is not None:
        fields.apply(session, services, order, gate, word, at=at)
        follow(session, services, order, moved, at=at)
    elif order is None:
        fields.apply(session, services, None, gate, word, at=at)
        runs.wake_gate(session, gate.id)
    return Decided(gate.number, order.order_no if order else "", str(gate.state))


def _second(
    session: Session,
    services: Services,
    gate: Gate,
    order: Order | None,
    word: Word,
    *,
    at: datetime,
) -> tuple[Word, Mapping[str, str]] | None:
    """What a customer said elsewhere: the first of us records it, another one confirms it.

    None after the first; the customer's word and who may say it after the second.
    """
    if gate.state != GateState.OPEN or order is None:
        raise GateClosed(gate.number, order.order_no if order else "–", gate.state, "–")
    known = {each.person for each in approving.everybody(session)}
    if word.by not in known:
        raise NotAllowed(gate.number, order.order_no, word.by, "not_an_approver")
    # What a contact said who may not sign is not a record of ours.
    ours = [v for v in gate.votes if not v.counts and "@" not in v.by]
    earlier = [v for v in ours if v.verdict == word.verdict]
    if not earlier:
        named = str(word.fields.get("contact") or order.contact_mail)
        if provisional.without_authority(session, order, named) is not None:
            raise NotAllowed(gate.number, order.order_no, named, "no_authority")
        gates.record(session, gate, word, at=at)
        gate.note = approving.recorded_note(word.by, word.verdict)
        runs.wake(session, order.id)
        return None
    first = earlier[-1]
    if first.by == word.by:
        raise SecondPersonNeeded(gate.number, order.order_no, word.by)
    contact = str(first.fields.get("contact") or order.contact_mail or order.contact_name)
    said = Word(
        by=word.by,
        verdict=word.verdict,
        channel=word.channel,
        comment=first.comment or word.comment,
        evidence=first.evidence or f"{first.fields.get('method', 'call')}: {first.by}, {word.by}",
        acting_for=contact,
        fields={**first.fields, **word.fields},
    )
    return said, {word.by: contact}


def keep_late(services: Services, answer: Answer) -> None:
    """A word that came too late is kept with the gate, by whom it came."""
    with services.writing() as session:
        gate = gates.numbered(session, answer.gate)
        if gate.party != Party.US and "@" not in answer.by:
            return
        word = Word(
            by=answer.by.strip().lower(),
            verdict=answer.verdict,
            channel=answer.channel,
            comment=answer.comment,
            evidence=answer.evidence,
        )
        gates.note_late_word(session, gate, word, at=services.now())
