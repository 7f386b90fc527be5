"""What becomes of mails: orders, answers to our questions, gates for a person, nothing lost."""

from sqlalchemy import select

from domain.names import Channel, Verdict
from models.gate import Gate
from models.message import Message
from models.order import Order
from tasks.deciding import Answer, decide_one
from tests.world import World

BARE = """您好,我司需订购以下产品:
订单号:PO-77
品名:钣金外壳
型号:BX-9

刘强
苏州砺嘉精密有限公司
"""


def messages(world: World) -> list[Message]:
    with world.services.reading() as session:
        return list(session.scalars(select(Message).order_by(Message.id)))


def test_only_the_gaps_are_asked_in_one_mail(world: World) -> None:
    world.write(BARE, subject="订购")
    assert world.drive() == "customer_info"
    asked = world.owed("question")
    assert len(asked) == 1
    assert world.order().questions == ["quantity:1", "due_date", "special_requirements"]
    assert world.owed("received") == []


def test_a_numbered_answer_fills_each_gap_with_its_source(world: World) -> None:
    world.write(BARE, subject="订购")
    world.drive()
    world.write("1. 16件 2. 12月15日 3. 无", answers=world.owed("question")[-1])
    assert world.drive() == "confirm"
    order = world.order()
    assert order.lines[0].quantity == 16
    assert str(order.requested_on) == "2026-12-15"
    assert order.no_special_requirements
    assert order.sources["quantity:1"]["rule"] == "numbered"


def test_a_partial_answer_is_asked_once_more_then_a_person_has_it(world: World) -> None:
    world.write(BARE, subject="订购")
    world.drive()
    world.write("1. 16件", answers=world.owed("question")[-1])
    assert world.drive() == "customer_info"
    assert world.order().questions == ["due_date", "special_requirements"]
    world.write("2. 无", answers=world.owed("question")[-1])
    assert world.drive() == "intake"
    assert len(world.owed("question")) == 2
    world.answer("intake", "wu.fang", fields={"due_date": "2026-12-18"})
    assert world.drive() == "confirm"


def test_lines_that_an_answer_brings_say_each_where_they_stood(world: World) -> None:
    world.write(
        "我们想订货。\n\n刘强\n苏州砺嘉精密有限公司", subject="订购", sender="liu@lijia.example"
    )
    world.drive()
    assert "content" in world.order().questions
    said = "需要:\n1. 钣金外壳 BX-9 16件\n2. 传动轴 CX-40 8根"
    world.write(said, answers=world.owed("question")[-1])
    world.drive()
    order = world.order()
    assert [int(each.quantity or 0) for each in order.lines] == [16, 8]
    first, second = (order.sources[f"line:{n}"] for n in (1, 2))
    assert first["source"] != second["source"]
    assert "CX-40" in second["value"]


def test_the_same_mail_twice_is_one_order(world: World) -> None:
    from email.message import EmailMessage

    mail = EmailMessage()
    mail["From"], mail["To"] = "liu.qiang@lijia.example", "orders@zheling.example"
    mail["Subject"], mail["Message-ID"] = "订购", "<twice@lijia.example>"
    mail["Date"] = "Tue, 24 Nov 2026 09:00:00 +0800"
    mail.set_content(BARE)
    world.mail(mail.as_bytes())
    world.mail(mail.as_bytes())
    assert len(messages(world)) == 1


def test_a_mail_that_nobody_understands_waits_for_a_person(world: World) -> None:
    world.write("关于上次的事,请回电。", subject="你好", sender="who@unknown.example")
    row = messages(world)[-1]
    assert row.state == "needs_person"
    with world.services.reading() as session:
        gate = session.scalars(select(Gate).where(Gate.message_id == row.id)).one()
        assert gate.order_id is None
        number = gate.number
    decide_one(
        world.services,
        Answer(
            number,
            Verdict.APPROVE,
            "wu.fang",
            Channel.LINK,
            proven=True,
            fields={"kind": "new_order"},
        ),
    )
    with world.services.reading() as session:
        assert session.scalars(select(Order)).one().state == "received"


def test_an_automatic_answer_is_answered_by_nobody(world: World) -> None:
    world.write(BARE, subject="订购")
    world.drive()
    before = len(world.owed("question")) + len(world.owed("received"))
    world.write("我正在休假", subject="自动回复:订购", answers=None)
    assert messages(world)[-1].state == "ignored"
    assert len(world.owed("question")) + len(world.owed("received")) == before


def test_mail_text_is_never_a_template(world: World) -> None:
    world.write(BARE.replace("钣金外壳", "{{7*7}}{% raw %}"), subject="订购 {{config}}")
    world.drive()
    assert "{{7*7}}" in world.owed("question")[-1].text
    assert "49" not in world.owed("question")[-1].text
