"""Gantt picture of a plan as one small SVG: no scripts, no fonts, no links; all text escaped."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from html import escape

from domain.names import Language, Party
from domain.planning.problem import Problem, Proposal
from domain.worktime import Calendar, is_provisional, is_workday, local_date

ROW, HEAD, LABEL, FOOT = 22, 40, 250, 26
CHART_WIDTH = 720
MOST_LABEL = 30


class BarKind(StrEnum):
    """What a bar stands for; decides its colour."""

    WORK = "work"
    CUSTOMER = "customer"
    SUPPLIER = "supplier"
    BUFFER = "buffer"
    MILESTONE = "milestone"


COLOURS = {
    BarKind.WORK: "#4c78a8",
    BarKind.CUSTOMER: "#b279a2",
    BarKind.SUPPLIER: "#9d7660",
    BarKind.BUFFER: "#d8dee6",
    BarKind.MILESTONE: "#333333",
}
CRITICAL, PROMISED, TODAY = "#d1495b", "#2a9d55", "#888888"

WORDS = {
    Language.ZH: {
        "critical": "关键", "work": "任务", "customer": "客户", "supplier": "供应商",
        "buffer": "缓冲", "closed": "休息日", "provisional": "暂定", "promised": "承诺交期",
        "today": "今天",
    },
    Language.EN: {
        "critical": "critical", "work": "task", "customer": "customer", "supplier": "supplier",
        "buffer": "buffer", "closed": "day off", "provisional": "provisional",
        "promised": "promised", "today": "today",
    },
}  # fmt: skip


@dataclass(frozen=True)
class Bar:
    """One row of the picture; `pieces` are worked spans, `done` the share from 0 to 1."""

    label: str
    start: datetime
    finish: datetime
    kind: BarKind = BarKind.WORK
    critical: bool = False
    done: float = 0.0
    note: str = ""
    pieces: tuple[tuple[datetime, datetime], ...] = ()


def bars_of(problem: Problem, proposal: Proposal, language: Language) -> tuple[Bar, ...]:
    """The bars of a proposal in the order of its tasks, and its buffer at the end."""
    axis, placed = problem.axis, proposal.schedule.by_task
    names = {person.id: person.name for person in problem.people}
    bars = []
    for task in problem.tasks.values():
        spot = placed[task.id]
        kind = BarKind.WORK if task.party is Party.US else BarKind(task.party.value)
        begin = axis.at(spot.start) if task.work else axis.end_at(spot.start)
        bars.append(
            Bar(
                f"{task.id.no} {task.name_zh if language is Language.ZH else task.name_en}",
                begin,
                axis.end_at(spot.finish),
                kind if task.work else BarKind.MILESTONE,
                task.id in proposal.critical,
                note=names.get(spot.person or "", ""),
                pieces=tuple((axis.at(start), axis.end_at(end)) for start, end in spot.pieces),
            )
        )
    finish = proposal.schedule.finish
    if proposal.buffer and finish < axis.size:
        until = axis.end_at(proposal.buffered_finish)
        bars.append(Bar(WORDS[language]["buffer"], axis.at(finish), until, BarKind.BUFFER))
    return tuple(bars)


@dataclass(frozen=True)
class _Scale:
    """Dates to pixels."""

    calendar: Calendar
    first: date
    days: int

    @property
    def pixels(self) -> float:
        """Width of one day."""
        return CHART_WIDTH / self.days

    def x(self, at: datetime) -> float:
        """Where this instant lies: a day's office hours fill its whole width."""
        local = at.astimezone(self.calendar.zone)
        hours = local.hour + local.minute / 60
        return self.day(local.date()) + min(max((hours - 9) / 9, 0), 1) * self.pixels

    def day(self, on: date) -> float:
        """Left edge of this date."""
        return LABEL + (on - self.first).days * self.pixels


def gantt_svg(
    bars: Sequence[Bar],
    calendar: Calendar,
    *,
    title: str,
    language: Language = Language.ZH,
    promised: date | None = None,
    today: date | None = None,
) -> str:
    """The picture: days off shaded, unannounced days hatched, critical bars red, promised date."""
    scale = _scale(bars, calendar, promised)
    height = HEAD + ROW * len(bars) + FOOT
    width = LABEL + CHART_WIDTH + 10
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
        f'viewBox="0 0 {width} {height}" role="img" '
        'font-family="Noto Sans SC, Microsoft YaHei, PingFang SC, sans-serif" font-size="12">',
        f"<title>{_words(title)}</title>",
        '<defs><pattern id="prov" width="6" height="6" patternUnits="userSpaceOnUse">'
        '<path d="M0 6L6 0" stroke="#c9a227" stroke-width="1"/></pattern></defs>',
        f'<rect width="{width}" height="{height}" fill="#ffffff"/>',
        _text(8, 18, title, weight="bold"),
        *_days(scale, HEAD + ROW * len(bars)),
    ]
    for row, bar in enumerate(bars):
        parts += _bar(scale, bar, HEAD + row * ROW)
    bottom = HEAD + ROW * len(bars)
    parts += _mark(scale, promised, bottom, PROMISED) + _mark(scale, today, bottom, TODAY)
    parts += _legend(language, bottom + 17, bars, promised, _unsure(scale))
    return "".join([*parts, "</svg>"])


def _scale(bars: Sequence[Bar], calendar: Calendar, promised: date | None) -> _Scale:
    dates = [local_date(calendar, at) for bar in bars for at in (bar.start, bar.finish)]
    dates += [promised] if promised else []
    if not dates:
        dates = [date(1970, 1, 5)]
    first, last = min(dates), max(dates)
    return _Scale(calendar, first, max((last - first).days + 1, 5))


