"""What customers answer by mail: gaps filled, verdicts, surveys, receipts."""

import logging
from collections.abc import Iterator
from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy.orm import Session

from domain.errors import BadValue, GateClosed, Refusal
from domain.mail.answers import Answer as Said
from domain.mail.answers import receipt
from domain.mail.extract.values import SURE
from domain.mail.given import given
from domain.mail.meaning import Understanding
from domain.mail.understand import base_of
from domain.names import Channel, Fact, Language, Purpose, Verdict
from domain.worktime import Calendar, is_workday
from models import event as events
from models import order as orders
from models.delivery import last_delivery
from models.order import Line, Order
from models.person import person_row
from models.retrospective import survey_of
from tasks import alarms, content, following_up
from tasks.deciding import Answer, answered
from tasks.drafting import lines
from tasks.opening import columns
from tasks.reading import Read, settle
from tasks.services import Services
from templates.errors import sentence

log = logging.getLogger("orderflow.intake")


def gaps_filled(services: Services, mail: Read, *, gate: str) -> bool:
    """True if the answer filled at least one gap; the order then looks at itself again.

    The wait for a customer's answer is the owner's; the answer ends it in their name.
    """
    with services.writing() as session:
        order = orders.locked(session, mail.order_id or 0)
        filled = list(_fill(session, order, mail, services))
        if not filled:
            return False
        settle(session, mail, "linked", reason=", ".join(filled))
        ends = Answer(
            gate=gate,
            verdict=Verdict.APPROVE,
            by=order.owner,
            channel=Channel.MAIL,
            evidence=f"mail {mail.mail.message_id or mail.row_id}",
            proven=True,
        )
        try:
            answered(session, services, ends)
        except GateClosed:
            log.info("Gate %s was answered meanwhile", gate)
    return True


def _fill(session: Session, order: Order, mail: Read, services: Services) -> Iterator[str]:
    asked = [str(each) for each in order.questions]
    if "content" in asked and mail.found.lines:
        _add_lines(session, order, mail, at=services.now())
        yield "content"
    calendar = services.calendar(session)
    for field, value, source in _values(asked, mail, services, calendar):
        try:
            content.fill(order, field, value, source)
        except BadValue as bad:
            log.info("Order %s: %s", order.order_no, bad)
            continue
        doubtful = [e for e in order.sources.get("ambiguous", ()) if e != field]
        order.sources = {**order.sources, "ambiguous": doubtful}
        _filled(
            session, order, mail, {"field": field, "value": str(value), **source}, services.now()
        )
        yield field


def _filled(
    session: Session, order: Order, mail: Read, facts: dict[str, Any], at: datetime
) -> None:
    """The order's history says what the mail has filled."""
    events.append(
        session,
        order.id,
        Fact.FIELD_FILLED,
        by=mail.sender,
        channel=Channel.MAIL,
        at=at,
        payload=facts,
    )


def _add_lines(session: Session, order: Order, mail: Read, *, at: datetime) -> None:
    """What is ordered, where the first mail did not say it; each line with its own source."""
    read = zip(lines(mail.found), mail.found.lines, strict=True)
    for number, (line, found) in enumerate(read, start=len(order.lines) + 1):
        row = Line(line_no=number, **columns(line))
        order.lines.append(row)
        kept = {
            "value": " ".join(each for each in (row.item, row.model) if each),
            "source": f"mail {mail.row_id} {found.source}",
            "rule": "line",
            "confidence": found.confidence,
        }
        order.sources = {**order.sources, f"line:{number}": kept}
        _filled(session, order, mail, {"field": f"line:{number}", **kept}, at)


def _values(
    asked: list[str], mail: Read, services: Services, calendar: Calendar
) -> Iterator[tuple[str, Any, dict[str, Any]]]:
    """Answers by the numbers of our questions, then what the mail says by itself."""
    found = mail.found
    where = f"mail {mail.row_id}"
    base = base_of(mail.mail, services.now())
    numbered = {n: text for n, text in found.numbered.items() if 0 < n <= len(asked)}
    if not numbered and len(asked) == 1 and found.new_text.strip():
        numbered = {1: found.new_text.strip().splitlines()[0]}
    done = set()
    for number, text in numbered.items():
        field = asked[number - 1]
        said = given(field.partition(":")[0], text, base, partial(is_workday, calendar))
        if said is not None:
            done.add(field)
            source = {"source": f"{where}: {number}", "rule": "numbered", "confidence": 0.95}
            yield field, said.value, {**source, "written": text[:200]}
    for field in asked:
        if field not in done:
            yield from _labelled(field, found, where)


