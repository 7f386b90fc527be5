"""Outlook's winmail.dat (TNEF): the files and the text inside. Never raises; RTF stays closed."""

import hashlib
import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass

from domain.mail.charset import decode_text
from domain.mail.message import Attachment

MAX_FILES = 100
MAX_PROPERTIES = 2_000
MAX_TEXT = 400_000
SIGNATURE = b"\x78\x9f\x3e\x22"

_BODY, _CODEPAGE, _PROPERTIES = 0x800C, 0x9007, 0x9003
_NEW_FILE, _TITLE, _DATA, _FILE_PROPERTIES = 0x9002, 0x8010, 0x800F, 0x9005
_PR_BODY, _PR_HTML = 0x1000, 0x1013
_PR_LONG_NAME, _PR_NAME, _PR_MIME = 0x3707, 0x3704, 0x370E
_SIZES = {2: 4, 3: 4, 4: 4, 5: 8, 6: 8, 7: 8, 0x0A: 4, 0x0B: 4, 0x14: 8, 0x40: 8, 0x48: 16}
_STRING, _UNICODE = 0x1E, 0x1F
_COUNTED = (_STRING, _UNICODE, 0x102, 0x0D)
_MANY = 0x1000


@dataclass(frozen=True)
class Inside:
    """What was in the container: plain text, HTML, and files with plain names."""

    text: str
    html: str
    files: tuple[Attachment, ...]


def file_name(name: str) -> str:
    """The name without any folder or sign that cannot be seen, at most 200 characters."""
    last = re.split(r"[/\\]", name)[-1]
    return "".join(c for c in last if c.isprintable()).strip(" .")[:200]


def is_container(mime: str, data: bytes) -> bool:
    """True for a winmail.dat, whatever its name says."""
    return data.startswith(SIGNATURE) and (
        mime.endswith("ms-tnef") or mime == "application/octet-stream"
    )


def opened_container(data: bytes) -> Inside:
    """What can be read of the container; a damaged one gives what stands before the damage."""
    text, html, charset = "", "", None
    files: list[dict[str, object]] = []
    for name, value in _attributes(data):
        if name == _CODEPAGE and len(value) >= 4:
            charset = f"cp{struct.unpack_from('<I', value)[0]}"
        elif name == _BODY:
            text = _text(value, charset)
        elif name == _PROPERTIES:
            known = dict(_properties(value, charset))
            text = str(known.get(_PR_BODY) or text)
            html = _said(known.get(_PR_HTML), charset) or html
        elif name == _NEW_FILE and len(files) < MAX_FILES:
            files.append({})
        elif files and name == _TITLE:
            files[-1].setdefault("name", _text(value, charset))
        elif files and name == _DATA:
            files[-1]["data"] = value
        elif files and name == _FILE_PROPERTIES:
            files[-1].update(_file_facts(dict(_properties(value, charset))))
    found = tuple(_file(each) for each in files if isinstance(each.get("data"), bytes))
    return Inside(text[:MAX_TEXT], html[:MAX_TEXT], found)


def _attributes(data: bytes) -> Iterator[tuple[int, bytes]]:
    at = 6
    while at + 9 <= len(data):
        _level, name, length = struct.unpack_from("<BII", data, at)
        start, at = at + 9, at + 9 + length + 2
        if start + length > len(data):
            return
        yield name & 0xFFFF, data[start : start + length]


def _properties(data: bytes, charset: str | None) -> Iterator[tuple[int, object]]:
    """Texts and bytes among the MAPI properties; numbers are passed over."""
    try:
        (count,), at = struct.unpack_from("<I", data), 4
        for _ in range(min(count, MAX_PROPERTIES)):
            kind, name = struct.unpack_from("<HH", data, at)
            at = _after_name(data, at + 4, name)
            many, kind = bool(kind & _MANY), kind & ~_MANY
            values, at = _values(data, at, kind, many)
            if values and not many:
                yield name, _value(values[0], kind, charset)
    except (struct.error, KeyError):
        return


def _after_name(data: bytes, at: int, name: int) -> int:
    if name < 0x8000:
        return at
    by_text, length = struct.unpack_from("<II", data, at + 16)
    return at + 24 + (_padded(length) if by_text else 0)


def _values(data: bytes, at: int, kind: int, many: bool) -> tuple[list[bytes], int]:
    """The values from this place on, and the place behind them. KeyError for an unknown kind."""
    count = 1
    if many or kind in _COUNTED:
        (count,) = struct.unpack_from("<I", data, at)
        at += 4
    found: list[bytes] = []
    for _ in range(count):
        size = _SIZES.get(kind, 0)
        if kind in _COUNTED:
            (size,) = struct.unpack_from("<I", data, at)
            at += 4
        elif not size:
            raise KeyError(kind)
        if at + size > len(data):
            raise KeyError(size)
        found.append(data[at : at + size])
        at += _padded(size)
    return found, at


def _padded(size: int) -> int:
    return size + -size % 4


def _value(value: bytes, kind: int, charset: str | None) -> object:
    if kind == _UNICODE:
        return value.decode("utf-16-le", "replace").rstrip("\0")
    return _text(value, charset) if kind == _STRING else value


def _said(value: object, charset: str | None) -> str:
    return _text(value, charset) if isinstance(value, bytes) else str(value or "")


def _text(value: bytes, charset: str | None) -> str:
    return decode_text(value.rstrip(b"\0"), charset)


def _file_facts(known: dict[int, object]) -> dict[str, object]:
    facts = {"name": known.get(_PR_LONG_NAME) or known.get(_PR_NAME), "mime": known.get(_PR_MIME)}
    return {key: value for key, value in facts.items() if isinstance(value, str) and value}


def _file(facts: dict[str, object]) -> Attachment:
    data = facts["data"]
    content = data if isinstance(data, bytes) else b""
    return Attachment(
        name=file_name(str(facts.get("name", ""))) or "part.dat",
        mime=str(facts.get("mime") or "application/octet-stream").lower()[:120],
        data=content,
        sha256=hashlib.sha256(content).hexdigest(),
    )
