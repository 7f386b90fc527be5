"""A database with one person, one customer and one order that has just come in."""

from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from sqlalchemy import Engine

from domain.names import Event, Stage, State
from models import event as events
from models.base import writing
from models.customer import Customer
from models.order import Order
from models.person import PersonRow

NOON = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Rows:
    """A database and the id of its one order."""

    engine: Engine
    order_id: int
    at: datetime = NOON


@pytest.fixture
def rows(database: Engine) -> Rows:
    """The order is received, its history begun."""
    with writing(database) as session:
        session.add(
            PersonRow(person="chen.yu", name="陈昱", mail="c@ours.example", limit=Decimal(-1))
        )
        session.add(Customer(code="C1", name_en="Customer", language="en", created_at=NOON))
        session.flush()
        order = Order(
            order_no="SO-2026-00001",
            state=State.RECEIVED,
            stage=Stage.RECEIVE,
            rounds={Stage.RECEIVE: 1},
            channel="mail",
            owner="chen.yu",
            received_at=NOON,
            state_since=NOON,
        )
        session.add(order)
        session.flush()
        events.append(session, order.id, Event.ORDER_RECEIVED, by="x", channel="mail", at=NOON)
        return Rows(database, order.id)
