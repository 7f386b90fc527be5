"""After an outage of the workers: all that is due is carried out, and new mail does not wait."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from connectors.runs import RunType
from models.order import Order
from models.run import Run
from tasks import engine
from tasks.dispatch import LOST, UNDER_WAY, Dispatch
from tests.upgrade.population import ORDER, populate
from tests.world import World

BACKLOG = 60


@pytest.fixture
def backlog(world: World) -> World:
    """Many orders have come in, and no worker has looked at any."""
    populate(world, ("confirm",))
    with world.services.writing() as session:
        first = session.scalars(select(Order)).one()
        for number in range(BACKLOG):
            order = Order(**_like(first, f"SO-2025-{number:05d}"))
            session.add(order)
            session.flush()
            session.add(Run(order_id=order.id, start_after=world.clock[0]))
    return world


def _like(order: Order, order_no: str) -> dict[str, object]:
    wanted = ("state", "stage", "channel", "owner", "received_at", "state_since")
    return {name: getattr(order, name) for name in wanted} | {"order_no": order_no}


def looked_at(world: World, flow_run_id: str) -> None:
    """A worker has taken the run up."""
    with world.services.writing() as session:
        run = session.scalars(select(Run).where(Run.flow_run_id == flow_run_id)).one()
        run.seen_seq = run.wake_seq


def test_only_some_are_on_their_way_while_no_worker_takes_them(backlog: World) -> None:
    sent = Dispatch(backlog.services)
    started = [run for _ in range(20) for run in sent.round()]
    assert len(started) == UNDER_WAY


def test_everything_is_started_as_workers_take_it_up(backlog: World) -> None:
    sent = Dispatch(backlog.services)
    started: set[str] = set()
    for _ in range(BACKLOG):
        for flow_run_id in sent.round():
            started.add(flow_run_id)
            looked_at(backlog, flow_run_id)
    assert len(started) == BACKLOG


def test_a_mail_of_now_is_started_at_the_next_free_place(backlog: World) -> None:
    sent = Dispatch(backlog.services)
    started = [run for _ in range(20) for run in sent.round()]
    backlog.write(ORDER.format(number=2), subject="采购订单 PO-2026-2")
    looked_at(backlog, started[0])
    looked_at(backlog, started[1])
    new = sent.round()
    with backlog.services.reading() as session:
        order = backlog.order()
        [run] = session.scalars(select(Run).where(Run.order_id == order.id))
    assert run.flow_run_id in new
    assert len(new) == 2


def test_a_lost_run_does_not_keep_its_place_for_ever(backlog: World) -> None:
    sent = Dispatch(backlog.services)
    assert [run for _ in range(20) for run in sent.round()]
    backlog.clock[0] += LOST + timedelta(seconds=1)
    assert sent.round()


def test_a_dead_run_is_found_behind_many_that_a_worker_has_yet_to_take(backlog: World) -> None:
    started = engine.start_runs(backlog.services, limit=BACKLOG)
    dead = started[-1]
    backlog.services.runs.becomes(dead, RunType.CRASHED)  # type: ignore[attr-defined]
    backlog.later(hours=1)
    for _ in range(BACKLOG // 10 + 1):
        engine.check_runs(backlog.services, limit=10)
    with backlog.services.reading() as session:
        assert session.scalars(select(Run).where(Run.flow_run_id == dead)).all() == []
