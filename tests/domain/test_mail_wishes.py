"""What a customer wants beside things, named in many ways and mixed with other matters."""

import pytest

from domain.mail.extract.change_items import ChangeItem, ChangeKind
from domain.mail.extract.labels import labelled
from domain.mail.extract.values import Line
from domain.mail.extract.wishes import Wishes, no_wishes, pointed_at, wishes_in
from domain.mail.kinds import MailKind
from domain.mail.wanted import wished


def read(text: str, noted: int = 0) -> Wishes:
    return wishes_in(text, labelled(text), noted=noted)


def wishes(text: str) -> tuple[str, ...]:
    return read(text).values


@pytest.mark.parametrize(
    "text",
    [
        "The frame should be hot-dip galvanised to ISO 1461.",
        "Drawings for approval before you start.",
        "Keep the packing below 25 kg per box.",
        "Bearings: SKF or FAG only.",
        "Lifting lugs on top please.",
        "No paint on machined faces.",
        "Instruction manual in Dutch is needed.",
        "Don't stack the cases.",
        "Delivery only between 7 and 11 am.",
        "Driver must call 30 minutes ahead.",
        "with PT100 sensor and 5 m lead",
        "电机用西门子的",
        "螺栓全部换高强度的",
        "出厂前拍照给我看",
        "法兰按HG20592",
        "周六不能收货",
        "送货单一式三联，写上我们的料号",
        "做完热处理再精磨",
        "进厂人员要买保险",
        "箱體顏色請噴灰白",
        "Please tape the switch cable to the frame so it survives the trip",
        "Bolts A4-80, fans explosion proof",
        "Cable length 10 m instead of 5",
        "Quality plan to be sent before the start of work",
        "绞龙叶片厚一点",
        "石墨轴承别跟密封环混装",
        "人孔盖加把手",
        "传感器用欧姆龙",
        "调试时请派熟手",
        "夹爪行程改成80",
        "須附原廠出貨檢驗報告",
        "Bushes to be CW614N",
        "He insists on a stainless chute",
        "进线方式下进上出",
        "源码须提交到我方服务器",
    ],
)
def test_an_instruction_is_a_wish(text: str) -> None:
    assert wishes(text) == (text.rstrip(".").removesuffix(" please"),)


@pytest.mark.parametrize(
    "text",
    [
        "Hello Ms Wang, hope you are well.",
        "You shall hear from us in due course.",
        "Rate as per last supply.",
        "The model should read KX-40L (long).",
        "Marketing Dept | Bluefin Foods S.A.",
        "带我的陈姐让我下单，我照着念。",
        "磨损的那批要换",
        "Please send your order confirmation by return.",
        "Our machine broke down yesterday and we lost a day.",
        "Delivery by 12 June to our plant in Leeds.",
        "Payment 30 days net after delivery.",
        "Can you do that for us?",
        "Please quote our order number on all invoices.",
        "It must be here before Easter.",
        "We need 12 gaskets and 4 seals.",
        "Kindly arrange the following:",
        "No need to call before delivery.",
        "Our accounts department needs the bank details.",
        "Kindly find attached our official purchase order.",
        "Nothing out of the ordinary is required.",
        "具体事宜请与王工联系。",
        "此单为紧急订单，请优先处理。",
        "幣別為美金",
        "请尽快安排发货，谢谢。",
        "收到请回复确认。",
        "货送到我们常州工厂。",
        "验收合格后30天付款。",
        "本订单一式两份，双方各执一份。",
        "需要法兰10个，垫片20片。",
        "无需提前联系",
        "泉州恒远检测仪器",
    ],
)
def test_days_places_money_people_and_things_are_no_wishes(text: str) -> None:
    assert wishes(text) == ()


def test_a_wish_stands_without_the_thing_the_date_and_the_person() -> None:
    assert wishes("水泵 SB-20 3台，联系人王工，板间垫泡沫，必须立放，5月8日前到") == (
        "板间垫泡沫，必须立放",
    )
    assert wishes("Valves all stainless, by 15 May.") == ("Valves all stainless",)


