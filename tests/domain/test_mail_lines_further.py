"""Columns by words and cells, typed tables, and lists in further ways of writing."""

from decimal import Decimal

import pytest

from domain.mail.extract.columns import read_table
from domain.mail.extract.tables import Grid, text_grids
from tests.domain.mail_factory import BASE, shown_lines


@pytest.mark.parametrize(
    ("rows", "line"),
    [
        (
            (
                ("Pos", "Artikel", "Bezeichnung", "Menge", "Preis EUR"),
                ("1", "KL-8", "Clamp", "6", "7,40"),
                ("2", "KL-9", "Claw", "2", "9,10"),
            ),
            ("Clamp", "KL-8", 6, Decimal("7.40")),
        ),
        (
            (("LN", "DESCRIPTION", "QTY", "UM", "UNIT"), ("1", "BUSH B-4", "3", "EA", "11.50")),
            ("BUSH B-4", None, 3, Decimal("11.50")),
        ),
        (
            (("Part", "Code", "Adet"), ("Sealing ring", "SR-1", "4"), ("Wide belt", "WB-2", "1")),
            ("Sealing ring", "SR-1", 4, None),
        ),
        (
            (("材料", "牌号", "尺寸", "件数"), ("圆盘", "45钢", "Φ300×20", "5")),
            ("圆盘", "45钢 Φ300×20", 5, None),
        ),
        (
            (("Item", "Type", "Amount", "ME"), ("Roller", "R-5", "12", "Stk")),
            ("Roller", "R-5", 12, None),
        ),
        (
            (
                ("Material", "Kurztext", "Bestellmenge", "BME", "Nettopreis", "PE"),
                ("4711009", "Schraube M10", "1.400", "ST", "12,00", "100"),
            ),
            ("Schraube M10", None, 1400, Decimal("0.12")),
        ),
        (
            (
                ("Part no.", "Description", "Quantity required", "Price per 100 EUR"),
                ("SC-12", "Screw M12", "800", "34,50"),
            ),
            ("Screw M12", "SC-12", 800, Decimal("0.345")),
        ),
        (
            (("Particulars", "Qty.", "UOM", "Rate"), ("Cyclone CS-4", "2", "Nos.", "1,45,000.00")),
            ("Cyclone CS-4", None, 2, Decimal("145000")),
        ),
        (
            (("Qty", "Part"), ("4", "Wear ring WR-150"), ("1", "Casing gasket")),
            ("Wear ring WR-150", None, 4, None),
        ),
        (
            (("Test", "Limit", "Result"), ("Pressure", "6 bar", "ok"), ("Leak", "0 ml", "ok")),
            None,
        ),
    ],
)
def test_columns_are_known_by_their_words_and_by_their_cells(
    rows: tuple[tuple[str, ...], ...], line: tuple[object, ...] | None
) -> None:
    read = read_table(Grid("html:table1", rows), BASE, lambda day: day.weekday() < 5, ())
    told = [(x.item, x.model, x.quantity, x.unit_price) for x in read.lines]
    assert told[:1] == ([line] if line else [])


def test_a_typed_table_may_have_rulers() -> None:
    text = (
        "Stück  Teil          Typ\n----------------------\n"
        "  3    Drehgeber     DG-10\n 10    Stecker       SV-8\n"
    )
    (grid,) = text_grids(text)
    read = read_table(grid, BASE, lambda day: day.weekday() < 5, ())
    assert [(x.item, x.model, x.quantity) for x in read.lines] == [
        ("Drehgeber", "DG-10", 3),
        ("Stecker", "SV-8", 10),
    ]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        (
            "we need\n3x wash arm WA-9\nfilter cloth 20 mm, 2 x 4 m -> 8\nclamps 24!",
            [
                "wash arm | WA-9 | 3 | ",
                "filter cloth | 20 mm, 2 x 4 m | 8 | ",
                "clamps |  | 24 | ",
            ],
        ),
        (
            "one feed valve FV-20\nand eight of the rubber pads, no idea of the code",
            ["feed valve | FV-20 | 1 | ", "rubber pads |  | 8 | "],
        ),
        (
            "Ball float BF-3, chromed    Qty 4\nTerminal box    Qty 2",
            ["Ball float | BF-3, chromed | 4 | ", "Terminal box |  | 2 | "],
        ),
        ("Could you quote 45 carbide tips CT-6 for us?", ["carbide tips | CT-6 | 45 | "]),
        (
            "Please make the roller table RT-30, quantity 02, and drive belt 6 pcs type DB-8.",
            ["roller table | RT-30 | 2 | ", "drive belt | DB-8 | 6 | pcs"],
        ),
        ('- clevis pin CP-4, 10 off\n- "a few" split pins 5 mm', None),
        (
            "- 12x hub casting 280, drwg 71-280-A, week 31\n- 4x cap HC-9, CW 33",
            ["hub casting 280 | drwg 71-280-A | 12 | ", "cap | HC-9 | 4 | "],
        ),
        (
            "Please supply the oil press OP-90 with 7.5 kW motor, one piece only.",
            ["oil press | OP-90 | 1 | piece"],
        ),
        (
            "Please book two fitters for the kiln, 14 man-days altogether.",
            ["fitters |  | 14 | man-days"],
        ),
        (
            "Please send 30 pcs hook HK-8 by 4 May and 50 pcs by 9 June.",
            ["hook | HK-8 | 30 | pcs", "hook | HK-8 | 50 | pcs"],
        ),
        (
            "1x Post (dwg 51-A) 1x Rail (dwg 51-B) 16x Nut set",
            ["Post | dwg 51-A | 1 | ", "Rail | dwg 51-B | 1 | ", "Nut set |  | 16 | "],
        ),
        (
            "Item 1: Sprocket, 18 teeth. Quantity: 3 pieces. Price: USD 71.00\n"
            "Item 2: Chain, simplex. Quantity: 8 m. Price: USD 9.50",
            [
                "Sprocket, 18 teeth |  | 3 | pieces | 71.00",
                "Chain, simplex |  | 8 | m | 9.50",
            ],
        ),
        (
            "Please quote your best price for the following: swivel joint SJ-50, qty 1.",
            ["swivel joint | SJ-50 | 1 | "],
        ),
        ("Shaft seal size 45 - 06 nos", ["Shaft seal | size 45 | 6 | nos"]),
        (
            "S.No Stores Type Qty Rate (EUR)\n01 Float switch FS-11 5 Nos 72.50\n"
            "02 Guide bush GB-6 10 Nos 1,008.00",
            ["Float switch | FS-11 | 5 | Nos | 72.50", "Guide bush | GB-6 | 10 | Nos | 1008.00"],
        ),
    ],
)
def test_lists_and_requests_in_further_ways_of_writing(text: str, lines: list[str] | None) -> None:
    expected = lines or ["clevis pin | CP-4 | 10 | off", "split pins | 5 mm | None | "]
    assert shown_lines(text) == expected


@pytest.mark.parametrize(
    "text", ["Our quote 30 of May is still open.", "Price of offer 12 remains.", "Hall 7 and box 9"]
)
def test_numbers_of_papers_and_places_are_no_amounts(text: str) -> None:
    assert shown_lines(text) == []
