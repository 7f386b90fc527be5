"""The same order in other words, columns, dates and numbers is read as the same order."""

import random
from datetime import date
from decimal import Decimal

import pytest

from domain.mail.decode import read
from domain.mail.meaning import Understanding
from domain.mail.understand import understand
from tests.domain.mail_factory import OURS, raw

DAY = date(2026, 4, 20)
THINGS = (("液压站", "HX-200B/3", 2, "台"), ("滤芯组件", "LX-40", 24, "套"))
THINGS_EN = (("hydraulic unit", "HX-200B/3", 2, "pcs"), ("filter element", "LX-40", 24, "pcs"))
ZH = {
    "item": ("品名", "名称", "物料描述", "货物名称", "产品名称", "品 名"),
    "model": ("型号", "规格型号", "图号", "规格", "零件图号", "型号/规格"),
    "quantity": ("数量", "订购数量", "需求数量", "采购数", "数 量", "数目"),
    "unit": ("单位", "计量单位"),
    "price": ("单价", "含税单价", "单价(元)", "协议价"),
    "due": ("交期", "交货日期", "需求日期", "到货时间", "要求交货日期"),
}
EN = {
    "item": ("Item", "Description", "Part description", "Product", "Material description"),
    "model": ("Part No.", "P/N", "Model", "Drawing no.", "Type", "Item code"),
    "quantity": ("Qty", "Quantity", "Order qty", "Q'ty", "Qty. ordered"),
    "unit": ("Unit", "UOM", "U/M", "Unit of measure"),
    "price": ("Unit price", "Price", "Price each", "Unit cost"),
    "due": ("Delivery", "Due date", "Required date", "Ship date", "Need by"),
}
DATES_ZH = ("2026年4月20日", "2026-04-20", "2026/4/20", "2026.4.20", "4月20日", "四月二十日")
DATES_EN = ("20 April 2026", "April 20, 2026", "2026-04-20", "20th of April", "20/04/2026")
DUE_ZH = ("交期：{}", "交货日期：{}", "要求到货时间：{}", "请于{}前交货", "最迟{}到货", "{}前送到")
DUE_EN = ("Delivery: {}", "Required by {}.", "Please deliver by {}.", "Needed on site by {}")
TOTALS_ZH = ("合计：{}元", "总价{}元", "合同总金额：￥{}", "共计人民币{}元", "总计：{} 元")
TOTALS_EN = ("Total: USD {}", "Total amount USD {}", "Order value: {} USD", "Grand total: $ {}")
POS_ZH = ("订单号：{}", "采购订单 {}", "合同编号：{}", "PO号是{}", "我方订单号为{}")
POS_EN = ("Our PO {}", "PO number: {}", "Purchase order no. {}", "Our order no. {}", "P.O. # {}")


def table(chance: random.Random, *, chinese: bool) -> str:
    """An order table as HTML: columns in any order, headings in any of the usual words."""
    words, dates = (ZH, DATES_ZH[:4]) if chinese else (EN, DATES_EN[:3])
    columns = chance.sample(list(words), len(words))
    titles = [chance.choice(words[column]) for column in columns]
    day = chance.choice(dates)
    rows = [titles]
    for n, (item, model, quantity, unit) in enumerate(THINGS if chinese else THINGS_EN):
        cells = {"item": item, "model": model, "quantity": str(quantity), "unit": unit}
        cells |= {"price": ("1,250.00", "38.50")[n], "due": day}
        rows.append([cells[column] for column in columns])
    if chance.random() < 0.5:
        title = chance.choice(("序号", "行号") if chinese else ("No.", "Pos."))
        rows = [[str(n) if n else title, *row] for n, row in enumerate(rows)]
    body = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    greeting = "订单如下" if chinese else "Our order:"
    return f"<html><body><p>{greeting}</p><table>{body}</table></body></html>"


def understood(body: str, kind: str = "plain", charset: str = "utf-8") -> Understanding:
    return understand(read(raw(body, charset, kind, Subject="订单 order")), OURS)


@pytest.mark.parametrize("seed", range(24))
@pytest.mark.parametrize("chinese", [True, False])
def test_a_table_is_read_whatever_its_headings_and_their_order(seed: int, chinese: bool) -> None:
    chance = random.Random(seed)  # noqa: S311 - which variant is tried, no secret
    charset = ("utf-8", "gb18030")[seed % 2]
    found = understood(table(chance, chinese=chinese), "html", charset)
    things = THINGS if chinese else THINGS_EN
    assert [(x.item, x.model, x.quantity, x.unit) for x in found.lines] == [
        (item, model, Decimal(quantity), unit) for item, model, quantity, unit in things
    ]
    assert [line.unit_price for line in found.lines] == [Decimal(1250), Decimal("38.5")]
    assert {line.due_date for line in found.lines} == {DAY}


