"""Order lines in the ways of many countries: lists, notes, chats, letters, Chinese and European."""

import pytest

from domain.mail.extract.numerals import number_of
from tests.domain.mail_factory import shown_lines


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
    assert shown_lines(text) == lines


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
    assert shown_lines(text) == lines


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
    assert shown_lines(text) == []


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
    assert shown_lines(text) == lines


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
