"""Old Word files (doc) as grids: paragraphs and table rows in their order, nothing evaluated."""

import re
import struct
from collections.abc import Iterator

from domain.mail.extract.compound import NotReadable, streams_of
from domain.mail.extract.tables import MAX_COLUMNS, MAX_ROWS, Grid
from domain.mail.message import Attachment

MAX_PIECES = 20_000
_FIELD = re.compile(r"\x13[^\x13-\x15]*\x14|\x13[^\x13-\x15]*\x15|[\x13-\x15]")


def old_letter_grids(attachment: Attachment) -> tuple[Grid, ...]:
    """The text of a doc as one grid; none if it is damaged, sealed or no such file."""
    if not attachment.name.lower().endswith((".doc", ".dot")):
        return ()
    try:
        text = _text_of(streams_of(attachment.data))
    except (NotReadable, struct.error, IndexError):
        return ()
    rows = tuple(row for _, row in zip(range(MAX_ROWS), _rows(text), strict=False))
    return (Grid(f"attachment:{attachment.name}", rows),) if rows else ()


def _text_of(streams: dict[str, bytes]) -> str:
    """The characters of the main text, in the order of the file's piece table."""
    body = streams.get("WordDocument", b"")
    flags = struct.unpack_from("<H", body, 10)[0]
    if flags & 0x100:  # sealed with a password
        raise NotReadable("encrypted")
    table = streams.get("1Table" if flags & 0x200 else "0Table", b"")
    start, length = struct.unpack_from("<II", body, 0x1A2)
    pieces = table[start : start + length]
    at = 0
    while at < len(pieces) and pieces[at] == 1:  # formats that come before the pieces
        at += 3 + struct.unpack_from("<H", pieces, at + 1)[0]
    count = (struct.unpack_from("<I", pieces, at + 1)[0] - 4) // 12
    if not 0 < count <= MAX_PIECES:
        raise NotReadable("no pieces")
    ends = struct.unpack_from(f"<{count + 1}I", pieces, at + 5)
    main = struct.unpack_from("<I", body, 76)[0]
    places = at + 5 + 4 * (count + 1)
    found = (
        _piece(body, ends[n + 1] - ends[n], struct.unpack_from("<I", pieces, places + 8 * n + 2)[0])
        for n in range(count)
    )
    return "".join(found)[:main]


def _piece(body: bytes, length: int, place: int) -> str:
    if place & 0x40000000:  # one byte a character
        start = (place & 0x3FFFFFFF) // 2
        return body[start : start + length].decode("cp1252", "replace")
    return body[place : place + 2 * length].decode("utf-16-le", "replace")


def _rows(text: str) -> Iterator[tuple[str, ...]]:
    """Paragraphs as rows of one cell; a cell ends with a bell, a row of a table with two."""
    cells: list[str] = []
    for piece in re.split(r"(?<=[\x07\r\x0b\x0c])", _FIELD.sub("", text)):
        words = " ".join(re.sub(r"[\x00-\x1f]", " ", piece).split())[:2_000]
        if piece.endswith("\x07"):
            if words or not cells or len(piece) > 1:
                cells.append(words)
            else:
                yield tuple(cells[:MAX_COLUMNS])
                cells = []
        elif words:
            yield (words,)
    if cells:
        yield tuple(cells[:MAX_COLUMNS])
