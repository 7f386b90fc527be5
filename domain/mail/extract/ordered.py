"""The order as our quoted mail lists it: what "item 3" and "the hopper" of an answer mean."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from domain.mail.extract.chinese_forms import UNIT_ZH
from domain.mail.extract.dates import Workday, days_in
from domain.mail.extract.numerals import number_of
from domain.mail.extract.sentences import sentence_lines
from domain.mail.traditional import folded

MAX_ROWS = 200
MAX_SAID = 1_000
MAX_ROW = 300
_ROW = re.compile(
    r"^\W{0,3}(?:(?:line|pos(?:ition)?\.?|item|sl\.? ?no\.?|no\.|第)\s*)?(?P<number>\d{1,3})"
    r"\s*(?:[.、):项行]|(?= - ))+\s*(?P<rest>\D.*)$",
    re.I,
)
_TIMES = re.compile(r"(?:^|[:,;]\s*|\s)(?P<many>\d[\d,]{0,8})\s*[x×]\s+(?P<rest>[^\d\s].*)$", re.I)
_CUT = re.compile(r"\s*(?:[,;](?!\d)| - | \| |:)\s*")
_MANY = re.compile(
    r"^(?:qty\.?:?\s*|数量:?\s*)?(\d[\d,]{0,8}(?:\.\d+)?)(?!\d)(?!\s*%|[/.]\d)", re.I
)
_MODEL = re.compile(r"\s+((?=[^\s]*\d)(?=[^\s]*[A-Za-z])[^\s]+)$")
_COUNTED_ZH = re.compile(
    rf"(?P<many>\d{{1,5}})\s?[{UNIT_ZH}](?P<name>[\u4e00-\u9fff]{{2,8}}?)(?=已|现|正|将|明|今|预|,"
    rf"|\uff0c|。|\n|$)"
)
_DUE_ROW = re.compile(
    r"交货|交[期付]|发货|到货|送货|deliver|dispatch|shipment|ship(?:ping)? date", re.I
)
_SENT_TO = re.compile(r"(?:[送发运]往?|交货地点:?)(?!货)\s*([\u4e00-\u9fff][^,;。\n]+)")
REFERENCE = re.compile(
    r"第\s*([\d一二三四五六七八九十]{1,3})\s*(?:行|项|条|个|款)"
    r"|\b(?:line|pos(?:ition|\.)?|items?|sl\.?\s?no\.?|serial no\.?|row)\s*(?:no\.?\s*"
    r"|#)?(\d{1,3})\b",
    re.I,
)
"""How an answer names a line of the order by its number; the text is narrow and simplified."""


@dataclass(frozen=True)
class OrderedLine:
    """A line of our mail; `number` as it is counted there."""

    number: int
    name: str
    model: str | None
    quantity: Decimal | None
    row: str


@dataclass(frozen=True)
class Ordered:
    """The lines, the day, the place, and the rows that are neither: demands and terms."""

    lines: tuple[OrderedLine, ...] = ()
    due: date | None = None
    place: str | None = None
    rows: tuple[str, ...] = ()

    def referred(self, plain: str) -> OrderedLine | None:
        """The line that the text names by its number."""
        hit = REFERENCE.search(plain)
        number = number_of(hit[1] or hit[2]) if hit else None
        return next((line for line in self.lines if line.number == number), None)

    def named(self, plain: str) -> OrderedLine | None:
        """The line that the text names by model or by the words of its name; None if two fit."""
        for line in self.lines:
            if line.model and re.search(rf"(?<!\w){re.escape(folded(line.model))}(?!\w)", plain):
                return line
        scores = {line: _likeness(folded(line.name), plain) for line in self.lines}
        best = max(scores.values(), default=0)
        like = [line for line, score in scores.items() if score == best]
        return like[0] if best and len(like) == 1 else None

    def of_series(self, model: str) -> OrderedLine | None:
        """The line whose model has the same letters in front: an MX-5 for an MX-7."""
        series = _series(model)
        like = [line for line in self.lines if series and _series(line.model or "") == series]
        return like[0] if len(like) == 1 else None

    def with_quantity(self, quantity: Decimal | None) -> OrderedLine | None:
        """The only line of so many pieces."""
        like = [line for line in self.lines if quantity is not None and line.quantity == quantity]
        return like[0] if len(like) == 1 else None

    @property
    def only(self) -> OrderedLine | None:
        """The line of an order that has one."""
        return self.lines[0] if len(self.lines) == 1 else None


NOTHING = Ordered()


def ordered_in(quoted: str, base: datetime, workday: Workday) -> Ordered:
    """What a quoted mail lists; empty where it lists nothing."""
    rows = [row.strip(" >")[:MAX_ROW] for row in quoted.splitlines()[:MAX_ROWS] if row.strip(" >")]
    lines = tuple(_lines(rows)) or tuple(_said(quoted))
    due: date | None = None
    place: str | None = None
    others: list[str] = []
    for row in rows:
        plain = folded(row)
        if any(line.row == row for line in lines):
            continue
        days = days_in(plain, base, workday) if _DUE_ROW.search(plain) else ()
        if days and due is None:
            due, place = days[0].value, _place(row, plain)
        else:
            others.append(row)
    return Ordered(lines, due, place, tuple(others))


def _lines(rows: list[str]) -> Iterator[OrderedLine]:
    """Rows with a number of pieces; a row without one tells of progress or of a condition."""
    counted = 0
    for row in rows:
        plain = folded(row)
        times, numbered = _TIMES.search(plain), _ROW.match(plain)
        hit = times or numbered
        if not hit:
            continue
        head, *tail = _CUT.split(row[hit.start("rest") :].strip())
        many = number_of(times["many"]) if times else _many(tail, head)
        if many is None or not head:
            continue
        counted += 1
        name, model = _name(head)
        number = int(numbered["number"]) if numbered and not times else counted
        yield OrderedLine(number, name, model, many, row)


def _many(tail: list[str], head: str) -> Decimal | None:
    for part in (*tail[:2], *re.findall(r"\s(\d{1,6}\s?[\u4e00-\u9fff])$", head)):
        if hit := _MANY.match(folded(part)):
            return number_of(hit[1])
    return None


def _name(head: str) -> tuple[str, str | None]:
    hit = _MODEL.search(head)
    return (head[: hit.start()].strip(), hit[1]) if hit else (head, None)


def _said(quoted: str) -> Iterator[OrderedLine]:
    """Lines of a mail that names its things in sentences."""
    said = re.sub(r"(?m)^[\u4e00-\u9fff]{2,4}[\uff1a:\uff0c,](?=\s*\d)", "", quoted[:MAX_SAID])
    found = [line for line in sentence_lines(said)[:20] if line.quantity is not None]
    for n, line in enumerate(found, start=1):
        if name := line.item or line.model:
            yield OrderedLine(n, name, line.model, line.quantity, "")
    if not found and (hit := _COUNTED_ZH.search(said)) and (many := number_of(hit["many"])):
        yield OrderedLine(1, hit["name"], None, many, "")


def _place(row: str, plain: str) -> str | None:
    """The place beside the day: behind 送, or the part of the row that starts with a capital."""
    sent = _SENT_TO.search(plain)
    if sent:
        return row[sent.start(1) : sent.end(1)].strip()
    parts = re.split(r"[,;:]\s*", row)[1:]
    named = (p.strip() for p in parts if re.fullmatch(r"\s*[A-Z][^\d]{2,40}", p))
    return next(named, None)


def _series(model: str) -> str:
    hit = re.match(r"[A-Za-z]{2,}", model)
    return hit[0].upper() if hit else ""


def _likeness(name: str, plain: str) -> int:
    """How much of a name stands in the text: Chinese characters in a run, or English words."""
    if re.search(r"[\u4e00-\u9fff]{2}", name):
        runs = {name[a:b] for a in range(len(name)) for b in range(a + 2, len(name) + 1)}
        return max((len(run) for run in runs if run in plain), default=0)
    words = {_stem(word) for word in re.findall(r"[a-z]{4,}", plain.lower())}
    return sum(_stem(word) in words for word in re.findall(r"[a-z]{4,}", name.lower()))


def _stem(word: str) -> str:
    return re.sub(r"(?:ies|e?s|e|y)$", "", word)
