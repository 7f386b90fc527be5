"""What somebody asks of an order beside its gates: hold it, let it go on, cancel it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from domain.errors import BadValue, IllegalMove, UnknownPerson
from domain.names import Channel, Event, GateKind, GateState, Party, State
from models import gate as gates
from models import order as orders
from models.order import Order
from models.person import person_row
from tasks.services import Services
from tasks.transition import happen

OPERATOR = "operator"
"""The actor where nobody was named: whoever may run commands in this installation."""

TOO_LATE_TO_CANCEL = (State.ACCEPTED, State.RETROSPECTIVE)
"""What the customer has accepted is done; an ended order is refused by the process itself."""


@dataclass(frozen=True)
class Standing:
    """Where the order stands after a request; `gate` is where it waits now."""

    order_no: str
    state: str
    gate: str | None


def hold(
    services: Services,
    order_no: str,
    reason: str,
    *,
    party: Party = Party.US,
    until: date | None = None,
    by: str = "",
) -> Standing:
    """The order is on hold, and waits at its hold gate. Raises UnknownOrder, IllegalMove."""
    said = _reason(reason)
    with services.writing() as session:
        order = _locked(session, order_no)
        if until is not None and until <= services.today():
            raise BadValue("until", str(until), "a day that is still to come")
        order.hold_reason, order.hold_party = said, party
        facts = {"reason": said, "party": party, "until": until.isoformat() if until else None}
        _happen(session, services, order, Event.ORDER_HELD, by, facts)
        return _standing(session, order)


def resume(services: Services, order_no: str, *, by: str = "") -> Standing:
    """The order goes on where it was held. Raises UnknownOrder, IllegalMove."""
    with services.writing() as session:
        order = _locked(session, order_no)
        party = order.hold_party
        for gate in gates.open_gates(session, order.id):
            if gate.kind == GateKind.HOLD:
                gates.close(session, gate, GateState.WITHDRAWN, at=services.now())
        _happen(session, services, order, Event.ORDER_RESUMED, by, {"party": party})
        order.hold_reason = order.hold_party = None
        return _standing(session, order)


def cancel(services: Services, order_no: str, reason: str, *, by: str = "") -> Standing:
    """Somebody is asked at a gate whether the order is cancelled; asking twice asks once.

    Raises UnknownOrder, IllegalMove.
    """
    said = _reason(reason)
    with services.writing() as session:
        order = _locked(session, order_no)
        if order.state in TOO_LATE_TO_CANCEL:
            raise IllegalMove(order.order_no, State(order.state), Event.CANCEL_REQUESTED)
        asked = [g for g in gates.open_gates(session, order.id) if g.kind == GateKind.CANCEL]
        if not asked:
            order.cancel_reason = said
            _happen(session, services, order, Event.CANCEL_REQUESTED, by, {"reason": said})
        return _standing(session, order)


def _reason(text: str) -> str:
    said = " ".join(text.split())
    if not said:
        raise BadValue("reason", text, "a few words")
    return said[:2000]


def _locked(session: Session, order_no: str) -> Order:
    return orders.locked(session, orders.numbered(session, order_no).id)


def _happen(
    session: Session,
    services: Services,
    order: Order,
    event: Event,
    by: str,
    facts: dict[str, Any],
) -> None:
    """The event has happened in the name of this person, who must work here."""
    row = person_row(session, by) if by else None
    if by and row is None:
        raise UnknownPerson(by)
    happen(
        session,
        services,
        order,
        event,
        by=row.person if row else OPERATOR,
        channel=Channel.CLI,
        at=services.now(),
        payload=facts,
    )


def _standing(session: Session, order: Order) -> Standing:
    gate = gates.standing(session, order)
    return Standing(order.order_no, str(order.state), gate.number if gate else None)
