"""What speaks for or against a span of a mail being the place of delivery, as named signs."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from domain.mail.extract.legal_forms import named_in
from domain.mail.extract.signatures import CLOSING
from domain.mail.extract.western_places import MOVE, SITE, TERM

_HAN = re.compile(r"[\u4e00-\u9fff]")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?|\d+|[^\w\s]")
_HAN_CLOSING = re.compile(
    r"^(?:此致|此复|顺(?:祝|颂)|敬上|祝好|商祺|谢谢|多谢|致礼|敬礼|以上|特此)", re.M
)
_STOP = re.compile(r"[.!?;](?=\s)|[。！？；!?;\n]")
_CONTACT = re.compile(
    r"\d{7,}|\+\d|\d{3}[ -]\d{3}|@|www\.|\btel\b|\bfax\b|\bmob|电话|手机|传真", re.I
)
_ROAD = re.compile(
    r"\b(?:road|rd|street|st|lane|ln|way|avenue|ave|drive|dr|park|estate|close|quay|highway|hwy|row"
    r"|via|rue|calle|ruta|rua|ul|jalan|route|plot|lot|unit|bay|gate|dock|hall|building|km)\b"
    r"|stra(?:ße|sse)|str\.|weg\b|gasse",
    re.I,
)
_ADMIN = re.compile(r"[省市县区镇乡村]")
_HAN_ROAD = re.compile(r"[路街道巷段].{0,6}\d|\d+号|大道")
_CLASSES = {
    name: re.compile(pattern, re.I)
    for name, pattern in (
        ("moves", rf"\b(?:{MOVE})\b|[送发运寄拉卸搬]|到货|交货|配送|进场|收货|货到|快递|物流|运抵"),
        (
            "receives",
            r"\b(?:receiv|accept|gate|security|guard|unload|forklift|crane|dock)|收货|签收|卸货|门卫|门岗|叉车|吊车|接货|验收",
        ),
        ("wants", r"\b(?:need|want|require|must|should|shall|get|have|put)\w*|要|须|务必|请"),
        ("installs", r"\b(?:install|commission|erect|assembl|mount)|安装|调试|施工|使用|装在|上机"),
        (
            "addresses",
            r"\b(?:address|location|destination|consignee|site|place|where)\b"
            r"|地址|地点|目的|到站|工地|收货",
        ),
        (
            "day",
            r"\b(?:by|before|until|till|latest|on or before|no later)\b|\d{1,2}[./-]\d"
            r"|\b(?:jan|feb|mar|apr|may|jun|jul|aug"
            r"|sep|oct|nov|dec|mon|tue|wed|thu|fri|sat|sun)[a-z]*\b|week|[月号日]前?|[周期][一二三四五六日]|之前|前",
        ),
        (
            "denies",
            r"\b(?:not|no longer|instead|never|don'?t|old|closed|moved from|rather)\b"
            r"|不|别|勿|老|原|旧|作废",
        ),
        (
            "tells of us",
            r"\b(?:we are|this is|i am|i'm|from|here at|visit|meeting|met|fair|audit|exhibition"
            r"|quotation|office|invoice|bank|account|pay)\w*|出差|参观|展会|拜访|会议|发票|账|付款|开票|公司名",
        ),
        (
            "shares",
            r"\b(?:test|run|trial|inspection|warranty|failure|broke|leak|certificate)|试车|故障|停机|检验|合格证|图纸|资料",
        ),
    )
}
_LABEL = re.compile(
    r"^\W*(?:[\dA-Za-z一二三四五六七八九十]{1,2}[.、)] ?)?([^:\n]{1,30}?) ?(?:\([^)\n]*\))? ?: ?"
)


@dataclass(frozen=True)
class Spread:
    """The text in the form in which words are looked for, and where its lines begin."""

    text: str
    lines: tuple[int, ...]
    closing: int

    def line(self, n: int) -> str:
        """A line by its number; empty outside the text."""
        if not 0 <= n < len(self.lines):
            return ""
        end = self.lines[n + 1] if n + 1 < len(self.lines) else len(self.text) + 1
        return self.text[self.lines[n] : end - 1]


def spread(text: str) -> Spread:
    """The text, cut once for all its spans."""
    starts = (0, *(hit.end() for hit in re.finditer("\n", text)))
    closing = len(text)
    for n, start in enumerate(starts):
        line = text[start:].split("\n", 1)[0].strip() if n < 400 else ""
        if n and line and (CLOSING.match(line) or _HAN_CLOSING.match(line)):
            closing = start
            break
    return Spread(text, starts, closing)


def signs(page: Spread, start: int, end: int, value: str, kind: str) -> Iterator[str]:
    """The signs of one span, in a mail of this kind."""
    yield f"kind {kind}"
    for name in _signs(page, start, end, value):
        yield " ".join(name.replace("\n", "|").split())  # a sign is a word of a table


def _signs(page: Spread, start: int, end: int, value: str) -> Iterator[str]:
    chinese = bool(_HAN.search(value))
    script = "zh" if chinese else "en"
    yield f"{script}"
    yield from _form(value, script)
    yield from _around(page, start, end, chinese=chinese)
    n = bisect_right(page.lines, start) - 1
    line = page.line(n)
    before = page.text[page.lines[n] : start]
    label = _LABEL.match(line)
    if label and page.lines[n] + label.end() <= start:
        name = label[1].strip().lower()
        yield "in label"
        if page.lines[n] + label.end() == start:
            yield "at label"
        yield from (f"label {part}" for part in _parts(name, chinese=bool(_HAN.search(name))))
    above = page.line(n - 1).strip(" :*#=-")
    if not before.strip() or len(before.strip()) <= 2:
        yield f"{script} begins line"
        if 0 < len(above) <= 24:
            yield from (f"above {part}" for part in _parts(above.lower(), chinese=chinese))
    if page.text[end : end + 1] in ("", "\n"):
        yield f"{script} ends line"
    if start >= page.closing:
        yield "below closing"
    if _CONTACT.search(line):
        yield "contact line"
    if any(_CONTACT.search(page.line(n + d)) for d in (-1, 1)):
        yield "near contact"
    if page.text.count(value[:12]) > 1:
        yield "twice"


def _form(value: str, script: str) -> Iterator[str]:
    """What the words are like."""
    if re.search(rf"(?<!\w)(?:{TERM})(?!\w)", value):
        yield f"{script} term"
    if "公司" in value or next(named_in(value), None):
        yield f"{script} firm"
    if re.search(r"\d", value):
        yield f"{script} digit"
    parts = value.count(",") + value.count("，")
    yield f"{script} parts {min(parts, 3)}"
    if script == "zh":
        yield f"zh length {min(len(value) // 4, 6)}"
        yield f"zh ends {value[-1:]}"
        yield f"zh ends {value[-2:]}"
        yield f"zh begins {value[:1]}"
        yield f"zh begins {value[:2]}"
        if _ADMIN.search(value):
            yield "zh admin"
        if _HAN_ROAD.search(value):
            yield "zh road"
        return
    words = _WORD.findall(value)
    yield f"en words {min(len(words), 8)}"
    yield f"en first {_shape(words[0]) if words else ''}"
    if words:
        yield f"en begins {words[0].lower()}"
        yield f"en ends {words[-1].lower()}"
        yield f"en last {_shape(words[-1])}"
    small = sum(word[0].islower() for word in words)
    yield f"en small {min(small, 4)}"
    if re.search(rf"\b{SITE}\b", value, re.I):
        yield "en site"
    if _ROAD.search(value):
        yield "en road"


def _shape(word: str) -> str:
    if word.isdigit():
        return "0"
    if word.isupper() and len(word) > 1:
        return "A"
    return "Aa" if word[0].isupper() else "a" if word[0].isalpha() else "."


def _around(page: Spread, start: int, end: int, *, chinese: bool) -> Iterator[str]:
    """The words in front and behind, those of the same sentence."""
    begin = max(
        (hit.end() for hit in _STOP.finditer(page.text, max(0, start - 90), start)),
        default=max(0, start - 90),
    )
    stop = _STOP.search(page.text, end, end + 60)
    before = page.text[begin:start].lower()
    after = page.text[end : stop.end() if stop else end + 60].lower()
    script = "zh" if chinese else "en"
    for name, pattern in _CLASSES.items():
        if pattern.search(before[-40:]):
            yield f"{script} {name} before"
        if pattern.search(before[-12:]):
            yield f"{script} {name} just before"
        if pattern.search(after[:30]):
            yield f"{script} {name} behind"
    if chinese:
        front = re.sub(r"\d+", "0", before).strip()
        back = re.sub(r"\d+", "0", after)
        for size in (1, 2, 3):
            yield f"zh < {front[-size:] or '^'}"
        for size in (1, 2):
            yield f"zh > {back[:size] or '$'}"
        return
    said = ["^", *_WORD.findall(re.sub(r"\d+", "0", before))]
    then = [*_WORD.findall(re.sub(r"\d+", "0", after)), "$"]
    for size in (1, 2, 3):
        yield f"en < {' '.join(said[-size:])}"
    yield f"en > {then[0]}"
    yield f"en > {' '.join(then[:2])}"


def _parts(words: str, *, chinese: bool) -> Iterator[str]:
    if chinese:
        yield from (words[n : n + 2] for n in range(len(words) - 1))
    else:
        yield from _WORD.findall(words)
