"""The files inside winmail.dat, in which Outlook wraps them for other programs."""

import hashlib
import struct
from collections.abc import Iterator

from domain.mail.charset import decode_text
from domain.mail.message import Attachment

_MAGIC = b"\x78\x9f\x3e\x22"
_BEGIN, _TITLE, _DATA = 0x9002, 0x8010, 0x800F
MAX_FILES = 50


def enclosed_files(attachment: Attachment) -> tuple[Attachment, ...]:
    """The files in a winmail.dat; none if it is damaged or something else."""
    if not attachment.data.startswith(_MAGIC):
        return ()
    return tuple(one for _, one in zip(range(MAX_FILES), _files(attachment.data), strict=False))


def _files(data: bytes) -> Iterator[Attachment]:
    title, content = "", b""
    for kind, body in _parts(data):
        if kind == _BEGIN:
            if content:
                yield _file(title, content)
            title, content = "", b""
        elif kind == _TITLE:
            title = decode_text(body.rstrip(b"\0"), None)
        elif kind == _DATA:
            content = body
    if content:
        yield _file(title, content)


def _parts(data: bytes) -> Iterator[tuple[int, bytes]]:
    """The attributes one after the other; ends where a length leads out of the file."""
    place = 6
    while place + 9 <= len(data):
        kind, _, size = struct.unpack_from("<HHI", data, place + 1)
        if place + 9 + size > len(data):
            return
        yield kind, data[place + 9 : place + 9 + size]
        place += 11 + size


def _file(name: str, data: bytes) -> Attachment:
    return Attachment(name, "application/octet-stream", data, hashlib.sha256(data).hexdigest())
