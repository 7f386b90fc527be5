"""Numbers, prices and headings of order lines, and what stands in quotes and labels."""

from datetime import date
from decimal import Decimal

import pytest

from domain.mail.additions import added_lines
from domain.mail.extract.crosstabs import things_across
from domain.mail.extract.english_amounts import amounts_in
from domain.mail.extract.headings import kind_of_heading
from domain.mail.extract.numerals import has_decimal_commas, written_number
from domain.mail.extract.row_prices import row_prices, unit_price
from domain.mail.extract.sentences import sentence_lines
from domain.mail.extract.tables import Grid
from domain.mail.meaning import Context
from domain.names import Purpose
from tests.domain.mail_factory import OURS, shown_lines, understood


@pytest.mark.parametrize(
    ("text", "comma", "whole", "number"),
    [
        ("1.200", False, True, "1200"),
        ("1.200", True, False, "1200"),
        ("1.200", False, False, "1.200"),
        ("2,5", False, False, "2.5"),
        ("1,250", True, False, "1.250"),
        ("1,250", False, False, "1250"),
        ("3,75,000", False, True, "375000"),
        ("1.345,40", True, False, "1345.40"),
    ],
)
def test_commas_and_points_are_read_as_the_mail_uses_them(
    text: str, comma: bool, whole: bool, number: str
) -> None:
    assert written_number(text, comma=comma, whole=whole) == Decimal(number)


def test_a_text_shows_which_sign_parts_its_decimals() -> None:
    assert has_decimal_commas("Preis 12,50 und 1.200,00, am 03.04.2026")
    assert not has_decimal_commas("USD 1,200.50 and 12.75, length 2,5 m")


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("Código", "model"),
        ("Descrição / Description", "item"),
        ("Qtde", "quantity"),
        ("Preço unit. USD", "price"),
        ("USD單價", "price"),
        ("Q.tà", "quantity"),
        ("Adet", "quantity"),
        ("ME", "unit"),
        ("訂購量", "quantity"),
        ("料號圖號", "model"),
        ("拟购数量", "quantity"),
        ("Denominacion", None),
        ("累计", None),
    ],
)
def test_headings_of_many_countries(heading: str, kind: str | None) -> None:
    assert kind_of_heading(heading) == kind


def test_vague_amounts_have_no_number() -> None:
    for words in ("3-4 pcs", "2 or 3 pcs", "about 20 pcs", "a few", "5 or so"):
        assert [one.number for one in amounts_in(f"{words} clamps")] == [None], words


def test_a_price_is_that_of_one_piece() -> None:
    (hundred,) = row_prices("EUR 8,50/100")
    assert hundred.amount == Decimal("0.085")
    total = row_prices("in total EUR 900.00")
    assert unit_price(total, Decimal(3), listed=True) is None
    both = row_prices("USD 30.00   USD 10.00")
    found = unit_price(both, Decimal(3), listed=True)
    assert found is not None and found.amount == Decimal("10.00")


OFFER = """We order 2 agitators and one AX-90 at the quoted prices.

-----Original Message-----
From: Ours <sales@ours.test>
Sent: Monday, March 2, 2026 10:10 AM
To: Li Lei <li@customer.test>
Subject: Quotation Q-12

1. Tank agitator TA-40, coated: EUR 4,100 each
2. Axle AX-90: EUR 95.00 per piece
"""


def test_an_order_by_quotation_takes_type_and_price_from_it() -> None:
    found = understood(OFFER, subject="RE: Quotation Q-12").lines
    told = [(x.item, x.model, x.quantity, x.unit_price, x.currency) for x in found]
    assert told == [
        ("Tank agitator", "TA-40", 2, 4100, "EUR"),
        ("Axle", "AX-90", 1, Decimal("95.00"), "EUR"),
    ]


def test_a_quote_counts_only_where_the_new_text_refers_to_it() -> None:
    found = understood(OFFER.replace("at the quoted prices", "today"), subject="RE: hello").lines
    assert [x.unit_price for x in found] == [None, None]


def test_answers_to_our_questions_complete_a_line() -> None:
    asked = Context(
        our_domains=OURS.our_domains,
        our_names=OURS.our_names,
        our_server=OURS.our_server,
        purpose=Purpose.QUESTION,
        questions=(
            "Quantity of the wiper WP-3?",
            "Exact model of the geared motor?",
            "风叶的数量？",
        ),
    )
    text = "1. 14 pcs\n2. it is the RT-55, quantity 2\n3. 8片"
    found = understood(text, asked, subject="Re: [SO-2026-00007] details").lines
    told = [(x.item, x.model, x.quantity, x.unit) for x in found]
    assert told[0] == ("wiper", "WP-3", 14, "pcs")
    assert told[2] == ("风叶", None, 8, "片")


