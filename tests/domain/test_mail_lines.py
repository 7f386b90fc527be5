"""Order lines in the ways of many countries: lists, notes, chats, letters, Chinese and European."""

from datetime import date
from decimal import Decimal

import pytest

from domain.mail.additions import added_lines
from domain.mail.extract.columns import read_table
from domain.mail.extract.crosstabs import things_across
from domain.mail.extract.english_amounts import amounts_in
from domain.mail.extract.headings import kind_of_heading
from domain.mail.extract.numerals import has_decimal_commas, number_of, written_number
from domain.mail.extract.row_prices import row_prices, unit_price
from domain.mail.extract.sentences import sentence_lines
from domain.mail.extract.tables import Grid, text_grids
from domain.mail.meaning import Context
from domain.names import Purpose
from tests.domain.mail_factory import BASE, OURS, understood


def shown(text: str) -> list[str]:
    """The lines as "item | model | quantity | unit | price", without what is not said."""
    return [
        f"{x.item or ''} | {x.model or ''} | {x.quantity} | {x.unit or ''}"
        + (f" | {x.unit_price}" if x.unit_price is not None else "")
        for x in sentence_lines(text)
    ]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        (
            "Please supply:\n1) Guide rail GR-40/1200 - 8 nos\n2) Carriage GC-40 - 16 nos @ INR"
            " 1,250 each\n3) End stop - 4 nos",
            [
                "Guide rail | GR-40/1200 | 8 | nos",
                "Carriage | GC-40 | 16 | nos | 1250",
                "End stop |  | 4 | nos",
            ],
        ),
        (
            "S.No 1  Ball screw BSW-3210, length 1200 mm   Qty: 2 Nos\n"
            "S.No 2  Ball nut   Qty: 4 Nos",
            ["Ball screw | BSW-3210, length 1200 mm | 2 | Nos", "Ball nut |  | 4 | Nos"],
        ),
        (
            "Filter bag FB-220 .......... 24 pcs\nVenturi .......... 1,200 pcs",
            ["Filter bag | FB-220 | 24 | pcs", "Venturi |  | 1200 | pcs"],
        ),
        (
            "zamawiamy:\n- uszczelka NBR fi 40 - 25 szt.\n- sprężyna SP-12 - 10 szt.",
            ["uszczelka NBR | fi 40 | 25 | szt", "sprężyna | SP-12 | 10 | szt"],
        ),
        (
            "Bitte liefern Sie:\n3 Stk. Getriebemotor GM-75/4\n2,5 m Zahnriemen T10",
            ["Getriebemotor | GM-75/4 | 3 | Stk", "Zahnriemen | T10 | 2.5 | m"],
        ),
        (
            "- 10 pzas. rodillo RC-89\n- 2 juegos de cuchillas CK-4",
            ["rodillo | RC-89 | 10 | pzas", "cuchillas | CK-4 | 2 | juegos"],
        ),
        (
            "Item 1: Pump housing PH-80\n   Qty 2 pcs\n   USD 410.00 each\n"
            "Item 2: Impeller IM-80\n   Qty 4 pcs\n   USD 95.50 each",
            ["Pump housing | PH-80 | 2 | pcs | 410.00", "Impeller | IM-80 | 4 | pcs | 95.50"],
        ),
        (
            "Bolts M16x60 - 500 pcs - EUR 42,00 per 100\nTraining - 3 man-days at EUR 700/day",
            ["Bolts | M16x60 | 500 | pcs | 0.42", "Training |  | 3 | man-days | 700"],
        ),
        (
            "Wants: 4x lip seal LS-70, 2x spacer",
            ["lip seal | LS-70 | 4 | ", "spacer |  | 2 | "],
        ),
        (
            "fuse 16A - 4 pcs + 2 spare\nlamp L-9 - 3 pcs",
            ["fuse | 16A | 6 | pcs", "lamp | L-9 | 3 | pcs"],
        ),
        ("1 drive belt\n2 grease\n3 order no. as before", []),
    ],
)
def test_each_row_of_a_list_is_a_line(text: str, lines: list[str]) -> None:
    assert shown(text) == lines


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        (
            "could you do us 3 gearboxes GX-140 and a shaft SH-140 please",
            ["gearboxes | GX-140 | 3 | ", "shaft | SH-140 | 1 | "],
        ),
        (
            "We hereby order two (2) power units HPU-30 and four cylinders CY-80/50.",
            ["power units | HPU-30 | 2 | ", "cylinders | CY-80/50 | 4 | "],
        ),
        (
            "Need 15 of the CB-7 clamps, 30 bolts and some of the rubber strips",
            ["clamps | CB-7 | 15 | ", "bolts |  | 30 | ", "rubber strips |  | None | "],
        ),
        (
            "Please send a couple of drive belts DB-88 and approx 50 m of cable CT-4.",
            ["drive belts | DB-88 | None | ", "cable | CT-4 | None | m"],
        ),
        (
            "We need half a dozen rollers R-60 and two dozen clips.",
            ["rollers | R-60 | 6 | ", "clips |  | 24 | "],
        ),
        (
            "pls order for us grease nipple GN-6 100 pcs, o-ring OR-12 50 pcs",
            ["grease nipple | GN-6 | 100 | pcs", "o-ring | OR-12 | 50 | pcs"],
        ),
        (
            "I need quotation for conveyor belt CB-500, 30 metres, and 6 idlers.",
            ["conveyor belt | CB-500 | 30 | metres", "idlers |  | 6 | "],
        ),
        (
            "Could you offer a six way manifold, similar to your MF-6? And what would three"
            " gauges cost?",
            ["six way manifold | MF-6 | 1 | ", "gauges |  | 3 | "],
        ),
    ],
)
def test_sentences_name_things_with_amounts(text: str, lines: list[str]) -> None:
    assert shown(text) == lines


