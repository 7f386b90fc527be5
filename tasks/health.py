"""How an order stands: red, amber, green, and the one reason that decided."""

from datetime import timedelta
from decimal import Decimal

from sqlalchemy.orm import Session

from models import activity as activities
from models import gate as gates
from models.order import Order
from tasks.costs import cost_to_date
from tasks.services import Services
from templates import words
from templates.views import Light

BLOCKED_FOR = timedelta(days=2)
OVERRUN = Decimal("1.1")


def light_of(session: Session, services: Services, order: Order) -> tuple[Light, str]:
    """The order's light and why: red beats amber beats green."""
    now = services.now()
    work = activities.of_order(session, order.id)
    running = [each for each in work if each.state in ("released", "started")]
    late = [e for e in running if e.finishes_at is not None and e.finishes_at < now]
    promised = order.promised_on
    if promised is not None and not order.ended:
        ends = [e.finishes_at.date() for e in work if e.finishes_at and e.state != "cancelled"]
        accepted = order.state in ("accepted", "retrospective")
        if not accepted and (promised < services.today() or max(ends, default=promised) > promised):
            return Light.RED, words.both("check", "promise")
    if order.budget and work and cost_to_date(session, order.id) > order.budget * OVERRUN:
        return Light.RED, words.both("check", "cost")
    stuck = [e for e in running if e.blocked_since and now - e.blocked_since > BLOCKED_FOR]
    if stuck or any(each.blocked for each in running):
        blocked = stuck or [each for each in running if each.blocked]
        return Light.AMBER, f"{blocked[0].label}: {blocked[0].blocked}"[:200]
    if late:
        return Light.AMBER, f"{late[0].label} · {words.both('check', 'finish')}"
    gate = gates.standing(session, order)
    if gate is not None and gate.due_at < now:
        return Light.AMBER, f"{gate.number} · {words.both('gate', gate.kind)}"
    return Light.GREEN, ""
