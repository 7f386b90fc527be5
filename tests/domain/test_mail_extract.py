"""Values of an order mail: read with their origin, never guessed, never run."""

import io
import zipfile
from datetime import date
from decimal import Decimal

import openpyxl
import pytest

from domain.mail.extract.changes import ChangeKind, changes_in
from domain.mail.extract.columns import TableReading, read_table
from domain.mail.extract.dates import workday_of_week
from domain.mail.extract.fields import urgency
from domain.mail.extract.money import sums_in
from domain.mail.extract.numerals import number_of
from domain.mail.extract.parties import Written, sender_of
from domain.mail.extract.sentences import sentence_lines
from domain.mail.extract.tables import Grid, grids_of, html_grids, text_grids
from domain.mail.message import Address, Attachment
from domain.mail.plain import narrow
from tests.domain.mail_factory import BASE


def table(*grids: Grid) -> TableReading:
    (grid,) = grids
    return read_table(grid, BASE, workday_of_week, ("测试",))


def attached(name: str, data: bytes) -> tuple[Grid, ...]:
    return grids_of(Attachment(name, "application/octet-stream", data, ""))


def workbook(*rows: list[object], hidden: bool = False) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    if hidden:
        book.create_sheet("open")
        book.active.sheet_state = "hidden"
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


ROWS: tuple[list[object], ...] = (
    ["采购订单"],
    ["序号", "名称", "规格型号", "数量", "单位", "含税单价(元)", "交货日期"],
    [1, "蝶阀", "D371X-16", 6, "台", 1200.5, date(2026, 4, 20)],
    [2, "止回阀", "H44-10", "若干", "台", None, "2026/5/8"],
    ["合计", None, None, None, None, 7203],
)


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("2,400", "2400"),
        ("十二", "12"),
        ("贰拾壹", "21"),
        ("一百零五", "105"),
        ("两", "2"),
        ("twelve", "12"),
        ("几", None),
        ("3-4", None),
    ],
)
def test_numbers_are_read_as_people_write_them(written: str, number: str | None) -> None:
    assert number_of(written) == (Decimal(number) if number else None)


@pytest.mark.parametrize(
    ("text", "amount", "currency"),
    [
        ("合计人民币86,040.00元", "86040.00", "CNY"),
        ("总价叁万陆仟元整", "36000", "CNY"),
        ("25.4万元", "254000", "CNY"),
        ("￥36900", "36900", "CNY"),
        ("AUD 19,400 each", "19400", "AUD"),
        ("1.234,50 EUR", "1234.50", "EUR"),
        ("US$12.5", "12.5", "USD"),
    ],
)
def test_money_is_read_with_its_currency(text: str, amount: str, currency: str) -> None:
    (found,) = sums_in(narrow(text))
    assert (found.amount, found.currency) == (Decimal(amount), currency)


def test_an_xlsx_order_gives_lines_with_their_cells() -> None:
    found = table(*attached("订单.xlsx", workbook(*ROWS)))
    first, second = found.lines
    assert (first.item, first.model, first.quantity, first.unit) == ("蝶阀", "D371X-16", 6, "台")
    assert (first.unit_price, first.due_date) == (Decimal("1200.5"), date(2026, 4, 20))
    assert first.source == "attachment:订单.xlsx:D3"
    assert (second.quantity, second.due_date) == (None, date(2026, 5, 8))


def test_a_hidden_sheet_is_not_read() -> None:
    grids = attached("a.xlsx", workbook(*ROWS, hidden=True))
    assert not any(grid.rows for grid in grids)


@pytest.mark.parametrize("codec", ["utf-8-sig", "gb18030"])
def test_a_csv_is_read_in_both_chinese_encodings(codec: str) -> None:
    found = table(*attached("a.csv", "品名,规格,数量,单位\n定位销,Φ12×40,200,支\n".encode(codec)))
    assert [(x.item, x.model, x.quantity) for x in found.lines] == [("定位销", "Φ12×40", 200)]


def test_a_column_shows_how_its_dates_are_written() -> None:
    data = b"part,qty,due\nA-1,5,08/05/2026\nA-2,6,24/04/2026\n"
    assert [x.due_date for x in table(*attached("a.csv", data)).lines] == [
        date(2026, 5, 8),
        date(2026, 4, 24),
    ]


def test_tables_in_html_and_in_plain_text_are_read() -> None:
    page = (
        "<table><tr><th>Item</th><th>Qty</th></tr>"
        "<tr><td>Valve DN50</td><td>2 pcs</td></tr></table>"
    )
    assert [(x.item, x.quantity, x.unit) for x in table(*html_grids(page)).lines] == [
        ("Valve DN50", 2, "pcs")
    ]
    text = "What\tType\tHow many\nSection\tBE-300\t14\nHead\tBE-301\t1"
    assert [x.quantity for x in table(*text_grids(text)).lines] == [14, 1]