@pytest.mark.parametrize(
    "text",
    [
        "Our office is on the 3rd floor, 12 Station Road, call 020 7946 0991.",
        "The 2 pumps you sent in May leak and 3 bolts are missing.",
        "We have been customers for 12 years and run 4 lines with 60 people.",
        "Please confirm within 2 working days. Payment 30 days net.",
        "Delivery 3 weeks after order, packed in 2 crates, max. 500 kg each.",
        "Send the certificate in 3 copies, please.",
        "Our VAT no. is 114 2290 18. Unit 4, Marsh Lane Industrial Estate.",
        "The download stays open for 10 days.",
        "Mains supply 230 V single phase, 60 Hz",
        "Three of the eight fans FN-3 may come later, the other five by truck.",
        "We ordered 12 rollers RO-5 and received only 10.",
        "Is it possible to run the 2 feeders FE-1 with 60 Hz?",
        "Your invoice for 3 pcs pump P-9 is overdue.",
        "Please add 2 years warranty and 1 set of drawings.",
        "上周到的6台水泵SB-3，有2台漏水",
        "我们厂有3台设备在等，麻烦5天内回复",
        "上次那2台泵漏油，换了3次密封还是不行",
        "请提供合格证一式三份，发票1张",
        "仓库在2号楼3层，电话 025-5555 1234 转 6",
        "货到后30天付款，质保12个月",
        "到货清点少发螺栓20只",
        "送到临海汽车零部件园区",
        "这个月两张单子分开开票",
    ],
)
def test_other_numbers_order_nothing(text: str) -> None:
    assert shown(text) == []


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        (
            "请安排：\n1、丝杠 SG-3210 两根\n2、螺母座 LZ-32 4个 单价150元",
            ["丝杠 | SG-3210 | 2 | 根", "螺母座 | LZ-32 | 4 | 个 | 150"],
        ),
        (
            "再给我们来三台空压机KB-15，外加滤芯十个",
            ["空压机 | KB-15 | 3 | 台", "滤芯 |  | 10 | 个"],
        ),
        ("減速機 RG-10 3臺，聯軸器若干", ["減速機 | RG-10 | 3 | 臺", "聯軸器 |  | None | "]),
        ("我们想订一批托盘，大约200个", ["托盘 |  | None | 个"]),
        ("法兰DN80*12片，弯头DN80*6个", ["法兰 | DN80 | 12 | 片", "弯头 | DN80 | 6 | 个"]),
        ("刀片Q-8要50片、Q-10要30片", ["刀片 | Q-8 | 50 | 片", "刀片 | Q-10 | 30 | 片"]),
        ("支架 ZJ-11 左右各4件", ["支架 | ZJ-11 | 8 | 件"]),
        ("齿轮、齿条各6根", ["齿轮 |  | 6 | 根", "齿条 |  | 6 | 根"]),
        ("现场指导安装5人天，每人天1200元", ["现场指导安装 |  | 5 | 人天 | 1200"]),
        ("想做3个铝合金工具柜 长90 宽45", ["铝合金工具柜 | 长90 宽45 | 3 | 个"]),
        ("要网带一条，宽2米，型号是 WB-12", ["网带 | WB-12 | 1 | 条"]),
        ("主动链轮 LL-9 想换掉，链轮2件", ["链轮 | LL-9 | 2 | 件"]),
        ("筛网SW-6要9快", ["筛网 | SW-6 | 9 | 块"]),
        ("油泵 YB-6，共 5 台", ["油泵 | YB-6 | 5 | 台"]),
        ("阀体 FT-3 6件\n螺钉 M8*30 配套", ["阀体 | FT-3 | 6 | 件", "螺钉 | M8*30 | None | "]),
        ("上门调试 3人天 免费", ["上门调试 |  | 3 | 人天 | 0"]),
    ],
)
def test_chinese_ways_of_ordering(text: str, lines: list[str]) -> None:
    assert shown(text) == lines


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("two dozen", 24),
        ("half a dozen", 6),
        ("twenty-four", 24),
        ("2 dozen", 24),
        ("a hundred", 100),
    ],
)
def test_numbers_in_words(text: str, number: int) -> None:
    assert number_of(text) == number


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
    assert shown(text)[0] == line


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


