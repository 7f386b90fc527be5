"""Figures of a month over all orders, from their rows."""

from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from domain.names import Event
from domain.worktime import local_date, worktime_between
from models.delivery import Delivery
from models.event import EventRow
from models.order import Order
from models.retrospective import Survey
from tasks.services import Services

FEW = 5
"""Averages of fewer answers say nothing and are not shown."""


def figures(session: Session, services: Services, since: datetime) -> dict[str, Any]:
    """On-time share, confirmation lead time (working hours), changes, satisfaction, orders."""
    import pandas as pd

    calendar = services.calendar(session)
    delivered = session.execute(
        select(Delivery.delivered_at, Order.promised_on)
        .join(Order, Order.id == Delivery.order_id)
        .where(Delivery.delivered_at >= since, Delivery.round == 1)
    ).all()
    kept = [
        local_date(calendar, at) <= promised for at, promised in delivered if promised is not None
    ]
    rows = session.execute(
        select(EventRow.order_id, EventRow.kind, EventRow.at).where(
            EventRow.kind.in_((Event.ORDER_RECEIVED, Event.CUSTOMER_CONFIRMED)),
            EventRow.at >= since,
        )
    ).all()
    first = pd.DataFrame(rows, columns=["order", "kind", "at"]).pivot_table(
        index="order", columns="kind", values="at", aggfunc="min"
    )
    leads = [
        worktime_between(calendar, row[Event.ORDER_RECEIVED], row[Event.CUSTOMER_CONFIRMED]) / 60
        for _, row in first.dropna().iterrows()
        if {Event.ORDER_RECEIVED, Event.CUSTOMER_CONFIRMED} <= set(first.columns)
    ]
    scores = [
        int(each.answers["overall"])
        for each in session.scalars(select(Survey).where(Survey.answered_at >= since))
        if "overall" in each.answers
    ]
    changed = select(EventRow.id).where(
        EventRow.kind == Event.CUSTOMER_CHANGED, EventRow.at >= since
    )
    return {
        "delivered": len(delivered),
        "on_time": f"{sum(kept) / len(kept):.0%}" if kept else None,
        "confirmation_hours": round(sum(leads) / len(leads), 1) if leads else None,
        "changes": len(session.scalars(changed).all()),
        "survey": round(sum(scores) / len(scores), 2) if len(scores) >= FEW else None,
        "received": sum(kind == Event.ORDER_RECEIVED for _, kind, _ in rows),
    }
