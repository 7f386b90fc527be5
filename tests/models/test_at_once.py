"""Two at once: one wins, nobody is lost, nothing happens twice."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from domain.errors import CommentNeeded, Fenced, GateClosed, NotAllowed, Superseded
from domain.names import Event, Fact, GateKind, GateState, State, Verdict
from models import event as events
from models import gate as gates
from models import installation, outbox, timer
from models import order as orders
from models import run as runs
from models.base import reading, writing
from models.gate import Ask, Gate
from models.installation import Blob
from models.order import Order
from models.outbox import Owed
from models.run import Run
from models.timer import Timer
from models.vote import Vote, Word
from tests.models.conftest import NOON, Rows

LATER = NOON + timedelta(hours=8)


def at_once(rows: Rows, doing: Callable[[Session, int], Any], times: int = 4) -> list[Any]:
    """What each of so many threads got, in a transaction of its own; refusals as values."""
    begin = Barrier(times)

    def one(number: int) -> Any:
        begin.wait(10)
        try:
            with writing(rows.engine) as session:
                return doing(session, number)
        except GateClosed as refusal:
            return refusal

    with ThreadPoolExecutor(times) as pool:
        return list(pool.map(one, range(times)))


def test_every_number_is_given_out_once(rows: Rows) -> None:
    def three(session: Session, _: int) -> list[int]:
        return [installation.next_number(session, "SO-2027") for _ in range(3)]

    given = [number for got in at_once(rows, three) for number in got]
    assert sorted(given) == list(range(1, 13))


def test_equal_bytes_are_kept_once(rows: Rows) -> None:
    keys = at_once(rows, lambda session, _: installation.keep(session, b"same", at=NOON))
    assert len(set(keys)) == 1
    with reading(rows.engine) as session:
        assert session.scalar(select(func.count(Blob.sha256))) == 1
        assert installation.kept(session, keys[0]) == b"same"


def owed(key: str = "received:1", **more: Any) -> Owed:
    return Owed(
        **{
            "key": key,
            "purpose": "received",
            "sender": "o@ours.example",
            "recipient": "c@theirs.example",
            "subject": "s",
            "text": "t",
            "message_id": f"{key}@ours.example",
            "raw": b"x",
            "next_try_at": NOON,
            "created_at": NOON,
            **more,
        }
    )


def test_a_mail_is_owed_once(rows: Rows) -> None:
    ids = at_once(rows, lambda session, _: outbox.owe(session, owed()).id)
    assert len(set(ids)) == 1


def test_a_mail_is_claimed_by_one_sender_only(rows: Rows) -> None:
    with writing(rows.engine) as session:
        outbox.owe(session, owed())

    def claim(session: Session, _: int) -> bool:
        due = outbox.due(session, at=NOON, limit=5)
        return any(outbox.claim(session, row, at=NOON) for row in due)

    assert sorted(at_once(rows, claim)) == [False, False, False, True]


def test_a_stale_claim_is_taken_over_and_a_dead_one_cannot_come_back(rows: Rows) -> None:
    with writing(rows.engine) as session:
        first = outbox.owe(session, owed())
        assert outbox.claim(session, first, at=NOON) == 1
    with writing(rows.engine) as session:
        (again,) = outbox.due(session, at=LATER, limit=5)
        assert outbox.claim(session, again, at=LATER) == 2
        assert outbox.due(session, at=LATER, limit=5) == []
    with writing(rows.engine) as session:
        assert not outbox.refused(session, first.id, 1, "no such mailbox")
        assert outbox.put_off(session, first.id, 1, "no answer", at=LATER)
        row = session.get_one(Owed, first.id)
        assert (row.state, row.error) == ("sending", "")


def test_a_mail_is_tried_less_and_less_often_and_then_given_up(rows: Rows) -> None:
    with writing(rows.engine) as session:
        row = outbox.owe(session, owed())
        waits = []
        for attempt, _ in enumerate(outbox.RETRY_MINUTES, start=1):
            assert outbox.claim(session, row, at=LATER) == attempt
            session.refresh(row)
            assert outbox.put_off(session, row.id, attempt, "no answer", at=NOON)
            waits.append((row.next_try_at - NOON) // timedelta(minutes=1))
        assert outbox.claim(session, row, at=LATER)
        assert not outbox.put_off(session, row.id, attempt + 1, "no answer", at=NOON)
        assert (tuple(waits), row.state) == (outbox.RETRY_MINUTES, "failed")


def test_a_timer_is_set_once_and_acts_once(rows: Rows) -> None:
    def set_and_claim(session: Session, _: int) -> bool:
        timer.set_timer(session, Timer(key="gate:1:0.5", kind="gate", due_at=NOON))
        stands = session.scalars(select(Timer.id)).one()
        return timer.claim(session, stands, at=NOON)

    assert sorted(at_once(rows, set_and_claim)) == [False, False, False, True]


def asked(rows: Rows, **more: Any) -> int:
    """The order stands at a confirm gate; the gate's id."""
    with writing(rows.engine) as session:
        order = orders.locked(session, rows.order_id)
        for event in (Event.RECORD_COMPLETED, Event.CONFIRMATION_PREPARED):
            orders.move(session, order, event, by="x", channel="system", at=NOON)
        wanted = Ask(GateKind.CONFIRM, "?", "", "a" * 64, "chen.yu", LATER, **more)
        first = gates.ask(session, order, wanted, at=NOON)
        assert gates.ask(session, order, wanted, at=NOON) is first
        return first.id


