"""What a person has typed into a form counts, whatever becomes of the run that showed it."""

from sqlalchemy import update

from connectors.runs import RunType
from connectors.runs_memory import MemoryRuns
from models.gate import Gate, numbered
from models.run import of_order
from tasks import driving, engine, standing
from tasks.codes import issue
from tests.tasks.test_main_line import ORDER
from tests.world import World


def answered_form(world: World, code: str) -> str:
    """The run of a fresh order, its confirm form answered, its process killed before it read it."""
    runs = world.services.runs
    assert isinstance(runs, MemoryRuns)
    world.write(ORDER)
    assert world.drive() == "confirm"
    number = world.gate("confirm")
    with world.services.writing() as session:
        session.execute(update(Gate).where(Gate.id == int(number[2:])).values(asks=1))
        run = of_order(session, world.order().id)
        assert run is not None
        run.flow_run_id = flow_run_id = runs.start(
            "order/order", parameters={}, name="", tags=(), idempotency_key="1"
        )
    runs.claim(flow_run_id)
    runs.suspend(flow_run_id, f"{number.lower()}-1")
    runs.resume(flow_run_id, {"decision": "approve", "approver": "li.ming", "code": code})
    runs.becomes(flow_run_id, RunType.CRASHED)
    return flow_run_id


def code_of(world: World) -> str:
    with world.services.writing() as session:
        return issue(session, world.services, "li.ming", [], at=world.services.now())


def test_an_answer_outlives_the_run_that_did_not_read_it(world: World) -> None:
    number = "G-1"
    flow_run_id = answered_form(world, code_of(world))
    assert engine.notice_ended(world.services) == 1
    with world.services.reading() as session:
        assert numbered(session, number).state == "approved"
    assert world.services.runs.answer(flow_run_id, f"{number.lower()}-1") is None


def test_a_wrong_answer_of_a_dead_run_is_told_in_the_next_form(world: World) -> None:
    answered_form(world, "00000000")
    assert engine.notice_ended(world.services) == 1
    with world.services.reading() as session:
        gate = numbered(session, world.gate("confirm"))
        assert "li.ming" in gate.note


def test_a_word_that_came_too_late_is_kept_and_its_code_is_deleted(world: World) -> None:
    flow_run_id = answered_form(world, code_of(world))
    world.answer("confirm", "li.ming")
    assert engine.notice_ended(world.services) == 1
    with world.services.reading() as session:
        votes = [(vote.by, vote.counts) for vote in numbered(session, "G-1").votes]
    assert votes == [("li.ming", True), ("li.ming", False)]
    assert world.services.runs.answer(flow_run_id, "g-1-1") is None


def test_a_woken_run_keeps_the_late_word_that_woke_it(world: World) -> None:
    flow_run_id = answered_form(world, code_of(world))
    with world.services.reading() as session:
        run = of_order(session, world.order().id)
        assert run is not None
        run_id, leg = run.id, run.leg
    world.answer("confirm", "li.ming")
    ride = driving.take(world.services, run_id, leg, flow_run_id)
    assert ride is not None
    standing.take_left(world.services, ride)
    assert world.services.runs.answer(flow_run_id, "g-1-1") is None
