"""An order from mail to archive, and every way in which people send it back."""

import pytest

from domain.errors import NotAllowed, SecondPersonNeeded, WrongCode
from domain.names import Channel, Verdict
from models import activity, delivery, event, version
from models.gate import numbered
from tasks.deciding import Answer, decide_one
from tests.world import World

ORDER = """您好,请按以下内容下单:
订单号:PO-2026-118
品名:传动轴
型号:CX-40
数量:16件
单价:1200元
交货日期:2026年12月25日
特殊要求:表面镀铬,附材质报告

刘强
苏州砺嘉精密有限公司
"""


def to_confirmation(world: World) -> None:
    """The order is approved inside and waits for the customer's word."""
    world.write(ORDER, subject="采购订单 PO-2026-118")
    assert world.drive() == "confirm"
    world.answer("confirm", "li.ming")
    assert world.drive() == "customer_confirmation"


def to_plan(world: World) -> None:
    """Both sides agreed; the plan waits for the manager."""
    to_confirmation(world)
    world.write("确认", answers=world.owed("confirmation")[-1])
    assert world.drive() == "plan"


def to_acceptance(world: World) -> None:
    """Everything is delivered and waits for the customer's acceptance."""
    to_plan(world)
    world.answer("plan", "li.ming")
    assert world.drive() == "work"
    world.do_all_work()
    assert world.drive() == "completion"
    world.answer("completion", "zhou.min")
    assert world.drive() == "customer_acceptance"


def kinds(world: World) -> list[str]:
    """What has happened to the order, in order."""
    with world.services.reading() as session:
        return [each.kind for each in event.history(session, world.order().id)]


def test_an_order_goes_from_mail_to_archive(world: World) -> None:
    to_acceptance(world)
    world.write("验收通过", answers=world.owed("acceptance")[-1])
    assert world.drive() == "close"
    world.write("5 5 4 5 9", answers=world.owed("survey")[-1])
    world.answer("close", "li.ming")
    assert world.drive() == "closed"
    order = world.order()
    assert order.state == "closed"
    assert order.warranty_until is not None
    with world.services.reading() as session:
        assert event.broken_links(session, order.id) == []
        assert delivery.newest(session, order.id, "acceptance_certificate") is not None
        assert version.confirmed(session, order.id) is not None


def test_each_customer_mail_is_owed_once(world: World) -> None:
    to_acceptance(world)
    for purpose in ("received", "confirmation", "delivery", "acceptance"):
        assert len(world.owed(purpose)) == 1, purpose


def test_a_rejected_plan_is_planned_again(world: World) -> None:
    to_plan(world)
    world.answer("plan", "li.ming", "reject", comment="T4 太紧")
    assert world.drive() == "plan"
    assert (world.order().stage, world.order().round) == ("plan", 2)
    world.answer("plan", "li.ming")
    assert world.drive() == "work"


def test_a_rejection_needs_a_reason(world: World) -> None:
    from domain.errors import CommentNeeded

    to_plan(world)
    with pytest.raises(CommentNeeded):
        world.answer("plan", "li.ming", "reject")
    assert world.gate("plan")


def test_what_the_customer_does_not_accept_becomes_work_and_a_second_round(world: World) -> None:
    to_acceptance(world)
    world.write("验收不通过\n1号轴镀层不均\n缺材质报告", answers=world.owed("acceptance")[-1])
    assert world.drive() == "work"
    order = world.order()
    assert (order.stage, order.round) == ("execute", 2)
    with world.services.reading() as session:
        fixes = [e.name_zh for e in activity.unfinished(session, order.id)]
    assert fixes == ["整改:1号轴镀层不均", "整改:缺材质报告"]
    world.do_all_work()
    assert world.drive() == "completion"
    world.answer("completion", "zhou.min")
    assert world.drive() == "customer_acceptance"
    with world.services.reading() as session:
        second = delivery.last_acceptance(session, order.id)
        assert second is not None
        assert [each["text"] for each in second.criteria] == ["1号轴镀层不均", "缺材质报告"]
    world.write("验收通过", answers=world.owed("acceptance")[-1])
    assert world.drive() == "close"


def test_a_yes_with_a_but_makes_a_new_version(world: World) -> None:
    to_confirmation(world)
    world.write("确认,但第1行改18件", answers=world.owed("confirmation")[-1])
    assert world.drive() == "confirm"
    order = world.order()
    assert (order.stage, order.round, order.lines[0].quantity) == ("confirm", 2, 18)
    world.answer("confirm", "li.ming")
    assert world.drive() == "customer_confirmation"
    assert len(world.owed("confirmation")) == 2
    assert "第 2 版" in world.owed("confirmation")[-1].subject
    world.write("确认", answers=world.owed("confirmation")[-1])
    assert world.drive() == "plan"


