"""The clauses of a mail, and what tells of each whether it is a special requirement.

The rules of `wishes` and the words of `wish_words` and `foreign_words` are signs here, beside the
words of the clause itself, what stands before and behind it, and the heading above it.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from domain.mail.extract import foreign_words, wish_words
from domain.mail.extract.clauses import Sentence, clauses, sentences
from domain.mail.extract.values import Line
from domain.mail.extract.wish_rules import (
    HEADING,
    LABEL,
    is_line,
    is_row,
    names_only,
    squeezed,
    weight,
)
from domain.mail.plain import narrow
from domain.mail.traditional import folded

MOST = 400
"""So many clauses of a mail are looked at."""
FEW = 3
"""In a mail of so few clauses it says nothing where one stands."""
OPENING = 2
NAMES = "names only"
"""The sign of a clause that names an ordered thing and says nothing else."""


@dataclass(frozen=True)
class Clause:
    """A part of a sentence, where it stands, and the heading or label above or before it."""

    words: str
    plain: str
    sentence: Sentence
    place: int
    of: int
    start: int
    heading: str
    headed: str
    noted: bool


def clauses_of(text: str, noted: int = 0) -> list[Clause]:
    """The clauses of a text in order; its last `noted` characters are the notes of tables."""
    found: list[Clause] = []
    heading, whole = "", False
    for sentence in sentences(text):
        plain = folded(sentence.words)
        words, headed = sentence.words, ""
        head = HEADING.match(plain)
        label = LABEL.match(plain)
        if head and (head["mark"] == ":" or (sentence.begins_line and head.end() == len(plain))):
            heading, whole = plain[: head.end()], head.end() >= len(plain)
            words, headed = words[head.end() :], "behind"
        elif heading and _goes_on(sentence, plain, whole=whole):
            headed = "below"
        else:
            heading = ""
        if not headed and label and label.end() < len(plain):
            words, heading, headed = words[label.end() :], label[0], "label"
        parts = [piece for part in clauses(words) for piece in _pieces(part)]
        of, at = len(parts), 0
        below = sentence.start >= len(text) - noted
        for n, part in enumerate(parts):
            at = max(at, sentence.words.find(part, at))
            one = Clause(part, folded(part), sentence, n, of, at, heading, headed, below)
            found.append(one)
        if headed == "label":
            heading = ""
        if len(found) >= MOST:
            break
    return found[:MOST]


_JOINT = re.compile(r"\s+(?=(?:and|with|plus|for) [A-Za-z\d])|(?<=[:：])\s*(?=\S)")


def _pieces(clause: str) -> Iterator[str]:
    """A clause, or its parts around "and" and "with": a wish may hang on an ordered thing."""
    at = 0
    for hit in _JOINT.finditer(clause):
        before = clause[at : hit.start()]
        if before.count(" ") >= 1 and len(re.findall(r"[(（]", before)) <= len(
            re.findall(r"[)）]", before)
        ):
            yield before
            at = hit.end()
    yield clause[at:]


def _goes_on(sentence: Sentence, plain: str, *, whole: bool) -> bool:
    """True where a section that was opened by a heading still runs."""
    if not sentence.begins_line:
        return True
    if LABEL.match(plain):
        dated = foreign_words.DATED.search(plain)
        return sentence.marked and not sentence.after_gap and not dated
    return (whole or sentence.marked) and not (sentence.after_gap and not sentence.marked)


def signs_of(found: Sequence[Clause], kind: str, lines: Sequence[Line]) -> list[dict[str, float]]:
    """The signs of each clause of a mail of this kind that orders these lines."""
    things = {squeezed(name) for line in lines for name in (line.item, line.model) if name}
    heavy = [weight(one.words, things) for one in found]
    out = []
    for n, one in enumerate(found):
        signs = own_signs(one, heavy[n])
        signs |= dict.fromkeys(_where(one, n, len(found)), 1.0)
        signs[f"kind {kind}"] = 1.0
        for far, name in ((-1, "before"), (1, "behind")):
            if not 0 <= n + far < len(found):
                continue
            near = "same" if found[n + far].sentence is one.sentence else "other"
            signs[f"{name} {near} {_bucket(heavy[n + far])}"] = 1.0
        if one.heading:
            signs[f"{one.headed} {_bare(one.heading)}"] = 1.0
        if names_only(one.plain, things):
            signs[NAMES] = 1.0
        out.append(signs)
    return out


def own_signs(one: Clause, heavy: int) -> dict[str, float]:
    """What the words of a clause tell by themselves; `heavy` is its weight by the rules."""
    signs = {name for name, pattern in _patterns().items() if pattern.search(one.plain)}
    signs |= {f"rule {_bucket(heavy)}", *_size(one.plain)}
    signs.add("chinese" if _HAN.search(one.plain) else "western")
    return dict.fromkeys(signs, 1.0) | {f"~{gram}": 0.5 for gram in _grams(one.plain)}


def _bucket(heavy: int) -> int:
    return max(-4, min(6, heavy))


def _where(one: Clause, n: int, count: int) -> Iterator[str]:
    sentence = one.sentence
    yield f"headed {one.headed or 'no'}"
    yield f"headed {one.headed or 'no'} {'first' if one.place == 0 else 'later'}"
    if sentence.marked:
        yield "marked"
    if sentence.begins_line:
        yield "begins line"
    if sentence.begins_line and sentence.after_gap:
        yield "after gap"
    if sentence.words.endswith(("?", "？")):
        yield "question"
    if one.noted:
        yield "noted"
    if is_row(sentence.words):
        yield "row"
    yield f"place {min(3, one.place)}"
    if one.of > 1:
        yield "last" if one.place == one.of - 1 else "amid"
    if count > FEW:
        yield f"quarter {4 * n // count}"
        if n < OPENING:
            yield "opening"


def _size(plain: str) -> Iterator[str]:
    length = next(size for size in (3, 6, 10, 16, 25, 40, 70, 10_000) if len(plain) <= size)
    yield f"length {length}"
    if re.search(r"\d", plain):
        yield "number"
    if _MEASURE.search(plain):
        yield "measure"
    if re.search(r"[A-Z]{2}", plain):
        yield "capitals"
    if plain.endswith(":"):
        yield "colon"
    if is_line(plain):
        yield "line"


_MEASURE = re.compile(
    r"\d ?(?:mm|cm|m\b|kg|t\b|°|deg|%|bar|MPa|V\b|kV|Hz|A\b|kW|μm|um|µm|dB|HRC|kN|Nm)"
)


def _bare(heading: str) -> str:
    return re.sub(r"[\W\d_]+", " ", heading.lower()).strip()[:30]


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    found = {}
    for module in (wish_words, foreign_words):
        for name, value in vars(module).items():
            if isinstance(value, re.Pattern):
                found[f"says {name.lower()}"] = value
    for n, pattern in enumerate(wish_words.HINTS):
        found[f"says hint {n}"] = pattern
    return found


_WORD = re.compile(r"[a-zà-ÿ']+|0")
_HAN = re.compile(r"[\u3400-\u9fff]")


def _grams(plain: str) -> Iterator[str]:
    """Characters and their neighbours in Chinese; words, pairs and stems elsewhere."""
    text = re.sub(r"\d[\d.,]*", "0", narrow(plain).lower())
    if _HAN.search(text):
        text = "^" + re.sub(r"\s+", " ", text)[:80] + "$"
        for size in (1, 2, 3):
            yield from (text[n : n + size] for n in range(len(text) - size + 1))
        return
    words = _WORD.findall(text)[:40]
    yield from words
    yield from (f"{a} {b}" for a, b in zip(["^", *words], [*words, "$"], strict=True))
    yield from (f"{word[:5]}~" for word in words if len(word) > 5)
