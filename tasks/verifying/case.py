"""An order with all rows that belong to it, read together: what the rules look at."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, load_only, selectinload

from domain.worktime import is_workday
from models.activity import Activity, Baseline, Progress
from models.delivery import Acceptance, Delivery, Document
from models.event import EventRow
from models.gate import Gate
from models.installation import Blob
from models.order import Order
from models.outbox import Owed
from models.person import people
from models.retrospective import Archive, Survey
from models.run import Run
from models.step import StepRow
from models.timer import Timer
from models.version import OrderVersion
from tasks.services import Services

AT_ONCE = 200
"""So many orders are read together: memory stays small, questions few."""


@dataclass(frozen=True)
class Ground:
    """What the rules need to know beside the order."""

    now: datetime
    workday: Callable[[date], bool]
    people: frozenset[str]
    blobs: frozenset[str]


@dataclass(frozen=True)
class Case:
    """One order and its rows, each kind in the order in which it was written."""

    order: Order
    history: Sequence[EventRow]
    gates: Sequence[Gate]
    rows: Mapping[type[Any], Sequence[Any]]

    def of(self, kind: type[Any]) -> Sequence[Any]:
        """The order's rows of this kind."""
        return self.rows[kind]

    def happened(self, kind: str) -> Sequence[EventRow]:
        """Events of this kind."""
        return [each for each in self.history if each.kind == kind]


Rule = Callable[[Case, Ground], Iterator[str]]
"""Names what must never be so of an order; nothing where all holds."""

KINDS: tuple[type[Any], ...] = (
    *(StepRow, Run, Timer, Progress, Baseline, Activity, OrderVersion, Document),
    *(Delivery, Acceptance, Survey, Archive),
)


def ground(session: Session, services: Services) -> Ground:
    """What is so at present beside the orders."""
    calendar = services.calendar(session)
    return Ground(
        now=services.now(),
        workday=lambda on: is_workday(calendar, on),
        people=frozenset(each.person for each in people(session)),
        blobs=frozenset(session.scalars(select(Blob.sha256))),
    )


def cases(session: Session) -> Iterator[Case]:
    """Every order with its rows."""
    ids = session.scalars(select(Order.id).order_by(Order.id)).all()
    for start in range(0, len(ids), AT_ONCE):
        yield from _read(session, ids[start : start + AT_ONCE])
        session.expunge_all()


def _read(session: Session, ids: Sequence[int]) -> Iterator[Case]:
    orders = session.scalars(select(Order).where(Order.id.in_(ids)).order_by(Order.id)).all()
    history = _by_order(session.scalars(_of(EventRow, ids).order_by(EventRow.seq)))
    gates = _by_order(
        session.scalars(_of(Gate, ids).order_by(Gate.id).options(selectinload(Gate.votes)))
    )
    found = {kind: _by_order(session.scalars(_of(kind, ids).order_by(kind.id))) for kind in KINDS}
    columns = load_only(Owed.order_id, Owed.gate_id, Owed.purpose, Owed.created_at)
    found[Owed] = _by_order(session.scalars(_of(Owed, ids).order_by(Owed.id).options(columns)))
    for order in orders:
        rows = {kind: by_order.get(order.id, []) for kind, by_order in found.items()}
        yield Case(order, history.get(order.id, []), gates.get(order.id, []), rows)


def _of(kind: type[Any], ids: Sequence[int]) -> Any:
    return select(kind).where(kind.order_id.in_(ids))


def _by_order(rows: Iterable[Any]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        found[row.order_id].append(row)
    return found
