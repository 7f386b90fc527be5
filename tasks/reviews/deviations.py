"""What runs away from its plan: found once, told once, kept in the order's history."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from sqlalchemy.orm import Session

from domain.names import OURSELVES, Channel, Fact
from domain.worktime import add_worktime, local_date, next_open
from models import activity as activities
from models import event as events
from models import gate as gates
from models.activity import Activity
from models.order import Order
from tasks import alarms
from tasks.costs import cost_to_date
from tasks.health import OVERRUN
from tasks.services import Services


@dataclass(frozen=True)
class Deviation:
    """One thing that is not as planned; `key` names it once and for all."""

    key: str
    zh: str
    en: str


def deviations(session: Session, services: Services, order: Order) -> Iterator[Deviation]:
    """Overdue and blocked tasks, overdue approvals, a forecast beyond the promise, cost."""
    now = services.now()
    work = activities.of_order(session, order.id)
    for each in work:
        if each.state in ("released", "started"):
            yield from _of_task(each, now)
    forecast = _forecast(session, services, work, now)
    promised = order.promised_on
    if forecast is not None and promised is not None:
        day = local_date(services.calendar(session), forecast)
        if day > promised:
            yield Deviation(
                f"forecast:{promised}",
                f"预计 {day} 完工,晚于承诺交期 {promised}",
                f"forecast finish {day} is after the promised date {promised}",
            )
    spent = cost_to_date(session, order.id)
    if order.budget and spent > order.budget * OVERRUN:
        yield Deviation(
            "cost", f"成本 {spent} 超出预算 {order.budget}", f"cost {spent} exceeds {order.budget}"
        )
    for gate in gates.open_gates(session, order.id):
        if gate.due_at < now:
            yield Deviation(
                f"gate:{gate.number}",
                f"审批 {gate.number}({gate.kind})已超期",
                f"approval {gate.number} ({gate.kind}) is overdue",
            )


def _of_task(row: Activity, now: datetime) -> Iterator[Deviation]:
    if row.finishes_at is not None and row.finishes_at < now:
        yield Deviation(
            f"late:{row.label}:{row.finishes_at.date()}",
            f"{row.label} {row.name_zh} 已超期",
            f"{row.label} {row.name_en} is overdue",
        )
    if row.blocked:
        yield Deviation(
            f"blocked:{row.label}:{row.blocked[:40]}",
            f"{row.label} 受阻:{row.blocked[:80]}",
            f"{row.label} is blocked: {row.blocked[:80]}",
        )


def _forecast(session: Session, services: Services, work: object, now: datetime) -> datetime | None:
    """When all is done if every person goes on with what remains, one task after the other."""
    calendar = services.calendar(session)
    left: dict[str, Decimal] = {}
    for each in work if isinstance(work, list | tuple) else list(work):  # type: ignore[call-overload]
        if each.state in ("released", "started"):
            hours = each.remaining_hours if each.remaining_hours is not None else each.work_hours
            key = each.person or each.party
            left[key] = left.get(key, Decimal(0)) + hours
    if not left:
        return None
    start = next_open(calendar, now)
    return max(add_worktime(calendar, start, int(hours * 60)) for hours in left.values())


def find_all(session: Session, services: Services, order: Order) -> list[Deviation]:
    """New deviations of the order: each is an event of it and told to its owner, once."""
    known = {
        str(each.payload.get("key"))
        for each in events.history(session, order.id)
        if each.kind == Fact.DEVIATION_FOUND
    }
    fresh = [each for each in deviations(session, services, order) if each.key not in known]
    for each in fresh:
        facts = {"key": each.key, "zh": each.zh, "en": each.en}
        events.append(
            session,
            order.id,
            Fact.DEVIATION_FOUND,
            by=OURSELVES,
            channel=Channel.CLOCK,
            at=services.now(),
            payload=facts,
        )
    if fresh:
        items = tuple(f"{each.zh} / {each.en}" for each in fresh)
        key = f"deviation:{events.count(session, order.id)}"
        alarms.tell_owner(session, services, order, "finding", key, items, at=services.now())
    return fresh
