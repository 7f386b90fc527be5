"""What the service asks in its loops costs what is due, not what waits: proven by query plans."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, event, insert, text
from sqlalchemy.orm import Session

from models import doubt, gate, message, order, outbox, run, timer
from models import event as events
from models.customer import Customer
from models.event import FIRST, EventRow
from models.gate import Gate
from models.installation import Blob
from models.message import Message
from models.order import Order
from models.outbox import Owed
from models.person import PersonRow
from models.run import Run
from models.timer import Timer

NOON = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)
LATER, EARLIER = NOON + timedelta(days=3), NOON - timedelta(days=20)
WAITING, DUE = 3000, 12
"""So many orders wait; for so many of them something is due."""
MAY_READ = 400
"""Rows that a question may touch: a few times what is due, or one page."""

Question = Callable[[Session], object]
QUESTIONS: Mapping[str, tuple[Question, str]] = {
    "runs to start": (lambda s: run.to_start(s, at=NOON, limit=50), "ix_run_start"),
    "runs to wake": (lambda s: run.to_wake(s, 100), "ix_run_wake"),
    "runs to check": (lambda s: run.to_check(s, at=NOON, boot="a-2", limit=200), "ix_run_lease"),
    "runs to show": (lambda s: run.to_show(s, 20), "ix_run_show"),
    "runs to park": (lambda s: run.to_park(s, before=NOON, limit=20), "ix_run_waits_since"),
    "runs just parked": (lambda s: run.parked(s, before=NOON, limit=20), "ix_run_parked"),
    "a page of waiting runs": (lambda s: run.waiting(s, WAITING // 2, 150), "ix_run_waiting"),
    "the newest waiting runs": (lambda s: run.newest_waiting(s, 10), "ix_run_waiting"),
    "the run of an order": (lambda s: run.of_order(s, 1500), "autoindex_run"),
    "the run of an id": (lambda s: run.of_flow_run(s, "f-100"), "ix_run_flow_run_id"),
    "mails to send": (lambda s: outbox.due(s, at=NOON, limit=50), "ix_outbox_due"),
    "mails in doubt": (lambda s: doubt.any_doubt(s, at=NOON), "ix_outbox_due"),
    "timers": (lambda s: timer.due(s, at=NOON, limit=200), "ix_timer_due"),
    "overdue gates": (lambda s: gate.overdue(s, at=NOON), "ix_gate_open"),
    "gates of an order": (lambda s: gate.open_gates(s, 1500), "ix_gate_order_id"),
    "events to tell": (lambda s: events.untold(s, 100), "ix_event_untold"),
    "the newest event": (events.newest, "event"),
    "mails to read": (lambda s: message.unread(s, 50), "ix_message_state"),
    "orders on the board": (lambda s: order.most_urgent(s, 100), "ix_order_next"),
}
"""What is asked again and again, and the index by which SQLite finds it."""


@pytest.fixture
def crowd(database: Engine) -> Engine:
    """Thousands of orders that wait, each with the rows of one, and a few that are due."""
    with Session(database) as session:
        session.add(PersonRow(person="chen.yu", name="陈昱", mail="c@ours.example"))
        session.add(Customer(code="C1", name_en="Customer", language="en", created_at=NOON))
        session.add(Blob(sha256="0" * 64, size=0, stored_at=NOON, data=b""))
        session.flush()
        for table, row in ROWS.items():
            session.execute(insert(table), [row(n, n <= DUE) for n in range(1, WAITING + 1)])
        session.execute(insert(Run), [an_ended_run(WAITING + n) for n in range(1, WAITING + 1)])
        session.commit()
        session.execute(text("ANALYZE"))
        session.commit()
    return database


@pytest.mark.parametrize("name", QUESTIONS)
def test_no_loop_reads_what_merely_waits(crowd: Engine, name: str) -> None:
    question, index = QUESTIONS[name]
    with Session(crowd) as session:
        with selects(crowd) as asked:
            question(session)
        assert asked
        for statement, parameters in asked:
            if crowd.dialect.name == "postgresql":
                assert rows_read(session, statement, parameters) <= MAY_READ
            else:
                assert index in steps(session, statement, parameters)


@pytest.mark.parametrize("wide", ["failures < 9", "ended_at IS NULL AND failures > 3"])
def test_a_question_that_reads_what_waits_is_seen(crowd: Engine, wide: str) -> None:
    statement = f"SELECT id FROM run WHERE {wide} ORDER BY id"  # noqa: S608  # ours
    with Session(crowd) as session:
        if crowd.dialect.name == "postgresql":
            assert rows_read(session, statement, ()) > MAY_READ
        else:
            assert "ix_" not in steps(session, statement, ())


def rows_read(session: Session, statement: str, parameters: Any) -> int:
    """How many rows PostgreSQL touches to answer."""
    explain = f"EXPLAIN (ANALYZE, FORMAT JSON) {statement}"
    plan = session.connection().exec_driver_sql(explain, parameters).scalar_one()

    def touched(node: Mapping[str, Any]) -> int:
        own = node["Actual Rows"] + node.get("Rows Removed by Filter", 0)
        scanned = int(own * node["Actual Loops"]) if "Scan" in node["Node Type"] else 0
        return scanned + sum(map(touched, node.get("Plans", ())))

    return touched(plan[0]["Plan"])


def steps(session: Session, statement: str, parameters: Any) -> str:
    """How SQLite looks for the answer, in its words."""
    explain = f"EXPLAIN QUERY PLAN {statement}"
    rows = session.connection().exec_driver_sql(explain, parameters).all()
    return "\n".join(row[-1] for row in rows)


@contextmanager
def selects(engine: Engine) -> Iterator[list[tuple[str, Any]]]:
    """What is asked of the database within the block."""
    asked: list[tuple[str, Any]] = []

    def hear(_c: Any, _cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        if statement.startswith("SELECT"):
            asked.append((statement, parameters))

    event.listen(engine, "before_cursor_execute", hear)
    yield asked
    event.remove(engine, "before_cursor_execute", hear)


def an_order(n: int, due: bool) -> dict[str, Any]:
    return {
        "id": n,
        "order_no": f"SO-2026-{n:05d}",
        "state": "awaiting_confirmation",
        "stage": "confirm",
        "channel": "mail",
        "owner": "chen.yu",
        "received_at": EARLIER,
        "state_since": EARLIER,
        "next_action_at": NOON if due else LATER,
    }


def a_gate(n: int, due: bool) -> dict[str, Any]:
    return {
        "id": n,
        "order_id": n,
        "stage": "confirm",
        "round": 1,
        "kind": "customer_confirmation",
        "party": "customer",
        "question": "?",
        "subject_sha256": "0" * 64,
        "requested_by": "chen.yu",
        "asked_at": EARLIER,
        "due_at": EARLIER if due else LATER,
        "state": "open",
    }


def a_run(n: int, due: bool) -> dict[str, Any]:
    """The first waits for too long, then one each to start, to wake, to check, to show, parked."""
    kind = n if due else 0
    return {
        "id": n,
        "order_id": n,
        "flow_run_id": None if kind == 2 else f"f-{n}",
        "lease_until": EARLIER if kind == 3 else None,
        "boot": "a-1",
        "wake_seq": 5 if kind == 4 else 4,
        "seen_seq": 4,
        "shown_seq": 3 if kind == 5 else 4,
        "start_after": EARLIER,
        "waits_since": EARLIER if kind == 1 else LATER,
        "parked_at": EARLIER if kind == 6 else None,
    }


def an_ended_run(n: int) -> dict[str, Any]:
    """Of a mail that somebody has dealt with long ago."""
    return {"id": n, "gate_id": n, "flow_run_id": f"f-{n}", "start_after": NOON, "ended_at": NOON}


def a_timer(n: int, due: bool) -> dict[str, Any]:
    when = EARLIER if due else LATER
    return {"key": f"gate:{n}", "kind": "gate", "order_id": n, "gate_id": n, "due_at": when}


def a_mail_out(n: int, due: bool) -> dict[str, Any]:
    return {
        "key": f"confirmation:{n}",
        "order_id": n,
        "purpose": "confirmation",
        "sender": "o@ours.example",
        "recipient": "c@theirs.example",
        "subject": "?",
        "text": "?",
        "message_id": f"{n}@ours.example",
        "raw": b"",
        "state": ("pending" if n % 2 else "sending") if due else "sent",
        "next_try_at": EARLIER,
        "claimed_until": EARLIER,
        "created_at": EARLIER,
    }


def a_mail_in(n: int, due: bool) -> dict[str, Any]:
    return {
        "dedupe_key": f"{n:064d}",
        "source": "orders",
        "raw_sha256": "0" * 64,
        "received_at": EARLIER,
        "state": "new" if due else "order_created",
        "order_id": n,
    }


def an_event(n: int, due: bool) -> dict[str, Any]:
    return {
        "order_id": n,
        "seq": 1,
        "kind": "order_received",
        "at": EARLIER,
        "actor": "x",
        "channel": "mail",
        "prev_hash": FIRST,
        "hash": FIRST,
        "told_at": None if due else NOON,
    }


ROWS: Mapping[type[Any], Callable[[int, bool], dict[str, Any]]] = {
    Order: an_order,
    Gate: a_gate,
    Run: a_run,
    Timer: a_timer,
    Owed: a_mail_out,
    Message: a_mail_in,
    EventRow: an_event,
}