def _dates(scale: _Scale) -> Iterable[date]:
    return (scale.first + timedelta(days=n) for n in range(scale.days))


def _unsure(scale: _Scale) -> bool:
    return any(is_provisional(scale.calendar, on) for on in _dates(scale))


def _days(scale: _Scale, bottom: int) -> list[str]:
    """Shading of each day off, hatching of each unannounced day, and the dates at the top."""
    parts: list[str] = []
    every = max(1, round(60 / scale.pixels)) if scale.pixels < 34 else 1
    for n, on in enumerate(_dates(scale)):
        box = (scale.day(on), HEAD - 14, scale.pixels, bottom - HEAD + 14)
        if not is_workday(scale.calendar, on):
            parts.append(_rect(*box, fill="#eef0f3"))
        if is_provisional(scale.calendar, on):
            parts.append(_rect(*box, fill="url(#prov)", opacity=0.35))
        week_start = on.weekday() == 0 if every > 1 else n % every == 0
        if week_start or (every == 1):
            parts.append(_text(scale.day(on) + 2, HEAD - 4, f"{on.month}-{on.day}", size=10))
    return parts


def _bar(scale: _Scale, bar: Bar, y: int) -> list[str]:
    label = bar.label if len(bar.label) <= MOST_LABEL else bar.label[: MOST_LABEL - 1] + "…"
    parts = [_text(8, y + 15, label)]
    left, right = scale.x(bar.start), scale.x(bar.finish)
    if bar.kind is BarKind.MILESTONE:
        points = f"{left:.1f},{y + 4} {left + 6:.1f},{y + 11} {left:.1f},{y + 18}"
        fill = COLOURS[bar.kind]
        return [*parts, f'<polygon points="{points} {left - 6:.1f},{y + 11}" fill="{fill}"/>']
    ours = bar.kind is BarKind.WORK
    fill = CRITICAL if bar.critical and ours else COLOURS[bar.kind]
    edge = CRITICAL if bar.critical and not ours else ""  # whose it is stays visible
    if len(bar.pieces) > 1:  # a thin line joins the pieces of interrupted work
        parts.append(_rect(left, y + 10, max(right - left, 2), 2, fill=fill))
    for start, end in bar.pieces or ((bar.start, bar.finish),):
        x, until = scale.x(start), scale.x(end)
        parts.append(_rect(x, y + 4, max(until - x, 2), 14, fill=fill, edge=edge))
    if bar.done > 0:
        width = max(right - left, 2) * min(bar.done, 1)
        parts.append(_rect(left, y + 15, width, 3, fill="#1b1b1b"))
    if bar.note:
        parts.append(_note(right, y + 15, bar.note))
    return parts


def _note(right: float, y: int, note: str) -> str:
    """Who does it: behind the bar, or left of the picture's edge when there is no room."""
    edge = LABEL + CHART_WIDTH
    if right + 14 * len(note) > edge:
        return _text(edge + 6, y, note, size=10, anchor="end")
    return _text(right + 4, y, note, size=10)


def _mark(scale: _Scale, on: date | None, bottom: int, colour: str) -> list[str]:
    """A vertical line at the end of this date."""
    if on is None or not scale.first <= on <= scale.first + timedelta(days=scale.days):
        return []
    x = scale.x(datetime.combine(on, time(18), tzinfo=scale.calendar.zone))
    return [
        f'<path d="M{x:.1f} {HEAD - 14}V{bottom}" stroke="{colour}" stroke-width="2" '
        'stroke-dasharray="4 2"/>'
    ]


def _legend(
    language: Language, y: int, bars: Sequence[Bar], promised: date | None, unsure: bool
) -> list[str]:
    words = WORDS[language]
    kinds = {bar.kind for bar in bars}
    keys = [(CRITICAL, "critical")] if any(bar.critical for bar in bars) else []
    keys += [(COLOURS[k], k.value) for k in BarKind if k in kinds and k.value in words]
    keys.append(("#e3e6ea", "closed"))
    keys += [("url(#prov)", "provisional")] if unsure else []
    keys += [(PROMISED, "promised")] if promised else []
    parts: list[str] = []
    for n, (fill, word) in enumerate(keys):
        x = LABEL + n * 100
        text = words[word] if word != "promised" else f"{words[word]} {promised}"
        parts += [_rect(x, y - 9, 10, 10, fill=fill), _text(x + 14, y, text, size=10)]
    return parts


def _rect(
    x: float, y: float, w: float, h: float, *, fill: str, opacity: float = 1, edge: str = ""
) -> str:
    shade = f' opacity="{opacity}"' if opacity < 1 else ""
    shade += f' stroke="{edge}" stroke-width="2"' if edge else ""
    return f'<rect x="{x:.1f}" y="{y}" width="{w:.1f}" height="{h}" fill="{fill}"{shade}/>'


def _text(
    x: float, y: int, words: str, *, size: int = 12, weight: str = "", anchor: str = ""
) -> str:
    extra = f' font-weight="{weight}"' if weight else ""
    extra += f' text-anchor="{anchor}"' if anchor else ""
    extra += f' font-size="{size}"' if size != 12 else ""
    return f'<text x="{x:.1f}" y="{y}"{extra}>{_words(words)}</text>'


def _words(text: str) -> str:
    """Escaped, and without characters that XML does not allow: a line's name may hold anything."""
    return escape("".join(c if c.isprintable() else " " for c in text))