def _labelled(
    field: str, found: Understanding, where: str
) -> Iterator[tuple[str, Any, dict[str, Any]]]:
    by_name = {
        "due_date": found.due_date,
        "customer": found.customer_name,
        "contact": found.contact_name,
        "special_requirements": found.special_requirements,
    }
    known = by_name.get(field)
    if known is not None and known.confidence >= SURE and not known.alternatives:
        value = list(known.value) if isinstance(known.value, tuple) else known.value
        source = {"source": f"{where} {known.source}", "rule": known.rule}
        yield field, value, {**source, "confidence": known.confidence}
    elif field == "special_requirements" and found.special_requirements_none:
        yield field, [], {"source": where, "rule": "none", "confidence": 0.9}
    name, _, line_no = field.partition(":")
    if name == "quantity" and line_no:
        index = int(line_no) - 1
        lines = [e for e in found.lines if e.quantity is not None]
        line = lines[index] if len(lines) > index else None
        if line is not None and line.confidence >= SURE:
            source = {"source": f"{where} {line.source}", "rule": "line"}
            yield field, line.quantity, {**source, "confidence": line.confidence}


def vote_fields(said: Said) -> dict[str, Any]:
    """Fields that a vote by mail can carry: none but its items."""
    return {"items": list(said.items)} if said.items else {}


def customer_fields(found: Understanding) -> dict[str, Any]:
    """Items that are not accepted, and changes that are asked for."""
    items = list(found.answer.items or found.defects)
    changes = found.answer.changes or found.change_items
    fields: dict[str, Any] = {}
    if items:
        fields["items"] = items
    if changes:
        fields["changes"] = [
            {
                "what": str(each.what),
                "item": each.item,
                "line_no": _line_no(each.item),
                "before": each.before,
                "after": each.after,
            }
            for each in changes
        ]
    return fields


def _line_no(item: str | None) -> int | None:
    """The number in `第2行` or `line 2`."""
    digits = "".join(c for c in item or "" if c.isdecimal())
    marks = ("行", "项", "條", "条", "line", "pos", "item")
    named = any(mark in (item or "").lower() for mark in marks)
    return int(digits) if digits and named and len(digits) < 4 else None


def survey_answered(services: Services, mail: Read) -> bool:
    """True if the mail answers the order's survey; the scores are kept, once."""
    scores = mail.found.survey
    if scores is None or mail.purpose not in (Purpose.SURVEY, Purpose.REPORT, None):
        return False
    with services.writing() as session:
        order = orders.locked(session, mail.order_id or 0)
        survey = survey_of(session, order.id)
        if survey is None:
            return False
        if survey.answered_at is None:
            survey.answers, survey.answered_at = dict(scores.scores), services.now()
            survey.comment = scores.text or ""
            events.append(
                session,
                order.id,
                Fact.SURVEY_ANSWERED,
                by=mail.sender,
                channel=Channel.MAIL,
                at=services.now(),
                payload={"answers": dict(scores.scores)},
            )
            following_up.low_scores(session, services, order, scores.scores, at=services.now())
        settle(session, mail, "linked", reason="survey")
    return True


def receipt_given(services: Services, mail: Read) -> bool:
    """True if the mail says no more than that something has arrived."""
    if not receipt(mail.found.new_text):
        return False
    with services.writing() as session:
        order = orders.locked(session, mail.order_id or 0)
        delivered = last_delivery(session, order.id)
        if delivered is not None and delivered.received_at is None:
            delivered.received_at, delivered.received_by = services.now(), mail.sender
            events.append(
                session,
                order.id,
                Fact.DELIVERY_RECEIVED,
                by=mail.sender,
                channel=Channel.MAIL,
                at=services.now(),
                payload={"round": delivered.round},
            )
        settle(session, mail, "linked", reason="receipt")
    return True


def explain(services: Services, mail: Read, refusal: Refusal) -> None:
    """Somebody of ours whose vote by mail did not count is told why."""
    with services.writing() as session:
        row = person_row(session, mail.person or "")
        # The order first: whoever writes to its people holds it before the counter of its mails.
        order = orders.locked(session, mail.order_id) if mail.order_id is not None else None
        if row is not None and order is not None:
            said = sentence(refusal, Language(row.language))
            alarms.tell(
                session, services, order, row, f"vote:{mail.row_id}", said, at=services.now()
            )
