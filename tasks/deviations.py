"""What runs away from its plan: found once, told once, kept in the order's history."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from domain.deviation import REMINDED, Deviation, Health
from domain.names import OURSELVES, Channel, Fact, Language
from domain.worktime import Calendar
from models import event as events
from models import run as runs
from models.event import EventRow
from models.order import Order
from models.person import person_row
from tasks import alarms
from tasks.health import grounds, health_of, judged
from tasks.services import Services
from templates import portfolio


def find(
    session: Session, services: Services, order: Order, calendar: Calendar, *, at: datetime
) -> list[Deviation]:
    """Deviations of the order at this instant that nobody has found yet: each is an event now,
    and told to the owner in one mail. The caller's transaction holds the order's row."""
    now = health_of(session, order, calendar, at=at)
    fresh = _unknown(now, _known(session, [order])[order.id])
    for each in fresh:
        _write(session, services, order, each, at)
    if fresh:
        _tell(session, services, order, fresh)
        runs.wake_display(session, order.id)
    return fresh


def deviating(
    session: Session, some: Sequence[Order], calendar: Calendar, *, at: datetime
) -> list[int]:
    """Those of the orders, by id, that have a deviation at this instant which nobody has found."""
    known, on = _known(session, some), grounds(session, some)
    return [each.id for each in some if _unknown(judged(each, on, calendar, at=at), known[each.id])]


def _unknown(now: Health, known: Collection[str]) -> list[Deviation]:
    return [each for each in now.found if each.kind not in REMINDED and each.key not in known]


def _known(session: Session, some: Sequence[Order]) -> Mapping[int, set[str]]:
    known: dict[int, set[str]] = {each.id: set() for each in some}
    rows = select(EventRow.order_id, EventRow.payload).where(
        EventRow.order_id.in_(known), EventRow.kind == Fact.DEVIATION_FOUND
    )
    for order_id, payload in session.execute(rows):
        known[order_id].add(str(payload.get("key")))
    return known


def _write(
    session: Session, services: Services, order: Order, found: Deviation, as_of: datetime
) -> None:
    facts = {
        "key": found.key,
        "kind": str(found.kind),
        "task": found.subject,
        "facts": dict(found.facts),
        "as_of": as_of.isoformat(),
    }
    events.append(
        session,
        order.id,
        Fact.DEVIATION_FOUND,
        by=OURSELVES,
        channel=Channel.CLOCK,
        at=services.now(),
        payload=facts,
    )


def _tell(session: Session, services: Services, order: Order, fresh: Sequence[Deviation]) -> None:
    owner = person_row(session, order.owner)
    language = Language(owner.language) if owner else Language.ZH
    items = tuple(portfolio.deviation(each, language) for each in fresh)
    key = f"deviation:{events.count(session, order.id)}"
    alarms.tell_owner(session, services, order, "finding", key, items, at=services.now())
