"""The order: its content, where it stands, and `move`, the only writer of its state."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, func, or_, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from domain.errors import IllegalMove, UnknownOrder
from domain.names import ENDED, Event, Stage, State
from domain.process import PROCESSES, newest
from domain.process_rows import Process, To
from models import event as events
from models.base import Base
from models.customer import Contact, Customer


class Order(Base):
    """What a customer wants done, from receipt to archive."""

    __tablename__ = "order"
    __table_args__ = (
        Index("ix_order_open", "state", "next_action_at"),
        Index("ix_order_next", "next_action_at", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    order_no: Mapped[str] = mapped_column(String(20), unique=True)
    process_version: Mapped[int] = mapped_column(default=newest)
    state: Mapped[State] = mapped_column(String(24))
    held_state: Mapped[State | None] = mapped_column(String(24))
    stage: Mapped[Stage] = mapped_column(String(16))
    round: Mapped[int] = mapped_column(default=1)
    rounds: Mapped[dict[str, Any]] = mapped_column(default=dict)
    row_version: Mapped[int] = mapped_column(default=1)

    title: Mapped[str] = mapped_column(String(300), default="")
    channel: Mapped[str] = mapped_column(String(16))
    language: Mapped[str] = mapped_column(String(8), default="zh-CN")
    customer_id: Mapped[int | None] = mapped_column(ForeignKey("customer.id"), index=True)
    contact_id: Mapped[int | None] = mapped_column(ForeignKey("contact.id"))
    customer_name: Mapped[str] = mapped_column(String(200), default="")
    contact_name: Mapped[str] = mapped_column(String(120), default="")
    contact_mail: Mapped[str] = mapped_column(String(254), default="")
    contact_phone: Mapped[str] = mapped_column(String(60), default="")
    customer_po_no: Mapped[str] = mapped_column(String(120), default="", index=True)
    delivery_place: Mapped[str] = mapped_column(String(400), default="")
    requested_on: Mapped[date | None]
    open_date: Mapped[bool] = mapped_column(default=False)
    promised_on: Mapped[date | None]
    amount: Mapped[Decimal | None]
    currency: Mapped[str] = mapped_column(String(3), default="CNY")
    budget: Mapped[Decimal | None]
    urgency: Mapped[str | None] = mapped_column(String(16))
    no_special_requirements: Mapped[bool] = mapped_column(default=False)
    sources: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """Per field: value, source, rule, confidence, message; `human` where a person filled it."""
    questions: Mapped[list[Any]] = mapped_column(default=list)
    """What we last asked the customer: field names in the order of the numbers in the mail."""

    order_type: Mapped[str | None] = mapped_column(String(32))
    priority: Mapped[str | None] = mapped_column(String(2))
    score: Mapped[Decimal | None]
    score_parts: Mapped[dict[str, Any]] = mapped_column(default=dict)
    blueprint: Mapped[str | None] = mapped_column(String(64))

    owner: Mapped[str] = mapped_column(ForeignKey("person.person"), index=True)
    received_at: Mapped[datetime]
    state_since: Mapped[datetime]
    next_action: Mapped[str] = mapped_column(String(120), default="")
    next_action_at: Mapped[datetime | None]
    hold_reason: Mapped[str | None] = mapped_column(Text)
    hold_party: Mapped[str | None] = mapped_column(String(16))
    cancel_reason: Mapped[str | None] = mapped_column(Text)
    duplicate_of: Mapped[str | None] = mapped_column(String(20))
    warranty_until: Mapped[date | None]
    sample: Mapped[bool] = mapped_column(default=False)

    customer: Mapped[Customer | None] = relationship()
    contact: Mapped[Contact | None] = relationship()
    lines: Mapped[list["Line"]] = relationship(order_by="Line.line_no", back_populates="order")
    requirements: Mapped[list["Requirement"]] = relationship(order_by="Requirement.id")

    __mapper_args__ = {"version_id_col": row_version}  # noqa: RUF012  # SQLAlchemy's own name

    @property
    def process(self) -> Process:
        """The version of the process with which the order began."""
        return PROCESSES[self.process_version]

    @property
    def ended(self) -> bool:
        """True once the order never moves again."""
        return self.state in ENDED


class Line(Base):
    """One item of an order."""

    __tablename__ = "line"

    id: Mapped[int] = mapped_column(primary_key=True)
    order_id: Mapped[int] = mapped_column(ForeignKey("order.id"), index=True)
    line_no: Mapped[int]
    item: Mapped[str] = mapped_column(String(300), default="")
    model: Mapped[str] = mapped_column(String(300), default="")
    quantity: Mapped[Decimal | None]
    unit: Mapped[str] = mapped_column(String(20), default="")
    unit_price: Mapped[Decimal | None]
    due_on: Mapped[date | None]
    criterion: Mapped[str] = mapped_column(Text, default="")
    delivered: Mapped[bool] = mapped_column(default=False)
    accepted: Mapped[bool] = mapped_column(default=False)

    order: Mapped[Order] = relationship(back_populates="lines")


class Requirement(Base):
    """One thing that must be true of the result, with its source."""

    __tablename__ = "requirement"

    id: Mapped[int] = mapped_column(primary_key=True)
    order_id: Mapped[int] = mapped_column(ForeignKey("order.id"), index=True)
    code: Mapped[str] = mapped_column(String(16))
    text: Mapped[str] = mapped_column(Text)
    kind: Mapped[str] = mapped_column(String(16), default="special")
    source: Mapped[str] = mapped_column(String(300), default="")
    criterion: Mapped[str] = mapped_column(Text, default="")
    state: Mapped[str] = mapped_column(String(16), default="draft")


@dataclass(frozen=True)
class Moved:
    """What a move did."""

    event: Event
    to: To
    before: State


def move(
    session: Session,
    order: Order,
    event: Event,
    *,
    by: str,
    channel: str,
    at: datetime,
    payload: dict[str, Any] | None = None,
) -> Moved:
    """The order is where the event leads by its process table, and its history says so.

    The caller's transaction holds the order's row (`locked`). Raises IllegalMove.
    """
    before = order.state
    to = _target(order, event)
    if event is Event.ORDER_HELD:
        order.held_state = order.state
    order.state = to.state
    if to.enters is not None:
        order.rounds = {**order.rounds, to.enters: int(order.rounds.get(to.enters, 0)) + 1}
        order.stage, order.round = to.enters, order.rounds[to.enters]
    if event is Event.ORDER_RESUMED:
        order.held_state = None
    if order.state is not before:
        order.state_since = at
    facts = {"from": before, "to": order.state, "stage": order.stage, "round": order.round}
    events.append(
        session,
        order.id,
        event,
        by=by,
        channel=channel,
        at=at,
        payload={**(payload or {}), **facts},
    )
    return Moved(event, to, State(before))


def _target(order: Order, event: Event) -> To:
    state = State(order.state)
    if event not in order.process.anytime:
        return order.process.to(order.order_no, Stage(order.stage), state, event)
    held = state is State.ON_HOLD
    wrong = state in ENDED or (event is Event.ORDER_HELD and held)
    if wrong or (event is Event.ORDER_RESUMED and not held):
        raise IllegalMove(order.order_no, state, event)
    if event is Event.ORDER_RESUMED:
        return To(State(order.held_state or state))
    return order.process.anytime[event] or To(state)


def locked(session: Session, order_id: int) -> Order:
    """The order, held against every other writer until the transaction ends."""
    return session.execute(
        select(Order)
        .where(Order.id == order_id)
        .with_for_update(of=Order)
        .execution_options(populate_existing=True)
    ).scalar_one()


def numbered(session: Session, order_no: str) -> Order:
    """The order with this number, whatever its case; UnknownOrder if there is none."""
    found = session.scalar(select(Order).where(Order.order_no == order_no.strip().upper()))
    if found is None:
        raise UnknownOrder(order_no)
    return found


BATCH = 500


def open_batches(session: Session) -> Iterator[Sequence[Order]]:
    """Orders that have not ended, most urgent action first, so many at once in memory.

    Which ones is settled at the first question.
    """
    wanted = select(Order.id).where(Order.state.not_in(ENDED))
    ids = session.scalars(wanted.order_by(Order.next_action_at, Order.id)).all()
    for first in range(0, len(ids), BATCH):
        batch = ids[first : first + BATCH]
        found = {e.id: e for e in session.scalars(select(Order).where(Order.id.in_(batch)))}
        yield [found[each] for each in batch if each in found]


def most_urgent(session: Session, limit: int, search: str = "") -> Sequence[Order]:
    """The open orders whose next action is due first, at most so many.

    With `search` only those whose number, title or customer has the text in it.
    """
    wanted = select(Order).where(Order.next_action_at.is_not(None), Order.state.not_in(ENDED))
    if search:
        texts = (Order.order_no, Order.title, Order.customer_name)
        wanted = wanted.where(or_(*(each.icontains(search, autoescape=True) for each in texts)))
    return session.scalars(wanted.order_by(Order.next_action_at, Order.id).limit(limit)).all()


def count_open(session: Session) -> int:
    """How many orders have a next action: those that have not ended."""
    return session.scalar(select(func.count()).where(Order.next_action_at.is_not(None))) or 0
