"""Classify: what kind of order it is, how urgent, and why, part by part."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from domain.names import Event, Language
from domain.priority import Standing, guess_type, score
from domain.worktime import local_date, workdays_between
from models.order import Order
from tasks.services import Services
from tasks.stage import Outcome

EXPECTED_WORKDAYS = 15
"""Working days that an order of ours usually takes."""

COMPARED = 500
"""So many orders before this one say which amounts are large."""


@dataclass(frozen=True)
class Class:
    """Type, priority and score with its parts."""

    order_type: str
    priority: str
    score: Decimal
    parts: dict[str, Any]

    def keep(self, session: Session, order: Order, *, at: datetime) -> None:
        """The order has its class."""
        order.order_type, order.priority = self.order_type, self.priority
        order.score, order.score_parts = self.score, self.parts
        order.blueprint = self.order_type


def classify(order_id: int, services: Services) -> Outcome:
    """The order's type from its words, its priority from date, customer and urgency."""
    with services.reading() as session:
        order = session.get_one(Order, order_id)
        found = guess_type(order.title, [f"{e.item} {e.model}" for e in order.lines])
        calendar = services.calendar(session)
        today = services.today()
        standing = Standing(
            due=order.promised_on or order.requested_on,
            expected_workdays=EXPECTED_WORKDAYS,
            tier=order.customer.tier if order.customer else "D",
            urgent_reason=order.urgency or "" if order.urgency == "urgent" else "",
            amount_share=_percentile(session, order),
            waiting_workdays=workdays_between(
                calendar, local_date(calendar, order.received_at), today
            ),
        )
        scored = score(standing, calendar, today=today)
    parts = {part.name: part.points for part in scored.parts}
    value = Class(found.order_type, scored.priority, Decimal(str(scored.total)), parts)
    facts = {
        "order_type": found.order_type,
        "type_zh": found.sentence(Language.ZH),
        "type_en": found.sentence(Language.EN),
        "priority": scored.priority,
        "score": str(value.score),
        "parts": parts,
        "score_zh": scored.sentence(Language.ZH),
        "score_en": scored.sentence(Language.EN),
    }
    return Outcome(Event.ORDER_CLASSIFIED, (value,), facts)


def _percentile(session: Session, order: Order) -> float:
    """Which share of the newest orders is smaller than this one; 0 where nothing is known."""
    known = select(Order.amount).where(Order.amount.is_not(None), Order.id != order.id)
    amounts = session.scalars(known.order_by(Order.id.desc()).limit(COMPARED)).all()
    if order.amount is None or not amounts:
        return 0.0
    return sum(each is not None and each <= order.amount for each in amounts) / len(amounts)
