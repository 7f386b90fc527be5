"""Things ordered in running text are found in the ways in which people write them."""

import pytest

from domain.mail.extract.sentences import MAX_LINES, sentence_lines


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("需采购减速机（型号 KA77-Y4）3台，联轴器 ML6 两套", "减速机|KA77-Y4|3|台 联轴器|ML6|2|套"),
        ("请安排：闸阀 DN200 PN16 共12台；法兰片 DN80 24片", "闸阀|DN200|12|台 法兰片|DN80|24|片"),
        ("想订2台离心风机 4-72-6C，另加备用叶轮1只。", "离心风机|4-72-6C|2|台 备用叶轮||1|只"),
        ("再补3根传动轴。", "传动轴||3|根"),
        ("上次看的那台搅拌机我们定了，要两台。", "搅拌机||2|台"),
        ("需要起重10吨的电动葫芦1台，起升高度9米。", "起重10吨的电动葫芦||1|台"),
        ("支架 ZJ-30 承载8kN 6~8套", "支架|ZJ-30_承载8kN|None|套"),
        ("12 pcs of ball valve BV-25", "ball_valve|BV-25|12|pcs"),
        ("We'd like to order two gearboxes and one shaft.", "gearboxes||2| shaft||1|"),
        ("Kindly book: 3x pump P-200; 5x seal kit SK-9", "pump|P-200|3| seal_kit|SK-9|5|"),
        ("- Heat exchanger HE-22 (4 off)", "Heat_exchanger|HE-22|4|off"),
        ("Qty 4 - heat exchanger HE-22", "heat_exchanger|HE-22|4|"),
        ("Could you send us another five rolls of tape?", "tape||5|rolls"),
        (
            "Pos. 10  Roller RC-500, length 6 m    5 pcs  EUR 3.180,00/pc\n"
            "Pos. 20  Transfer unit                2 pcs  EUR 450,50/pc",
            "Roller_RC-500,_length_6_m||5|pcs|3180.00 Transfer_unit||2|pcs|450.50",
        ),
        (
            "1  BRG-6204   ball bearing   60 pcs\n2  CHN-16B1   chain   45 m",
            "ball_bearing|BRG-6204|60|pcs chain|CHN-16B1|45|m",
        ),
    ],
)
def test_things_are_found_with_model_amount_and_unit(text: str, lines: str) -> None:
    shown = [
        f"{x.item or ''}|{x.model or ''}|{x.quantity}|{x.unit or ''}".replace(" ", "_")
        + (f"|{x.unit_price}" if x.unit_price else "")
        for x in sentence_lines(text)
    ]
    assert shown == lines.split(" ")


@pytest.mark.parametrize(
    "text",
    [
        "TEL 0266-99-0147",
        "PO FL-26-0931",
        "order KL-77, please",
        "same as NS-1105.",
        "Our plant is 12 km from the port, open 24 hours.",
        "提交了 2 项变更",
        "高4米左右，能上5吨的叉车",
    ],
)
def test_numbers_of_orders_phones_and_measures_order_nothing(text: str) -> None:
    assert sentence_lines(text) == ()


def test_a_list_without_end_gives_a_bounded_number_of_lines() -> None:
    assert len(sentence_lines("泵 P-1 3台\n" * 3 * MAX_LINES)) == MAX_LINES
