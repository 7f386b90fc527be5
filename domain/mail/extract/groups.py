"""Parts of an order with a day of their own: "Lot A - by 3 May", "第一批 5月3日到", then rows."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime

from domain.mail.extract.dates import Workday, days_in
from domain.mail.extract.values import SURE, Line
from domain.mail.plain import narrow

_HEADING = re.compile(
    r"^[ \t]*(?:[-*•]\s*)?(?:(?:lot|batch|part|shipment|delivery|stage|phase|order|group"
    r"|consignment)"
    r"\s*(?:no\.?\s*)?(?:[A-H]|\d{1,2}|I{1,3}|one|two|three)\b|(?:1st|2nd|3rd|first|second|third"
    r"|last) "
    r"(?:lot|batch|part|delivery|shipment|call-?off)"
    r"|[【\[(]?(?:第\s*[一二三四五六\d]+\s*[批单部期]"
    r"|[单批][一二三四五六\d]|订单[一二三\dA-C])[】\])]?"
    r"|[一二三四五六]\s*、\s*(?=[^\n;,]{0,20}(?:[A-Z]{1,4}[-\d]{3,}|[单批厂仓])[^\n;,]{0,12}$))",
    re.I | re.M,
)


def with_days_of_parts(
    lines: tuple[Line, ...], text: str, base: datetime, workday: Workday
) -> tuple[Line, ...]:
    """The lines of a typed list; those without a day take the only one that their part names."""
    words = narrow(text)
    parts = list(_parts(words))
    if len(parts) < 2:
        return lines
    rows = [span for line in lines if (span := _span(line))]
    days = {part: _day(words, part, rows, base, workday) for part in parts}
    return tuple(
        replace(line, due_date=days[part]) if part and line.due_date is None else line
        for line in lines
        for part in [next((one for one in parts if _within(line, one)), None)]
    )


def _parts(words: str) -> Iterator[tuple[int, int]]:
    """From each heading to the next one, the last one to the end of its paragraph."""
    starts = [hit.start() for hit in _HEADING.finditer(words)]
    for here, after in zip(starts, [*starts[1:], None], strict=False):
        end = words.find("\n\n", here) if after is None else after
        yield here, end if end > 0 else len(words)


def _day(
    words: str,
    part: tuple[int, int],
    rows: list[tuple[int, int]],
    base: datetime,
    workday: Workday,
) -> date | None:
    """The only sure day in a part outside the rows of its things."""
    outside = "".join(
        " " if any(start <= place < end for start, end in rows) else words[place]
        for place in range(*part)
    )
    days = days_in(outside, base, workday)
    return days[0].value if len(days) == 1 and days[0].confidence >= SURE else None


def _span(line: Line) -> tuple[int, int] | None:
    hit = re.fullmatch(r"text:(\d+)-(\d+)", line.source)
    return (int(hit[1]), int(hit[2])) if hit else None


def _within(line: Line, part: tuple[int, int]) -> bool:
    span = _span(line)
    return span is not None and part[0] <= span[0] < part[1]
