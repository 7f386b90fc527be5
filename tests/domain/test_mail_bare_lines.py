"""Chinese orders as people talk: prices before amounts, questions, bare lists, own machines."""

import pytest

from domain.mail.extract.sentences import sentence_lines
from tests.domain.mail_factory import understood


def shown(text: str) -> list[str]:
    return [
        f"{x.item or ''}|{x.model or ''}|{x.quantity}|{x.unit or ''}"
        + (f"|{x.unit_price}" if x.unit_price is not None else "")
        for x in sentence_lines(text)
    ]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        (
            "一、刮板输送机 GB400，配耐磨链条，单价 2,150 元/米，数量 18 米；\n"
            "二、星型卸料器 XG-12，单价 9,600 元/台，数量 3 台。",
            ["刮板输送机|GB400|18|米|2150", "星型卸料器|XG-12|3|台|9600"],
        ),
        ("动力柜 GGD-2  4 面  单价 18,000 元", ["动力柜|GGD-2|4|面|18000"]),
        (
            "料仓的闸门我们决定交给你们做，型号就是上次量的ZM-600，一共3套；顺带把护罩HZ-60也做2块。",
            ["料仓的闸门|ZM-600|3|套", "护罩|HZ-60|2|块"],
        ),
        (
            "那个筛分机SF-20的给我来1台 提升机 T250的来2台 一台8米高",
            ["筛分机|SF-20|1|台", "提升机|T250|2|台"],
        ),
        (
            "委托贵司加工花键套，图号 HJ-77-02，9 件，料我们出。价格照旧，每件 1340 元。",
            ["花键套|HJ-77-02|9|件|1340"],
        ),
        (
            "请开发：报表接口，估 6 人天；扫码终端，估 11 人天。人天单价 1500 元。",
            ["报表接口||6|人天|1500", "扫码终端||11|人天|1500"],
        ),
        ("- MQTT网关开发，5人天，1,600元/人天", ["MQTT网关开发||5|人天|1600"]),
        (
            "- 滤板 PP plate LB-8 x 30 pcs\n- Air knife 風刀 x 4 pcs\n- Fan belt φ90 x 2 set",
            ["滤板|PP plate LB-8|30|pcs", "Air knife 風刀||4|pcs", "Fan belt|φ90|2|set"],
        ),
        ("請問齒輪泵 CB-32 有冇現貨？要兩部，月底用。", ["齒輪泵|CB-32|2|部"]),
        ("师傅，立式的两段破碎机有没有，一天干80吨的，多少钱一台？", ["立式的两段破碎机||None|台"]),
        (
            "麻烦给我们下单：\n· 切刀 QD-15\n· 压辊 φ80×520",
            ["切刀|QD-15|None|", "压辊|φ80×520|None|"],
        ),
        ("备货：1）导轮 DL-56 2件；2）垫块 24个。", ["导轮|DL-56|2|件", "垫块||24|个"]),
        (
            "想采购贵司的吸嘴 XZ-5 一百二十只，密封胶一包。",
            ["吸嘴|XZ-5|120|只", "密封胶||1|包"],
        ),
        ("麻烦报一下扭矩扳手 NB-3 的价格，先按3把算，后期可能加到10把。", ["扭矩扳手|NB-3|3|把"]),
        ("绞龙Φ320*Φ89*250*6 45片 左旋", ["绞龙|Φ320*Φ89*250*6|45|片"]),
        ("旋转夹 2套，用在3吨叉车上。", ["旋转夹||2|套"]),
        ("高压泵 2DP-30，2台", ["高压泵|2DP-30|2|台"]),
    ],
)
def test_things_are_found_as_people_tell_them(text: str, lines: list[str]) -> None:
    assert shown(text) == lines


@pytest.mark.parametrize(
    "text",
    [
        "我厂拟改造一台旧磨床。",
        "接待我的是一位戴一副很厚眼镜的师傅。",
        "采购合同 HT2605-031（两台冷凝器）请提前交货。",
        "委托单 RW-3306 那8根轴，车完5根了，还要12个工时。",
        "请给一个大致价格与周期。",
        "负载1.5吨，行程6米。",
        "注意事项：\n1. 法兰按JB-81加工\n2. 表面不得有划伤",
    ],
)
def test_what_is_told_of_other_things_is_not_ordered(text: str) -> None:
    assert shown(text) == []


def test_parts_with_numbers_of_their_own_have_their_own_day() -> None:
    found = understood(
        "这次分两单：\n\n一、TL-0518（东厂）\n  * 搅拌器 JB-7，3台\n5月18日到东厂。\n\n"
        "二、TL-0622（西厂）\n  * 刮泥机 GN-9，1台\n6月22日到西厂。\n"
    )
    assert [(line.model, str(line.due_date)) for line in found.lines] == [
        ("JB-7", "2026-05-18"),
        ("GN-9", "2026-06-22"),
    ]
