"""The order's door: only legal moves, each of them in an unbroken history."""

from collections.abc import Iterator

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from domain.errors import IllegalMove, UnknownOrder
from domain.names import Event, Stage, State
from models import event as events
from models import order as orders
from models.base import reading, writing
from models.event import EventRow
from models.order import Order
from tests.models.conftest import NOON, Rows


@pytest.fixture
def session(rows: Rows) -> Iterator[Session]:
    with writing(rows.engine) as session:
        yield session


def locked(session: Session) -> Order:
    return orders.locked(session, session.scalars(select(Order.id)).one())


def moved(session: Session, *path: Event) -> Order:
    order = locked(session)
    for event in path:
        orders.move(session, order, event, by="li.ming", channel="cli", at=NOON)
    return order


def test_a_move_goes_where_the_process_table_says(session: Session) -> None:
    order = moved(session, Event.RECORD_COMPLETED)
    assert (order.state, order.stage, order.round) == (State.CONFIRMING, Stage.CONFIRM, 1)
    last = events.history(session, order.id)[-1]
    assert last.payload == {
        "from": "received",
        "to": "confirming",
        "stage": "confirm",
        "round": 1,
    }


def test_entering_a_stage_again_counts_its_rounds(session: Session) -> None:
    order = moved(session, Event.INFO_REQUESTED, Event.INFO_RECEIVED)
    assert (order.stage, order.round, order.rounds) == (Stage.RECEIVE, 2, {"receive": 2})


@pytest.mark.parametrize("event", [Event.PLAN_APPROVED, Event.ORDER_RESUMED, Event.ORDER_CLOSED])
def test_an_illegal_move_changes_nothing(rows: Rows, event: Event) -> None:
    with pytest.raises(IllegalMove), writing(rows.engine) as session:
        moved(session, event)
    with reading(rows.engine) as session:
        assert session.scalars(select(Order.state)).one() == State.RECEIVED
        assert events.count(session, rows.order_id) == 1


def test_a_held_order_does_nothing_until_it_is_resumed_where_it_was(session: Session) -> None:
    order = moved(session, Event.RECORD_COMPLETED, Event.ORDER_HELD)
    assert (order.state, order.held_state) == (State.ON_HOLD, State.CONFIRMING)
    for event in (Event.CONFIRMATION_PREPARED, Event.ORDER_HELD):
        with pytest.raises(IllegalMove):
            moved(session, event)
    order = moved(session, Event.ORDER_RESUMED)
    assert (order.state, order.held_state, order.stage) == (State.CONFIRMING, None, Stage.CONFIRM)


def test_what_has_ended_never_moves_again(session: Session) -> None:
    moved(session, Event.ORDER_CANCELLED)
    for event in (Event.RECORD_COMPLETED, Event.ORDER_HELD, Event.CANCEL_REQUESTED):
        with pytest.raises(IllegalMove):
            moved(session, event)


def test_an_order_is_found_whatever_the_case_of_its_number(session: Session) -> None:
    assert orders.numbered(session, " so-2026-00001 ").order_no == "SO-2026-00001"
    with pytest.raises(UnknownOrder):
        orders.numbered(session, "SO-2026-99999")


def test_a_history_is_chained_from_its_first_event_to_its_last(rows: Rows) -> None:
    with writing(rows.engine) as session:
        moved(session, Event.RECORD_COMPLETED, Event.ORDER_HELD, Event.ORDER_RESUMED)
    with reading(rows.engine) as session:
        history = events.history(session, rows.order_id)
        assert [row.seq for row in history] == [1, 2, 3, 4]
        assert history[0].prev_hash == events.FIRST
        assert events.broken_links(session, rows.order_id) == []


@pytest.mark.parametrize(
    ("change", "broken"),
    [
        ({"actor": "somebody.else"}, [2]),
        ({"payload": {"to": "closed"}}, [2]),
        ({"hash": "0" * 64}, [2, 3]),
    ],
)
def test_a_changed_event_breaks_the_chain_there(
    rows: Rows, change: dict[str, object], broken: list[int]
) -> None:
    with writing(rows.engine) as session:
        moved(session, Event.RECORD_COMPLETED, Event.ORDER_HELD)
        session.execute(update(EventRow).where(EventRow.seq == 2).values(**change))
    with reading(rows.engine) as session:
        assert events.broken_links(session, rows.order_id) == broken


def test_a_removed_event_breaks_the_chain_behind_it(rows: Rows) -> None:
    with writing(rows.engine) as session:
        moved(session, Event.RECORD_COMPLETED, Event.ORDER_HELD)
        session.delete(events.history(session, rows.order_id)[1])
    with reading(rows.engine) as session:
        assert events.broken_links(session, rows.order_id) == [3]


@pytest.mark.parametrize("strange", ["\ud83d", "\U0001f4e6 “x”", "\u2028", "a\0b", "a\\u0000b"])
def test_no_text_is_too_strange_for_the_chain(rows: Rows, strange: str) -> None:
    with writing(rows.engine) as session:
        kept = {"comment": strange}
        events.append(
            session, rows.order_id, "note_written", by="x", channel="mail", at=NOON, payload=kept
        )
    with reading(rows.engine) as session:
        assert events.history(session, rows.order_id)[-1].payload == kept
        assert events.broken_links(session, rows.order_id) == []
