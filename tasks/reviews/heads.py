"""The ends of the event chains go outside every day, so that a shortened history is found out."""

from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from domain.names import Language, Purpose
from models.event import EventRow
from models.order import Order
from tasks.post import Letter, post
from tasks.services import Services
from templates.views import AlertView


def owe(session: Session, services: Services, day: date, *, since: datetime) -> None:
    """The archive address has number, length and last hash of each chain that has grown."""
    archive = services.settings.mail.archive
    if not archive:
        return
    last = (
        select(EventRow.order_id, func.max(EventRow.seq).label("seq"))
        .group_by(EventRow.order_id)
        .subquery()
    )
    rows = session.execute(
        select(Order.order_no, EventRow.seq, EventRow.hash)
        .join(last, (EventRow.order_id == last.c.order_id) & (EventRow.seq == last.c.seq))
        .join(Order, Order.id == EventRow.order_id)
        .where(EventRow.at >= since)
        .order_by(Order.order_no)
    ).all()
    letter = Letter(
        key=f"heads:{day}",
        purpose=Purpose.NOTICE,
        recipient=archive,
        recipient_name="",
        language=Language.EN,
        view=AlertView(to=archive, items=tuple(" ".join(map(str, row)) for row in rows) or ("–",)),
        variant="heads",
    )
    post(session, services, None, letter, at=services.now())
