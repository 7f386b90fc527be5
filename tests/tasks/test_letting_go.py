"""A run waits without a lease; one that waits under a lease died before its form was there."""

import pytest
from sqlalchemy import select

from connectors.runs_memory import MemoryRuns
from models.run import Run
from tasks import driving, engine
from tests.tasks.test_main_line import ORDER
from tests.world import World


@pytest.fixture
def ride(world: World) -> driving.Ride:
    """The order has been driven to its first gate, whose form is about to be shown."""
    world.write(ORDER, subject="采购订单 PO-2026-118")
    (flow_run_id,) = engine.start_runs(world.services)
    memory(world).begin(flow_run_id)
    world.drive()
    run = run_of(world)
    found = driving.Ride(run.id, run.epoch, flow_run_id, run.order_id)
    asked = driving.ask_again(world.services, found, int(world.gate("confirm")[2:]))
    assert asked is not None
    assert memory(world).ask(flow_run_id, asked.key)
    return found


def memory(world: World) -> MemoryRuns:
    assert isinstance(world.services.runs, MemoryRuns)
    return world.services.runs


def run_of(world: World) -> Run:
    with world.services.reading() as session:
        return session.scalars(select(Run)).one()


def test_a_run_whose_leg_died_before_its_form_was_there_begins_again(
    world: World, ride: driving.Ride
) -> None:
    world.later(minutes=2)
    assert engine.check_runs(world.services) == 1
    assert run_of(world).leg == 2


def test_a_run_that_waits_with_its_form_is_left_alone(world: World, ride: driving.Ride) -> None:
    assert driving.let_go(world.services, ride)
    world.later(minutes=2)
    assert engine.check_runs(world.services) == 0
    assert (run_of(world).leg, run_of(world).lease_until) == (1, None)


def test_a_leg_that_was_slow_to_let_go_does_not_disturb_its_successor(
    world: World, ride: driving.Ride
) -> None:
    assert driving.take(world.services, ride.run_id, 1, ride.flow_run_id) is not None
    before = run_of(world).lease_until
    driving.let_go(world.services, ride)
    assert run_of(world).lease_until == before


def test_a_leg_whose_run_was_replaced_learns_that_its_form_is_nobodys(
    world: World, ride: driving.Ride
) -> None:
    memory(world).cancel(ride.flow_run_id)
    assert engine.notice_ended(world.services) == 1
    assert not driving.let_go(world.services, ride)
