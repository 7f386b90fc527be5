"""Where goods shall be delivered, in the words of the mail."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from domain.mail.extract.chinese_places import chinese_places
from domain.mail.extract.labels import Labelled
from domain.mail.extract.place_signs import signs, spread
from domain.mail.extract.place_spans import spans
from domain.mail.extract.values import Field
from domain.mail.extract.western_places import SITE, TERM, western_places
from domain.mail.plain import narrow
from domain.mail.traditional import folded
from domain.mail.weights import learned

_NO_PLACE = re.compile(
    r"老地方|贵司|你们|我们那|我这|手[里上]|\busual\b|\bsame (?:as|place|gate|address)"
    r"|^the (?:plant|site|warehouse|factory)$"
    r"|^our (?:forwarder|agent|plant|site|warehouse|factory|address|store)s?$|^以下|下述"
    rf"|^(?:EXW|{TERM})\W*$|^ex works\W*$|^(?:me|us|you|be advised|tba|tbd|to be)\b|^上次"
    rf"|your (?:factory|works|plant|warehouse|side)|zheling"
    r"|\btruck|\bcourier|\bforwarder\b$",
    re.I,
)
_AFTER = re.compile(
    r"[,，(（]?\s*\bincoterms|[,，]\s*(?:the |our |please|by |车|请|运费|联系|收货人|attn"
    r"|no later|not )"
    r"|(?<=[a-z\d]{3})\.\s|(?<=[A-Z]{2})\.\s|[。；;]"
)
"""What follows a place on its line."""
_UNTIL = re.compile(
    r"\s(?:by|before|until|till|on|latest|within|no later|not later)\s"
    r"|(?<! site)(?<!quarry)(?<!mine)(?<!works)(?<!yard)\sat\s"
)
_UNIT = re.compile(r"^[\d\W]*\d+ ?(?:HRC|HRB|mm|bar|kg|V|Hz|kW|t|m|%)\b", re.I)
_ALONE = re.compile(
    r"^[ \t]*(?:(?:delivery|shipping|ship[- ]to|site|receiving) (?:address|place|location"
    r"|point)|ship to|deliver to"
    r"|destination|(?:收货|送货|交货|到货)(?:地址|地点|单位))[ \t]*:?[ \t]*\n",
    re.I | re.M,
)
"""A label for a place that has its line to itself."""
_DAY = re.compile(r"^\W*\d[\d./ -]*$|\d{4}-\d\d-\d\d|\d ?月|\b\d{1,2}[./]\d{1,2}[./]\d{2,4}")


@dataclass(frozen=True)
class Candidate:
    """A span that may name the place, and what speaks for or against it."""

    value: str
    start: int
    end: int
    signs: tuple[str, ...]


ORDER = "new_order"
LIKELY = 0.1
"""Of many spans of which each is unlikely, the likeliest counts from here on."""
MOST_RULED = 40
CREDIT = 0.85
"""The rules were written by the mails that weigh them: what rests on them is less sure than it
seems there (of mails seen for the first time, 93 of 100 that seemed sure were right)."""


def place_in(text: str, labels: tuple[Labelled, ...], kind: str = ORDER) -> Field[str] | None:
    """The named place of delivery, with its Incoterm, as sure as labelled mails have taught."""
    weights = learned("places")
    weighed = ((weights.chance(each.signs), each) for each in candidates(text, labels, kind))
    chance, best = max(weighed, key=lambda pair: pair[0], default=(0.0, None))
    if best is None or chance < LIKELY:
        return None
    return Field(best.value, f"text:{best.start}-{best.end}", "weighed", CREDIT * chance)


def candidates(text: str, labels: tuple[Labelled, ...], kind: str) -> Iterator[Candidate]:
    """All that could be meant in a mail of this kind, each once."""
    plain = folded(text)
    page = spread(plain)
    ruled = tuple(islice(by_rule(text, labels), MOST_RULED))
    labelled = {(said.start, said.end) for said in labels if said.key == "place"}
    named = (*ruled, *((text[a:b], a, b) for a, b in spans(text, plain)))
    for n, (value, start, end) in enumerate(dict.fromkeys(named)):
        found = dict.fromkeys(signs(page, start, end, value, kind))
        if ruled and n == 0:
            found["first of the rules"] = None
        if (start, end) in labelled:
            found["value of a label"] = None
        yield Candidate(value, start, end, tuple(found))


def by_rule(text: str, labels: tuple[Labelled, ...]) -> Iterator[tuple[str, int, int]]:
    """Places as rules name them, each with its position, surer kinds of writing first."""
    for said in labels:
        if said.key == "place" and (value := _named(_labelled(said.value))):
            yield value, said.start, said.end
    plain = narrow(text)
    if below := _below_label(plain):
        yield below
    if re.search(r"[\u4e00-\u9fff]{4}", plain):
        for start, end in chinese_places(folded(text)):
            if value := _named(text[start:end]):
                yield value, start, end
    for words, start, end in western_places(plain):
        if value := _named(words):
            yield value, start, end


def _below_label(plain: str) -> tuple[str, int, int] | None:
    """An address in lines of its own below its label, joined by commas."""
    for label in _ALONE.finditer(folded(plain)):
        lines: list[str] = []
        end = label.end()
        for line in plain[label.end() :].split("\n")[:6]:
            if not line.strip() or len(line) > 60 or re.search(r":|@|\d{7,}|[.。]$", line):
                break
            lines.append(line.strip(" ,，"))
            end += len(line) + 1
        place = _named(", ".join(lines)) if lines else None
        if place and re.search(r"[A-Z\u4e00-\u9fff]", place):
            return place, label.end(), min(end, len(plain))
    return None


def _labelled(value: str) -> str:
    """A labelled value without the day that often stands in front or behind."""
    if re.search(r"[\u4e00-\u9fff]", value):
        return value
    parts = [part.strip() for part in value.split(",")]
    kept = [part for part in parts if not _DAY.search(part)]
    return ", ".join(kept) if len(kept) < len(parts) else value


def _named(words: str) -> str | None:
    """The place without what follows it, or None where the words name none."""
    value = _AFTER.split(words)[0]
    value = _UNTIL.split(value)[0]
    if len(re.findall(r"[(（]", value)) < len(re.findall(r"[)）]", value)):
        value = value.rstrip(")） ")
    value = re.sub(r"\s*[(（]?(?:周末|工作日|节假日).{0,10}[)）]?$", "", value).strip(" ,，.:：")
    bare = re.sub(
        rf"\b(?:{TERM}|{SITE}|our|the|my|their|new|same|to|in|of|at)\b|[\W\d_]", "", value
    )
    named = re.search(r"[A-ZÀ-ÖØ-ÞĀ-Ž][^\W\d_]{2,}|[\u4e00-\u9fff]{2}|\d", value)
    if (
        len(bare) < 2
        or not named
        or _UNIT.search(value)
        or _NO_PLACE.search(narrow(value))
        or _DAY.search(narrow(value))
    ):
        return None
    return value
