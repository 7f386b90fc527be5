"""Retrospective: what the order's own history says, what it teaches, what should change."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from domain.names import Event, Language
from domain.retrospective import Facts, sentences
from domain.worktime import add_workdays, local_date, opens_on
from models.order import Order
from models.retrospective import Improvement, Lesson, Retrospective, improvements
from tasks.looking_back import as_json, facts_of
from tasks.services import Services
from tasks.stage import Outcome


@dataclass(frozen=True)
class LookBack:
    """Facts, lessons and improvements of one order."""

    round: int
    stored: dict[str, Any]
    found: Facts

    def keep(self, session: Session, order: Order, *, at: datetime) -> None:
        """Facts and lessons are part of the order; improvements wait for a decision."""
        session.add(
            Retrospective(order_id=order.id, round=self.round, facts=self.stored, created_at=at)
        )
        if self.round == 1:
            self._teach(session, order, at)
        session.flush()

    def _teach(self, session: Session, order: Order, at: datetime) -> None:
        texts = zip(
            sentences(self.found, Language.ZH), sentences(self.found, Language.EN), strict=True
        )
        for zh, en in list(texts)[:6]:
            session.add(
                Lesson(
                    order_id=order.id,
                    order_type=order.order_type or "",
                    text_zh=zh,
                    text_en=en,
                    created_at=at,
                )
            )
        known = {each.node for each in improvements(session, order.id)}
        for each in self.found.improvements:
            if each.adjustment.key not in known:
                session.add(_proposed(order, each.adjustment.key, each))


def _proposed(order: Order, node: str, found: Any) -> Improvement:
    return Improvement(
        order_id=order.id,
        order_type=order.order_type or "",
        node=node,
        extra_hours=Decimal(str(found.adjustment.add_hours)),
        text_zh=found.sentence(Language.ZH),
        text_en=found.sentence(Language.EN),
        owner=order.owner,
    )


def retrospective(order_id: int, services: Services) -> Outcome:
    """Compute the facts, or wait until the day on which the order is looked back at."""
    at = services.now()
    with services.reading() as session:
        order = session.get_one(Order, order_id)
        calendar = services.calendar(session)
        days = services.settings.policy.look_back_days
        day = add_workdays(calendar, local_date(calendar, order.state_since), days)
        begins = opens_on(calendar, day)
        if not services.settings.policy.quick and at < begins and order.round == 1:
            return Outcome(Event.LOOK_BACK_AWAITED, (), {"until": begins.isoformat()})
        found = facts_of(session, services, order)
        stored = as_json(session, order, found)
        value = LookBack(_round(session, order), stored, found)
    facts = {"shares": stored["shares"], "improvements": len(found.improvements)}
    return Outcome(Event.RETROSPECTIVE_PREPARED, (value,), facts)


def _round(session: Session, order: Order) -> int:
    done = session.scalar(
        select(func.max(Retrospective.round)).where(Retrospective.order_id == order.id)
    )
    return (done or 0) + 1
