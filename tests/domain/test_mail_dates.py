"""Days are counted from the mail's own day, in the sender's zone; what is vague says so."""

from datetime import date, datetime, timedelta, timezone

import pytest

from domain.mail.extract.dates import Day, days_in
from domain.mail.extract.due import due_date
from domain.mail.extract.labels import labelled
from domain.mail.plain import narrow
from tests.domain.mail_factory import BASE

SURE = 0.8


def worked(day: date) -> bool:
    """Monday to Friday, with the first week of October off."""
    return day.weekday() < 5 and not (day.month == 10 and day.day <= 7)


def only(text: str, base: datetime = BASE) -> Day:
    (found,) = days_in(narrow(text), base, worked)
    return found


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026年4月20日前送到", "2026-04-20"),
        ("交期 2026-04-20", "2026-04-20"),
        ("２０２６/４/２０", "2026-04-20"),
        ("4月20日之前", "2026-04-20"),
        ("四月二十日", "2026-04-20"),
        ("1月10日", "2027-01-10"),
        ("20号之前", "2026-03-20"),
        ("10号", "2026-04-10"),
        ("下周五前", "2026-03-27"),
        ("3月底前", "2026-03-31"),
        ("9月内交齐", "2026-09-30"),
        ("10个工作日内", "2026-04-01"),
        ("两周内", "2026-04-01"),
        ("国庆节前", "2026-09-30"),
        ("国庆后3天", "2026-10-10"),
        ("过完国庆第一个礼拜五", "2026-10-09"),
        ("on the 19th", "2026-03-19"),
        ("Q1 2027", "2027-03-31"),
        ("明天", "2026-03-19"),
        ("by 20 April", "2026-04-20"),
        ("on April 20th, 2026", "2026-04-20"),
        ("1 February", "2027-02-01"),
        ("20.04.2026", "2026-04-20"),
        ("20/04/2026", "2026-04-20"),
        ("end of May", "2026-05-31"),
        ("CW 27", "2026-07-03"),
        ("end of next week", "2026-03-27"),
        ("within 10 working days", "2026-04-01"),
        ("before Christmas", "2026-12-24"),
    ],
)
def test_a_clear_day_is_read(text: str, day: str) -> None:
    assert only(text).value.isoformat() == day


@pytest.mark.parametrize(
    "text",
    ["03/04/2026", "mid-April", "5月中旬", "next Friday", "before 20 August", "4月初"],
)
def test_a_vague_day_is_asked_for(text: str) -> None:
    assert only(text).confidence < SURE


def test_both_readings_of_a_day_and_month_are_kept() -> None:
    found = only("03/04/2026")
    assert {found.value, *found.alternatives} == {date(2026, 4, 3), date(2026, 3, 4)}


def test_a_day_that_is_past_is_not_sure() -> None:
    assert only("2025-01-05").confidence < SURE


def test_this_friday_said_on_a_sunday_is_not_sure() -> None:
    sunday = datetime(2026, 3, 22, 9, 0, tzinfo=BASE.tzinfo)
    assert only("本周五", sunday).confidence < SURE


def test_tomorrow_is_the_senders_tomorrow() -> None:
    late = datetime(2026, 3, 31, 23, 30, tzinfo=timezone(timedelta(hours=-7)))
    assert only("tomorrow", late).value == date(2026, 4, 1)


@pytest.mark.parametrize(
    "text",
    [
        "PO-20260315-001",
        "154 1234 0118",
        "HX-200B/3",
        "2号线",
        "18号二号仓",
        "1.5倍",
        "31 February",
        "图号 12-05-2",
        "DN600",
    ],
)
def test_numbers_that_are_no_days_are_none(text: str) -> None:
    assert days_in(narrow(text), BASE, worked) == ()


def test_a_span_counted_from_a_contract_is_asked_about() -> None:
    assert only("合同签订后45天内").confidence < SURE


def wanted(text: str) -> date | None:
    found = due_date(text, labelled(text), BASE, worked)
    return found.value if found else None


def test_the_new_date_of_a_move_is_the_wanted_one() -> None:
    assert wanted("交货期由4月30日提前到4月20日") == date(2026, 4, 20)


def test_other_days_of_a_labelled_line_are_not_the_wanted_one() -> None:
    assert wanted("工期：本月底停机，4月15日前要改完试车，20号我们请质检来") == date(2026, 4, 15)


def test_terms_of_payment_are_no_date_of_delivery() -> None:
    text = "三、交货时间：2026年5月15日前\n四、结算方式：到货验收后60日内付95%"
    assert wanted(text) == date(2026, 5, 15)