def test_reasons_and_lead_words_are_cut_off() -> None:
    assert wishes("Please note that the hoses must be capped, because of dust in our hall.") == (
        "the hoses must be capped",
    )
    assert wishes("另外，铭牌必须用不锈钢，上次的锈掉了。") == ("铭牌必须用不锈钢",)


def test_a_clause_of_stress_makes_the_clause_beside_it_a_wish() -> None:
    assert wishes("Sensor type K, do not forget.") == ("Sensor type K, do not forget",)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "Special Instructions:\n(a) Roller shells crowned.\n(b) One spare key each.\n\nRegards",
            ("Roller shells crowned", "One spare key each"),
        ),
        (
            "验收要求：轨道直线度合格；调试记录两份。\n交期：5月8日",
            ("轨道直线度合格", "调试记录两份"),
        ),
        ("六、质量及技术要求：噪声小；配铭牌。\n七、付款：月结。", ("噪声小", "配铭牌")),
        ("Packing: foam between plates\nTotal: EUR 300", ("foam between plates",)),
        ("Obs.: shafts straightened; no paint", ("shafts straightened", "no paint")),
        (
            "Notes: covers bolted, hinges on the left hand side of the cabinet, door (seen from\n"
            "the front) opens by 120 degrees",
            (
                "covers bolted, hinges on the left hand side of the cabinet, "
                "door (seen from the front) opens by 120 degrees",
            ),
        ),
    ],
)
def test_a_section_below_its_heading_is_kept(text: str, found: tuple[str, ...]) -> None:
    assert wishes(text) == found


def test_rows_of_a_table_are_no_wishes() -> None:
    assert wishes("1\tPainted frame\tRAL 5010\t4\n2   Steel cover   galvanised   7") == ()
    line = Line(item="防爆电机", model=None, quantity=None)
    assert wishes_in("防爆电机", (), lines=(line,)).values == ()


def test_what_is_noted_beside_a_table_is_a_wish_where_it_instructs() -> None:
    torn, clear = "Extrusion die KX-40 2 pcs", "到货前请电话通知"
    assert read(torn, noted=len(torn)).values == ()
    assert read(clear, noted=len(clear)).values == (clear,)


@pytest.mark.parametrize(
    "text",
    [
        "No special requirements.",
        "没啥特殊要求，照老样子做",
        "特殊要求无，不急",
        "Requirements: none",
    ],
)
def test_nothing_special_is_said(text: str) -> None:
    assert read(text) == Wishes((), none=True, source="text")


def test_otherwise_nothing_special_does_not_hide_a_wish() -> None:
    assert wishes("刀口做涂层 别的没要求") == ("刀口做涂层",)
    assert wishes("Cups to be blue silicone. Otherwise nothing special.") == (
        "Cups to be blue silicone",
    )
    assert no_wishes("Otherwise nothing special.")
    assert no_wishes("没有别的特殊要求，照图。")
    assert no_wishes("無其他特別之要求")


def test_remarks_of_a_table_are_wishes_only_where_the_mail_points_at_them() -> None:
    assert pointed_at("要求见各自备注栏", ("淬火", "淬火", "镀镍")) == ("淬火", "镀镍")
    assert pointed_at("Remarks in the last column are important.", ("oiled",)) == ("oiled",)
    assert pointed_at("请查收附件", ("淬火",)) == ()


def test_a_change_request_wishes_what_it_changes_beside_numbers() -> None:
    text = "The date stays. Please make the lid of bronze instead of steel. Regards"
    change = ChangeItem(ChangeKind.SPECIAL_REQUIREMENT, "lid", None, "bronze")
    found = wished(MailKind.CHANGE_REQUEST, None, (change,), text)
    assert found is not None
    assert found.value == ("Please make the lid of bronze instead of steel",)
    assert wished(MailKind.CHANGE_REQUEST, None, (), text) is None
    assert wished(MailKind.ENQUIRY, None, (change,), text) is None
