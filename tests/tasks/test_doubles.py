"""What may have been sent twice is marked and stays an order of its own."""

from decimal import Decimal
from email.message import EmailMessage
from email.utils import format_datetime

import pytest

from domain.content import LineContent
from domain.likeness import alike
from tests.world import World

LETTER = """您好,我司需采购以下产品,请按此下单:
订单号:{po}
品名:传动轴
型号:{model}
数量:{quantity}件
单价:1200元
交货日期:2026年12月25日
特殊要求:表面镀铬

刘强
苏州砺嘉精密有限公司
"""


def sent(
    world: World, po: str, model: str, quantity: int = 16, file: bytes | None = None
) -> str | None:
    """An order comes in; the number of the one that it may repeat."""
    world.said += 1
    mail = EmailMessage()
    mail["From"] = "liu.qiang@lijia.example"
    mail["To"] = "orders@zheling.example"
    mail["Subject"] = f"采购订单 {po}"
    mail["Date"] = format_datetime(world.clock[0])
    mail["Message-ID"] = f"<double.{world.said}@lijia.example>"
    mail.set_content(LETTER.format(po=po, model=model, quantity=quantity))
    if file is not None:
        mail.add_attachment(file, maintype="application", subtype="pdf", filename="图纸.pdf")
        mail.add_attachment(b"logo", maintype="image", subtype="png", filename="logo.png")
    count = world.order().id if world.said > 1 else 0
    world.mail(mail.as_bytes())
    assert world.order().id == count + 1  # never merged
    world.drive()
    return world.order().duplicate_of


@pytest.mark.parametrize(
    ("po", "model", "quantity", "file", "again"),
    [
        ("PO-2026-118", "DX-77", 3, b"other", True),
        ("PO-2026-300", "DX-77", 3, b"drawing", True),
        ("PO-2026-300", "CX-40", 16, None, True),
        ("PO-2026-300", "CX-40", 17, None, False),
        ("PO-2026-300", "DX-77", 16, b"other", False),
    ],
)
def test_number_file_or_lines_mark_a_repetition(
    world: World, po: str, model: str, quantity: int, file: bytes | None, again: bool
) -> None:
    assert sent(world, "PO-2026-118", "CX-40", file=b"drawing") is None
    world.later(days=2)
    assert sent(world, po, model, quantity, file) == ("SO-2026-00001" if again else None)


def test_the_same_file_and_lines_after_two_weeks_are_a_new_order(world: World) -> None:
    sent(world, "PO-2026-118", "CX-40", file=b"drawing")
    world.later(days=15)
    assert sent(world, "PO-2026-300", "CX-40", file=b"drawing") is None


def lines(*named: tuple[str, int]) -> list[LineContent]:
    return [LineContent(n, item, "", Decimal(count)) for n, (item, count) in enumerate(named, 1)]


def test_most_lines_must_be_equal_and_their_order_does_not_matter() -> None:
    five = [(f"item {n}", n) for n in range(1, 6)]
    assert alike(lines(*five), lines(*reversed(five)))
    assert alike(lines(*five), lines(*five[:4]))
    assert not alike(lines(*five), lines(*five[:3]))
    assert not alike([], [])