def test_a_zip_bomb_and_a_damaged_file_give_no_table() -> None:
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as box:
        box.writestr("xl/workbook.xml", b"0" * 80_000_000)
    assert attached("a.xlsx", bomb.getvalue()) == ()
    assert attached("a.xlsx", b"PK\x03\x04 not a zip") == ()


def test_an_external_entity_is_not_followed() -> None:
    evil = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook(*ROWS))) as good, zipfile.ZipFile(evil, "w") as box:
        for name in good.namelist():
            data = good.read(name)
            if name == "xl/workbook.xml":
                data = b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>' + data
            box.writestr(name, data)
    assert attached("a.xlsx", evil.getvalue()) == ()


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("1、液压站 HX-200B/3，2台，单价38500元", ("液压站", "HX-200B/3", 2, "台", 38500)),
        ("订购折盖封箱机FX-5050两台", ("折盖封箱机", "FX-5050", 2, "台", None)),
        ("- 笼骨 ø150×5950，360根，52元/根", ("笼骨", "ø150×5950", 360, "根", 52)),
        ("6 x coupling guard KG-80, EUR 145 each", ("coupling guard", "KG-80", 6, None, 145)),
        ("jockey pump JP-11, quantity 5 sets", ("jockey pump", "JP-11", 5, "sets", None)),
    ],
)
def test_a_sentence_orders_a_thing(text: str, line: tuple[object, ...]) -> None:
    (found,) = sentence_lines(text)
    assert (found.item, found.model, found.quantity, found.unit, found.unit_price) == line


@pytest.mark.parametrize(
    "text",
    ["10个工作日内到货", "每10条一捆", "please call in 2 weeks", "8 bar, 400 V", "3个月后再说"],
)
def test_other_numbers_order_nothing(text: str) -> None:
    assert sentence_lines(text) == ()


@pytest.mark.parametrize(
    ("text", "what", "before", "after"),
    [
        ("液压站由2台改为3台", ChangeKind.QUANTITY, "2", "3"),
        ("Suction manifolds: make it 3 instead of 2", ChangeKind.QUANTITY, "2", "3"),
        ("交货期由4月20日推迟到4月30日", ChangeKind.DUE_DATE, "2026-04-20", "2026-04-30"),
        (
            "please move the delivery from CW 24 to CW 27",
            ChangeKind.DUE_DATE,
            "2026-06-12",
            "2026-07-03",
        ),
        ("line 4 becomes BN-300", ChangeKind.MODEL, None, "BN-300"),
        ("取消整个订单", ChangeKind.CANCEL_ORDER, None, None),
        ("please cancel line 3", ChangeKind.CANCEL_LINE, None, None),
        ("送货地址改为苏州二号仓", ChangeKind.DELIVERY_PLACE, None, "苏州二号仓"),
    ],
)
def test_a_change_is_taken_apart(
    text: str, what: ChangeKind, before: str | None, after: str | None
) -> None:
    found = changes_in(text, BASE)
    assert (what, before, after) in [(one.what, one.before, one.after) for one in found]


@pytest.mark.parametrize("text", ["交期不变", "thank you for the good work", "蓄能器不变"])
def test_what_stays_is_no_change(text: str) -> None:
    assert changes_in(text, BASE) == ()


def test_the_sender_is_read_from_signature_and_header() -> None:
    text = (
        "请报价\n\n刘洋\n苏州砺嘉精密机械有限公司 采购部\n手机：154 1234 0118\n"
        "电话：0512-91550127 转 806\n传真 0512-91550128"
    )
    found = sender_of(Written(text, "", ""), (), Address("刘洋", "l@x.test"), ("测试",))
    assert found.company is not None and found.contact is not None and found.phones is not None
    assert found.company.value == "苏州砺嘉精密机械有限公司"
    assert found.contact.value == "刘洋"
    assert found.phones.value == ("+8615412340118", "+8651291550127;ext=806")


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("唔急，客戶九月先開會", "regular"),
        ("不是很急，月底前就行", "regular"),
        ("We are not in a hurry with the lids.", "regular"),
        ("not very hurry, it is for winter", "regular"),
        ("立即抢购，首单九折", None),
        ("请立即安排发货", "urgent"),
    ],
)
def test_how_urgent_a_mail_is(text: str, wanted: str | None) -> None:
    found = urgency("", text)
    assert (found.value if found else None) == wanted