@pytest.mark.parametrize(
    ("rows", "line"),
    [
        (
            (
                ("Pos", "Artikel", "Bezeichnung", "Menge", "Preis EUR"),
                ("1", "KL-8", "Clamp", "6", "7,40"),
                ("2", "KL-9", "Claw", "2", "9,10"),
            ),
            ("Clamp", "KL-8", 6, Decimal("7.40")),
        ),
        (
            (("LN", "DESCRIPTION", "QTY", "UM", "UNIT"), ("1", "BUSH B-4", "3", "EA", "11.50")),
            ("BUSH B-4", None, 3, Decimal("11.50")),
        ),
        (
            (("Part", "Code", "Adet"), ("Sealing ring", "SR-1", "4"), ("Wide belt", "WB-2", "1")),
            ("Sealing ring", "SR-1", 4, None),
        ),
        (
            (("材料", "牌号", "尺寸", "件数"), ("圆盘", "45钢", "Φ300×20", "5")),
            ("圆盘", "45钢 Φ300×20", 5, None),
        ),
        (
            (("Item", "Type", "Amount", "ME"), ("Roller", "R-5", "12", "Stk")),
            ("Roller", "R-5", 12, None),
        ),
        (
            (
                ("Material", "Kurztext", "Bestellmenge", "BME", "Nettopreis", "PE"),
                ("4711009", "Schraube M10", "1.400", "ST", "12,00", "100"),
            ),
            ("Schraube M10", None, 1400, Decimal("0.12")),
        ),
        (
            (
                ("Part no.", "Description", "Quantity required", "Price per 100 EUR"),
                ("SC-12", "Screw M12", "800", "34,50"),
            ),
            ("Screw M12", "SC-12", 800, Decimal("0.345")),
        ),
        (
            (("Particulars", "Qty.", "UOM", "Rate"), ("Cyclone CS-4", "2", "Nos.", "1,45,000.00")),
            ("Cyclone CS-4", None, 2, Decimal("145000")),
        ),
        (
            (("Qty", "Part"), ("4", "Wear ring WR-150"), ("1", "Casing gasket")),
            ("Wear ring WR-150", None, 4, None),
        ),
        (
            (("Test", "Limit", "Result"), ("Pressure", "6 bar", "ok"), ("Leak", "0 ml", "ok")),
            None,
        ),
    ],
)
def test_columns_are_known_by_their_words_and_by_their_cells(
    rows: tuple[tuple[str, ...], ...], line: tuple[object, ...] | None
) -> None:
    read = read_table(Grid("html:table1", rows), BASE, lambda day: day.weekday() < 5, ())
    told = [(x.item, x.model, x.quantity, x.unit_price) for x in read.lines]
    assert told[:1] == ([line] if line else [])


