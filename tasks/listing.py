"""Rows as plain values for programs: the lists that `orderflow` prints. Instants are ISO 8601."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from domain.errors import BadValue, UnknownPerson
from domain.names import ENDED, GateState, State
from models import gate as gates
from models.gate import FIRST_KINDS, Gate
from models.order import Order
from models.person import PersonRow, SubstitutionRow, person_row
from models.run import Run
from models.vote import Vote
from tasks import approving
from tasks.services import Services
from tasks.showing import run_url

UNLIMITED = "unlimited"
"""The limit of somebody who may approve any amount."""


def orders(
    session: Session, *, state: str | None = None, waiting: bool = False, search: str = ""
) -> list[dict[str, Any]]:
    """Orders, open ones with the most urgent action first, then ended ones, newest first.

    `waiting` keeps those that stand at a gate; `search` looks into number, title, customer,
    contact and the customer's own number.
    """
    if state and state not in set(State):
        raise BadValue("state", state, ", ".join(State))
    statement = select(Order).order_by(Order.next_action_at, Order.id.desc())
    if state:
        statement = statement.where(Order.state == state)
    found = [each for each in session.scalars(statement) if _matches(each, search)]
    waits = _waits(session)
    found = [each for each in found if each.id in waits] if waiting else found
    still_open = [each for each in found if each.state not in ENDED]
    ended = sorted((e for e in found if e.state in ENDED), key=lambda e: e.id, reverse=True)
    return [order_row(each, waits.get(each.id)) for each in (*still_open, *ended)]


def count(session: Session) -> int:
    """How many orders there are."""
    return session.scalar(select(func.count()).select_from(Order)) or 0


def _matches(order: Order, search: str) -> bool:
    texts = (order.order_no, order.title, order.customer_name, order.contact_name)
    more = (order.contact_mail, order.customer_po_no)
    return search.strip().casefold() in " ".join((*texts, *more)).casefold()


def _waits(session: Session) -> dict[int, str]:
    """The kind of gate at which each order stands, by order."""
    rank = {kind: place for place, kind in enumerate(FIRST_KINDS)}
    rows = session.execute(
        select(Gate.order_id, Gate.kind)
        .where(Gate.state == GateState.OPEN, Gate.order_id.is_not(None))
        .order_by(Gate.id.desc())
    ).all()
    first = sorted(rows, key=lambda row: rank.get(row.kind, len(rank)), reverse=True)
    return {int(row.order_id): str(row.kind) for row in first if row.order_id is not None}


def order_row(order: Order, waiting_for: str | None) -> dict[str, Any]:
    """One order of the list."""
    return {
        "order_no": order.order_no,
        "title": order.title,
        "customer": order.customer_name,
        "state": str(order.state),
        "stage": str(order.stage),
        "round": order.round,
        "priority": order.priority,
        "owner": order.owner,
        "promised_at": day(order.promised_on),
        "next_action": order.next_action or None,
        "next_action_at": instant(order.next_action_at),
        "waiting_for": waiting_for,
    }


def open_gates(
    session: Session,
    services: Services,
    *,
    person: str = "",
    overdue: bool = False,
    waits: bool = False,
) -> list[dict[str, Any]]:
    """Open decisions, the one due first on top; with `waits` also gates that decide nothing.

    With a person only those that this person may answer. Raises UnknownPerson.
    """
    if person and person_row(session, person) is None:
        raise UnknownPerson(person)
    at = services.now()
    found = gates.overdue(session, at=at) if overdue else gates.all_open(session)
    found = found if waits else _decided(session, found)
    rows = [gate_row(session, services, each) for each in found]
    wanted = person.strip().lower()
    return [each for each in rows if not wanted or wanted in each["approvers"]]


def count_decisions(session: Session) -> int:
    """How many gates are open at which somebody decides: as many as `open_gates` lists."""
    return len(_decided(session, gates.all_open(session)))


def _decided(session: Session, found: Sequence[Gate]) -> list[Gate]:
    return [each for each in found if not approving.only_waits(_order(session, each), each)]


def gate_row(session: Session, services: Services, gate: Gate) -> dict[str, Any]:
    """One gate; who may answer it is named while it is open."""
    order = _order(session, gate)
    asked = gate.state == GateState.OPEN
    customer = gate.kind in approving.CUSTOMER_DECIDES
    allowed = sorted(approving.allowed(session, services, gate)) if asked else []
    row: dict[str, Any] = {
        "id": gate.number,
        "order_no": order.order_no if order else None,
        "stage": str(gate.stage),
        "round": gate.round,
        "kind": str(gate.kind),
        "party": str(gate.party),
        "question": gate.question,
        "requested_by": gate.requested_by,
        "asked_at": instant(gate.asked_at),
        "due_at": instant(gate.due_at),
        "approvers": [] if customer else allowed,
        "votes": [vote_row(each) for each in gate.votes],
        "state": str(gate.state),
        "prefect_url": _prefect_url(session, services, gate),
    }
    if customer:
        row["contacts"] = allowed
    if not asked:
        row["answered_by"], row["answered_at"] = gate.answered_by, instant(gate.answered_at)
    return row


def vote_row(vote: Vote) -> dict[str, Any]:
    """One person's word; `counts` is false for one that came after the fact."""
    return {
        "by": vote.by,
        "acting_for": vote.acting_for,
        "verdict": str(vote.verdict),
        "channel": vote.channel,
        "at": instant(vote.at),
        "comment": vote.comment,
        "counts": vote.counts,
    }


