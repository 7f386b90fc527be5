"""Old Excel files (xls) as grids: the values of visible sheets; formulas are never evaluated."""

import re
import struct
from collections.abc import Iterator
from datetime import date, timedelta

from domain.mail.extract.compound import NotReadable, streams_of
from domain.mail.extract.tables import MAX_COLUMNS, MAX_ROWS, Grid, shown
from domain.mail.message import Attachment

_DATES = {*range(14, 23), *range(27, 37), *range(50, 59)}
_DATE_FORMAT = re.compile(r"[yd年日]", re.I)
_SHEET, _STRINGS, _MORE, _FORMAT, _STYLE, _EPOCH, _SEALED = (
    0x85,
    0xFC,
    0x3C,
    0x41E,
    0xE0,
    0x22,
    0x2F,
)
_LABEL, _TEXT, _NUMBER, _SHORT, _SHORTS, _FORMULA, _RESULT, _END = (
    *(0xFD, 0x204, 0x203, 0x27E, 0xBD, 0x06, 0x207, 0x0A),
)
Record = tuple[int, bytes]


def old_sheet_grids(attachment: Attachment) -> tuple[Grid, ...]:
    """The visible tables of an xls; none if it is damaged, sealed or no such file."""
    if not attachment.name.lower().endswith((".xls", ".et")):
        return ()
    try:
        streams = streams_of(attachment.data)
        data = streams.get("Workbook") or streams.get("Book") or b""
        book = _Book(data)
        sheets = [book.rows(place) for place in book.sheets[:20]]
    except (NotReadable, struct.error, IndexError, OverflowError, UnicodeDecodeError):
        return ()
    return tuple(Grid(f"attachment:{attachment.name}", rows) for rows in sheets if rows)


def _records(data: bytes, place: int) -> Iterator[Record]:
    while place + 4 <= len(data):
        kind, size = struct.unpack_from("<HH", data, place)
        yield kind, data[place + 4 : place + 4 + size]
        place += 4 + size


class _Book:
    """What all sheets share: their places, the strings, and which styles show a date."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.sheets: list[int] = []
        self.strings: list[str] = []
        self.dates: list[bool] = []
        self.first_day = date(1899, 12, 30)
        formats: dict[int, str] = {}
        parts: list[bytes] = []
        last = 0
        for kind, body in _records(data, 0):
            if kind == _SEALED:
                raise NotReadable("encrypted")
            if kind == _END:
                break
            if kind == _SHEET and body[4] == 0 and body[5] == 0:
                self.sheets.append(struct.unpack_from("<I", body)[0])
            elif kind == _FORMAT:
                formats[struct.unpack_from("<H", body)[0]] = _plain(body[2:])
            elif kind == _STYLE:
                number = struct.unpack_from("<H", body, 2)[0]
                named = _DATE_FORMAT.search(
                    re.sub(r'"[^"]*"|\[[^\]]*\]', "", formats.get(number, ""))
                )
                self.dates.append(number in _DATES or bool(named))
            elif kind == _EPOCH and body[:1] == b"\x01":
                self.first_day = date(1904, 1, 1)
            elif kind == _STRINGS or (kind == _MORE and last == _STRINGS):
                parts.append(body)
                kind = _STRINGS
            last = kind
        self.strings = list(_shared(parts))

    def rows(self, place: int) -> tuple[tuple[str, ...], ...]:
        """The cells of a sheet as a person sees them."""
        cells: dict[int, dict[int, str]] = {}
        at = (0, 0)
        for kind, body in _records(self.data, place):
            if kind == _END:
                break
            if kind == _RESULT and at in {(r, c) for r, row in cells.items() for c in row}:
                cells[at[0]][at[1]] = _plain(body)
            for row, column, value in self._cells(kind, body):
                at = (row, column)
                if row < MAX_ROWS and column < MAX_COLUMNS:
                    cells.setdefault(row, {})[column] = value
        width = max((max(row) for row in cells.values()), default=-1) + 1
        height = max(cells, default=-1) + 1
        return tuple(
            tuple(cells.get(n, {}).get(column, "") for column in range(width))
            for n in range(height)
        )

    def _cells(self, kind: int, body: bytes) -> Iterator[tuple[int, int, str]]:
        if kind not in (_LABEL, _TEXT, _NUMBER, _SHORT, _SHORTS, _FORMULA):
            return
        row, column, style = struct.unpack_from("<HHH", body)
        if kind == _LABEL:
            yield row, column, self.strings[struct.unpack_from("<I", body, 6)[0]].strip()
        elif kind == _TEXT:
            yield row, column, _plain(body[6:]).strip()
        elif kind == _NUMBER:
            yield row, column, self._number(struct.unpack_from("<d", body, 6)[0], style)
        elif kind == _SHORT:
            yield row, column, self._number(_short(struct.unpack_from("<I", body, 6)[0]), style)
        elif kind == _FORMULA:
            text = body[12:14] == b"\xff\xff"
            value = "" if text else self._number(struct.unpack_from("<d", body, 6)[0], style)
            yield row, column, value
        else:
            for n in range((len(body) - 6) // 6):
                style, short = struct.unpack_from("<HI", body, 4 + 6 * n)
                yield row, column + n, self._number(_short(short), style)

    def _number(self, value: float, style: int) -> str:
        if style < len(self.dates) and self.dates[style] and 1 <= value < 200_000:
            return shown(self.first_day + timedelta(days=int(value)))
        return shown(value)


def _short(raw: int) -> float:
    """A number in the short form: 30 bits of an integer or of a float, perhaps in hundredths."""
    if raw & 2:
        value = float(struct.unpack("<i", struct.pack("<I", raw & 0xFFFFFFFC))[0] >> 2)
    else:
        value = struct.unpack("<d", struct.pack("<II", 0, raw & 0xFFFFFFFC))[0]
    return value / 100 if raw & 1 else value


def _plain(body: bytes) -> str:
    """A single string: its length, its width, its characters."""
    length, wide = struct.unpack_from("<HB", body)
    return body[3:].decode("utf-16-le" if wide & 1 else "latin-1", "replace")[:length]


def _shared(parts: list[bytes]) -> Iterator[str]:
    """The shared strings; one that goes on in the next record says its width there again."""
    if not parts:
        return
    count = struct.unpack_from("<I", parts[0], 4)[0]
    part, at = 0, 8
    for _ in range(min(count, 200_000)):
        if at >= len(parts[part]):
            part, at = part + 1, 0
            if part >= len(parts):
                return
        length, flags = struct.unpack_from("<HB", parts[part], at)
        at += 3
        runs = extra = 0
        if flags & 8:
            runs = struct.unpack_from("<H", parts[part], at)[0]
            at += 2
        if flags & 4:
            extra = struct.unpack_from("<I", parts[part], at)[0]
            at += 4
        words = ""
        while True:
            width = 2 if flags & 1 else 1
            raw = parts[part][at : at + (length - len(words)) * width]
            words += raw.decode("utf-16-le" if width == 2 else "latin-1", "replace")
            at += len(raw)
            if len(words) >= length or part + 1 >= len(parts):
                break
            part, at, flags = part + 1, 1, parts[part + 1][0]
        at += 4 * runs + extra
        yield words
