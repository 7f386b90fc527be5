"""From bytes to characters, knowing what mail programs write and what they only claim."""

import base64
import binascii
import quopri
import re
from collections.abc import Iterator

_ALIASES = {
    **dict.fromkeys(("gb2312", "gbk", "xgbk", "cp936", "936", "gb", "euccn"), "gb18030"),
    **dict.fromkeys(("hzgb2312", "gb18030", "xgb18030", "gb180302000", "gb23121980"), "gb18030"),
    **dict.fromkeys(("big5", "xbig5", "big5hkscs", "cp950"), "big5hkscs"),
    **dict.fromkeys(("utf8", "utf8mb4", "unicode11utf8", "xutf8"), "utf-8"),
}
# Labels that programs write without looking at the text: they promise nothing.
_EMPTY_WORDS = frozenset(
    ("", "usascii", "ascii", "ansix341968", "iso88591", "iso885915", "latin1", "windows1252")
).union(("cp1252", "unknown", "unknown8bit", "xunknown", "8bit", "default", "binary"))
_NOT_FOR_MAIL = frozenset(("idna", "punycode", "unicodeescape", "rawunicodeescape", "undefined"))
_LIKELY = 0.6
_WORD = re.compile(r"=\?([^?\s]{1,60})\?([bBqQ])\?([^?]*)\?=")
_BLANK = re.compile(r"[ \t\r\n]*")


def decode_text(data: bytes, label: str | None) -> str:
    """The characters of `data`; the label is a hint that the bytes may overrule. Never raises."""
    name = re.sub(r"[^a-z0-9]", "", (label or "").split("*")[0].lower())
    text = _decode(data, name, _ALIASES.get(name))
    return text.removeprefix("\ufeff").replace("\x00", "")


def _decode(data: bytes, name: str, codec: str | None) -> str:
    if data.isascii() and not _shifted(data, name):
        return data.decode("ascii")
    if b"\x1b$" in data and (japanese := _strict(data, "iso2022_jp_2")) is not None:
        return japanese
    if name == "utf7" and (shifted := _strict(data, "utf-7")) is not None:
        return shifted
    utf8 = _strict(data, "utf-8")
    if codec == "gb18030" or name in _EMPTY_WORDS:
        return _chinese_or(data, utf8, trusted=codec is not None)
    if utf8 is not None and codec in ("utf-8", None):
        return utf8
    if codec == "utf-8":
        return _damaged_utf8(data)
    labelled = _strict(data, codec or name) if name not in _NOT_FOR_MAIL else None
    return labelled if labelled is not None else _chinese_or(data, utf8, trusted=False)


def _shifted(data: bytes, name: str) -> bool:
    """True for ASCII bytes that stand for other characters (ISO-2022, UTF-7, HZ)."""
    return name.startswith(("iso2022", "utf7", "utf16", "utf32")) or b"\x1b" in data


def _chinese_or(data: bytes, utf8: str | None, *, trusted: bool) -> str:
    chinese = _strict(data, "gb18030")
    if utf8 is not None and (chinese is None or common_share(utf8) >= common_share(chinese)):
        return utf8
    if chinese is not None and (trusted or _looks_chinese(chinese)):
        return chinese
    if utf8 is not None:
        return utf8
    if trusted:
        return data.decode("gb18030", "replace")
    return data.decode("cp1252", "replace") if _western(data) else data.decode("latin-1")


def _looks_chinese(text: str) -> bool:
    """True for everyday Han; rarer ones must at least not stand inside western words."""
    share = common_share(text)
    return share >= _LIKELY or (
        share >= 0.4 and not re.search(r"[A-Za-z][\u4e00-\u9fff]|[\u4e00-\u9fff][a-z]", text)
    )


def _western(data: bytes) -> bool:
    """True if no byte is one that Windows' western code page leaves undefined."""
    return not re.search(rb"[\x81\x8d\x8f\x90\x9d]", data)


def _damaged_utf8(data: bytes) -> str:
    chinese = _strict(data, "gb18030")
    lossy = data.decode("utf-8", "replace")
    lost = lossy.count("\ufffd")
    if chinese is not None and common_share(chinese) >= _LIKELY and lost > 0.05 * len(lossy):
        return chinese
    if lost > 0.05 * len(lossy) and _western(data):
        return data.decode("cp1252", "replace")
    return lossy


def _strict(data: bytes, codec: str) -> str | None:
    try:
        return data.decode(codec)
    except (LookupError, ValueError):
        return None


def common_share(text: str) -> float:
    """Share of the everyday characters among those that are not ASCII, 0 to 1."""
    foreign = [c for c in text if ord(c) > 0x7F]
    return sum(map(_common, foreign)) / len(foreign) if foreign else 1.0


def _common(char: str) -> bool:
    """Everyday Han (first level of GB 2312), kana, full-width signs, western letters and marks."""
    code = ord(char)
    if code in range(0x4E00, 0x9FFF):
        try:
            return 0xB0 <= char.encode("gb2312")[0] <= 0xD7
        except UnicodeEncodeError:
            return False
    return code in range(0x3000, 0x3100) or code in range(0xFF00, 0xFFF0) or _mark(code)


def _mark(code: int) -> bool:
    return code in range(0x2010, 0x2040) or code in range(0xA1, 0x180)


def decode_words(value: str) -> str:
    """A header text with its encoded words put together and decoded; the rest stays as it is."""
    pieces: list[str] = []
    end = 0
    for start, stop, label, data in _runs(value):
        pieces += [value[end:start], decode_text(data, label)]
        end = stop
    return "".join([*pieces, value[end:]])


def _runs(value: str) -> Iterator[tuple[int, int, str, bytes]]:
    """Neighbouring encoded words of one charset as one: some programs cut inside a character."""
    found = list(_WORD.finditer(value))
    n = 0
    while n < len(found):
        label, data, first = found[n][1], _word_bytes(found[n]), found[n]
        while n + 1 < len(found) and _joined(value, found[n], found[n + 1], label):
            n += 1
            data += _word_bytes(found[n])
        stop = found[n].end()
        if n + 1 < len(found) and _BLANK.fullmatch(value, stop, found[n + 1].start()):
            stop = found[n + 1].start()
        yield first.start(), stop, label, data
        n += 1


def _joined(value: str, left: re.Match[str], right: re.Match[str], label: str) -> bool:
    blank = _BLANK.fullmatch(value, left.end(), right.start()) is not None
    return blank and right[1].lower() == label.lower()


def _word_bytes(word: re.Match[str]) -> bytes:
    payload = word[3].encode("utf-8", "surrogateescape")
    if word[2] in "qQ":
        return quopri.decodestring(payload.replace(b"_", b" "), header=True)
    clean = re.sub(rb"[^A-Za-z0-9+/]", b"", payload)
    try:
        return base64.b64decode(clean + b"=" * (-len(clean) % 4))
    except binascii.Error:
        return base64.b64decode(clean[: len(clean) // 4 * 4])
