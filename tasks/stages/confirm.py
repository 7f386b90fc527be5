"""Confirm: named checks, a date that can be kept, and the version that both sides sign."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from domain.checks import Check, Known, checks
from domain.content import Content, digest, snapshot
from domain.names import ENDED, Event, OrderType
from domain.planning.problem import Proposal
from domain.planning.promise import Promise, promise, promised_date
from domain.planning.propose import propose
from domain.priority import guess_type
from domain.worktime import is_workday
from models.order import Order
from tasks import planning
from tasks.content import content
from tasks.offering import Offer, next_version
from tasks.papers import scope_statement
from tasks.services import Services
from tasks.stage import Outcome


def confirm(order_id: int, services: Services) -> Outcome:
    """Offer the version as it stands now, with a date that fits the present load."""
    at = services.now()
    with services.reading() as session:
        order = session.get_one(Order, order_id)
        unclear = order.sources.get("changes") or {}
        if unclear.get("unapplied") or (unclear and not unclear.get("items")):
            comment = str(unclear.get("comment", ""))
            return Outcome(Event.CONFIRMATION_RETURNED, (_Settled(),), {"comment": comment})
        proposal, chance, earliest = _feasible(session, services, order, at)
        promised = _promised(session, services, order, earliest)
        offered = replace(content(order), promised_on=promised)
        n, changed = next_version(session, order, offered)
        paper = scope_statement(session, services, order, offered, n, changed, at=at)
        found = _checked(session, services, order, offered, earliest, chance)
    offer = Offer(offered, promised, n, digest(snapshot(offered)), changed, paper, found, earliest)
    facts = {
        "version": n,
        "sha256": offer.sha256,
        "promised_on": str(promised or ""),
        "tasks": len(proposal.schedule.placements),
    }
    return Outcome(Event.CONFIRMATION_PREPARED, (offer,), facts)


@dataclass(frozen=True)
class _Settled:
    """The customer's unclear words are with a person now; they are not read again."""

    def keep(self, session: Session, order: Order, *, at: datetime) -> None:
        order.sources = {k: v for k, v in order.sources.items() if k != "changes"}


def _feasible(
    session: Session, services: Services, order: Order, at: datetime
) -> tuple[Proposal, Promise, date]:
    """The blueprint scheduled over the present load: plan, chances, earliest buffered date."""
    order_type = OrderType(guess_type(order.title, [each.item for each in order.lines]).order_type)
    made = planning.planning(session, services, order, order_type, at=at, due=order.requested_on)
    proposal = propose(made.problem)
    runs = services.settings.policy.promise_runs
    chances = promise(made.problem, proposal, runs=runs, seed=order.id)
    return proposal, chances, made.axis.end_day(proposal.buffered_finish)


def _promised(session: Session, services: Services, order: Order, earliest: date) -> date | None:
    """A date once promised stays; else the wish if it fits, else the next day that does."""
    if order.promised_on is not None and "promised_by" in order.sources:
        return order.promised_on
    return promised_date(earliest, order.requested_on, services.calendar(session)).on


def _checked(
    session: Session,
    services: Services,
    order: Order,
    offered: Content,
    earliest: date,
    chances: Promise,
) -> tuple[Check, ...]:
    others = select(Order).where(Order.customer_id == order.customer_id, Order.id != order.id)
    earlier = session.scalars(others.order_by(Order.id.desc()).limit(3)).all()
    amounts = [each.amount for each in earlier if each.amount]
    opened = session.scalars(
        others.where(Order.state.not_in(ENDED)).with_only_columns(Order.amount)
    ).all()
    customer = order.customer
    known = Known(
        today=services.today(),
        promised_on=offered.promised_on,
        earliest_on=earliest,
        chance=chances.chance(offered.requested_on) if offered.requested_on else None,
        blocked_reason=customer.blocked_reason if customer else None,
        credit_limit=customer.credit_limit if customer else None,
        open_amount=sum((each or Decimal(0) for each in opened), Decimal(0)),
        new_customer=not earlier,
        same_po=(order.duplicate_of,) if order.duplicate_of else (),
        usual_amount=sum(amounts, Decimal(0)) / len(amounts) if amounts else None,
        workday=offered.promised_on is None
        or is_workday(services.calendar(session), offered.promised_on),
    )
    return checks(offered, known)
