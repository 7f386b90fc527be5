"""What a colleague passes on is the order of whoever wrote it, once a person has said so."""

from sqlalchemy import select

from models.order import Order
from tests.tasks.test_correcting import row, say
from tests.world import World

PASSED_ON = """请处理。

---------- Forwarded message ----------
发件人: 马骁 <ma.xiao@beihe.example>
日期: 2026年11月23日
主题: 采购
收件人: chen.yu@zheling.example

您好,我司订购:
品名:法兰
型号:DN50
数量:6件
交货日期:2026年12月25日
"""


def test_a_mail_passed_on_waits_for_a_person_and_is_then_its_writers(world: World) -> None:
    world.write(PASSED_ON, sender="chen.yu@zheling.example", subject="转发: 采购")
    assert row(world).state == "needs_person"
    with world.services.reading() as session:
        assert session.scalars(select(Order)).all() == []
    say(world, kind="new_order", customer="北河机械")
    order = world.order()
    assert order.contact_mail == "ma.xiao@beihe.example"
    assert order.contact_id is not None