def test_a_yes_to_the_superseded_version_confirms_nothing(world: World) -> None:
    to_confirmation(world)
    old = world.owed("confirmation")[-1]
    world.write("确认,但第1行改18件", answers=old)
    assert world.drive() == "confirm"
    world.answer("confirm", "li.ming")
    world.drive()
    world.write("确认", answers=old)
    assert world.drive() == "customer_confirmation"
    assert "customer_confirmed" not in kinds(world)


def test_a_change_that_nobody_can_read_goes_to_a_person(world: World) -> None:
    to_confirmation(world)
    world.write("修改\n请按电话里说的来", answers=world.owed("confirmation")[-1])
    assert world.drive() == "intake"
    world.answer("intake", "wu.fang", fields={"quantity": "20"})
    assert world.drive() == "confirm"
    assert world.order().lines[0].quantity == 20


def test_an_ok_to_another_mail_confirms_nothing(world: World) -> None:
    to_confirmation(world)
    world.write("ok", answers=world.owed("received")[-1])
    assert world.drive() == "customer_confirmation"


def test_a_stranger_cannot_confirm(world: World) -> None:
    to_confirmation(world)
    sent = world.owed("confirmation")[-1]
    world.write("确认", sender="someone@elsewhere.example", answers=sent)
    assert world.drive() == "customer_confirmation"


def test_a_declined_offer_comes_back_to_us(world: World) -> None:
    to_confirmation(world)
    world.write("不同意\n价格太高", answers=world.owed("confirmation")[-1])
    assert world.drive() == "confirm"
    assert world.order().round == 2


def test_the_requester_never_approves(world: World) -> None:
    world.write(ORDER)
    world.drive()
    with pytest.raises(NotAllowed):
        world.answer("confirm", "chen.yu")


def test_a_wrong_code_decides_nothing_and_counts(world: World) -> None:
    world.write(ORDER)
    world.drive()
    number = world.gate("confirm")
    for left in (4, 3):
        with pytest.raises(WrongCode) as wrong:
            decide_one(
                world.services,
                Answer(number, Verdict.APPROVE, "li.ming", Channel.CLI, code="00000000"),
            )
        assert wrong.value.tries_left == left
    assert world.drive() == "confirm"


def test_a_call_needs_a_second_person(world: World) -> None:
    to_confirmation(world)
    first = world.answer("customer_confirmation", "chen.yu", fields={"method": "call"})
    assert first.recorded
    with pytest.raises(SecondPersonNeeded):
        world.answer("customer_confirmation", "chen.yu")
    world.answer("customer_confirmation", "wu.fang")
    assert world.drive() == "plan"


def test_the_doer_does_not_review(world: World) -> None:
    to_plan(world)
    world.answer("plan", "li.ming")
    world.drive()
    world.do_all_work()
    world.drive()
    with pytest.raises(NotAllowed):
        world.answer("completion", "wang.lei")


def test_findings_of_the_review_are_tasks(world: World) -> None:
    to_plan(world)
    world.answer("plan", "li.ming")
    world.drive()
    world.do_all_work()
    world.drive()
    world.answer("completion", "zhou.min", "reject", comment="倒角未做\n缺检验记录")
    assert world.drive() == "work"
    with world.services.reading() as session:
        assert len(activity.unfinished(session, world.order().id)) == 2


def test_the_second_answer_changes_nothing_and_is_kept(world: World) -> None:
    from domain.errors import GateClosed

    to_plan(world)
    number = world.gate("plan")
    world.answer("plan", "li.ming")
    with pytest.raises(GateClosed):
        decide_one(
            world.services,
            Answer(number, Verdict.REJECT, "li.ming", Channel.LINK, comment="nein", proven=True),
        )
    with world.services.reading() as session:
        votes = numbered(session, number).votes
        assert [(v.verdict, v.counts) for v in votes] == [("approve", True), ("reject", False)]


def test_a_manager_approves_by_answering_the_mail(world: World) -> None:
    to_plan(world)
    world.write("同意", sender="li.ming@zheling.example", answers=world.owed("approval")[-1])
    assert world.drive() == "work"


def test_work_is_reported_by_mail(world: World) -> None:
    to_plan(world)
    world.answer("plan", "li.ming")
    world.drive()
    sent = next(e for e in world.owed("assignment") if e.recipient.startswith("wang.lei"))
    world.write(
        "[T1] done\n[T4] 50% 剩余6h 等外协件", sender="wang.lei@zheling.example", answers=sent
    )
    with world.services.reading() as session:
        rows = {e.label: e for e in activity.of_order(session, world.order().id)}
    assert rows["T1"].state == "done"
    assert (rows["T4"].percent, rows["T4"].remaining_hours) == (50, 6)
    assert rows["T4"].blocked_party == "supplier"
