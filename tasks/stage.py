"""What a stage gives back, and the one block that commits it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Protocol

from sqlalchemy.orm import Session

from domain.names import OURSELVES, Channel, Event, Stage, State
from models import order as orders
from models import run as runs
from models.order import Order
from models.step import StepRow, committed
from tasks.services import Services
from tasks.transition import happen


class Keepable(Protocol):
    """A value that knows how it is kept."""

    def keep(self, session: Session, order: Order, *, at: datetime) -> None:
        """The value is part of the order, in the caller's transaction."""
        ...


@dataclass(frozen=True)
class Outcome:
    """What happened in a stage, and what is to be kept of it."""

    event: Event
    keep: tuple[Keepable, ...] = ()
    facts: Mapping[str, Any] = field(default_factory=dict)


StageWork = Callable[[int, Services], Outcome]
"""The work of a stage: it may be slow, may talk to the outside, and may happen twice."""


@dataclass(frozen=True)
class Ticket:
    """One execution's right to commit: this order's stage and round, under this epoch."""

    order_id: int
    order_no: str
    stage: Stage
    round: int
    run_id: int
    epoch: int


def commit(services: Services, ticket: Ticket, outcome: Outcome) -> bool:
    """The stage's outcome is kept and the order moved, once per order, stage and round.

    False if somebody has committed it before. Raises Fenced if another execution drives by now.
    """
    at = services.now()
    lease = at + timedelta(seconds=services.settings.policy.lease_seconds)
    with services.writing() as session:
        order = orders.locked(session, ticket.order_id)
        runs.hold(session, ticket.run_id, ticket.epoch, until=lease)
        if committed(session, order.id, ticket.stage, ticket.round) or not _awaited(order, ticket):
            return False
        for value in outcome.keep:
            value.keep(session, order, at=at)
        session.add(
            StepRow(
                order_id=order.id,
                stage=ticket.stage,
                round=ticket.round,
                event=outcome.event,
                epoch=ticket.epoch,
                committed_at=at,
                facts=dict(outcome.facts),
            )
        )
        session.flush()
        runs.thrives(session, ticket.run_id)
        happen(
            session,
            services,
            order,
            outcome.event,
            by=OURSELVES,
            channel=Channel.SYSTEM,
            at=at,
            payload=dict(outcome.facts),
        )
    return True


def _awaited(order: Order, ticket: Ticket) -> bool:
    here = (Stage(order.stage), order.round) == (ticket.stage, ticket.round)
    return here and order.process.works(ticket.stage, State(order.state))
