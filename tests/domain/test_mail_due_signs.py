"""What speaks for a day, the table of weights, and the days that are counted or ranked."""

from datetime import UTC, date, datetime

import pytest

from domain.mail.extract.dates import days_in
from domain.mail.extract.due import due_date
from domain.mail.extract.due_signs import Mailed, candidates
from domain.mail.extract.labels import labelled
from domain.mail.plain import narrow
from domain.mail.weights import learned

BASE = datetime(2026, 6, 10, 9, 0, tzinfo=UTC)  # a Wednesday


def worked(day: date) -> bool:
    return day.weekday() < 5


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("45 calendar days from today's date", "2026-07-25"),
        ("2 months from date of this order", "2026-08-10"),
        ("within six weeks ARO", "2026-07-22"),
        ("in three weeks' time", "2026-07-01"),
        ("six to eight weeks", "2026-08-05"),
        ("10 days after our Spring Festival", "2027-02-17"),
        ("before Labour Weekend", "2026-10-23"),
        ("on Thursday in week 34", "2026-08-20"),
        ("last working day of the month", "2026-06-30"),
        ("I want it in Sharjah the 22nd", "2026-06-22"),
        ("the week after next", "2026-06-26"),
        ("first half of July", "2026-07-15"),
        ("two weeks before the opening. The opening is on 30 July.", "2026-07-16"),
        ("从今天算15个工作天内出货", "2026-07-01"),
        ("两个礼拜之内寄到", "2026-06-24"),
        ("8月第二个星期一", "2026-08-10"),
        ("本月最后一个工作日之前", "2026-06-30"),
        ("10月尾送到", "2026-10-31"),
        ("交货日:115/09/11", "2026-09-11"),
        ("26.9.18运到", "2026-09-18"),
        ("定于11月20日首演,须于首演前三星期进场", "2026-10-30"),
        ("7月20日开工,于开工前的那个周五送到", "2026-07-17"),
        ("听日下昼要到", "2026-06-11"),
        ("端午过完回来上班的第一天", "2026-06-22"),
    ],
)
def test_ways_of_naming_a_day(text: str, day: str) -> None:
    assert day in [one.value.isoformat() for one in days_in(narrow(text), BASE, worked)]


def test_a_version_is_no_day() -> None:
    assert days_in("V26.9.18 and 26.9.18mm", BASE, worked) == ()


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Our plant stands still from 6 July, so we need the gears by 1 July.", "2026-07-01"),
        ("Bids close 30 June. The pump itself should reach us by 4 September.", "2026-09-04"),
        ("7月6日停产检修，齿轮7月1号要到厂。", "2026-07-01"),
        ("We are on holiday until 22 June.", None),
        ("发票请于6月25日前寄来。", None),
    ],
)
def test_which_day_is_wanted(text: str, day: str | None) -> None:
    found = due_date(text, labelled(text), BASE, worked)
    assert (str(found.value) if found else None) == day


def test_the_last_day_of_the_lines_is_weighed_too() -> None:
    found = due_date("Please see the table.", (), BASE, worked, latest=date(2026, 8, 14))
    assert found is not None and (found.value, found.source) == (date(2026, 8, 14), "lines")


def test_each_day_has_its_signs() -> None:
    text = "Delivery: 3 July\nWe are closed from 6 July."
    first, second = candidates(Mailed(text, labelled(text), BASE, worked, "enquiry"))
    assert {"label due", "first", "kind enquiry", "of 2 days", "ahead in a month"} <= first.signs
    assert "label due" not in second.signs
    assert len(candidates(Mailed("by 3 July " * 500, (), BASE, worked))) <= 60


def test_the_table_is_learned() -> None:
    weights = learned("due")
    assert weights.answers == ("no", "yes")
    assert weights.chance(["label due"]) > weights.chance(["part says not due"])
