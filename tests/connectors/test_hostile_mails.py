"""Mails made to hurt: each ends in a result or in a reason that a person understands."""

import base64
import io
import zipfile
from collections.abc import Iterator

import openpyxl
import pytest

from connectors.reader_confined import ConfinedReader
from domain.errors import Unreadable
from domain.mail.meaning import Context
from domain.names import Language
from templates.errors import sentence

GOOD = b"From: a@customer.test\nSubject: PO 7\n\nPlease supply 12 pcs of valve BV-25.\n"
HEAD = b"From: a@customer.test\nTo: orders@ours.test\nSubject: order\nMIME-Version: 1.0\n"
BODY = 60_000


@pytest.fixture(scope="module")
def reader() -> Iterator[ConfinedReader]:
    """The reader as it runs: its limits of processor time and memory end a mail, no clock does."""
    made = ConfinedReader(longest_seconds=60.0)
    yield made
    made.close()


def ends(reader: ConfinedReader, raw: bytes) -> str:
    """`read`, or the word for why not; the next mail is read either way."""
    try:
        reader.open(raw)
        reader.understand(raw, Context())
        reason = "read"
    except Unreadable as refused:
        reason = refused.reason
        for language in Language:
            assert f": {reason}" not in sentence(refused, language)  # a sentence, no code word
    assert reader.open(GOOD).mail.subject == "PO 7"
    return reason


def text(body: str) -> bytes:
    return HEAD + b"Content-Type: text/plain; charset=utf-8\n\n" + body.encode()


def with_file(data: bytes, name: str, mime: str = "application/octet-stream") -> bytes:
    part = f'Content-Type: {mime}; name="{name}"\nContent-Transfer-Encoding: base64\n\n'.encode()
    kind = b"Content-Type: multipart/mixed; boundary=b\n\n--b\n"
    return HEAD + kind + part + base64.encodebytes(data) + b"--b--\n"


