"""The container of old Office files (xls, doc): named streams; nothing inside is run."""

import struct
from collections.abc import Iterator

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
MAX_BYTES = 16_000_000
MAX_SECTORS = 40_000
_LAST = 0xFFFFFFFA  # from here on a sector number is a mark, not a place


class NotReadable(ValueError):
    """The bytes are no container, or a damaged one."""


def streams_of(data: bytes) -> dict[str, bytes]:
    """The streams of a container by name. Raises NotReadable for anything damaged."""
    if not data.startswith(MAGIC) or len(data) > MAX_BYTES:
        raise NotReadable("no container")
    try:
        return _Container(data).streams()
    except (struct.error, IndexError, UnicodeDecodeError, MemoryError) as broken:
        raise NotReadable(str(broken)) from broken


class _Container:
    """Sectors, their chains and the directory of one container."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.size = 1 << min(struct.unpack_from("<H", data, 30)[0], 16)
        self.small = 1 << min(struct.unpack_from("<H", data, 32)[0], 16)
        self.directory, self.cutoff, self.mini_start = (
            struct.unpack_from("<I", data, place)[0] for place in (48, 56, 60)
        )
        self.fat = [n for sector in self._fat_sectors() for n in self._numbers(sector)]

    def _sector(self, number: int) -> bytes:
        return self.data[(number + 1) * self.size : (number + 2) * self.size]

    def _numbers(self, number: int) -> tuple[int, ...]:
        raw = self._sector(number)
        return struct.unpack(f"<{len(raw) // 4}I", raw[: len(raw) // 4 * 4])

    def _fat_sectors(self) -> Iterator[int]:
        yield from (n for n in struct.unpack_from("<109I", self.data, 76) if n < _LAST)
        following, count = struct.unpack_from("<II", self.data, 68)
        for _ in range(min(count, 1_000)):
            if following >= _LAST:
                return
            *numbers, following = self._numbers(following)
            yield from (n for n in numbers if n < _LAST)

    def _chain(self, start: int, table: list[int]) -> Iterator[int]:
        seen = 0
        while start < _LAST:
            if seen > MAX_SECTORS or start >= len(table):
                raise NotReadable("an endless chain")
            yield start
            start, seen = table[start], seen + 1

    def _read(self, start: int) -> bytes:
        return b"".join(map(self._sector, self._chain(start, self.fat)))

    def streams(self) -> dict[str, bytes]:
        entries = list(self._entries())
        root = next((start for _, kind, start, _ in entries if kind == 5), _LAST)
        mini = self._read(root)
        raw = self._read(self.mini_start)
        small = list(struct.unpack(f"<{len(raw) // 4}I", raw))
        found: dict[str, bytes] = {}
        for name, kind, start, size in entries:
            if kind != 2 or name in found:
                continue
            if size >= self.cutoff:
                found[name] = self._read(start)[:size]
            else:
                pieces = (mini[n * self.small :][: self.small] for n in self._chain(start, small))
                found[name] = b"".join(pieces)[:size]
        return found

    def _entries(self) -> Iterator[tuple[str, int, int, int]]:
        raw = self._read(self.directory)
        for place in range(0, len(raw) - 127, 128):
            length = struct.unpack_from("<H", raw, place + 64)[0]
            name = raw[place : place + max(0, min(length, 64) - 2)].decode("utf-16-le")
            start, size = struct.unpack_from("<II", raw, place + 116)
            yield name, raw[place + 66], start, size
