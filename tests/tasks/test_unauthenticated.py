"""Whom our server does not vouch for may open a draft, and changes nothing that is there."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from models.gate import Gate
from models.order import Order
from models.outbox import Owed
from models.tables import METADATA
from tests.tasks.test_forged import behind_a_server, forged
from tests.tasks.test_intake import messages
from tests.tasks.test_main_line import ORDER, to_acceptance, to_confirmation, to_plan
from tests.world import World

OF_THE_MAIL = {"message", "attachment", "blob", "counter", "bell", "run", "outbox"}
"""What a mail may leave behind that a person is to look at."""

SENDERS = (
    "liu.qiang@lijia.example",
    "LIU.QIANG@LIJIA.EXAMPLE",
    "li.ming@zheling.example",
    "wang.lei@zheling.example",
    "zhao.wen@zheling.example",
    "somebody@elsewhere.example",
)

ANSWERS = (
    "确认",
    "同意",
    "批准,按此执行",
    "OK",
    "I confirm the order.",
    "Approved.",
    "验收通过",
    "Accepted, everything works.",
    "不同意,价格太高",
    "Rejected.",
    "验收不通过\n1号轴镀层不均",
    "数量由16件改为30件",
    "Please change the quantity to 30 pcs.",
    "交货日期改为2026年12月31日",
    "取消订单",
    "Please cancel the whole order.",
    "暂停生产",
    "OK, but deliver on 31 December 2026.",
    "1. 30件 2. 12月31日 3. 无",
    "2. 2026-12-31",
    "[T1] done\n[T2] 100%",
    "[T4] 50% 剩余6h",
    "5 5 5 5 10",
    "货已收到",
    "We have received the goods.",
)


def written(world: World) -> dict[str, Any]:
    """All rows that a mail must not touch, as they are now."""
    with world.services.reading() as session:
        kept = {
            name: sorted(map(repr, session.execute(select(table)).all()))
            for name, table in METADATA.tables.items()
            if name not in OF_THE_MAIL | {"gate", "event", "vote"}
        }
        gates = session.execute(
            select(Gate.id, Gate.state, Gate.due_at).where(Gate.order_id.is_not(None))
        )
        table = METADATA.tables["event"]
        facts = session.execute(select(table).where(table.c.kind != "mail_received")).all()
        votes = session.execute(select(METADATA.tables["vote"])).all()
        return {
            **kept,
            "gate": sorted(map(repr, gates)),
            "event": sorted(str(each.kind) for each in facts),
            "vote": sorted(map(repr, votes)),
        }


def to_questions(world: World) -> None:
    world.write(ORDER.replace("数量:16件\n", ""), subject="采购订单 PO-2026-118")
    assert world.drive() == "customer_info"


def to_work(world: World) -> None:
    to_plan(world)
    world.answer("plan", "li.ming")
    assert world.drive() == "work"


def to_survey(world: World) -> None:
    to_acceptance(world)
    world.write("验收通过", answers=world.owed("acceptance")[-1])
    assert world.drive() == "close"


def newest_of_each_kind(world: World) -> list[Owed]:
    with world.services.reading() as session:
        rows = session.scalars(select(Owed).order_by(Owed.id)).all()
        return list({(each.purpose, each.recipient): each for each in rows}.values())


@pytest.mark.parametrize(
    "stand", [to_questions, to_confirmation, to_work, to_acceptance, to_survey]
)
def test_no_answer_of_anybody_changes_anything(
    world: World, stand: Callable[[World], None]
) -> None:
    stand(world)
    outside = behind_a_server(world)
    before, n = written(world), 0
    asked = newest_of_each_kind(world)
    with world.services.reading() as session:
        number = session.scalars(select(Order.order_no)).one()
    for turn, text in enumerate(ANSWERS):
        for shift in (0, 1):
            sender = SENDERS[(turn + 3 * shift + turn // 6) % len(SENDERS)]
            sent = asked[(turn + shift) % len(asked)]
            headers = {
                "From": sender,
                "In-Reply-To": f"<{sent.message_id}>",
                "Subject": f"Re: {sent.subject} {number}",
            }
            n += 1
            forged(outside, n, headers, text)
    assert len([each for each in messages(world) if "forged" in each.message_id]) == n
    assert {each.state for each in messages(world) if "forged" in each.message_id} <= {
        "needs_person",
        "ignored",
    }
    assert written(world) == before


def test_an_order_of_somebody_unknown_is_a_draft_or_a_persons(world: World) -> None:
    outside = behind_a_server(world)
    headers = {"From": "liu.qiang@lijia.example", "Subject": "采购订单 PO-2026-118"}
    forged(outside, 1, headers, ORDER)
    row = messages(world)[-1]
    assert row.state in ("order_created", "needs_person")
    with world.services.reading() as session:
        assert {each.state for each in session.scalars(select(Order))} <= {"received"}
