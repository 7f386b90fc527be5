"""Progress reports to customers: drafted from what happened since the last one, sent by a person.

A report is beside the process: it moves no order. The owner reads the exact text and releases it by
its hash; if a fact behind it has changed meanwhile, the new text has to be read first.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from domain.errors import BadValue, NotAllowed, Superseded, UnknownPerson, WrongCode
from domain.names import Channel, Event, Fact, Language, Party, Purpose, Role, State
from domain.worktime import local_date
from models import activity as activities
from models import event as events
from models import order as orders
from models.activity import Activity
from models.event import EventRow
from models.order import Order
from models.outbox import Owed
from models.person import person_row
from tasks import codes, showing
from tasks.post import post
from tasks.services import Services
from tasks.telling_customer import letter_to
from templates.render import mail
from templates.views import DutyView, ProgressView, StepView

VARIANT = "progress"
REPORTED = (State.EXECUTING, State.REVIEWING, State.DELIVERING, State.ACCEPTANCE_FAILED)
"""From the released plan until the delivery there is progress to report."""

NEXT_STEPS = 5
MAY_SEND = frozenset({Role.MANAGER, Role.DIRECTOR})
"""Beside the order's owner."""


@dataclass(frozen=True)
class Words:
    """What the sender adds in their own words; nothing that was said among ourselves is shown."""

    problems: Sequence[str] = field(default_factory=tuple)
    decisions: Sequence[str] = field(default_factory=tuple)
    correction: bool = False


@dataclass(frozen=True)
class Draft:
    """A report as it would go out now; `sha256` binds recipient, subject and text."""

    order_no: str
    recipient: str
    subject: str
    text: str
    sha256: str
    number: int
    news: bool
    view: ProgressView


@dataclass(frozen=True)
class Sender:
    """Who releases a report, with a code, by which way."""

    by: str
    code: str
    channel: Channel = Channel.CLI


def show(services: Services, order_no: str, words: Words) -> Draft:
    """The report as it would go out now. Raises UnknownOrder, BadValue."""
    with services.reading() as session:
        return draft(session, services, orders.numbered(session, order_no), words)


def send(services: Services, order_no: str, sha256: str, words: Words, sender: Sender) -> Draft:
    """The report that has this hash is owed to the customer, and the order's history says by whom.

    Raises UnknownOrder, BadValue, Superseded, NotAllowed, UnknownPerson, WrongCode, CodesBlocked.
    """
    try:
        with services.writing() as session:
            order = orders.locked(session, orders.numbered(session, order_no).id)
            return _send(session, services, order, sha256, words, sender)
    except WrongCode:
        with services.writing() as session:
            codes.note_wrong(session, sender.by, channel=sender.channel, at=services.now())
        raise


def _send(
    session: Session, services: Services, order: Order, sha256: str, words: Words, sender: Sender
) -> Draft:
    at, person = services.now(), _entitled(session, order, sender.by)
    made = draft(session, services, order, words)
    codes.spend(session, services, person, sender.code, [order.order_no], at=at)
    if made.sha256 != sha256:
        raise Superseded(f"report {made.number}", order.order_no)
    if not (made.news or words.correction):
        raise BadValue("report", order.order_no, "something new since the last report")
    key = f"progress:{made.number}"
    letter = letter_to(order, Purpose.REPORT, made.view, key, variant=VARIANT)
    row = post(session, services, order, letter, at=at)
    events.append(
        session,
        order.id,
        Fact.REPORT_RELEASED,
        by=person,
        channel=sender.channel,
        at=at,
        payload={
            "report": made.number,
            "sha256": sha256,
            "correction": words.correction,
            "message_id": row.message_id,
        },
    )
    return made


def _entitled(session: Session, order: Order, by: str) -> str:
    row = person_row(session, by)
    if row is None:
        raise UnknownPerson(by)
    if row.person != order.owner and not MAY_SEND & row.as_value().roles:
        raise NotAllowed("report", order.order_no, row.person, "not_an_approver")
    return row.person


def due(session: Session, services: Services, order: Order) -> bool:
    """True if the order has news for its customer that no report has told."""
    if order.state not in REPORTED or not order.contact_mail:
        return False
    return draft(session, services, order, Words()).news


