"""Mails to the people who do the work, and those that go to both sides."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from domain.names import Event, Party, Purpose
from domain.worktime import is_provisional
from models import activity as activities
from models import event as events
from models import retrospective as look_backs
from models.activity import Activity
from models.delivery import Acceptance, Delivery, last_acceptance, last_delivery
from models.order import Order
from models.person import PersonRow, person_row
from models.retrospective import Retrospective
from tasks import showing
from tasks.post import Letter
from tasks.services import Services
from tasks.telling_customer import letter_to
from templates.views import (
    AssignmentView,
    ClosingView,
    EstimateView,
    LookBackView,
    MilestoneView,
    ScheduleView,
    ShareView,
    TeamPlanView,
)

OPEN_STATES = ("planned", "released", "started")


def by_person(session: Session, order: Order) -> dict[str, list[Activity]]:
    """The order's unfinished work by the person who does it; the owner follows what others do."""
    found: dict[str, list[Activity]] = defaultdict(list)
    for each in activities.of_order(session, order.id):
        if each.state in OPEN_STATES:
            found[each.person or order.owner].append(each)
    return dict(found)


def plan_released(
    session: Session, services: Services, order: Order, event: Event, at: datetime
) -> list[Letter]:
    """The customer knows the milestones, the team the plan."""
    work = activities.of_order(session, order.id)
    letters = []
    if order.contact_mail:
        view = ScheduleView(
            order=showing.order_view(session, services, order),
            to=order.contact_name,
            milestones=milestones(session, services, work, order.language),
        )
        letters.append(
            letter_to(order, Purpose.PLAN_RELEASED, view, f"plan:{order.round}", variant="customer")
        )
    for person, own in by_person(session, order).items():
        row = person_row(session, person)
        if row is None:
            continue
        starts = [d for d in (_day(services, session, each.starts_at) for each in own) if d]
        ends = [d for d in (_day(services, session, each.finishes_at) for each in own) if d]
        team = TeamPlanView(
            order=showing.order_view(session, services, order),
            to=row.name,
            tasks=showing.task_views(session, services, own, row.language),
            milestones=milestones(session, services, work, row.language),
            start_on=min(starts, default=None),
            finish_on=max(ends, default=None),
        )
        key = f"team_plan:{order.round}"  # a colleague may be the customer, too
        letters.append(_to(row, Purpose.PLAN_RELEASED, team, key, variant="team"))
    return letters


def milestones(
    session: Session, services: Services, work: Iterable[Activity], language: str
) -> tuple[MilestoneView, ...]:
    """The plan's milestones, and its end, as dates."""
    calendar = services.calendar(session)
    dated = [each for each in work if each.finishes_at and each.state != "cancelled"]
    shown = [each for each in dated if each.milestone] or dated[-1:]
    return tuple(
        MilestoneView(
            name=each.name_zh if language.startswith("zh") else each.name_en,
            on=(day := each.finishes_at.astimezone(calendar.zone).date()),
            provisional=is_provisional(calendar, day),
            done=each.state == "done",
        )
        for each in shown
        if each.finishes_at
    )


def assignment(
    session: Session, services: Services, order: Order, event: Event, at: datetime
) -> list[Letter]:
    """Each person has one mail with their own tasks of this round."""
    return [
        letter
        for person, own in by_person(session, order).items()
        for letter in _assigned(session, services, order, person, own, f"{order.round}", at)
    ]


def assigned(
    session: Session, services: Services, order: Order, work: Sequence[Activity], at: datetime
) -> list[Letter]:
    """One mail a person with these tasks, which came up after the plan was released."""
    added: dict[str, list[Activity]] = defaultdict(list)
    for each in work:
        added[each.person or order.owner].append(each)
    return [
        letter
        for person, own in added.items()
        for letter in _assigned(session, services, order, person, own, own[0].label, at)
    ]


