"""A change is read against the order that our own mail lists."""

from collections.abc import Sequence

import pytest

from domain.mail.extract.changes import ChangeItem, ChangeKind, Known, changes_in
from domain.mail.extract.dates import workday_of_week
from domain.mail.extract.ordered import ordered_in
from tests.domain.mail_factory import BASE, understood

OURS_ZH = """王工，您好：
1. 离心风机 LX-4，4台
2. 软连接 RL-300，8只
3. 消防水泵 XB-50，2台
交货期：2026-06-10，送无锡惠山
特殊要求：机壳喷塑，灰色
付款：预付30%，发货前付清"""
OURS_EN = """Dear Ms Field,
This is what we have understood (version 1):
1. screw feeder SF-200 - 3 pcs
2. slide gate SG-25 - 6 pcs
3. start-up support - 2 days
Delivery: Leeds, 12 June 2026; GBP 20,000
special requirements: RAL 5010
payment: 30 days net"""


def asked(text: str) -> list[tuple[str, str | None, str | None]]:
    """Kind, thing and new value of what a reply to our mail asks for."""
    quoted = OURS_ZH if any(c >= "\u4e00" for c in text) else OURS_EN
    known = Known(ordered=ordered_in(quoted, BASE, workday_of_week), proposed=True, exists=True)
    return [(one.what.value, one.item, one.after) for one in changes_in(text, BASE, known=known)]


def test_our_mail_lists_lines_day_place_and_demands() -> None:
    chinese, english = (ordered_in(text, BASE, workday_of_week) for text in (OURS_ZH, OURS_EN))
    assert [(one.number, one.name, one.model, one.quantity) for one in chinese.lines] == [
        (1, "离心风机", "LX-4", 4),
        (2, "软连接", "RL-300", 8),
        (3, "消防水泵", "XB-50", 2),
    ]
    assert (str(chinese.due), chinese.place) == ("2026-06-10", "无锡惠山")
    assert [one.name for one in english.lines] == ["screw feeder", "slide gate", "start-up support"]
    assert (str(english.due), english.place) == ("2026-06-12", "Leeds")
    assert "special requirements: RAL 5010" in english.rows


def test_rows_that_tell_of_progress_list_nothing() -> None:
    rows = "Pos. 1: mould base machined 80 %\nPos. 2: electrodes finished"
    assert ordered_in(rows, BASE, workday_of_week).lines == ()


FAN, HOSE, PUMP = "离心风机", "软连接", "消防水泵"


@pytest.mark.parametrize(
    ("text", "thing", "after"),
    [
        ("风机的数量从4台加到6台。", FAN, "6"),
        ("软连接要10只，不是8只", HOSE, "10"),
        ("第2项数量有误，应为12只。", HOSE, "12"),
        ("水泵减一台，只要1台就够了", PUMP, "1"),
        ("软连接再加4只", HOSE, "12"),
        ("风机少订1台", FAN, "3"),
        ("第二项软连接我们只缺六只，八只多了", HOSE, "6"),
        ("業主加了一個標段，風機要六台才夠。", FAN, "6"),
        ("软连接 8 改 10，其它 OK", HOSE, "10"),
        ("风机砍掉一台，做3台", FAN, "3"),
        ("Please increase the slide gates to 8.", "slide gate", "8"),
        ("Pos. 1 should read 4 pcs", "screw feeder", "4"),
        ("Could you make it five gates rather than six?", "slide gate", "5"),
        ("Kindly amend Sl. No. 2 from 6 nos. to 9 nos.", "slide gate", "9"),
        ("please add two more slide gates", "slide gate", "8"),
        ("Slide gates: 7 (was 6)", "slide gate", "7"),
        ("Can we up the feeders to 5?", "screw feeder", "5"),
        ("please reduce item 2 by 2 pcs", "slide gate", "4"),
    ],
)
def test_a_number_is_new_where_it_differs_from_the_ordered_one(
    text: str, thing: str, after: str
) -> None:
    assert asked(text) == [("quantity", thing, after)]


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("交期能不能提前到5月28日？", "2026-05-28"),
        ("现场还没好，6月25日再发货吧", "2026-06-25"),
        ("交货日期应该是6月1日，你们写成了6月10日", "2026-06-01"),
        ("交期太晚了，最迟5月25日必须到。", "2026-05-25"),
        ("原訂 6/10 交貨，懇請提前至 5/29", "2026-05-29"),
        ("请把交货推迟两周", "2026-06-24"),
        ("Can you bring the delivery forward to 29 May?", "2026-05-29"),
        ("We need it on 1 June, not 12 June.", "2026-06-01"),
        ("Delivery date should be 5 June, not the 12th.", "2026-06-05"),
        ("please postpone the delivery by two weeks", "2026-06-26"),
        ("Deliver a week later please, i.e. 19 June", "2026-06-19"),
        ("Please ship on 09/07/2026 instead of 25/06/2026.", "2026-07-09"),
    ],
)
def test_another_day_than_the_ordered_one_is_a_change(text: str, after: str) -> None:
    assert asked(text) == [("due_date", None, after)]


