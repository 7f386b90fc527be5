"""A text as sentences and clauses: wrapped lines joined, list marks and headings taken off."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from domain.mail.traditional import folded

_MARK = re.compile(
    r"^\s*(?:[-*•·●○◆■□–—>→]+|[\(\[]?(?:\d{1,2}|[ivx]{1,4}"
    r"|[一二三四五六七八九十]{1,3})[\)\].、:](?!\d)"
    r"|[\(\[]?[a-z][\)\].](?= )|[\(\[]?[A-Z][\)\]]|[①-⑳])\s*"
)
_END = re.compile(
    r"[。;；!！]|(?<=[A-Za-z\d)%\"”])[.?](?=\s+[A-Z(\"“]|\s*$)"
    r"|(?<=[a-z]{4})\.(?=\s+[a-z])|[?？]|…+",
    re.M,
)
_ABBREVIATED = re.compile(
    r"\b(?:pos|no|nos|sl|sr|approx|max|min|incl|excl|acc|dwg|drg|ref|art|ea|dia|mr|mrs|ms|dr|st|co"
    r"|ltd|inc|int|tel|resp|spec|temp|cert|qty|pcs|std|ext|e\.g|i\.e|a\.m|p\.m)$",
    re.I,
)
_CLAUSE = re.compile(
    r"\s*[,，]\s*|\s+[-–—]\s+|(?<=[\u4e00-\u9fffA-Za-z])[ \u3000]+(?=[\u4e00-\u9fff]{2})"
    r"|(?<=\d)[ \u3000]+(?=[\u4e00-\u9fff]{2})"
    r"(?![次套台人天支个個件只根条條年月日号块米处片颗组项分秒小吨公])"
    r"|\s+and\s+(?=(?:please|kindly|we|i|you|also)\b)|\s+but\s+",
    re.I,
)
_WRAPPED = re.compile(r"[a-z,\d)(\u4e00-\u9fff]$")
_NEW_LINE_OF_TEXT = re.compile(r"^\s*(?:[-*•·●]|\(?\w{1,2}[.、):]\s|[^\n]{1,40}[:：]|$)")
LONGEST = 400


@dataclass(frozen=True)
class Sentence:
    """A sentence as written, without its list mark, and where it begins in the text."""

    words: str
    start: int
    begins_line: bool = True
    marked: bool = False
    after_gap: bool = False


def sentences(text: str) -> Iterator[Sentence]:
    """Sentences in order; a line that was wrapped in the middle of a sentence is joined."""
    at, gap = 0, True
    for line in _unwrapped(text).split("\n"):
        yield from _of_line(line, at, gap)
        at, gap = at + len(line) + 1, not line.strip()


def clauses(sentence: str) -> tuple[str, ...]:
    """The parts of a sentence between its commas; numbers (1,20) and brackets stay whole."""
    parts: list[str] = []
    at = 0
    for hit in _CLAUSE.finditer(sentence):
        before, after = sentence[at : hit.start()], sentence[hit.end() :]
        number = hit[0] == "," and before[-1:].isdigit() and after[:1].isdigit()
        if number or len(re.findall(r"[(（]", before)) > len(re.findall(r"[)）]", before)):
            continue
        parts.append(sentence[at : hit.start()])
        at = hit.end()
    return tuple(part.strip() for part in (*parts, sentence[at:]) if part.strip())


def without_mark(line: str) -> str:
    """A line of a list without its bullet or number."""
    return _MARK.sub("", line).strip()


def _unwrapped(text: str) -> str:
    """The text, as long as before, with a blank where a sentence runs on into the next line."""
    return "\n\n".join(_joined(paragraph.split("\n")) for paragraph in text.split("\n\n"))


def _joined(lines: list[str]) -> str:
    wide = max(map(len, lines), default=0)
    pairs = list(zip(lines, [*lines[1:], ""], strict=True))
    if any(len(line) < 0.5 * wide and re.match(r"[a-z]", after) for line, after in pairs):
        return "\n".join(lines)  # someone who begins lines with small letters
    out = ""
    for line, after in pairs:
        out += line + (" " if _runs_on(line, after, wide) else "\n")
    return out[:-1]


def _runs_on(line: str, after: str, wide: int) -> bool:
    """True for a full line that ends inside a sentence, where the next begins none."""
    if not _WRAPPED.search(line) or _NEW_LINE_OF_TEXT.match(after) or "  " in line + after:
        return False
    if re.search(r"[\u4e00-\u9fff]", line):
        return len(line) >= max(18, 0.85 * wide) and bool(re.search(r"[;,；，、]", line))
    return len(line) >= max(55, 0.75 * wide) and bool(re.match(r"[a-z\d(]", after))


def _of_line(line: str, at: int, gap: bool) -> Iterator[Sentence]:
    plain = folded(line)
    mark = _MARK.match(plain)
    body = mark.end() if mark else 0
    begin = body
    for hit in [*_END.finditer(plain, body), None]:
        end = hit.start() if hit else len(line)
        if hit and hit[0] == "." and _ABBREVIATED.search(plain[begin:end]):
            continue
        asked = hit[0] if hit and hit[0] in "?？" else ""
        words = line[begin:end].strip(" ,，、\u3000") + asked
        if 1 < len(words) <= LONGEST:
            start = at + begin + line[begin:end].find(words[:2])
            yield Sentence(words, start, begin == body, bool(mark), gap)
        begin = hit.end() if hit else end
