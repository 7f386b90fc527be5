"""Work that is added while an order runs: findings and punch items become tasks with dates."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

from sqlalchemy.orm import Session

from domain.worktime import add_worktime, next_open
from models import activity as activities
from models.activity import Activity
from models.order import Order
from tasks.services import Services

FIX_HOURS = Decimal(4)
"""Planned working hours of one correction until somebody knows better."""


def add_fixes(
    session: Session,
    services: Services,
    order: Order,
    texts: Sequence[str],
    origin: str,
    *,
    at: datetime,
) -> list[Activity]:
    """One planned task a text, one after the other, for the person who did most of the work."""
    calendar = services.calendar(session)
    person = _who(session, order)
    number = activities.last_number(session, order.id)
    starts = next_open(calendar, at)
    made = []
    for offset, text in enumerate(texts, start=1):
        ends = add_worktime(calendar, starts, int(FIX_HOURS * 60))
        row = Activity(
            order_id=order.id,
            number=number + offset,
            wbs=f"R{order.round}.{offset}",
            key="rework",
            name_zh=f"整改:{text}"[:300],
            name_en=f"Correct: {text}"[:300],
            round=int(order.rounds.get("execute", 1)),
            state="planned",
            person=person,
            work_hours=FIX_HOURS,
            remaining_hours=FIX_HOURS,
            starts_at=starts,
            finishes_at=ends,
            origin=f"{origin}: {text}"[:120],
        )
        session.add(row)
        made.append(row)
        starts = ends
    session.flush()
    return made


def _who(session: Session, order: Order) -> str:
    """Who did most hours of this order; its owner where nobody did any."""
    hours: dict[str, Decimal] = {}
    for each in activities.of_order(session, order.id):
        if each.person and not each.checkpoint:
            hours[each.person] = hours.get(each.person, Decimal(0)) + each.work_hours
    return max(hours, key=lambda person: (hours[person], person), default=order.owner)
