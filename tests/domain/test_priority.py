"""Classification: what kind an order is, how urgent, and why; priorities do not flap."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.calendars.china import company_calendar, official_days
from domain.names import Language, OrderType, Priority
from domain.priority import (
    SERVICE_LEVELS,
    TYPE_NAMES,
    Override,
    Part,
    Score,
    Standing,
    guess_type,
    in_force,
    priority_of,
    rank_key,
    score,
    service_sentence,
    settled,
)
from domain.worktime import add_workdays

CALENDAR = company_calendar((*official_days(2026), *official_days(2027)))
TODAY = date(2026, 11, 24)


def due_in(workdays: int) -> date:
    return add_workdays(CALENDAR, TODAY, workdays)


@pytest.mark.parametrize(
    ("title", "lines", "expected"),
    [
        ("采购订单", ["减速机支架 16件", "法兰 DN200"], OrderType.MANUFACTURE_TO_ORDER),
        ("PO 4711", ["mounting plate 40x30", "Installation kit"], OrderType.MANUFACTURE_TO_ORDER),
        ("输送线安装调试", ["现场安装 2台"], OrderType.ENGINEERING_SERVICE),
        ("Order", ["Commissioning on site, 3 days"], OrderType.ENGINEERING_SERVICE),
        ("询价", ["安装板 200x300", "安装支架"], OrderType.MANUFACTURE_TO_ORDER),
        ("上位机软件开发", ["数据采集"], OrderType.SOFTWARE),
        ("Firmware update", ["new firmware for KPX-10T"], OrderType.SOFTWARE),
        ("液压站故障报修", ["漏油"], OrderType.AFTER_SALES),
        ("Repair of gearbox", ["RC-500"], OrderType.AFTER_SALES),
        ("外协加工", ["镀锌 200件"], OrderType.SUBCONTRACT),
        ("内部项目:料架", ["料架"], OrderType.INTERNAL),
        ("", [], OrderType.MANUFACTURE_TO_ORDER),
    ],
)
def test_the_kind_follows_from_title_and_lines(title, lines, expected):
    assert guess_type(title, lines).order_type is expected


def test_the_kind_names_the_words_it_was_taken_from():
    guess = guess_type("液压站维修", ["更换密封", "故障排查"])
    assert guess.sure
    assert guess.sentence(Language.ZH) == "售后服务:“维修”(标题)、“故障”(第2行)"
    assert guess.sentence(Language.EN).startswith('after-sales: "维修" (title)')
    assert "默认" in guess_type("", []).sentence(Language.ZH)
    assert not guess_type("安装与维修", ["软件"]).sure
    assert TYPE_NAMES.keys() == set(OrderType)


def test_the_score_of_the_tour_adds_up_as_people_read_it():
    standing = Standing(due_in(12), expected_workdays=10, tier="B", waiting_workdays=8)
    found = score(standing, CALENDAR, today=TODAY)
    assert found.sentence(Language.EN) == "P2: 36 due + 15 customer + 4 age"
    assert found.sentence(Language.ZH) == "P2:交期 36 + 客户 15 + 等待 4"
    assert (found.total, found.priority) == (55, Priority.P2)


def test_urgency_counts_only_with_a_reason():
    calm = Standing(due_in(40), 5, tier="A")
    pressed = Standing(due_in(40), 5, tier="A", urgent_reason="产线停机", late_penalty=True)
    assert score(calm, CALENDAR, today=TODAY).total == 25
    assert score(pressed, CALENDAR, today=TODAY).total == 45
    blank = Standing(due_in(40), 5, tier="A", urgent_reason="  ")
    assert score(blank, CALENDAR, today=TODAY).total == 25


def test_a_date_in_the_past_is_capped_and_flagged():
    found = score(Standing(date(2026, 11, 2), 10), CALENDAR, today=TODAY)
    assert found.impossible_date
    assert found.parts[0] == Part("due", 40)
    assert "the due date has passed" in found.sentence(Language.EN)


def test_without_a_date_the_usual_time_of_the_kind_stands_in():
    found = score(Standing(None, 10, usual_workdays=20), CALENDAR, today=TODAY)
    assert found.parts[0] == Part("due", 20)
    assert not found.impossible_date


@settings(max_examples=40, deadline=None)
@given(
    st.integers(-30, 90), st.integers(0, 60), st.sampled_from("ABCDX"), st.booleans(),
    st.floats(-1, 2), st.integers(0, 100),
)  # fmt: skip
def test_points_stay_within_a_hundred_and_parts_are_the_total(due, need, tier, late, share, age):
    standing = Standing(TODAY + timedelta(days=due), need, tier, "x" * late, late, share, age)
    found = score(standing, CALENDAR, today=TODAY)
    assert 0 <= found.total <= 100
    assert found.total == pytest.approx(sum(part.points for part in found.parts))
    sooner = Standing(TODAY + timedelta(days=due - 7), need, tier, "x" * late, late, share, age)
    assert score(sooner, CALENDAR, today=TODAY).total >= found.total


@pytest.mark.parametrize(
    ("total", "expected"),
    [(75, "P1"), (74.9, "P2"), (55, "P2"), (54.9, "P3"), (35, "P3"), (34.9, "P4"), (0, "P4")],
)
def test_the_limits_belong_to_the_higher_class(total, expected):
    assert priority_of(total) == expected


def test_a_class_changes_only_twice_in_a_row_or_clearly():
    near = Score((), 56, Priority.P2)
    assert settled(Priority.P3, 54, near, last_computed=Priority.P3) is Priority.P3
    assert settled(Priority.P3, 54, near, last_computed=Priority.P2) is Priority.P2
    far = Score((), 63, Priority.P2)
    assert settled(Priority.P3, 54, far, last_computed=None) is Priority.P2
    assert settled(Priority.P2, 54, near, last_computed=None) is Priority.P2


def test_an_override_counts_until_its_last_day():
    word = Override(Priority.P1, "高层要求", "li.ming", TODAY)
    assert in_force(Priority.P3, word, today=TODAY) is Priority.P1
    assert in_force(Priority.P3, word, today=TODAY + timedelta(days=1)) is Priority.P3
    assert in_force(Priority.P3, None, today=TODAY) is Priority.P3


def test_ties_go_to_the_earlier_date_then_to_the_earlier_order():
    at = datetime(2026, 11, 24, tzinfo=UTC)
    found = Score((), 50, Priority.P3)
    undated, dated = rank_key(found, None, at), rank_key(found, TODAY, at)
    later = rank_key(found, TODAY, at + timedelta(hours=1))
    assert sorted([undated, later, dated]) == [dated, later, undated]


def test_a_higher_priority_never_waits_longer():
    levels = [SERVICE_LEVELS[priority] for priority in Priority]
    for higher, lower in pairwise(levels):
        assert higher.first_response <= lower.first_response
        assert higher.decision <= lower.decision and higher.plan <= lower.plan
    assert service_sentence(levels[0], Language.EN).startswith("first answer 2 working hours")
    assert "每 2 个工作日" in service_sentence(levels[1], Language.ZH)
