"""Orders in old Office files: read as shown; damaged ones are only empty."""

import struct

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.mail.extract.compound import NotReadable, streams_of
from domain.mail.extract.old_letters import old_letter_grids
from domain.mail.extract.old_sheets import old_sheet_grids
from domain.mail.message import Attachment

END, FREE, FAT = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD


def attached(name: str, data: bytes) -> Attachment:
    return Attachment(name, "application/octet-stream", data, "")


def container(**streams: bytes) -> bytes:
    """A container with these streams; each fills at least 4,096 bytes, so none is a small one."""
    padded = {name: data + bytes(-len(data) % 512 + 4096) for name, data in streams.items()}
    fat, body, entries = [FAT, END], b"", [entry("Root Entry", 5, END, 0)]
    for name, data in padded.items():
        start, count = len(fat), len(data) // 512
        fat += [*range(start + 1, start + count), END]
        entries.append(entry(name, 2, start, len(data)))
        body += data
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    head += struct.pack("<HHHHH6xIII4xIIIII", 62, 3, 0xFFFE, 9, 6, 0, 1, 1, 4096, END, 0, END, 0)
    head += struct.pack("<109I", 0, *[FREE] * 108)
    table = struct.pack("<128I", *fat, *[FREE] * (128 - len(fat)))
    return head + table + b"".join(entries).ljust(512, b"\0") + body


def entry(name: str, kind: int, start: int, size: int) -> bytes:
    raw = (name + "\0").encode("utf-16-le")
    return raw.ljust(64, b"\0") + struct.pack("<HB49xII4x", len(raw), kind, start, size)


def record(kind: int, body: bytes) -> bytes:
    return struct.pack("<HH", kind, len(body)) + body


def text(words: str) -> bytes:
    return struct.pack("<HB", len(words), 1) + words.encode("utf-16-le")


def workbook(*, hidden: bool = False) -> bytes:
    """A sheet with a shared string, a plain one, numbers, a day and a formula's result."""
    shared = ["液压站", "HX-200B/3"]
    strings = struct.pack("<II", 2, 2) + b"".join(map(text, shared))
    styles = record(0xE0, struct.pack("<HH16x", 0, 0)) + record(0xE0, struct.pack("<HH16x", 0, 14))
    before = (
        record(0x809, bytes(16)) + record(0xFC, strings[:20]) + record(0x3C, b"\x01" + strings[20:])
    )
    sheet = record(0x809, bytes(16))
    sheet += record(0xFD, struct.pack("<HHHI", 0, 0, 0, 0)) + record(
        0xFD, struct.pack("<HHHI", 0, 1, 0, 1)
    )
    sheet += record(0x204, struct.pack("<HHH", 1, 0, 0) + text("台"))
    sheet += record(0x203, struct.pack("<HHHd", 1, 1, 0, 38.5))
    sheet += record(0x27E, struct.pack("<HHHI", 1, 2, 1, 46132 << 2 | 2))
    sheet += record(0x06, struct.pack("<HHHd8x", 1, 3, 0, 77.0)) + record(0x0A, b"")
    bound = struct.pack("<IBBBB", 0, int(hidden), 0, 1, 0) + b"A"
    place = len(before) + len(styles) + len(record(0x85, bound)) + len(record(0x0A, b""))
    bound = struct.pack("<I", place) + bound[4:]
    return container(Workbook=before + styles + record(0x85, bound) + record(0x0A, b"") + sheet)


def letter(words: str) -> bytes:
    """A Word file of one piece that lies behind its header."""
    raw = words.encode("utf-16-le")
    head = bytearray(0x200)
    struct.pack_into("<H", head, 10, 0x200)
    struct.pack_into("<I", head, 76, len(words))
    pieces = struct.pack("<II", 0, len(words)) + struct.pack("<HIH", 0, 0x200, 0)
    clx = b"\x02" + struct.pack("<I", len(pieces)) + pieces
    struct.pack_into("<II", head, 0x1A2, 0, len(clx))
    return container(WordDocument=bytes(head) + raw, **{"1Table": clx})


def test_an_old_sheet_is_read_as_it_is_shown() -> None:
    (grid,) = old_sheet_grids(attached("order.xls", workbook()))
    assert grid.rows == (("液压站", "HX-200B/3", "", ""), ("台", "38.5", "2026-04-20", "77"))


def test_a_hidden_old_sheet_is_not_read() -> None:
    assert old_sheet_grids(attached("order.xls", workbook(hidden=True))) == ()


def test_an_old_letter_is_read_with_the_rows_of_its_table() -> None:
    words = "委托加工函\r名称\x07数量\x07\x07拦污栅\x072台\x07\x07交货期：3月31日\r"
    (grid,) = old_letter_grids(attached("order.doc", letter(words)))
    assert grid.rows == (
        *(("委托加工函",), ("名称", "数量"), ("拦污栅", "2台")),
        ("交货期：3月31日",),
    )


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_a_damaged_old_file_is_only_empty(data: st.DataObject) -> None:
    whole = data.draw(st.sampled_from((workbook(), letter("名称\x07数量\x07\x07\r"))))
    raw = bytearray(whole)
    for _ in range(data.draw(st.integers(1, 8))):
        place = data.draw(st.integers(8, 2_047))
        raw[place] = data.draw(st.integers(0, 255))
    cut = bytes(raw[: data.draw(st.integers(100, len(raw)))])
    for one in (attached("a.xls", cut), attached("a.doc", cut)):
        assert isinstance((*old_sheet_grids(one), *old_letter_grids(one)), tuple)


def test_an_endless_chain_of_sectors_is_refused() -> None:
    raw = bytearray(container(Workbook=b"x"))
    struct.pack_into("<I", raw, 512 + 4 * 2, 2)  # the stream's first sector leads to itself
    with pytest.raises(NotReadable):
        streams_of(bytes(raw))
