"""Briefings of waits and of what is possible at any time: until, hold, cancel, trouble."""

from datetime import date, datetime

from sqlalchemy.orm import Session

from domain.names import OURSELVES, Event
from domain.worktime import opens_on
from models import event as events
from models.event import EventRow
from models.order import Order
from tasks.briefs.brief import Brief
from tasks.services import Services
from templates.views import FactView


def until(session: Session, services: Services, order: Order, at: datetime) -> Brief:
    """The day on which it goes on by itself."""
    row = _last(session, order, Event.START_AWAITED, Event.LOOK_BACK_AWAITED)
    text = str(row.payload.get("start") or row.payload.get("until") or "") if row else ""
    due_at = datetime.fromisoformat(text) if text else None
    return Brief(
        parts={"facts": (FactView("until", due_at),) if due_at else ()},
        decided={"until": text},
        requested_by=OURSELVES,
        due_at=due_at,
    )


def hold(session: Session, services: Services, order: Order, at: datetime) -> Brief:
    """Why the order is held, for whom we wait, until when."""
    row = _last(session, order, Event.ORDER_HELD)
    until = str(row.payload.get("until") or "") if row else ""
    return Brief(
        parts={"facts": _reason(row)},
        decided={"event": row.hash if row else ""},
        requested_by=OURSELVES,
        due_at=opens_on(services.calendar(session), date.fromisoformat(until)) if until else None,
    )


def cancel(session: Session, services: Services, order: Order, at: datetime) -> Brief:
    """Who wants the order cancelled, and why."""
    row = _last(session, order, Event.CANCEL_REQUESTED)
    return Brief(
        parts={"facts": _reason(row)},
        decided={"event": row.hash if row else ""},
        requested_by=row.actor if row else OURSELVES,
    )


def trouble(session: Session, services: Services, order: Order, at: datetime) -> Brief:
    """What a stage could not do; approve tries again, reject asks to cancel."""
    row = _last(session, order, Event.TROUBLE_REPORTED)
    return Brief(
        parts={"facts": _reason(row)},
        decided={"event": row.hash if row else ""},
        requested_by=OURSELVES,
    )


def _reason(row: EventRow | None) -> tuple[FactView, ...]:
    if row is None:
        return ()
    found = [FactView("reason", str(row.payload.get("reason", "")))]
    if row.payload.get("until"):
        found.append(FactView("until", str(row.payload["until"])))
    return tuple(found)


def _last(session: Session, order: Order, *kinds: Event) -> EventRow | None:
    found = [each for each in events.history(session, order.id) if each.kind in kinds]
    return found[-1] if found else None
