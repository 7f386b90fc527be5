"""What is put into a row comes out as it was, on both databases."""

from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import StatementError

from models.base import reading, writing
from models.order import Line, Order
from tests.models.conftest import Rows


@pytest.mark.parametrize("number", ["0", "-1", "0.1", "12.3400", "100", "9999999999999999.9999"])
def test_a_number_comes_back_exactly(rows: Rows, number: str) -> None:
    with writing(rows.engine) as session:
        session.add(Line(order_id=rows.order_id, line_no=1, quantity=Decimal(number)))
    with reading(rows.engine) as session:
        kept = session.scalars(select(Line.quantity)).one()
    assert kept == Decimal(number)
    assert "E" not in str(kept)


def test_an_instant_comes_back_in_utc(rows: Rows) -> None:
    shanghai = datetime(2026, 12, 1, 9, 0, 0, 123456, tzinfo=timezone(timedelta(hours=8)))
    with writing(rows.engine) as session:
        session.get_one(Order, rows.order_id).state_since = shanghai
    with reading(rows.engine) as session:
        kept = session.scalars(select(Order.state_since)).one()
    assert kept == shanghai
    assert kept.tzinfo is UTC


def test_an_instant_without_a_zone_is_refused(rows: Rows) -> None:
    naive = datetime(2026, 12, 1)  # noqa: DTZ001  # that is what is refused
    with pytest.raises(StatementError), writing(rows.engine) as session:
        session.get_one(Order, rows.order_id).state_since = naive


def test_a_writing_that_fails_leaves_nothing(rows: Rows) -> None:
    with pytest.raises(ZeroDivisionError), writing(rows.engine) as session:
        session.get_one(Order, rows.order_id).title = "changed"
        session.flush()
        raise ZeroDivisionError
    with reading(rows.engine) as session:
        assert session.scalars(select(Order.title)).one() == ""


def test_a_reading_keeps_nothing(rows: Rows) -> None:
    with reading(rows.engine) as session:
        session.execute(text("select 1"))
        session.get_one(Order, rows.order_id).title = "changed"
        session.flush()
    with reading(rows.engine) as session:
        assert session.scalars(select(Order.title)).one() == ""


def test_no_text_of_a_stranger_is_too_strange_for_a_column(rows: Rows) -> None:
    with writing(rows.engine) as session:
        order = session.get_one(Order, rows.order_id)
        order.title, order.customer_name = "a\0b \ud83d", "\U0001f4e6 柘岭"
        session.add(Line(order_id=rows.order_id, line_no=1, item="\0"))
    with reading(rows.engine) as session:
        order = session.get_one(Order, rows.order_id)
        assert (order.title, order.customer_name) == ("a\ufffdb ?", "\U0001f4e6 柘岭")
        assert order.lines[0].item == "\ufffd"