def zipped(entries: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as box:
        for name, data in entries.items():
            box.writestr(name, data)
    return made.getvalue()


def nested(depth: int) -> bytes:
    raw = HEAD
    for n in range(depth):
        raw += f"Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n".encode()
    return raw + b"Content-Type: text/plain\n\nhello\n"


LIMITS = {
    "too_many_boundaries": nested(3_000),
    "too_many_parts": HEAD
    + b"Content-Type: multipart/mixed; boundary=b\n\n"
    + b"--b\nContent-Type: text/plain\n\nx\n" * 5_000,
    "header_block_too_long": HEAD + b"X-Y: z\n" * 60_000 + b"\nhello",
    "header_too_long": HEAD + b"X-Y: " + b"z" * 70_000 + b"\n\nhello",
    "too_many_embedded_mails": HEAD
    + b"Content-Type: multipart/mixed; boundary=b\n\n"
    + b"--b\nContent-Type: message/rfc822\n\nSubject: x\n\n" * 60,
    "empty": b" \r\n\r\n",
}


@pytest.mark.parametrize("reason", LIMITS)
def test_what_exceeds_a_limit_is_named(reader: ConfinedReader, reason: str) -> None:
    assert ends(reader, LIMITS[reason]) == reason


@pytest.mark.parametrize("depth", [50, 150])
def test_parts_within_parts_are_read_as_deep_as_allowed(reader: ConfinedReader, depth: int) -> None:
    assert ends(reader, nested(depth)) == "read"


RUNS = {
    "blanks": " " * BODY,
    "tabs": "\t" * BODY,
    "digits": "7" * BODY,
    "digits with blanks": "1 " * (BODY // 2),
    "digits with commas": "1," * (BODY // 2),
    "quotation marks": '"' * BODY,
    "quote marks": ">" * BODY,
    "quoted lines": ">\n" * (BODY // 2),
    "letters": "a" * BODY,
    "codes": "A1" * (BODY // 2),
    "dashes": "-" * BODY,
    "colons": ":" * BODY,
    "bars": "|" * BODY,
    "at signs": "a@" * (BODY // 2),
    "brackets": "(" * BODY,
    "angles": "<" * BODY,
    "new lines": "\n" * BODY,
    "attributions": "On Mon 2026 someone\n" * (BODY // 20),
    "said": "On 2026 a wrote\n" * (BODY // 16),
    "headers": "From: a@b.test\n" * (BODY // 15),
    "labels": "Qty: 5\n" * (BODY // 7),
    "中文标签": "数量：\n" * (BODY // 4),
    "counted": "1. \n" * (BODY // 4),
    "dates": "12/11/2026 " * (BODY // 11),
    "weekdays": "next Monday " * (BODY // 12),
    "中文日期": "12月15日" * (BODY // 6),
    "中文数字": "一二三" * (BODY // 3),
    "sums": "USD 1,234.50 " * (BODY // 13),
    "大写金额": "人民币壹万贰仟叁佰元整" * (BODY // 11),
    "phones": "+86 138-0013-8000 " * (BODY // 18),
    "companies": "Acme Ltd " * (BODY // 9),
    "sentences": "please supply 3 pcs valve\n" * (BODY // 26),
    "invisible": "\u200b\u202e" * (BODY // 2),
    "no-break blanks": "\u00a0" * BODY,
    "one line": "b " * 500_000,
    "one word": "b" * 1_000_000,
}


@pytest.mark.parametrize("name", RUNS)
def test_no_rule_looks_through_a_long_text_again_and_again(
    reader: ConfinedReader, name: str
) -> None:
    assert ends(reader, text(RUNS[name])) == "read"


def table(rows: int) -> bytes:
    made = openpyxl.Workbook(write_only=True)
    sheet = made.create_sheet()
    for n in range(rows):
        sheet.append([n, f"valve BV-{n}", 3, "pcs"])
    kept = io.BytesIO()
    made.save(kept)
    return kept.getvalue()


ENTITIES = (
    b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;">'
    b'<!ENTITY c "&b;&b;&b;&b;&b;&b;">]><x>&c;</x>'
)
DEEP = b"<a>" * 200_000 + b"</a>" * 200_000
LOOP = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    b"2 0 obj<</Type/Pages/Kids[2 0 R 2 0 R]/Count 99999999>>endobj\n"
    b"trailer<</Root 1 0 R/Prev 9>>\nstartxref\n9\n%%EOF"
)

FILES = {
    "bomb.xlsx": zipped({"xl/worksheets/sheet1.xml": b"0" * 80_000_000}),
    "many.xlsx": zipped({f"xl/{n}.xml": b"x" for n in range(5_000)}),
    "entities.xlsx": zipped({"xl/workbook.xml": ENTITIES}),
    "deep.docx": zipped({"word/document.xml": DEEP}),
    "entities.docx": zipped({"word/document.xml": ENTITIES}),
    "bomb.docx": zipped({"word/document.xml": b" " * 80_000_000}),
    "bomb.zip": zipped({"inner.zip": zipped({"x": b"0" * 20_000_000})}),
    "loop.pdf": LOOP,
    "cut.pdf": LOOP[:120],
    "rows.csv": b"item,model,quantity\n" + b"valve,BV-25,3\n" * 100_000,
    "line.csv": b"item,quantity\n" + b"v" * 1_000_000 + b",3\n",
    "marks.csv": b'"' * 300_000,
}


@pytest.mark.parametrize("name", FILES)
def test_files_made_to_hurt_are_closed_and_the_mail_is_read(
    reader: ConfinedReader, name: str
) -> None:
    assert ends(reader, with_file(FILES[name], name)) == "read"


def test_of_a_table_with_very_many_rows_only_so_many_are_read(reader: ConfinedReader) -> None:
    raw = with_file(table(30_000), "list.xlsx")
    assert ends(reader, raw) == "read"
    (words,) = reader.open(raw).words
    assert "BV-10" in words
    assert "BV-99999" not in words


def test_a_page_with_very_many_rows_or_levels_is_read(reader: ConfinedReader) -> None:
    html = HEAD + b"Content-Type: text/html; charset=utf-8\n\n"
    assert ends(reader, html + b"<div>" * 10_000 + b"x") == "read"
    rows = b"<tr><td>valve</td><td>3</td></tr>" * 20_000
    assert ends(reader, html + b"<table>" + rows + b"</table>") == "read"


@pytest.mark.parametrize(
    "label", ["utf-16", "x-unknown", "gb2312", "utf-7", "idna", "rot13", "zip"]
)
def test_bytes_that_do_not_fit_their_label_are_read(reader: ConfinedReader, label: str) -> None:
    kind = f"Content-Type: text/plain; charset={label}\n\n".encode()
    assert ends(reader, HEAD + kind + bytes(range(1, 256)) * 100) == "read"


@pytest.mark.parametrize(
    "name", ["../../etc/passwd", "C:\\x\\order.xlsx", "a\u202exslx.exe", "/", "..", "a" * 5_000]
)
def test_the_name_of_a_file_is_never_a_path(reader: ConfinedReader, name: str) -> None:
    raw = with_file(b"x", "PLACE").replace(b"PLACE", name.encode())
    assert ends(reader, raw) == "read"
    (file,) = reader.open(raw).mail.attachments
    assert not set(file.name) & set("/\\\u202e\0")
    assert 0 < len(file.name) <= 200
    assert file.name.strip(".")
