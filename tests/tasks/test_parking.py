"""A run that only waits is parked: it costs nothing, its gate is answered as before."""

from dataclasses import replace
from pathlib import Path

import pytest

from connectors.runs import RunType
from connectors.runs_memory import MemoryRuns
from domain.names import GateState
from models.gate import Gate, numbered
from models.run import Run, of_order
from tasks import driving, engine, parking, sweeping
from tasks.codes import issue
from tests.tasks.test_main_line import ORDER
from tests.world import World, make_world


@pytest.fixture
def waits(database_url: str, tmp_path: Path) -> World:
    """One order that stands at its first gate, suspended with its form, in a real company."""
    world = make_world(database_url, tmp_path)
    policy = world.services.settings.policy.model_copy(update={"preset": "standard"})
    settings = world.services.settings.model_copy(update={"policy": policy})
    world.services = replace(world.services, settings=settings)
    world.write(ORDER)
    carry(world)
    return world


def carry(world: World) -> str:
    """The order's run is started, driven to its gate and suspended; its id in the engine."""
    (flow_run_id,) = engine.start_runs(world.services)
    memory(world).claim(flow_run_id)
    world.drive()
    run = run_of(world)
    ride = driving.Ride(run.id, run.epoch, flow_run_id, run.order_id)
    asked = driving.ask_again(world.services, ride, int(world.gate("confirm")[2:]))
    assert asked is not None
    memory(world).suspend(flow_run_id, asked.key, ["decision"])
    driving.let_go(world.services, ride)
    world.later(minutes=2)
    return flow_run_id


def memory(world: World) -> MemoryRuns:
    assert isinstance(world.services.runs, MemoryRuns)
    return world.services.runs


def run_of(world: World) -> Run:
    with world.services.reading() as session:
        found = of_order(session, world.order().id)
        assert found is not None
        return found


def gate_of(world: World) -> Gate:
    with world.services.reading() as session:
        return numbered(session, "G-1")


def parked(world: World) -> str:
    """The order has waited for too long; the id of the run that it had in the engine."""
    world.later(days=15)
    before = run_of(world).flow_run_id
    assert parking.park_waits(world.services) == 1
    assert before is not None
    return before


def settled(world: World) -> None:
    world.later(seconds=15)
    parking.let_go(world.services)


def rounds(world: World) -> list[str]:
    """Everything that the service does about runs; ids that it started or woke."""
    engine.notice_ended(world.services)
    engine.check_runs(world.services)
    sweeping.sweep(world.services, 0)
    return engine.start_runs(world.services) + engine.wake_runs(world.services)


def form_answer(world: World) -> dict[str, str]:
    with world.services.writing() as session:
        code = issue(session, world.services, "li.ming", [], at=world.services.now())
    return {"decision": "approve", "approver": "li.ming", "code": code, "comment": ""}


def test_who_waits_for_less_than_two_weeks_is_left_alone(waits: World) -> None:
    waits.later(days=13)
    assert parking.park_waits(waits.services) == 0
    assert memory(waits).runs[str(run_of(waits).flow_run_id)].state.name == "Suspended"


def test_a_sample_company_parks_nothing(waits: World) -> None:
    policy = waits.services.settings.policy.model_copy(update={"preset": "samples"})
    settings = waits.services.settings.model_copy(update={"policy": policy})
    waits.later(days=400)
    assert parking.park_waits(replace(waits.services, settings=settings)) == 0


def test_a_long_wait_ends_in_the_engine_and_the_gate_stays_open(waits: World) -> None:
    old = parked(waits)
    settled(waits)
    ended = memory(waits).runs[old]
    assert (ended.state.type, ended.state.name) == (RunType.COMPLETED, "Parked")
    assert "parked" in ended.tags
    assert run_of(waits).flow_run_id is None
    assert gate_of(waits).state == GateState.OPEN


def test_nobody_starts_cancels_or_gives_up_a_parked_order(waits: World) -> None:
    parked(waits)
    state = waits.order().state
    for _ in range(3):
        assert rounds(waits) == []
        settled(waits)
    assert (waits.order().state, run_of(waits).failures) == (state, 0)
    assert run_of(waits).parked_at is not None


def test_a_decision_begins_a_new_leg(waits: World) -> None:
    old = parked(waits)
    settled(waits)
    waits.answer("confirm", "li.ming")
    started = rounds(waits)
    assert len(started) == 1
    assert old not in started
    assert waits.drive() == "customer_confirmation"


def test_a_decision_in_the_instant_of_parking_begins_a_new_leg(waits: World) -> None:
    parked(waits)
    waits.answer("confirm", "li.ming")
    rounds(waits)  # the old run is seen to have ended
    rounds(waits)
    assert waits.drive() == "customer_confirmation"


@pytest.mark.parametrize("clicked", ["before", "after"])
def test_a_form_sent_in_the_instant_of_parking_counts_once(waits: World, clicked: str) -> None:
    """The engine took the answer between our look and our word; no leg has read it."""
    waits.later(days=15)
    old, engine_runs = str(run_of(waits).flow_run_id), memory(waits)
    if clicked == "before":
        engine_runs.resume(old, form_answer(waits))
        engine_runs.becomes(old, RunType.PAUSED, "Suspended")  # as we saw it
    assert parking.park_waits(waits.services) == 1
    if clicked == "after":
        engine_runs.becomes(old, RunType.PAUSED, "Suspended")
        assert engine_runs.resume(old, form_answer(waits))
    settled(waits)
    settled(waits)
    assert gate_of(waits).answered_via == "prefect_ui"
    with waits.services.reading() as session:
        assert len(numbered(session, "G-1").votes) == 1
    rounds(waits)
    rounds(waits)
    assert waits.drive() == "customer_confirmation"


def test_a_leg_that_wakes_while_it_is_parked_drives_nothing(waits: World) -> None:
    before = run_of(waits)
    old = parked(waits)
    assert driving.take(waits.services, before.id, before.leg, old) is None


def test_a_run_with_something_new_to_see_is_not_parked(waits: World) -> None:
    waits.later(days=15)
    waits.answer("confirm", "li.ming")
    assert parking.park_waits(waits.services) == 0


def test_what_a_kill_left_half_parked_is_parked_by_the_next_look(waits: World) -> None:
    old = parked(waits)
    memory(waits).becomes(old, RunType.PAUSED, "Suspended")  # killed before the engine was told
    settled(waits)
    assert memory(waits).runs[old].state.name == "Parked"
    settled(waits)
    assert run_of(waits).flow_run_id is None


def test_unparking_brings_the_form_back(waits: World) -> None:
    parked(waits)
    settled(waits)
    assert parking.unpark(waits.services, waits.order().order_no)
    again = carry(waits)
    assert memory(waits).runs[again].form is not None
    assert not parking.unpark(waits.services, waits.order().order_no)


def test_a_cancel_in_the_instant_of_parking_is_still_a_request(waits: World) -> None:
    old = parked(waits)
    memory(waits).cancel(old)
    settled(waits)
    assert waits.gate("cancel")
