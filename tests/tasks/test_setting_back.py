"""A clock that was ahead and is set back holds nothing up."""

from sqlalchemy import select

from connectors.runs import RunType
from connectors.runs_memory import MemoryRuns
from models.outbox import Owed
from models.run import Run, of_order
from tasks import driving, engine, sending
from tests.tasks.test_main_line import ORDER
from tests.world import World


def a_day_ahead(world: World) -> str:
    """An order of a time when the clock was a day ahead; its run is driven, its mails unsent."""
    world.later(days=1)
    world.write(ORDER)
    (flow_run_id,) = engine.start_runs(world.services)
    with world.services.reading() as session:
        run = of_order(session, world.order().id)
        assert run is not None
        assert driving.take(world.services, run.id, run.leg, flow_run_id) is not None
    engine.notice_ended(world.services)
    world.later(days=-1)
    return flow_run_id


def replaced(world: World) -> bool:
    """Whether the order's run waits for its next leg to be started now."""
    with world.services.reading() as session:
        run = session.scalars(select(Run)).one()
        return run.flow_run_id is None and run.start_after <= world.services.now()


def test_a_run_that_dies_after_the_clock_was_set_back_is_replaced(world: World) -> None:
    flow_run_id = a_day_ahead(world)
    runs = world.services.runs
    assert isinstance(runs, MemoryRuns)
    runs.becomes(flow_run_id, RunType.CRASHED)
    engine.notice_ended(world.services)
    assert replaced(world)


def test_a_lease_of_the_other_clock_is_over(world: World) -> None:
    flow_run_id = a_day_ahead(world)
    engine.notice_ended(world.services)
    world.later(seconds=1)
    runs = world.services.runs
    assert isinstance(runs, MemoryRuns)
    runs.runs.pop(flow_run_id)
    assert engine.check_runs(world.services) == 1
    assert replaced(world)


def test_mails_of_the_other_clock_are_sent(world: World) -> None:
    a_day_ahead(world)
    assert world.drive() == "confirm"
    world.later(days=1)
    with world.services.writing() as session:
        for each in session.scalars(select(Owed)):
            each.next_try_at = world.services.now()
    world.later(days=-1)
    assert sending.send_due(world.services) == 0
    engine.notice_ended(world.services)
    assert sending.send_due(world.services) > 0