def test_a_list_that_is_sent_again_counts_once() -> None:
    text = (
        "Corrected:\n- wedge WD-5 : 9 nos\n- shim SH-2 : 4 nos\n\n-----Original Message-----\n"
        "From: Li Lei\nSent: 2 March 2026 11:02\nTo: orders@ours.test\nSubject: order 9\n\n"
        "- wedge WD-5 : 7 nos\n- shim SH-2 : 3 nos\n"
    )
    found = understood(text, subject="FW: order 9 (resend)").lines
    assert [x.quantity for x in found] == [9, 4]


def test_a_change_has_only_the_lines_that_it_adds() -> None:
    lines = sentence_lines(
        "Please reduce the fans FN-2 to 3. In addition we need 4 pcs of grid GD-1."
    )
    text = "Please reduce the fans FN-2 to 3. In addition we need 4 pcs of grid GD-1."
    assert [x.model for x in added_lines(lines, text)] == ["GD-1"]
    assert added_lines(lines, "The fans FN-2 come later, 4 pcs of grid GD-1 today.") == ()


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("1. 名称：给料机 型号：GL-6 数量：3台", "给料机 | GL-6 | 3 | 台"),
        ("Item: feed screw, Type: FS-12, Qty: 2 pcs", "feed screw | FS-12 | 2 | pcs"),
        ("Wir brauchen 2 Stück Kupplung KU-40", "Kupplung | KU-40 | 2 | Stück"),
        ("please price 1) pump PX-2 x 3 2) motor MX-4 x 2", "pump | PX-2 | 3 | "),
        (
            "Line 1: 12 ea of housing, P/N BH-40-A, unit price USD 84.00, total USD 1,008.00",
            "housing | BH-40-A | 12 | ea | 84.00",
        ),
        ("1) cylinder 80/50x400 - 02 nos", "cylinder | 80/50x400 | 2 | nos"),
        ("We will take the mixer VM-600 as discussed.", "mixer | VM-600 | 1 | "),
        ("Please order one impeller (part 7704-3).", "impeller | 7704-3 | 1 | "),
        ("We need 20 instead of 15 guide shoes GS-7.", "guide shoes | GS-7 | 20 | "),
        ("急要传动轴一根（图号 CD-118），键两个", "传动轴 | CD-118 | 1 | 根"),
        ("Qty 3 Roll holder RH-80, steel", "Roll holder | RH-80, steel | 3 | "),
        ("Drive shaft DS-12, 4 pcs at 64,00 EUR", "Drive shaft | DS-12 | 4 | pcs | 64.00"),
        ("1.) knife set KS-8, 3 sets, EUR 264,- per set", "knife set | KS-8 | 3 | sets | 264"),
        ("Bracket, left   Qty 25   $14.20 ea", "Bracket, left |  | 25 |  | 14.20"),
        ("5 PCS MODEL HX-40 HEAT EXCHANGER", "HEAT EXCHANGER | HX-40 | 5 | PCS"),
        ("con la presente ordiniamo n° 3 motori MR-63.", "motori | MR-63 | 3 | "),
        ("We proceed with: wheel set (1 set), scroll SC-3 (1 pc)", "wheel set |  | 1 | set"),
        ("按图纸做法兰盘，材质45钢，外径320，共24件", "法兰盘 |  | 24 | 件"),
        ("上次的滤袋再做200条", "滤袋 |  | 200 | 条"),
        ("轴B（图号 ZA-02） 6件 单价92", "轴B | ZA-02 | 6 | 件 | 92"),
        ("订购TG-20型提升机壹台", "提升机 | TG-20 | 1 | 台"),
        ("物料：蝶阀 规格：D371 DN100 数量：15台", "蝶阀 | D371 DN100 | 15 | 台"),
    ],
)
def test_labels_and_lists_in_one_row(text: str, line: str) -> None:
    assert shown_lines(text)[0] == line


def test_parts_of_an_order_have_their_own_day() -> None:
    text = (
        "Lot 1 - by 8 May 2026\n  valve plate VP-3   6 pcs\nLot 2 - by 12 June 2026\n"
        "  valve plate VP-5   2 pcs\n  gasket GK-5   4 pcs\n"
    )
    found = understood(text, subject="Order 771").lines
    assert [x.due_date for x in found] == [date(2026, 5, 8), date(2026, 6, 12), date(2026, 6, 12)]


def test_things_across_a_table_count_all_rows() -> None:
    rows = (
        ("批次", "日期", "护栏（片）", "立杆（根）"),
        ("第一批", "2026-05-08", "30", "31"),
        ("第二批", "2026-05-29", "20", "21"),
        ("合计", "", "50", "52"),
    )
    found = things_across(Grid("html:table1", rows))
    assert [(x.item, x.quantity, x.unit) for x in found] == [("护栏", 50, "片"), ("立杆", 52, "根")]


def test_several_types_behind_one_label_are_lines() -> None:
    text = "拟采购筛机配件一批，型号：筛框 SK-900，弹簧 TH-60。数量另行告知。"
    told = [(x.item, x.model, x.quantity) for x in understood(f"订单\n{text}").lines]
    assert told == [("筛框", "SK-900", None), ("弹簧", "TH-60", None)]
