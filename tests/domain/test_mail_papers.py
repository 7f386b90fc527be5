"""PDF order forms are read as tables; files made to hurt cost nothing."""

import base64
import zlib

from domain.mail.decode import read
from domain.mail.extract.papers import MAX_LINES, paper_grids
from domain.mail.extract.tables import Grid
from domain.mail.meaning import Context
from domain.mail.message import Attachment
from domain.mail.understand import understand

ORDER = (
    ((50, "Ship to: Pier 4"),),
    ((50, "LN"), (90, "P/N"), (180, "DESCRIPTION"), (320, "QTY"), (370, "UNIT"), (440, "EXT")),
    ((50, "1"), (90, "GB-14"), (180, "GEARBOX"), (320, "6"), (370, "415.00"), (440, "2,490.00")),
    ((50, "2"), (90, "BR-6"), (320, "2"), (370, "268.00"), (440, "536.00")),
)


def pdf(content: bytes, *, packed: bool = False) -> bytes:
    """A PDF of one page with this content stream."""
    body = zlib.compress(content) if packed else content
    how = b"/Filter /FlateDecode " if packed else b""
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R"
        b" /Resources << /Font << /F 5 0 R >> >> >>",
        b"<< %s/Length %d >>\nstream\n%s\nendstream" % (how, len(body), body),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    )
    out, places = b"%PDF-1.4\n", []
    for n, one in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (n, one)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return (
        out
        + b"xref\n0 6\n0000000000 65535 f \n"
        + table
        + b"trailer << /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % len(out)
    )


def page(rows: tuple[tuple[tuple[int, str], ...], ...]) -> bytes:
    """Words at their places, one row below the other."""
    shown = (
        f"BT /F 9 Tf 1 0 0 1 {x} {700 - 20 * n} Tm ({words}) Tj ET"
        for n, row in enumerate(rows)
        for x, words in row
    )
    return "\n".join(shown).encode()


def grids(data: bytes) -> tuple[Grid, ...]:
    return paper_grids(Attachment("order.pdf", "application/pdf", data, ""))


def test_cells_of_a_page_stand_in_the_columns_of_its_heading() -> None:
    (grid,) = grids(pdf(page(ORDER)))
    assert grid.rows[0] == ("Ship to: Pier 4",)
    assert grid.rows[2] == ("1", "GB-14", "GEARBOX", "6", "415.00", "2,490.00")
    assert grid.rows[3] == ("2", "BR-6", "", "2", "268.00", "536.00")


def test_cells_that_almost_touch_and_cells_of_two_lines_are_told_apart() -> None:
    close = (
        ((50, "ITEM"), (120, "TYPE"), (170, "UOM"), (200, "QTY")),
        ((50, "Guard"), (120, "GD-7751-12"), (176, "PCE"), (200, "4")),
        ((50, "Frame"), (120, "FR-8"), (176, "PCE"), (200, "2")),
    )
    (grid,) = grids(pdf(page(close)))
    assert grid.rows[1] == ("Guard", "GD-7751-12", "PCE", "4")
    wrapped = b"BT /F 9 Tf 1 0 0 1 50 649 Tm (with lock) Tj ET"
    (grid,) = grids(pdf(page(close) + b"\n" + wrapped))
    assert grid.rows[2] == ("Frame with lock", "FR-8", "PCE", "2")


def test_an_attached_order_form_gives_lines_and_place() -> None:
    head = (
        b"From: a@b.example\nSubject: PO 77\nMIME-Version: 1.0\n"
        b'Content-Type: application/pdf; name="po.pdf"\nContent-Transfer-Encoding: base64\n\n'
    )
    found = understand(read(head + base64.encodebytes(pdf(page(ORDER)))), Context())
    read_lines = [f"{x.model} {x.quantity} at {x.unit_price}" for x in found.lines]
    assert read_lines == ["GB-14 6 at 415.00", "BR-6 2 at 268.00"]
    assert found.delivery_place is not None and found.delivery_place.value == "Pier 4"


def test_a_page_that_unpacks_to_much_is_not_read() -> None:
    assert grids(pdf(b"BT (x) Tj ET\n" * 4_000_000, packed=True)) == ()


def test_words_far_outside_the_page_cost_no_memory() -> None:
    far = page((((10, "a"), (1_000_000_000, "b")), ((-900_000_000, "c"), (10, "d"))))
    assert sum(len(cell) for grid in grids(pdf(far)) for row in grid.rows for cell in row) < 10


def test_no_more_lines_are_kept_than_allowed() -> None:
    content = b"\n".join(b"BT /F 1 Tf 1 0 0 1 9 %d Tm (x) Tj ET" % y for y in range(5_000))
    (grid,) = grids(pdf(content, packed=True))
    assert len(grid.rows) == MAX_LINES


def test_damaged_and_empty_files_have_no_tables() -> None:
    whole = pdf(page(ORDER))
    for data in (b"", b"%PDF-1.7", whole[:300], whole.replace(b"stream", b"strean")):
        assert grids(data) == ()