def draft(session: Session, services: Services, order: Order, words: Words) -> Draft:
    """The report as it would go out now. Raises BadValue where there is nothing to report on."""
    if order.state not in REPORTED or not order.contact_mail:
        raise BadValue("report", order.order_no, "work that runs, and a contact's address")
    owed = _owed(session, order)
    told = [each.created_at for each in owed if each.state != "failed"]
    if words.correction and not told:
        raise BadValue("correction", order.order_no, "a report that has been sent")
    since = _since(told, words.correction)
    view = _view(session, services, order, words, since)
    rendered = mail(Purpose.REPORT, VARIANT, Language(order.language), view)
    bound = "\n".join((order.contact_mail, rendered.subject, rendered.text))
    return Draft(
        order_no=order.order_no,
        recipient=order.contact_mail,
        subject=rendered.subject,
        text=rendered.text,
        sha256=hashlib.sha256(bound.encode("utf-8", "surrogatepass")).hexdigest(),
        number=len(owed) + 1,
        news=bool(view.problems or view.decisions) or _news(session, order, since),
        view=view,
    )


def _owed(session: Session, order: Order) -> Sequence[Owed]:
    return session.scalars(
        select(Owed)
        .where(Owed.order_id == order.id, Owed.purpose == Purpose.REPORT, Owed.variant == VARIANT)
        .order_by(Owed.id)
    ).all()


def _since(told: Sequence[datetime], correction: bool) -> datetime | None:
    """The end of what has been told; a correction tells once more what the last report told."""
    before = told[:-1] if correction else told
    return before[-1] if before else None


def _news(session: Session, order: Order, since: datetime | None) -> bool:
    """Progress, an ended task or a moved promise; the first report is news by itself."""
    if since is None:
        return True
    moved = select(EventRow.id).where(EventRow.order_id == order.id, EventRow.at > since)
    kinds = (Fact.PROGRESS_REPORTED, Fact.PROMISE_MOVED, Event.WORK_COMPLETED)
    return session.scalar(moved.where(EventRow.kind.in_(kinds)).limit(1)) is not None


def _view(
    session: Session, services: Services, order: Order, words: Words, since: datetime | None
) -> ProgressView:
    zone = services.calendar(session)
    work = [
        each
        for each in activities.of_order(session, order.id)
        if not each.origin and each.state not in ("proposed", "cancelled")
    ]
    ours = [each for each in work if each.party != Party.CUSTOMER]
    done = [each for each in ours if each.finished_at is not None and each.state == "done"]
    planned = {each.number: each.finishes_at for each in activities.baseline(session, order.id)}
    ahead = sorted(
        (each for each in ours if each.state != "done" and each.finishes_at),
        key=lambda each: (each.finishes_at, each.number),
    )

    def step(each: Activity) -> StepView:
        ends = each.finished_at or each.finishes_at
        first = planned.get(each.number)
        return StepView(
            name=_name(order, each),
            on=local_date(zone, ends) if ends else None,
            planned_on=local_date(zone, first) if first else None,
            percent=100 if each.state == "done" else each.percent,
        )

    return ProgressView(
        order=showing.order_view(session, services, order),
        to=order.contact_name,
        since=local_date(zone, since) if since else None,
        done=tuple(step(each) for each in done if since is None or each.finished_at > since),  # type: ignore[operator]  # done ones have an end
        steps_done=len(done),
        steps=len(ours),
        current=tuple(step(each) for each in ours if each.state == "started"),
        problems=tuple(words.problems),
        ahead=tuple(step(each) for each in ahead[:NEXT_STEPS]),
        duties=tuple(
            DutyView(
                _name(order, each), local_date(zone, each.finishes_at) if each.finishes_at else None
            )
            for each in work
            if each.state != "done" and Party.CUSTOMER in (each.party, each.blocked_party)
        ),
        decisions=tuple(words.decisions),
        correction=words.correction,
    )


def _name(order: Order, each: Activity) -> str:
    return each.name_zh if order.language.startswith("zh") else each.name_en
