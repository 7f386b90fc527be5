"""What is due: reminders, escalations, expiries, starts. Each act and its claim are one commit."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from domain.names import OURSELVES, Channel, Event, Fact, GateState, State, Verdict
from domain.reminders import Nudge
from models import event as events
from models import gate as gates
from models import order as orders
from models import timer as timers
from models.gate import Gate
from models.order import Order
from models.timer import Timer
from models.vote import Word
from tasks import alarms, fence, following_up, nudging, receipts, surveying
from tasks.asking import set_progress_timer
from tasks.services import Services
from tasks.transition import follow, happen


def fire_due(
    services: Services, *, at: datetime | None = None, dry_run: bool = False, limit: int = 200
) -> list[dict[str, Any]]:
    """What was due by then and has been acted on; in a dry run only what would be.

    `at` plays another time than now (sample installations only); events keep the real one.
    """
    as_of = at or services.now()
    with services.reading() as session:
        found = [_told(session, each) for each in timers.due(session, at=as_of, limit=limit)]
    if dry_run:
        return found
    if found and not fence.may_act(services):
        return []
    for each in found:
        _fire(services, int(each["id"]), as_of)
    return found


def _told(session: Session, timer: Timer) -> dict[str, Any]:
    order = session.get(Order, timer.order_id) if timer.order_id else None
    return {
        "id": timer.id,
        "kind": timer.kind,
        "order_no": order.order_no if order else None,
        "gate": f"G-{timer.gate_id}" if timer.gate_id else None,
        "due_at": timer.due_at.isoformat(),
    }


def _fire(services: Services, timer_id: int, as_of: datetime) -> None:
    with services.writing() as session:
        timer = session.get_one(Timer, timer_id)
        order = orders.locked(session, timer.order_id) if timer.order_id is not None else None
        if order is not None and order.state == State.ON_HOLD and _rests(session, order, timer):
            return  # held in this instant
        if not timers.claim(session, timer_id, at=services.now()):
            return
        gate = session.get(Gate, timer.gate_id) if timer.gate_id else None
        if gate is not None and gate.state == GateState.OPEN:
            OF_GATES[timer.kind](session, services, timer, order, gate, as_of)
        elif timer.kind in OF_ORDERS and order is not None:
            OF_ORDERS[timer.kind](session, services, order, timer, as_of)


def _rests(session: Session, order: Order, timer: Timer) -> bool:
    return timer.gate_id is None or gates.rests(order, session.get_one(Gate, timer.gate_id))


OfGate = Callable[[Session, Services, Timer, Order | None, Gate, datetime], None]
"""Acts while a gate is open."""

OfOrder = Callable[[Session, Services, Order, Timer, datetime], None]
"""Acts on an order, whether it stands at a gate or not; it looks itself whether there is need."""


def _gate(
    session: Session,
    services: Services,
    timer: Timer,
    order: Order | None,
    gate: Gate,
    as_of: datetime,
) -> None:
    """A share of the gate's time is over: what its schedule says is done, one after the other."""
    for word in timer.payload.get("nudges", ()):
        if gate.state == GateState.OPEN:
            _nudge(session, services, order, gate, Nudge(word), as_of)


def _nudge(
    session: Session,
    services: Services,
    order: Order | None,
    gate: Gate,
    nudge: Nudge,
    as_of: datetime,
) -> None:
    if nudge is Nudge.REMIND:
        _remind(session, services, order, gate, as_of)
    elif order is None:
        return
    elif nudge is Nudge.TELL_OWNER:
        nudging.tell_owner_of_silence(session, services, order, gate, at=services.now())
        _write(session, services, order, Fact.GATE_ESCALATED, gate, as_of)
    elif nudge is Nudge.EXPIRE:
        gates.close(session, gate, GateState.EXPIRED, at=services.now())
        _happen(session, services, order, Event.CONFIRMATION_EXPIRED, gate, as_of)
    elif nudge is Nudge.GO_ON:
        _go_on(session, services, order, gate, as_of)
    else:
        level = 1 if nudge is Nudge.ESCALATE else 2
        _escalate(session, services, order, gate, level, as_of)


def _progress(
    session: Session,
    services: Services,
    timer: Timer,
    order: Order | None,
    gate: Gate,
    as_of: datetime,
) -> None:
    """Who has said nothing about their tasks is reminded once; after that the owner knows."""
    if order is None:
        return
    nth = int(timer.payload.get("nth", 1))
    silent = nudging.silent_people(session, order, since=gate.asked_at)
    if not silent:
        return
    if nth == 1:
        nudging.remind_of_progress(session, services, order, gate, silent, at=services.now())
        _write(session, services, order, Fact.REMINDER_SENT, gate, as_of)
        set_progress_timer(session, services, gate, 2, at=services.now())
    else:
        items = tuple(f"{person}: {', '.join(labels)}" for person, labels in silent.items())
        key = f"silent:{gate.number}"
        alarms.tell_owner(session, services, order, "finding", key, items, at=services.now())


def _go_on(session: Session, services: Services, order: Order, gate: Gate, as_of: datetime) -> None:
    word = Word(by=OURSELVES, verdict=Verdict.APPROVE, channel=Channel.CLOCK)
    at = services.now()
    moved = gates.answer(session, gate, word, allowed={OURSELVES: order.owner}, at=at)
    if moved is not None:
        follow(session, services, order, moved, at=at)


def _remind(
    session: Session, services: Services, order: Order | None, gate: Gate, as_of: datetime
) -> None:
    gate.reminded += 1
    nudging.remind(session, services, order, gate, at=services.now())
    _write(session, services, order, Fact.REMINDER_SENT, gate, as_of)


def _escalate(
    session: Session, services: Services, order: Order, gate: Gate, level: int, as_of: datetime
) -> None:
    gate.escalated_at = services.now()
    nudging.escalate(session, services, order, gate, level, at=services.now())
    _write(session, services, order, Fact.GATE_ESCALATED, gate, as_of)


def _write(
    session: Session,
    services: Services,
    order: Order | None,
    fact: Fact,
    gate: Gate,
    as_of: datetime,
) -> None:
    if order is not None:
        facts = {"gate": gate.number, "kind": gate.kind, "as_of": as_of.isoformat()}
        events.append(
            session,
            order.id,
            fact,
            by=OURSELVES,
            channel=Channel.CLOCK,
            at=services.now(),
            payload=facts,
        )


def _happen(
    session: Session,
    services: Services,
    order: Order,
    event: Event,
    gate: Gate,
    as_of: datetime,
) -> None:
    happen(
        session,
        services,
        order,
        event,
        by=OURSELVES,
        channel=Channel.CLOCK,
        at=services.now(),
        payload={"gate": gate.number, "as_of": as_of.isoformat()},
    )


OF_GATES: Mapping[str, OfGate] = {"gate": _gate, "progress": _progress}
OF_ORDERS: Mapping[str, OfOrder] = {
    "survey": surveying.remind,
    "survey_ask": surveying.ask_again,
    following_up.FOLLOW_UP: following_up.chase,
    "receipt": receipts.remind,
}
