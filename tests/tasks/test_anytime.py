"""What is possible at any time: hold, resume, cancel, trouble; what the clock does."""

import pytest

from connectors.runs import RunType
from domain.errors import CodesBlocked, WrongCode
from domain.names import Channel, Event, Verdict
from models import event
from models import order as orders
from models.run import of_order
from tasks import engine, timers
from tasks.deciding import Answer, decide_one
from tasks.transition import happen
from tests.tasks.test_main_line import ORDER, kinds, to_confirmation, to_plan
from tests.world import World


def do(world: World, what: Event, **facts: str) -> None:
    """Something happens to the order outside of its gates."""
    with world.services.writing() as session:
        order = orders.locked(session, world.order().id)
        happen(
            session,
            world.services,
            order,
            what,
            by="chen.yu",
            channel=Channel.CLI,
            at=world.clock[0],
            payload=dict(facts),
        )


def test_a_held_order_goes_on_where_it_stood(world: World) -> None:
    to_plan(world)
    do(world, Event.ORDER_HELD, reason="图纸待定", party="customer")
    assert world.drive() == "hold"
    assert world.order().state == "on_hold"
    world.answer("hold", "chen.yu")
    assert world.drive() == "plan"
    assert world.order().state == "classified"


def test_a_cancelled_order_withdraws_everything(world: World) -> None:
    to_plan(world)
    do(world, Event.CANCEL_REQUESTED, reason="客户破产")
    assert world.drive() == "cancel"
    world.answer("cancel", "li.ming")
    assert world.drive() == "cancelled"
    assert world.owed("notice")[-1].recipient == "liu.qiang@lijia.example"


def test_a_refused_cancel_changes_nothing(world: World) -> None:
    to_plan(world)
    do(world, Event.CANCEL_REQUESTED, reason="versehentlich")
    assert world.drive() == "cancel"
    world.answer("cancel", "li.ming", "reject", comment="继续")
    assert world.drive() == "plan"


def test_cancelling_the_run_in_the_engine_is_only_a_request(world: World) -> None:
    world.write(ORDER)
    engine.start_runs(world.services)
    with world.services.reading() as session:
        run = of_order(session, world.order().id)
        assert run is not None
        flow_run_id = str(run.flow_run_id)
    world.services.runs.cancel(flow_run_id)
    assert engine.notice_ended(world.services) == 1
    assert "cancel_requested" in kinds(world)
    assert world.drive() == "cancel"


def test_a_dead_run_is_replaced_and_the_old_one_fenced_off(world: World) -> None:
    world.write(ORDER)
    engine.start_runs(world.services)
    with world.services.reading() as session:
        run = of_order(session, world.order().id)
        assert run is not None
        first, leg = str(run.flow_run_id), run.leg
    world.services.runs.crash(first, "killed")
    assert engine.notice_ended(world.services) == 1
    assert engine.start_runs(world.services) != [first]
    with world.services.reading() as session:
        run = of_order(session, world.order().id)
        assert run is not None
        assert run.leg == leg + 1
    assert world.services.runs.states([first])[first].type is RunType.CRASHED


def test_a_silent_approver_is_reminded_then_their_manager_told(world: World) -> None:
    to_plan(world)
    world.later(minutes=5)
    timers.fire_due(world.services)
    assert [e.recipient for e in world.owed("reminder")] == ["li.ming@zheling.example"]
    world.later(minutes=5)
    timers.fire_due(world.services)
    assert "gate_escalated" in kinds(world)
    assert world.owed("notice")[-1].recipient == "zhao.wen@zheling.example"
    assert world.drive() == "plan"


def test_silence_never_confirms(world: World) -> None:
    to_confirmation(world)
    for _ in range(5):
        world.later(hours=1)
        timers.fire_due(world.services)
    assert "customer_confirmed" not in kinds(world)
    assert "confirmation_expired" in kinds(world)


def test_firing_twice_reminds_once(world: World) -> None:
    to_plan(world)
    world.later(minutes=5)
    timers.fire_due(world.services)
    timers.fire_due(world.services)
    assert len(world.owed("reminder")) == 1


def test_five_wrong_codes_close_the_form_but_not_the_mailed_link(world: World) -> None:
    to_plan(world)
    number = world.gate("plan")
    wrong = Answer(number, Verdict.APPROVE, "li.ming", Channel.PREFECT_UI, code="11111111")
    for _ in range(4):
        with pytest.raises(WrongCode):
            decide_one(world.services, wrong)
    with pytest.raises(CodesBlocked):
        decide_one(world.services, wrong)
    with pytest.raises(CodesBlocked):
        world.answer("plan", "li.ming")
    assert any(e.recipient.startswith("li.ming") for e in world.owed("notice"))
    decide_one(
        world.services, Answer(number, Verdict.APPROVE, "li.ming", Channel.LINK, proven=True)
    )
    assert world.drive() == "work"


def test_a_code_counts_once(world: World) -> None:
    from tasks.codes import issue

    to_plan(world)
    with world.services.writing() as session:
        code = issue(session, world.services, "li.ming", [], at=world.clock[0])
    number = world.gate("plan")
    good = Answer(number, Verdict.APPROVE, "li.ming", Channel.CLI, code=code)
    decide_one(world.services, good)
    with pytest.raises(WrongCode):
        decide_one(world.services, good)


def test_an_old_code_is_wrong(world: World) -> None:
    from tasks.codes import issue

    to_plan(world)
    with world.services.writing() as session:
        code = issue(session, world.services, "li.ming", [], at=world.clock[0])
    world.later(minutes=11)
    with pytest.raises(WrongCode):
        decide_one(
            world.services,
            Answer(world.gate("plan"), Verdict.APPROVE, "li.ming", Channel.CLI, code=code),
        )


def test_trouble_is_the_owners_and_approving_it_tries_again(world: World) -> None:
    to_plan(world)
    do(world, Event.TROUBLE_REPORTED, reason="SMTP")
    assert world.drive() == "trouble"
    world.answer("trouble", "chen.yu")
    assert world.drive() == "plan"
    with world.services.reading() as session:
        assert event.broken_links(session, world.order().id) == []