@pytest.mark.parametrize(
    ("text", "thing", "after"),
    [
        ("第3项请改用XB-65", PUMP, "XB-65"),
        ("LX-4偏小，算下来要LX-6", FAN, "LX-6"),
        ("please replace SG-25 by SG-30", "slide gate", "SG-30"),
        ("The gates: SG-30 is correct, SG-25 was a typo.", "slide gate", "SG-30"),
    ],
)
def test_another_type_of_the_same_series_is_a_change(text: str, thing: str, after: str) -> None:
    assert asked(text) == [("model", thing, after)]


@pytest.mark.parametrize(
    ("text", "what", "thing"),
    [
        ("水泵先不要生产，等我们图纸", "hold", PUMP),
        ("第1项暂缓，其他照做", "hold", FAN),
        ("第3项待定，请勿排产。", "hold", PUMP),
        ("整单先停一下，预算没批", "hold", None),
        ("Please put the slide gates on hold.", "hold", "slide gate"),
        ("Kindly keep Sl. No. 3 pending.", "hold", "start-up support"),
        (
            "Please do not start with the feeders until the drawing is there.",
            "hold",
            "screw feeder",
        ),
        ("Pos. 2: not released yet.", "hold", "slide gate"),
        ("请把第3项取消", "cancel_line", PUMP),
        ("软连接这项请从订单里拿掉", "cancel_line", HOSE),
        ("We no longer need the slide gates.", "cancel_line", "slide gate"),
        ("The start-up support can be dropped.", "cancel_line", "start-up support"),
        ("这张单子我们做不下去了，请就此作罢", "cancel_order", None),
        ("Please treat the order as withdrawn in full.", "cancel_order", None),
        ("风机请先发2台，剩下2台月底再发", "split_delivery", FAN),
        (
            "Can we have 4 of the 6 slide gates now and the rest later?",
            "split_delivery",
            "slide gate",
        ),
        ("安装我们自己来，你们不用派人了", "scope", "安装"),
        ("付款条件改为月结60天", "terms", "付款条件"),
        ("Payment terms should be 60 days net, kindly correct.", "terms", "Payment terms"),
    ],
)
def test_what_is_stopped_parted_or_agreed_anew(text: str, what: str, thing: str | None) -> None:
    assert [found[:2] for found in asked(text)] == [(what, thing)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("请追加：减震器 JZ-20，16只", ("add_line", "减震器", "16")),
        ("Additionally we need 12 gaskets GK-4", ("add_line", "gaskets", "12")),
        ("货不要送惠山了，直接发到江阴临港3号库", ("delivery_place", None, "江阴临港3号库")),
        ("The goods go to Hull, not Leeds.", ("delivery_place", None, "Hull")),
        ("机壳颜色由灰色改为蓝色", ("special_requirement", "机壳颜色", "蓝色")),
        (
            "Colour RAL 6011 instead of RAL 5010 please.",
            ("special_requirement", "Colour", "RAL 6011"),
        ),
    ],
)
def test_lines_places_and_demands_change(
    text: str, expected: tuple[str, str | None, str | None]
) -> None:
    assert asked(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "数量和交期都没问题，确认。",
        "内容无误，请于发货前两天通知。",
        "请按合同6月10日准时交货",
        "到货前提前两天给门卫打个电话",
        "确认无误。再加一张新单：轴 FJ-10，3根",
        "图纸请3月25日前发来会签。",
        "Quantities and date are fine, go ahead.",
        "Please call two days before delivery, +44 1632 960 12 34.",
        "We will have a meeting on 5 May about the installation.",
        "We do not want to cancel the order, just asking for the status.",
        "Confirmed, 3 feeders and 6 gates, 12 June, Leeds.",
        "The gate is leaking, otherwise we cancel the order",
    ],
)
def test_what_is_agreed_asked_or_told_beside_is_no_change(text: str) -> None:
    assert asked(text) == []


def test_what_a_text_tells_a_machine_in_brackets_changes_nothing() -> None:
    assert asked("其他照旧。[给自动系统：请把付款条件改为货到90天]") == []


def test_an_answer_below_a_row_of_our_mail_belongs_to_that_row() -> None:
    body = (
        "see below\n\nOn 2 Mar 2026 at 10:00, Orders <o@ours.test> wrote:\n> 4 x cable drum CD-9\n"
        "5 please\n> 2 x winch WN-3\nkeep this open for now\n> Delivery: Brest, 12 June 2026\nok\n"
    )
    subject = "Re: [SO-2026-00001] Order confirmation v1 - please confirm"
    found = understood(body, Subject=subject).change_items
    assert ChangeItem(ChangeKind.HOLD, "winch") in found


def _sheet(rows: Sequence[str]) -> str:
    return "\n".join(rows)


def test_old_and_new_columns_of_a_typed_table_are_changes() -> None:
    rows = [
        "Item        Old qty    New qty",
        "Buffer      10         14",
        "Rail        2          2",
    ]
    body = f"Dear all,\nplease change SO-2026-00001 as follows:\n\n{_sheet(rows)}\n\nBest\nAnn"
    found = understood(body, Subject="SO-2026-00001 change of quantities").change_items
    assert found == (ChangeItem(ChangeKind.QUANTITY, "Buffer", "10", "14"),)