ALLOWED = {f"p{number}": f"p{number}" for number in range(4)}


def test_the_slower_of_four_answers_changes_nothing(rows: Rows) -> None:
    gate_id = asked(rows)

    def vote(session: Session, number: int) -> str:
        verdict = Verdict.REJECT if number % 2 else Verdict.APPROVE
        word = Word(f"p{number}", verdict, "cli", comment="because")
        gates.answer(session, session.get_one(Gate, gate_id), word, allowed=ALLOWED, at=NOON)
        return word.by

    got = at_once(rows, vote)
    winners = [each for each in got if isinstance(each, str)]
    assert len(winners) == 1
    assert all(e.answered_by == winners[0] for e in got if isinstance(e, GateClosed))
    with reading(rows.engine) as session:
        gate = session.get_one(Gate, gate_id)
        assert gate.answered_by == winners[0]
        assert session.scalar(select(func.count(Vote.id))) == 1
        state = State.REJECTED if gate.state == GateState.REJECTED else State.CONFIRMING
        assert session.scalars(select(Order.state)).one() == state
        assert events.broken_links(session, rows.order_id) == []


@pytest.mark.parametrize(
    ("word", "refusal"),
    [
        (Word("stranger", Verdict.APPROVE, "cli"), NotAllowed),
        (Word("p1", Verdict.APPROVE, "cli", sha256="b" * 64), Superseded),
        (Word("p1", Verdict.REJECT, "cli", comment="  "), CommentNeeded),
    ],
)
def test_a_word_that_does_not_count_leaves_the_gate_open(
    rows: Rows, word: Word, refusal: type[Exception]
) -> None:
    gate_id = asked(rows)
    with pytest.raises(refusal), writing(rows.engine) as session:
        gates.answer(session, session.get_one(Gate, gate_id), word, allowed=ALLOWED, at=NOON)
    with reading(rows.engine) as session:
        assert session.get_one(Gate, gate_id).state == GateState.OPEN
        assert session.scalar(select(func.count(Vote.id))) == 0


def test_asking_anew_supersedes_what_was_asked(rows: Rows) -> None:
    gate_id = asked(rows)
    with writing(rows.engine) as session:
        order = orders.locked(session, rows.order_id)
        wanted = Ask(GateKind.CONFIRM, "?", "", "c" * 64, "chen.yu", LATER)
        fresh = gates.ask(session, order, wanted, at=NOON)
        assert session.get_one(Gate, gate_id).state == GateState.SUPERSEDED
        assert gates.standing(session, order) is fresh


def test_a_late_word_is_kept_and_changes_nothing(rows: Rows) -> None:
    gate_id = asked(rows)
    with writing(rows.engine) as session:
        gate = session.get_one(Gate, gate_id)
        word = Word("p1", Verdict.APPROVE, "cli")
        gates.answer(session, gate, word, allowed=ALLOWED, at=NOON)
        gates.note_late_word(session, gate, Word("p2", Verdict.REJECT, "mail", "no"), at=LATER)
        assert gate.state == GateState.APPROVED
        last = events.history(session, rows.order_id)[-1]
        assert (last.kind, last.payload["counts"]) == (Fact.VOTE_CAST, False)


def test_a_new_driver_fences_off_the_old_one(rows: Rows) -> None:
    with writing(rows.engine) as session:
        run = Run(order_id=rows.order_id, start_after=NOON)
        session.add(run)
        session.flush()
        old = runs.take(session, run, boot="b", until=LATER)
        session.refresh(run)
        fresh = runs.take(session, run, boot="b", until=LATER)
        with pytest.raises(Fenced):
            runs.hold(session, run.id, old, until=LATER)
        runs.hold(session, run.id, fresh, until=None)
