"""Faults are taken one by one, with what was agreed and without what came of them."""

import pytest

from domain.mail.defects import defects_of
from domain.mail.kinds import MailKind


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        (
            "The shaft measures 42 mm where the drawing calls for 40, so the hub jams, and two "
            "keys arrived bent. Please send new ones.",
            ("The shaft measures 42 mm where the drawing calls for 40", "two keys arrived bent"),
        ),
        (
            "Dear Sir,\n\nOn opening we have found 18 Nos. of bearings only, whereas the packing "
            "list is showing 20 Nos.\n\nRegards\nK. Menon",
            ("18 Nos. of bearings only, whereas the packing list is showing 20 Nos",),
        ),
        (
            "three of the hoses leak at the crimp, looks like a bad batch. the box had no label. "
            "i need new ones",
            ("three of the hoses leak at the crimp", "the box had no label"),
        ),
        (
            "All 3 have the handle on the top. We ordered it below.",
            ("All 3 have the handle on the top",),
        ),
        ("开机两天又漏气 打售后电话没人接 昨晚整条线停了", ("开机两天又漏气", "打售后电话没人接")),
        (
            "抽检8只，2只漏油，外壳也不是图上的铸铁。整批退货。",
            ("抽检8只，2只漏油", "外壳也不是图上的铸铁"),
        ),
        ("4根都是碳钢的，我们定的是316，退", ("4根都是碳钢的，我们定的是316",)),
        ("定位誤差實測±6mm，合約寫的是±2mm。恕難簽收。", ("定位誤差實測±6mm，合約寫的是±2mm",)),
        ("说好3月1日到，结果晚了五天，客户的活都停了", ("说好3月1日到，结果晚了五天",)),
        (
            "检查结果：电流偏大，减速机渗油，柜里两根线没接。",
            ("电流偏大", "减速机渗油", "柜里两根线没接"),
        ),
        ("有2根链条长度不对，比图纸短了40mm；请补发。", ("有2根链条长度不对，比图纸短了40mm",)),
        (
            "we cannot sign: flow measured 31, ordered 40. The rest is fine.",
            ("flow measured 31, ordered 40",),
        ),
        (
            "Fourth bearing in six weeks on that crusher. Grease all over the floor again.",
            ("Fourth bearing in six weeks on that crusher", "Grease all over the floor again"),
        ),
        (
            "Sorry but no. The saw trips the breaker daily and your fitter left without finding "
            "out why. We do not accept it until it runs.",
            ("The saw trips the breaker daily", "your fitter left without finding out why"),
        ),
        (
            "5 mould inserts are 2 mm too thick and the keyways are missing.",
            ("5 mould inserts are 2 mm too thick", "the keyways are missing"),
        ),
        (
            "真空泵又停了，报警E12，油温飙到110度。马上派人。",
            ("真空泵又停了", "报警E12", "油温飙到110度"),
        ),
        (
            "以现在的状态，我们不敢签字：步距误差±0.3，协议是±0.05；急停按下去要2秒才停。",
            ("步距误差±0.3，协议是±0.05", "急停按下去要2秒才停"),
        ),
        ("40 支中 6 支端面崩角；3 套气缸漏气。", ("40 支中 6 支端面崩角", "3 套气缸漏气")),
        (
            "你们的人把我卷帘门撞坏了，地也弄脏了。今天给个说法！",
            ("你们的人把我卷帘门撞坏了", "地也弄脏了"),
        ),
        ("部機又漏水，等咗兩個星期都冇人嚟。", ("部機又漏水", "等咗兩個星期都冇人嚟")),
        ("合作多年了，有些话不想说。请你们领导来电话。", ()),
    ],
)
def test_faults_of_a_complaint(text: str, faults: tuple[str, ...]) -> None:
    assert defects_of(MailKind.COMPLAINT, text) == faults


def test_a_list_of_faults_is_taken_line_by_line() -> None:
    text = (
        "We cannot take the crane:\n1) brake slips at 2 t (see photo)\n2) spare parts list "
        "missing, which is a pity\n\nPlease repair."
    )
    assert defects_of(MailKind.REJECTION, text) == (
        "brake slips at 2 t",
        "spare parts list missing",
    )
    text = "1. splatter not removed inside\n2. gasket EPDM, we ordered Viton\n3. please refund us"
    faults = ("splatter not removed inside", "gasket EPDM, we ordered Viton")
    assert defects_of(MailKind.REJECTION, text) == faults
    text = "清点发现以下不符：\n（1）焊缝咬边；\n（2）少发卡箍5只。\n请整改。"
    assert defects_of(MailKind.COMPLAINT, text) == ("焊缝咬边", "少发卡箍5只")


def test_an_acceptance_has_faults_only_where_it_makes_a_reservation() -> None:
    minor = "验收合格，只是门把手有点松动，不影响使用。"
    assert defects_of(MailKind.ACCEPTANCE, minor) == ("门把手有点松动",)
    assert defects_of(MailKind.ACCEPTANCE, "Accepted. No complaints, it does not leak.") == ()
    assert defects_of(MailKind.NEW_ORDER, minor) == ()