def _assigned(
    session: Session,
    services: Services,
    order: Order,
    person: str,
    own: Sequence[Activity],
    which: str,
    at: datetime,
) -> list[Letter]:
    row = person_row(session, person)
    if row is None:
        return []
    view = AssignmentView(
        order=showing.order_view(session, services, order),
        to=row.name,
        tasks=showing.task_views(session, services, own, row.language),
        answer_by=services.due(session, 8, at=at),
    )
    return [_to(row, Purpose.ASSIGNMENT, view, f"assignment:{which}")]


def report(
    session: Session, services: Services, order: Order, event: Event, at: datetime
) -> list[Letter]:
    """The customer has the closing summary, owner and team the retrospective."""
    kept = _retrospective(session, order)
    letters = []
    if order.contact_mail:
        closing = _closing(session, services, order)
        letters.append(letter_to(order, Purpose.REPORT, closing, "closing", variant="customer"))
    facts = kept.facts if kept else {}
    people = {order.owner, *(e.person for e in activities.of_order(session, order.id) if e.person)}
    for person in sorted(people):
        row = person_row(session, person)
        if row is not None:
            view = look_back(session, services, order, facts, row)
            letters.append(_to(row, Purpose.REPORT, view, "retrospective", variant="retrospective"))
    return letters


def look_back(
    session: Session, services: Services, order: Order, facts: dict[str, object], row: PersonRow
) -> LookBackView:
    """The retrospective as the team reads it, in the person's language."""
    zh = row.language.startswith("zh")
    return LookBackView(
        order=showing.order_view(session, services, order),
        to=row.name,
        shares=shares(facts),
        estimates=estimates(facts, zh=zh),
        lessons=tuple(
            e.text_zh if zh else e.text_en for e in look_backs.lessons(session, order.id)
        ),
        improvements=tuple(
            e.text_zh if zh else e.text_en for e in look_backs.improvements(session, order.id)
        ),
    )


def shares(facts: dict[str, object]) -> tuple[ShareView, ...]:
    """How much of the time each party took, from stored facts."""
    rows = facts.get("shares")
    return tuple(
        ShareView(Party(each["party"]), Decimal(str(each["hours"])), int(each["percent"]))
        for each in (rows if isinstance(rows, list) else [])
    )


def estimates(facts: dict[str, object], *, zh: bool) -> tuple[EstimateView, ...]:
    """Planned and actual hours of each task, from stored facts."""
    rows = facts.get("estimates")
    return tuple(
        EstimateView(
            task=each["task"],
            name=each["name_zh"] if zh else each["name_en"],
            planned_hours=Decimal(str(each["planned_hours"])),
            actual_hours=Decimal(str(each["actual_hours"])),
        )
        for each in (rows if isinstance(rows, list) else [])
    )


def _closing(session: Session, services: Services, order: Order) -> ClosingView:
    delivered: Delivery | None = last_delivery(session, order.id)
    accepted: Acceptance | None = last_acceptance(session, order.id)
    history = events.history(session, order.id)
    return ClosingView(
        order=showing.order_view(session, services, order),
        to=order.contact_name,
        received_on=_day(services, session, order.received_at),
        delivered_on=_day(services, session, delivered.delivered_at if delivered else None),
        accepted_on=_day(services, session, accepted.signed_at if accepted else None),
        warranty_until=order.warranty_until,
        rounds=accepted.round if accepted else 1,
        changes=sum(each.kind == Event.CUSTOMER_CHANGED for each in history),
    )


def _retrospective(session: Session, order: Order) -> Retrospective | None:
    return session.scalar(
        select(Retrospective)
        .where(Retrospective.order_id == order.id)
        .order_by(Retrospective.round.desc())
        .limit(1)
    )


def _day(services: Services, session: Session, at: datetime | None) -> date | None:
    return at.astimezone(services.calendar(session).zone).date() if at else None


def _to(
    row: PersonRow,
    purpose: Purpose,
    view: TeamPlanView | AssignmentView | LookBackView,
    key: str,
    *,
    variant: str | None = None,
) -> Letter:
    return Letter(
        key=key,
        purpose=purpose,
        recipient=row.mail,
        recipient_name=row.name,
        language=row.language,
        view=view,
        variant=variant,
    )