def people(session: Session, services: Services) -> list[dict[str, Any]]:
    """Everybody who works here, with today's and coming substitutes."""
    today = services.today()
    away: dict[str, list[dict[str, Any]]] = {}
    for each in session.scalars(
        select(SubstitutionRow).where(SubstitutionRow.until > today).order_by(SubstitutionRow.since)
    ):
        entry = {"person": each.substitute, "since": day(each.since), "until": day(each.until)}
        away.setdefault(each.absent, []).append(entry)
    rows = session.scalars(
        select(PersonRow).where(PersonRow.active.is_(True)).order_by(PersonRow.person)
    )
    currency = services.settings.company.currency
    return [_person(each, currency, away.get(each.person, [])) for each in rows]


def _person(
    row: PersonRow, currency: str, substitutes: Sequence[Mapping[str, Any]]
) -> dict[str, Any]:
    unlimited = row.limit is not None and row.limit < 0
    return {
        "person": row.person,
        "name": row.name,
        "mail": row.mail,
        "language": row.language,
        "roles": list(row.roles),
        "limit": UNLIMITED if unlimited else money(row.limit, currency),
        "manager": row.manager,
        "substitutes": list(substitutes),
        "authenticator": row.totp_secret is not None,
    }


def money(amount: Decimal | None, currency: str) -> dict[str, str] | None:
    """An amount of money, with at least two decimals."""
    if amount is None:
        return None
    exact = amount.quantize(Decimal("0.01")) if amount == round(amount, 2) else amount
    return {"amount": f"{exact:f}", "currency": currency}


def number(value: Decimal | None) -> str | None:
    """A quantity as text without trailing zeros."""
    return None if value is None else f"{value.normalize():f}"


def day(on: date | None) -> str | None:
    """YYYY-MM-DD."""
    return on.isoformat() if on else None


def instant(at: datetime | None) -> str | None:
    """ISO 8601 in UTC with its offset."""
    return at.astimezone(UTC).isoformat() if at else None


def _order(session: Session, gate: Gate) -> Order | None:
    return session.get(Order, gate.order_id) if gate.order_id is not None else None


def _prefect_url(session: Session, services: Services, gate: Gate) -> str | None:
    which = Run.order_id == gate.order_id if gate.order_id is not None else Run.gate_id == gate.id
    flow_run_id = session.scalar(select(Run.flow_run_id).where(which))
    return run_url(services, flow_run_id) if flow_run_id else None
