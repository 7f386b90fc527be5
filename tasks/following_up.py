"""Work that a customer's word causes after acceptance: remarks to put right, somebody to call."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from domain.names import OURSELVES, Channel, Fact
from domain.survey import FOLLOW_UP_HOURS, dissatisfied
from models import activity as activities
from models import event as events
from models.activity import Activity
from models.order import Order
from models.person import person_row
from models.timer import Timer, set_timer
from tasks import alarms, replanning, telling_team
from tasks.post import post
from tasks.services import Services

FOLLOW_UP = "follow_up"
"""The key of the task that a dissatisfied customer causes."""


def remarks(
    session: Session, services: Services, order: Order, texts: Sequence[str], *, at: datetime
) -> list[Activity]:
    """Each remark of an acceptance is a task that may begin at once."""
    made = replanning.add_fixes(session, services, order, texts, "punch", at=at)
    for each in made:
        each.state = "released"
    _assign(session, services, order, made, at)
    return made


def low_scores(
    session: Session, services: Services, order: Order, scores: Mapping[str, int], *, at: datetime
) -> None:
    """A dissatisfied customer is a task for the owner, due in a working day; once an order."""
    if not dissatisfied(scores) or _task(session, order) is not None:
        return
    said = ", ".join(f"{name} {score}" for name, score in scores.items())
    due = services.due(session, FOLLOW_UP_HOURS, at=at)
    number = activities.last_number(session, order.id) + 1
    row = Activity(
        order_id=order.id,
        number=number,
        wbs=f"S{number}",
        key=FOLLOW_UP,
        name_zh=f"回访客户,评分偏低({said})",
        name_en=f"Call the customer about low scores ({said})",
        round=int(order.rounds.get("execute", 1)),
        state="released",
        person=order.owner,
        work_hours=Decimal(1),
        remaining_hours=Decimal(1),
        starts_at=at,
        finishes_at=due,
        origin=f"survey: {said}"[:120],
    )
    session.add(row)
    session.flush()
    _assign(session, services, order, [row], at)
    timer = Timer(
        key=f"{FOLLOW_UP}:{order.order_no}", kind=FOLLOW_UP, order_id=order.id, due_at=due
    )
    set_timer(session, timer)


def _task(session: Session, order: Order) -> Activity | None:
    return session.scalar(
        select(Activity).where(Activity.order_id == order.id, Activity.key == FOLLOW_UP).limit(1)
    )


def _assign(
    session: Session, services: Services, order: Order, work: Sequence[Activity], at: datetime
) -> None:
    """Whoever does this work has a mail with a line to edit for each task."""
    for letter in telling_team.assigned(session, services, order, work, at):
        post(session, services, order, letter, at=at)


def chase(
    session: Session, services: Services, order: Order, timer: Timer, as_of: datetime
) -> None:
    """An owner who has not followed up in time is told, and so is their manager."""
    row = _task(session, order)
    owner = person_row(session, order.owner)
    if row is None or row.state == "done" or owner is None:
        return
    at = services.now()
    item = f"{row.label} {row.name_zh} / {row.name_en}"
    manager = person_row(session, owner.manager) if owner.manager else None
    for person in (owner, manager):
        if person is not None:
            alarms.tell(session, services, order, person, f"{FOLLOW_UP}:{row.label}", item, at=at)
    events.append(
        session,
        order.id,
        Fact.REMINDER_SENT,
        by=OURSELVES,
        channel=Channel.CLOCK,
        at=at,
        payload={"kind": FOLLOW_UP, "task": row.label, "as_of": as_of.isoformat()},
    )
