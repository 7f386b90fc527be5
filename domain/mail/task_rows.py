"""Progress of tasks that are called by name: rows of a small table, or a sentence for each."""

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from domain.mail.plain import narrow
from domain.mail.reports import Progress, progress, progress_of, told
from domain.mail.split import Split

MOST, LONGEST = 60, 400
"""So many lines of a report are looked at, and so much of each."""
_END = re.compile(r"[。;!]|(?<=[a-z)\d%])\.(?=\s+[A-Z]|\s*$)|(?<=%|h)\.\s")
_GAP = re.compile(r"\s{2,}|\t+|\s*\|\s*|(?<=[\u4e00-\u9fff])\s+(?=\S)")
_LABEL = re.compile(r"^([^:,]{2,40}):\s*(?=\S)")
_STATE = re.compile(
    r"\s*(?:[,:(\-–—]|\d{1,3}(?:\.\d+)?\s*(?:%|percent|per cent|pct|成)"
    r"|百分之|[一二三四五六七八九]成|一半"
    r"|(?:约|大概|大约|差不多|目前|现在|已经?|做到|干到|还[没要剩]|没|未|尚未|停|卡|等|完|全部|基本|进度)"
    r"|[做换干装焊调写测画拼喷打修弄编配铺接割磨车铣钻刷涂试]完|搞定|结束|弄好"
    r"|\b(?:is|are|was|were|has|have|at|about|roughly|almost|nearly|half|not|cannot|can|to"
    r"|done|finished|completed?|ready|blocked|stuck|on hold|waiting|waits|built|say|still)\b)",
    re.I,
)
_DONE = re.compile(r"完了|已完|做完|弄完|\bbuilt\b|\bready and packed\b")
_STUCK = re.compile(
    r"卡在|停着|停工等|(?:can ?not|can't) (?:leave|move|go)|still (?:at|with|in) (?:the )?"
    r"(?:foundry|supplier|customs|vendor|customer|subcontractor)",
    re.I,
)
_HOURS = re.compile(
    r"(?<![\w.:])(\d{1,4}(?:\.\d)?)\s*(?:more |further )?(?:h|hrs?|hours?|个?小时|个?工时)\b", re.I
)
_NO_TASK = re.compile(
    r"\b(?:i|we|you|he|she)$|^(?:without|because|please|i|we|he|she|they|it|this|that)\b"
    r"|^(?:there|today|yesterday|hi|hello|dear|so|of|all|once|if|when|status)\b"
    r"|^the (?:customer|client|supplier)\b|^(?:我|他|她|你|今天|昨天|明天|本周|上周|下周)"
    r"|^(?:大家|总体|预计)"
    r"|^(?:客户|甲方|目前|合计|工序|说|请|因)|^\W*$|小时$|点$|^\d+$",
    re.I,
)
_LEAD = re.compile(r"^(?:[-*•·\s]+|\(?\d{1,2}[.)、]\s*|(?:the|then|and|also)\s+)", re.I)


def told_of_tasks(parts: Split, *, by_supplier: bool = False) -> tuple[Progress, ...]:
    """Progress of the tasks with a mark, else of those with a name, else of the only one.

    A single state is the only open task's, whatever its writer calls it.

    A supplier writes more than states: his are read where several have numbers.
    """
    words = told(parts)
    marked = progress(words)
    if any(one.task for one in marked):
        return () if by_supplier else marked
    named = tasks_by_name(words)
    if by_supplier:
        counted = sum(one.percent is not None for one in named)
        return named if counted > 1 else ()
    return named if len(named) > 1 else marked or named


def tasks_by_name(text: str) -> tuple[Progress, ...]:
    """The state of each named task; what cannot be told apart from other words is left out."""
    found: dict[str, Progress] = {}
    for each in narrow(text).splitlines()[:MOST]:
        line = each[:LONGEST].strip()
        row = _row(line)
        for one in (row,) if row else _told(line):
            if one is not None:
                found.setdefault(one.task, one)
    return tuple(found.values())


def _row(line: str) -> Progress | None:
    """A row: the task, how far it is, the hours left, and perhaps words."""
    cells = [cell for cell in _GAP.split(line) if cell]
    if len(cells) < 2 or not _is_task(_name(cells[0])):
        return None
    one = _state(_name(cells[0]), " ".join(cells[1:]))
    counted = next((cell for cell in cells[2:3] if re.fullmatch(r"\d{1,4}(?:\.\d)?", cell)), None)
    if one is None or counted is None or one.percent is None:
        return one
    return replace(one, remaining_hours=Decimal(counted))


def _told(line: str) -> Iterator[Progress | None]:
    for part in _END.split(line):
        label = _LABEL.match(part.strip())
        words = part.strip()
        place = label.end() if label else 0
        hit = None if label else _STATE.search(words)
        if not label and (hit is None or hit.start() == 0):
            continue
        name = label[1] if label else words[: hit.start() if hit else 0]
        if _is_task(_name(name)):
            yield _state(_name(name), words[place or len(name) :])


def _name(words: str) -> str:
    return _LEAD.sub("", words).strip(" ,:-")


def _is_task(name: str) -> bool:
    chinese = re.search(r"[\u4e00-\u9fff]", name)
    short = len(name) <= 12 if chinese else len(name.split()) <= 5 and len(name) > 2
    return short and len(name) >= 2 and not _NO_TASK.search(name)


def _state(task: str, words: str) -> Progress | None:
    """How far the task is, by the words behind its name."""
    one = progress_of(task, words)
    stuck = bool(_STUCK.search(words))
    if one is None and _DONE.search(words):
        return Progress(task, 100, Decimal(0), blocked=False, note=words)
    if one is None:
        return Progress(task, None, None, blocked=True, note=words) if stuck else None
    hours = _HOURS.search(words) if one.remaining_hours is None else None
    if hours and one.percent is not None:
        one = replace(one, remaining_hours=Decimal(hours[1]))
    return replace(one, blocked=one.blocked or stuck) if one.percent != 100 else one