ORDER_ZH = "你好，订购液压站 HX-200B/3 2台。\n{}\n"
ORDER_EN = "Hello,\nplease supply 2 pcs hydraulic unit HX-200B.\n{}\n"
OF_DAYS = [
    *((ORDER_ZH, words, day) for words in DUE_ZH for day in DATES_ZH),
    *((ORDER_EN, words, day) for words in DUE_EN for day in DATES_EN),
]


@pytest.mark.parametrize(("order", "words", "day"), OF_DAYS)
def test_the_wanted_day_is_read_however_it_is_written(order: str, words: str, day: str) -> None:
    due = understood(order.format(words.format(day))).due_date
    assert due is not None
    assert due.value == DAY
    assert due.confidence >= 0.8


@pytest.mark.parametrize("number", ["64,250.00", "64250", "64250.00"])
@pytest.mark.parametrize("words", [*TOTALS_ZH, *TOTALS_EN])
def test_a_total_is_read_behind_any_of_its_labels(words: str, number: str) -> None:
    order = ORDER_EN if words in TOTALS_EN else ORDER_ZH
    found = understood(order.format(words.format(number)))
    assert found.amount is not None
    assert found.amount.value == 64250
    assert found.currency is not None
    assert found.currency.value == ("USD" if words in TOTALS_EN else "CNY")


@pytest.mark.parametrize("number", ["4500072318", "LJ-2605-009", "BMP/24417", "GX1127"])
@pytest.mark.parametrize("words", [*POS_ZH, *POS_EN])
def test_the_customers_number_is_read_behind_any_of_its_labels(words: str, number: str) -> None:
    order = ORDER_EN if words in POS_EN else ORDER_ZH
    found = understood(order.format(words.format(number)))
    assert found.customer_po_no is not None
    assert found.customer_po_no.value == number


SIGNATURES = (
    ("李雷 <li@mq.test>", "李雷\n苏州木桥精密机械有限公司\n", "苏州木桥精密机械有限公司"),
    ("李雷 <li@mq.test>", "李雷 | 木桥精密 | 采购部\n", "木桥精密"),
    ("李雷 <li@mq.test>", "李雷\n苏州木桥风机 采购\n", "苏州木桥风机"),
    ("木桥精密-采购 <po@mq.test>", "谢谢\n", "木桥精密"),
    ("Ann Bell <ann@woodbridge-pumps.test>", "Ann Bell\nWoodbridge Pumps\n", "Woodbridge Pumps"),
    ("Ann Bell <ann@wpc.test>", "Ann Bell\nBuyer\nWood Pump Centre\n", "Wood Pump Centre"),
    ("Jan Novy <jan@x.test>", "Jan Novy\nDrevo Most s.r.o.\n", "Drevo Most s.r.o."),
)


@pytest.mark.parametrize(("sender", "signature", "company"), SIGNATURES)
def test_the_company_is_known_by_the_shape_of_the_signature(
    sender: str, signature: str, company: str
) -> None:
    order = ORDER_ZH if "谢" in signature or "李" in signature else ORDER_EN
    found = understand(read(raw(order.format("") + "\n" + signature, From=sender)), OURS)
    assert found.customer_name is not None
    assert found.customer_name.value == company


def test_who_rang_is_the_customer_of_a_note_of_our_staff() -> None:
    note = "刚接了木桥重机张总电话，要4台翻转机 FZ-20。"
    found = understand(read(raw(note, From="Li <li@ours.test>", Subject="电话记录 订单")), OURS)
    assert found.customer_name is not None
    assert found.contact_name is not None
    assert (found.customer_name.value, found.contact_name.value) == ("木桥重机", "张总")


def test_a_column_named_item_that_only_counts_is_no_name() -> None:
    rows = ("Item|Description|Model|Qty", "1|hydraulic unit|HX-200B|2", "2|filter|LX-40|24")
    cells = "".join(f"<tr><td>{row.replace('|', '</td><td>')}</td></tr>" for row in rows)
    lines = understood(f"<p>We order:</p><table>{cells}</table>", "html").lines
    assert [(line.item, line.model) for line in lines] == [
        *(("hydraulic unit", "HX-200B"), ("filter", "LX-40")),
    ]
