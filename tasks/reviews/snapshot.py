"""All open orders at one instant: the agenda, what has changed, what has to be decided and done."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from domain.deviation import Deviation, Health, Kind
from domain.names import State
from domain.portfolio import ReviewKind, agenda, changes, first_of_month_before, looks_back, period
from domain.worktime import Calendar
from models import activity as activities
from models import gate as gates
from models import order as orders
from models import review as reviews
from models.activity import Activity
from models.gate import Gate
from models.order import Order
from tasks import approving, reporting
from tasks.health import UNDECIDED, Grounds, grounds, judged
from tasks.reviews.figures import compared, orders_now
from tasks.services import Services
from templates.views import Light

WORKING_HOURS_TO_ANSWER = 8


@dataclass(frozen=True)
class Look:
    """From where a review looks at what."""

    session: Session
    services: Services
    calendar: Calendar
    kind: ReviewKind
    at: datetime
    since: datetime

    def local(self, instant: datetime) -> str:
        """The instant as text with the offset of the company's zone, to the second."""
        return instant.astimezone(self.calendar.zone).isoformat(timespec="seconds")


Row = dict[str, Any]


def snapshot(services: Services, kind: ReviewKind, day: date, *, at: datetime) -> Row:
    """What a review of this day sees at this instant, as plain values."""
    with services.reading() as session:
        if session.get_bind().dialect.name == "postgresql":
            # All questions are answered as of the first one.
            session.connection(execution_options={"isolation_level": "REPEATABLE READ"})
        calendar = services.calendar(session)
        first, joined = looks_back(kind, calendar, day)
        earlier = reviews.last(session, kind, before=at)
        since = earlier.at if earlier else _midnight(calendar, first)
        look = Look(session, services, calendar, kind, at, since)
        rows = agenda(list(_rows(look)))
        before = earlier.snapshot["orders"] if earlier else None
        decisions = list(_decisions(look))
        return {
            "period": period(kind, day),
            "joined": list(joined),
            "since": look.local(since),
            "orders": rows,
            "changed": [] if before is None else list(changes(before, rows, _ended(look, before))),
            "decisions": decisions,
            "actions": list(_actions(look, rows, decisions)),
            "figures": [*orders_now(rows), *_figures(look, day)],
            "figures_of": f"{first_of_month_before(day):%Y-%m}" if kind == "monthly" else "",
        }


def _midnight(calendar: Calendar, day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=calendar.zone)


def _figures(look: Look, day: date) -> list[Row]:
    """A month's figures beside those of the month before; other reviews have none."""
    if look.kind is not ReviewKind.MONTHLY:
        return []
    starts = [first_of_month_before(day), day.replace(day=1)]
    starts = [first_of_month_before(starts[0]), *starts]
    cuts = [_midnight(look.calendar, each) for each in starts]
    return compared(look.session, look.calendar, cuts)


def _rows(look: Look) -> Iterator[Row]:
    for batch in orders.open_batches(look.session):
        on = grounds(look.session, batch)
        for order in batch:
            yield _row(look, order, on)


def _row(look: Look, order: Order, on: Grounds) -> Row:
    now = judged(order, on, look.calendar, at=look.at)
    light, found = now.light, [_finding(each) for each in now.found]
    if light is Light.GREEN and _unheard(look, order):
        light, found = Light.NONE, [{"kind": "no_data", "subject": "", "facts": {}}]
    gate = next(iter(on.gates[order.id]), None)
    due = order.next_action_at
    return {
        "order_no": order.order_no,
        "customer": order.customer_name,
        "state": str(order.state),
        "light": str(light),
        "findings": found,
        "priority": order.priority or "",
        "score": str(order.score or 0),
        "owner": order.owner,
        "new": order.received_at >= look.since,
        "overdue": due is not None and due < look.at,
        "waiting_for": str(gate.kind) if gate else None,
        "waiting_party": str(gate.party) if gate else None,
        "promised_at": order.promised_on.isoformat() if order.promised_on else None,
        "forecast_at": _forecast(now),
        "next_action": order.next_action,
        "next_action_at": look.local(due) if due else None,
    }


def _forecast(now: Health) -> str | None:
    return now.forecast_on.isoformat() if now.forecast_on else None


def _finding(found: Deviation) -> Row:
    return {"kind": str(found.kind), "subject": found.subject, "facts": dict(found.facts)}


def _unheard(look: Look, order: Order) -> bool:
    """True where work runs since before the period and nobody has reported on it in the period;
    a daily check does not ask for a report a day."""
    if look.kind is ReviewKind.DAILY or order.state != State.EXECUTING:
        return False
    if order.state_since >= look.since:
        return False
    return not activities.reports(look.session, order.id, since=look.since)


def _ended(look: Look, before: list[Mapping[str, Any]]) -> dict[str, str]:
    numbers = [row["order_no"] for row in before]
    rows = look.session.scalars(select(Order).where(Order.order_no.in_(numbers)))
    return {each.order_no: str(each.state) for each in rows if each.ended}


def _decisions(look: Look) -> Iterator[Row]:
    """Gates that nobody has answered by their deadline, the most overdue first."""
    for gate in gates.overdue(look.session, at=look.at):
        order = look.session.get(Order, gate.order_id) if gate.order_id else None
        rests = order is not None and gates.rests(order, gate)
        if gate.kind not in UNDECIDED and not rests:
            yield _decision(look, gate, order)


def _decision(look: Look, gate: Gate, order: Order | None) -> Row:
    return {
        "gate": gate.number,
        "order_no": order.order_no if order else "",
        "kind": str(gate.kind),
        "party": str(gate.party),
        "asked_at": look.local(gate.asked_at),
        "due_at": look.local(gate.due_at),
        "who": sorted(approving.allowed(look.session, look.services, gate)),
    }


ACTED_ON = (Kind.TASK_LATE, Kind.BLOCKED)


def _actions(look: Look, rows: list[Mapping[str, Any]], decisions: list[Row]) -> Iterator[Row]:
    """Who has to do what: late and blocked tasks; each red order without an open decision is its
    owner's to decide; each one without a word is its owner's to ask about; news that the customer
    has not read is its owner's to tell."""
    due = look.services.due(look.session, WORKING_HOURS_TO_ANSWER, at=look.at)
    decided = {row["order_no"] for row in decisions}
    for row in rows:
        head = {"order_no": row["order_no"], "owner": row["owner"], "due_at": look.local(due)}
        for each in row["findings"]:
            if each["kind"] in ACTED_ON:
                who = _person(look, row["order_no"], each["subject"]) or row["owner"]
                yield {**head, "who": who, "what": "task", "finding": each}
        if row["light"] == Light.RED and row["order_no"] not in decided:
            yield {**head, "who": row["owner"], "what": "decide"}
        if row["light"] == Light.NONE:
            yield {**head, "who": row["owner"], "what": "report"}
        elif look.kind is not ReviewKind.DAILY and _untold(look, row["order_no"]):
            yield {**head, "who": row["owner"], "what": "inform"}


def _untold(look: Look, order_no: str) -> bool:
    """True if the customer has not been told the latest news of the order."""
    return reporting.due(look.session, look.services, orders.numbered(look.session, order_no))


def _person(look: Look, order_no: str, label: str) -> str | None:
    return look.session.scalar(
        select(Activity.person)
        .join(Order, Order.id == Activity.order_id)
        .where(Order.order_no == order_no, Activity.number == int(label.removeprefix("T")))
    )
