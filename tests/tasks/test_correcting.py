"""People correct what was understood, at the gate of a mail and at that of an order."""

from decimal import Decimal

import pytest
from sqlalchemy import select

from domain.errors import BadValue
from domain.names import Channel, Verdict
from models.gate import Gate
from models.message import Message
from tasks.deciding import Answer, decide_one
from tasks.replaying import differences
from tests.world import World

UNCLEAR = "关于上次说的事,请回电。"
LINES = "离心泵 | CP-50 | 3 台 | 1200 | 2026-12-18; 法兰 | DN50 | 6 件"


def row(world: World) -> Message:
    with world.services.reading() as session:
        return session.scalars(select(Message).order_by(Message.id.desc())).first() or Message()


def mail_gate(world: World) -> Gate:
    with world.services.reading() as session:
        return session.scalars(select(Gate).where(Gate.message_id == row(world).id)).one()


def say(world: World, **fields: str) -> None:
    gate = mail_gate(world)
    word = Answer(gate.number, Verdict.APPROVE, "wu.fang", Channel.LINK, proven=True, fields=fields)
    decide_one(world.services, word)


def test_a_mail_becomes_the_order_that_the_person_describes(world: World) -> None:
    world.write(UNCLEAR, subject="你好", sender="who@unknown.example")
    say(world, kind="new_order", customer="青禾泵业", contact="周宁", lines=LINES, due_date="open")
    order = world.order()
    assert (order.customer_name, order.contact_name, order.open_date) == ("青禾泵业", "周宁", True)
    assert order.customer_id is not None
    assert [(e.item, e.quantity, e.unit) for e in order.lines] == [
        ("离心泵", 3, "台"),
        ("法兰", 6, "件"),
    ]
    human = {name for name, each in order.sources.items() if each["rule"] == "human"}
    assert human == {"customer", "contact", "due_date", "line:1", "line:2"}
    assert row(world).understanding["human"]["by"] == "wu.fang"


def test_amount_currency_and_urgency_are_corrected_like_other_fields(world: World) -> None:
    world.write(
        "关于上次说的事,请回电。金额:900元,不急。", subject="你好", sender="who@unknown.example"
    )
    said = {"amount": "5,400.50", "currency": "usd", "urgency": "urgent"}
    say(world, kind="new_order", customer="青禾泵业", lines=LINES, **said)
    order = world.order()
    assert (order.amount, order.currency, order.urgency) == (Decimal("5400.5"), "USD", "urgent")
    for name in said:
        assert (order.sources[name]["rule"], order.sources[name]["source"]) == ("human", "wu.fang")
    assert row(world).understanding["human"]["fields"].items() >= said.items()


def test_a_stated_total_stands_beside_priced_lines(world: World) -> None:
    world.write(UNCLEAR, subject="你好", sender="who@unknown.example")
    priced = "离心泵 | CP-50 | 3 台 | 1200"
    say(world, kind="new_order", customer="青禾泵业", lines=priced, amount="3500")
    assert world.order().amount == 3500


def test_a_corrected_amount_agrees_with_the_rules_however_it_is_written() -> None:
    fields = {"amount": {"value": "5400.00"}, "urgency": {"value": "urgent"}}
    said = {"fields": {"amount": "5,400", "urgency": "urgent", "currency": "usd"}}
    found = {
        each["what"]: each["agrees"]
        for each in differences({"fields": fields, "human": said}, {"fields": fields})
    }
    assert found == {"amount": True, "urgency": True, "currency": False}


def test_the_briefing_names_value_words_rule_and_sureness(world: World) -> None:
    world.write(
        "您好,请报价\n品名:钣金外壳\n数量:16件\n交期:12月15日\n\n刘强\n苏州砺嘉精密有限公司",
        subject="询价",
    )
    text = mail_gate(world).briefing
    assert "⟦" in text
    assert "钣金外壳" in text
    assert "%" in text
    assert "规则 / Rule" in text


@pytest.mark.parametrize(
    "fields",
    [
        {"kind": "new_order", "lines": "离心泵 | CP-50 | viele"},
        {"kind": "new_order", "due_date": "bald"},
        {"kind": "new_order", "lines": LINES, "quantity": "3"},
        {"kind": "order_info"},
        {"kind": "new_order", "amount": "viel"},
        {"kind": "new_order", "amount": "-3"},
        {"kind": "new_order", "currency": "euro"},
        {"kind": "new_order", "urgency": "sofort"},
        {"kind": "new_order", "quantity": "1 2 3 4 5 6 7 8 9"},
    ],
)
def test_what_cannot_be_used_is_refused_and_nothing_happens(
    world: World, fields: dict[str, str]
) -> None:
    world.write(UNCLEAR, subject="你好", sender="who@unknown.example")
    with pytest.raises(BadValue):
        say(world, **fields)
    assert row(world).state == "needs_person"
    assert mail_gate(world).state == "open"


def test_lines_of_an_order_are_replaced_and_say_by_whom(world: World) -> None:
    world.write(
        "您好,我司订购:\n品名:外壳\n型号:BX-9\n\n刘强\n苏州砺嘉精密有限公司", subject="订购"
    )
    world.drive()
    for said in ("1. 16件", "2. 无"):
        world.write(said, answers=world.owed("question")[-1])
        state = world.drive()
    assert state == "intake"
    world.answer(
        "intake",
        "wu.fang",
        fields={"lines": LINES, "due_date": "2026-12-18", "special_requirements": "防锈"},
    )
    assert world.drive() == "confirm"
    order = world.order()
    assert [e.model for e in order.lines] == ["CP-50", "DN50"]
    assert order.sources["line:2"]["source"] == "wu.fang"
    assert [e.text for e in order.requirements if e.state != "dropped"] == ["防锈"]


def test_the_open_orders_of_whoever_writes_are_named(world: World) -> None:
    world.write("您好,我司订购:\n品名:外壳\n型号:BX-9\n数量:3件", subject="订购")
    world.write("关于上次的事,请回电。", subject="你好")
    assert "SO\\-2026-00001" in mail_gate(world).briefing.replace("SO-", "SO\\-")