def test_a_typed_table_may_have_rulers() -> None:
    text = (
        "Stück  Teil          Typ\n----------------------\n"
        "  3    Drehgeber     DG-10\n 10    Stecker       SV-8\n"
    )
    (grid,) = text_grids(text)
    read = read_table(grid, BASE, lambda day: day.weekday() < 5, ())
    assert [(x.item, x.model, x.quantity) for x in read.lines] == [
        ("Drehgeber", "DG-10", 3),
        ("Stecker", "SV-8", 10),
    ]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        (
            "we need\n3x wash arm WA-9\nfilter cloth 20 mm, 2 x 4 m -> 8\nclamps 24!",
            [
                "wash arm | WA-9 | 3 | ",
                "filter cloth | 20 mm, 2 x 4 m | 8 | ",
                "clamps |  | 24 | ",
            ],
        ),
        (
            "one feed valve FV-20\nand eight of the rubber pads, no idea of the code",
            ["feed valve | FV-20 | 1 | ", "rubber pads |  | 8 | "],
        ),
        (
            "Ball float BF-3, chromed    Qty 4\nTerminal box    Qty 2",
            ["Ball float | BF-3, chromed | 4 | ", "Terminal box |  | 2 | "],
        ),
        ("Could you quote 45 carbide tips CT-6 for us?", ["carbide tips | CT-6 | 45 | "]),
        (
            "Please make the roller table RT-30, quantity 02, and drive belt 6 pcs type DB-8.",
            ["roller table | RT-30 | 2 | ", "drive belt | DB-8 | 6 | pcs"],
        ),
        ('- clevis pin CP-4, 10 off\n- "a few" split pins 5 mm', None),
        (
            "- 12x hub casting 280, drwg 71-280-A, week 31\n- 4x cap HC-9, CW 33",
            ["hub casting 280 | drwg 71-280-A | 12 | ", "cap | HC-9 | 4 | "],
        ),
        (
            "Please supply the oil press OP-90 with 7.5 kW motor, one piece only.",
            ["oil press | OP-90 | 1 | piece"],
        ),
        (
            "Please book two fitters for the kiln, 14 man-days altogether.",
            ["fitters |  | 14 | man-days"],
        ),
        (
            "Please send 30 pcs hook HK-8 by 4 May and 50 pcs by 9 June.",
            ["hook | HK-8 | 30 | pcs", "hook | HK-8 | 50 | pcs"],
        ),
        (
            "1x Post (dwg 51-A) 1x Rail (dwg 51-B) 16x Nut set",
            ["Post | dwg 51-A | 1 | ", "Rail | dwg 51-B | 1 | ", "Nut set |  | 16 | "],
        ),
        (
            "Item 1: Sprocket, 18 teeth. Quantity: 3 pieces. Price: USD 71.00\n"
            "Item 2: Chain, simplex. Quantity: 8 m. Price: USD 9.50",
            [
                "Sprocket, 18 teeth |  | 3 | pieces | 71.00",
                "Chain, simplex |  | 8 | m | 9.50",
            ],
        ),
        (
            "Please quote your best price for the following: swivel joint SJ-50, qty 1.",
            ["swivel joint | SJ-50 | 1 | "],
        ),
        ("Shaft seal size 45 - 06 nos", ["Shaft seal | size 45 | 6 | nos"]),
        (
            "S.No Stores Type Qty Rate (EUR)\n01 Float switch FS-11 5 Nos 72.50\n"
            "02 Guide bush GB-6 10 Nos 1,008.00",
            ["Float switch | FS-11 | 5 | Nos | 72.50", "Guide bush | GB-6 | 10 | Nos | 1008.00"],
        ),
    ],
)
def test_lists_and_requests_in_further_ways_of_writing(text: str, lines: list[str] | None) -> None:
    expected = lines or ["clevis pin | CP-4 | 10 | off", "split pins | 5 mm | None | "]
    assert shown(text) == expected


@pytest.mark.parametrize(
    "text", ["Our quote 30 of May is still open.", "Price of offer 12 remains.", "Hall 7 and box 9"]
)
def test_numbers_of_papers_and_places_are_no_amounts(text: str) -> None:
    assert shown(text) == []
