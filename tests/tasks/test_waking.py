"""A run is woken once, only while it stands at a gate, and not at all for what it sees itself."""

import pytest

from domain.names import Channel, Verdict
from models.run import Run, to_wake
from tasks import driving, engine
from tasks.codes import issue
from tasks.deciding import Answer, decide_one
from tests.tasks.test_main_line import ORDER
from tests.tasks.test_parking import memory, run_of
from tests.world import World


def decide(world: World) -> None:
    """The manager confirms the order."""
    with world.services.writing() as session:
        code = issue(session, world.services, "li.ming", [], at=world.services.now())
    number = world.gate("confirm")
    decide_one(world.services, Answer(number, Verdict.APPROVE, "li.ming", Channel.CLI, code=code))


def to_be_woken(world: World) -> list[Run]:
    with world.services.reading() as session:
        return list(to_wake(session, 10))


@pytest.fixture
def driven(world: World) -> driving.Ride:
    """The order's driver has done what there was to do and looks at the gate."""
    world.write(ORDER)
    (flow_run_id,) = engine.start_runs(world.services)
    assert memory(world).claim(flow_run_id) and memory(world).begin(flow_run_id)
    assert world.drive() == "confirm"
    run = run_of(world)
    return driving.Ride(run.id, run.epoch, flow_run_id, run.order_id)


def suspended(world: World, ride: driving.Ride) -> None:
    asked = driving.ask_again(world.services, ride, int(world.gate("confirm")[2:]))
    assert asked is not None
    shown(world, ride, asked.key)


def shown(world: World, ride: driving.Ride, key: str) -> None:
    assert memory(world).ask(ride.flow_run_id, key)
    memory(world).show_form(ride.flow_run_id, key, ["decision"])


def test_who_drives_needs_no_waking(world: World, driven: driving.Ride) -> None:
    decide(world)
    assert to_be_woken(world) == []
    assert driving.ask_again(world.services, driven, int(run_of(world).id)) is None


def test_a_gate_decided_while_the_run_lingers_does_not_suspend_it(
    world: World, driven: driving.Ride
) -> None:
    gate = int(world.gate("confirm")[2:])
    assert not driving.decided_meanwhile(world.services, gate)
    decide(world)
    assert driving.decided_meanwhile(world.services, gate)


def test_a_decision_wakes_the_waiting_run_once(world: World, driven: driving.Ride) -> None:
    suspended(world, driven)
    decide(world)
    assert engine.wake_runs(world.services) == [driven.flow_run_id]
    assert engine.wake_runs(world.services) == []
    lease = run_of(world).lease_until
    assert lease is not None  # if no worker takes it, somebody looks after it


def test_a_run_that_is_only_about_to_be_suspended_is_woken_afterwards(
    world: World, driven: driving.Ride
) -> None:
    asked = driving.ask_again(world.services, driven, int(world.gate("confirm")[2:]))
    assert asked is not None
    decide(world)
    assert engine.wake_runs(world.services) == []
    shown(world, driven, asked.key)
    assert engine.wake_runs(world.services) == [driven.flow_run_id]
