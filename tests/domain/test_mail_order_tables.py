"""Order tables as programs and offices write them: own headings, two heading rows, part days."""

import time
from datetime import date

import pytest

from domain.mail.extract.cells import currency_in, unit_in
from domain.mail.extract.columns import read_table
from domain.mail.extract.dates import workday_of_week
from domain.mail.extract.headings import kind_of_heading
from domain.mail.extract.sentences import sentence_lines
from domain.mail.extract.tables import Grid, grids_of
from domain.mail.extract.values import Line
from domain.mail.message import Attachment
from tests.domain.mail_factory import BASE


def lines_in(*rows: tuple[str, ...]) -> tuple[Line, ...]:
    return read_table(Grid("sheet", rows), BASE, workday_of_week, ("测试",)).lines


def csv_lines(text: str) -> list[tuple[str | None, str | None, str]]:
    (grid,) = grids_of(Attachment("list.csv", "text/csv", text.encode(), ""))
    lines = read_table(grid, BASE, workday_of_week, ("测试",)).lines
    return [(line.item, line.model, f"{line.quantity} {line.unit or ''}".strip()) for line in lines]


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("CURR", "currency"),
        ("币种", "currency"),
        ("MAT_DESC", "item"),
        ("Nomenclature", "item"),
        ("MFG PN", "model"),
        ("Manufacturer's Part No.", "model"),
        ("Drg./Type", "model"),
        ("PO UOM", "unit"),
        ("领料量", "quantity"),
        ("到货数量", "quantity"),
        ("要求入库", "due"),
        ("最晚到场日期", "due"),
        ("Unit €", "price"),
        ("流量", None),
    ],
)
def test_headings_of_programs_and_store_rooms_are_known(heading: str, kind: str | None) -> None:
    assert kind_of_heading(heading) == kind


@pytest.mark.parametrize(
    ("heading", "unit"),
    [("Stk", "Stk"), ("只数", "只"), ("Menge (kg)", "kg"), ("Qty", None), ("off", None)],
)
def test_the_heading_of_the_quantities_may_name_the_unit(heading: str, unit: str | None) -> None:
    assert unit_in(heading) == unit


def test_a_column_of_currencies_gives_the_currency_and_no_name() -> None:
    (line,) = lines_in(
        ("Mat_Desc", "Mfr_PN", "Order_Qty", "Order_UoM", "Net_Price", "Curr"),
        ("Tow bar", "TB-77", "4", "EA", "61.50", "SEK"),
    )
    assert (line.item, line.model, str(line.unit_price), line.currency) == (
        "Tow bar",
        "TB-77",
        "61.50",
        "SEK",
    )
    assert currency_in("Unit $NZD") == "NZD"


def test_the_buyers_own_code_gives_way_to_the_makers_number() -> None:
    rows = (
        ("Our code", "Description", "Maker's ref", "Qty"),
        ("55-801", "Feed screw", "FS-40", "2"),
    )
    assert [(one.item, one.model) for one in lines_in(*rows)] == [("Feed screw", "FS-40")]


def test_a_heading_of_two_rows_is_read_as_one() -> None:
    (line,) = lines_in(
        ("Pos", "Part", "Drawing", "Order", "", "Delivery"),
        ("", "", "", "Qty", "Unit", "Date"),
        ("1", "Cover plate", "CP-12", "6", "pcs", "2026-05-11"),
    )
    assert (line.item, line.model, line.unit) == ("Cover plate", "CP-12", "pcs")
    assert (str(line.quantity), line.due_date) == ("6", date(2026, 5, 11))


def test_a_row_without_a_name_is_a_further_part_of_the_thing_above() -> None:
    rows = (
        ("名称", "图号", "数量", "单位", "交货日期"),
        ("浮动接头", "FJ-8", "30", "件", "2026-05-11"),
        ("", "", "20", "件", "2026-06-15"),
        ("", "", "50", "件", ""),
    )
    assert [(one.item, str(one.quantity), one.due_date) for one in lines_in(*rows)] == [
        ("浮动接头", "30", date(2026, 5, 11)),
        ("浮动接头", "20", date(2026, 6, 15)),
    ]


def test_columns_headed_by_days_are_parts_of_a_quantity() -> None:
    rows = (
        ("品名", "规格", "第一批(5月11日)", "第二批(6月15日)", "单位"),
        ("链轮", "LL-16", "40", "60", "只"),
        ("张紧座", "ZJ-2", "-", "8", "只"),
        ("合计", "", "40", "68", ""),
    )
    assert [
        (one.item, str(one.quantity), one.unit, str(one.due_date)) for one in lines_in(*rows)
    ] == [
        ("链轮", "40", "只", "2026-05-11"),
        ("链轮", "60", "只", "2026-06-15"),
        ("张紧座", "8", "只", "2026-06-15"),
    ]


def test_a_quantity_set_too_near_to_the_model_is_still_one() -> None:
    (line,) = lines_in(("名称", "型号", "数量", "单位"), ("举升台", "JS-900 2", "", "台"))
    assert (line.model, str(line.quantity)) == ("JS-900", "2")


def test_the_separator_of_a_csv_file_is_the_one_that_parts_its_rows_alike() -> None:
    preamble = "Nordkai Service AB, Box 9, Luleå, Sweden, phone, mail, etc, etc\n\n"
    rows = "Item;Type;Qty\nBuffer, rubber, black;BF-3;4\nHook;HK-9;2\n"
    expected = [("Buffer, rubber, black", "BF-3", "4"), ("Hook", "HK-9", "2")]
    assert csv_lines(preamble + rows) == expected
    assert csv_lines("sep=|\n" + rows.replace(";", "|")) == expected


def test_a_long_list_is_read_in_a_time_that_grows_with_its_length() -> None:
    def spent(count: int) -> float:
        text = "\n".join(f"{'甲乙丙丁戊'[n % 5]}型托架{n}号，{n % 9 + 1}件" for n in range(count))
        start = time.process_time()
        assert sentence_lines(text)
        return time.process_time() - start

    spent(20)
    assert spent(1_600) < 10 * spent(400) + 0.2
