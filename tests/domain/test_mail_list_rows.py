"""Rows of lists as people type them: the number that counts is found among measures and sizes."""

from decimal import Decimal

import pytest

from domain.mail.extract.sentences import sentence_lines

Row = tuple[str, str | None, int | None]


def rows(text: str) -> list[Row]:
    return [
        (one.item or "", one.model, None if one.quantity is None else int(one.quantity))
        for one in sentence_lines(text)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("手动葫芦 HSZ-2T 起升3米 15台", ("手动葫芦", "HSZ-2T 起升3米", 15)),
        ("钢丝绳 8.6mm 每条100米 x4条", ("钢丝绳", "8.6mm 每条100米", 4)),
        ("3 个 旋转编码器,型号 DGS 58-2048", ("旋转编码器", "DGS 58-2048", 3)),
        ("拉压力传感器 LSZ-F02,量程10kN,10只", ("拉压力传感器", "LSZ-F02", 10)),
        ("防爆接线盒 AH-20 三通的 十来个吧", ("防爆接线盒", "AH-20", None)),
        ("- 03 seal kits for the same (one for each)", ("seal kits", None, 3)),
        ("2/ Lifting chain LC-22, 4 pcs", ("Lifting chain", "LC-22", 4)),
        ("1) Jacketed vessel, 2 KL working capacity - 1 No.", ("Jacketed vessel", None, 1)),
    ],
)
def test_a_row_names_a_thing_and_how_many(text: str, expected: Row) -> None:
    found = rows(f"{text}\n")
    assert len(found) == 1
    item, model, number = found[0]
    assert item.startswith(expected[0])
    assert number == expected[2]
    assert expected[1] is None or model == expected[1]


@pytest.mark.parametrize(
    "text",
    [
        "叉车我们有3吨的,货重超3吨提前讲。",
        "岔口往北4公里,大货车进得来。",
        "從今天算15個工作天內出貨即可。",
        "链条逐条挂编号吊牌,一条一捆不许混捆。",
        "Offer validity 90 days",
    ],
)
def test_what_only_measures_or_packs_is_no_thing_ordered(text: str) -> None:
    assert rows(text) == []


def test_a_thing_without_a_number_between_two_rows_is_one_of_the_list() -> None:
    text = "3 x side plate, drg WQ-2207\nlock bolts M24x90, enough for all\n1 x liner, drg WQ-2211"
    lines = sentence_lines(text)
    assert [line.quantity for line in lines] == [Decimal(3), None, Decimal(1)]
    assert lines[1].item == "lock bolts"
