"""Short formal replies: progress lines and answers to numbered questions."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from domain.mail.extract.numerals import number_of
from domain.mail.plain import narrow
from domain.mail.split import Split

HOURS_A_DAY = 8
_TASK = re.compile(r"[\[(【]?(?<![A-Za-z0-9-])[Tt]\s?-?(\d{1,4})(?![\dA-Za-z-])[\])】]?\s*:?\s*")
_EXAMPLE = re.compile(r"示例|例如|範例|example|e\.g\.|格式", re.I)
_PERCENT = re.compile(
    r"(?<![\d.])(\d{1,3})(?:\.\d+)?\s*(?:%|percent|per cent|pct|个百分点)"
    r"|百分之([一二三四五六七八九十百]+)",
    re.I,
)
_TENTHS = re.compile(r"([一二三四五六七八九\d])成(半)?(?![功本品立果员])")
_FRACTIONS = (
    (re.compile(r"四分之三|three[- ]quarters", re.I), 75),
    (re.compile(r"三分之二|two[- ]thirds", re.I), 67),
    (re.compile(r"三分之一|\b(?:a|one)[- ]third\b", re.I), 33),
    (re.compile(r"四分之一|\b(?:a|one)[- ]quarter\b", re.I), 25),
)
_NOT_DONE = re.compile(
    r"未完|没完|没有完|没.{1,3}完|还没|快.{0,3}完|差一点|差不多|尚未|未开始|没开始"
    r"|not (?:yet )?(?:done|finished|complete|started)"
    r"|unfinished|n.t (?:yet )?(?:done|finished|complete|started)|almost|nearly",
    re.I,
)
_NOT_STARTED = re.compile(
    r"(?:还没|尚未|未|没有?)(?:开始|动|开工|上机|排上)|(?:not|n.t) (?:yet )?(?:started|begun)", re.I
)
_DONE = re.compile(
    r"完成了?(?![一二三四五六七八九\d半])|完工|完事|搞定|结束|弄好了|已交付"
    r"|(?:[做换干装焊调写测画拼喷打修弄编配铺接割磨车铣钻刷涂试]|全部)完|\b(?:done|finished|completed?)\b",
    re.I,
)
_HALF = re.compile(r"一半|\bhalf(?:way)?\b(?! an? | day| hour)", re.I)
_UNIT = r"(小时|個小時|个小时|工时|h(?:ours?|rs?)?\b|天|人天|工作日|d(?:ays?)?\b)"
_AMOUNT = (
    r"(\d{1,5}(?:\.\d{1,3})?|[一二两三四五六七八九十百]{1,5}|半个?|half an?"
    r"|(?:one|two|three|four|five|six|ten) ?)"
)
_REMAINING = re.compile(
    r"(?:剩余?|还剩|还差|还要|还需要?|还得|再要|再有|剩下|余|remaining|left|still|another"
    r"|needs?)\s*(?:大概|大约|差不多|约"
    rf"|about|roughly|some|:)?\s*{_AMOUNT}\s*个?{_UNIT}"
    rf"|(?<![\d.])(?<![a-z]){_AMOUNT}\s*个?{_UNIT}\s*(?:of work )?(?:left|remaining|to go"
    rf"|more\b|就[能可好完])",
    re.I,
)
_BLOCKED = re.compile(
    r"卡住|受阻|停工|停滞|没到货|未到货|没来料|缺料|缺件|无法继续|\bblocked\b|\bstuck\b|on hold"
    r"|(?:客户|甲方|业主|供应商|外协|厂家|对方|物料|材料|来料|图纸).{0,4}(?:没|未|不|还没"
    r"|尚未).{0,2}(?:给|到|来|提供|发|批|确认|回|定|送)"
    r"|(?:做不了|动不了|没法(?:做|干|继续|往下)|卡着|停着)"
    r"|\b(?:is|are|we are|been) (?:stopped|held up)\b|cannot (?:continue|proceed|begin"
    r"|start)|can not (?:continue|proceed|begin|start)"
    r"|(?:material|parts?|drawings?|steel|castings?|data|customer|supplier"
    r"|client)\b.{0,40}\b(?:not (?:yet )?(?:arrived|here|delivered|sent|given|released)|missing)"
    r"|has(?:n.t| not) (?:sent|given|supplied|released|approved)"
    r"|等(?:待)?.{0,6}(?:外协|客户|供应商|来料|物料|材料|图纸|到货|甲方|对方)"
    r"|wait(?:ing|s)? (?:for|on) .{0,40}(?:customer|supplier|client|vendor|deliver|material"
    r"|parts?\b)",
    re.I,
)


@dataclass(frozen=True)
class Progress:
    """One line of a progress report. `task` is as written (T07), empty where none was named."""

    task: str
    percent: int | None
    remaining_hours: Decimal | None
    blocked: bool
    note: str

    @property
    def number(self) -> int | None:
        """The task's number: T07 and T7 are the same one; a task called by name has none."""
        numbered = re.fullmatch(r"\D?(\d+)", self.task)
        return int(numbered[1]) if numbered else None


def told(parts: Split) -> str:
    """What a report says; answers between the quoted tasks stand behind their task's mark."""
    marks = [(_TASK.search(narrow(pair.quoted)), pair.new) for pair in parts.pairs]
    answered = [f"[T{mark[1]}] {' '.join(new.split())}" for mark, new in marks if mark]
    named = bool(_TASK.search(narrow(parts.new)))
    return "\n".join(answered) if answered and not named else parts.new or parts.quoted


def progress(new_text: str) -> tuple[Progress, ...]:
    """Progress of every task named in the text; one without name where only a state is said."""
    text = narrow(new_text)
    marks = list(_TASK.finditer(text))
    if not marks:
        alone = progress_of("", text.strip(), lonely=True)
        return (alone,) if alone is not None else ()
    found: dict[str, Progress] = {}
    for n, mark in enumerate(marks):
        end = marks[n + 1].start() if n + 1 < len(marks) else len(text)
        line = text[mark.end() : end].split("\n")[0].strip()
        before = text[text.rfind("\n", 0, mark.start()) + 1 : mark.start()]
        if _EXAMPLE.search(before):
            continue
        one = progress_of(f"T{mark[1]}", line)
        if one is not None:
            found[one.task] = one
    return tuple(found.values())


def progress_of(task: str, line: str, *, lonely: bool = False) -> Progress | None:
    """The state that a line tells of a task; None where it tells none."""
    percent = _percent(line)
    hours = _hours(line)
    blocked = bool(_BLOCKED.search(line))
    if percent is None and hours is None and not blocked:
        return None
    if lonely and (len(line) > 200 or "\n\n" in line):
        return None
    if percent == 100:
        hours = Decimal(0)
    return Progress(task, percent, hours, blocked, line)


def _percent(line: str) -> int | None:
    """0 to 100, or None where it is not said or not possible."""
    said = _PERCENT.search(line)
    if said:
        value = int(said[1]) if said[1] else int(number_of(said[2]) or 0)
        return value if 0 <= value <= 100 else None
    tenths = _TENTHS.search(line)
    if tenths:
        return int(number_of(tenths[1]) or 0) * 10 + (5 if tenths[2] else 0)
    part = next((value for words, value in _FRACTIONS if words.search(line)), None)
    if part is not None:
        return part
    if _NOT_STARTED.search(line):
        return 0
    if _HALF.search(line):
        return 50
    if _DONE.search(line) and not _NOT_DONE.search(line):
        return 100
    return None


def _hours(line: str) -> Decimal | None:
    said = _REMAINING.search(line)
    if not said:
        return None
    amount, unit = _amount(said[1] or said[3]), (said[2] or said[4]).lower()
    if amount is None:
        return None
    days = unit.startswith(("天", "人天", "工作日", "d"))
    return amount * HOURS_A_DAY if days else amount


def _amount(words: str) -> Decimal | None:
    half = words.lower().startswith(("半", "half"))
    return Decimal("0.5") if half else number_of(words.strip())


_NUMBER = re.compile(r"(?:^|(?<=[\s;,。;,、]))\(?(\d{1,2})\s*[.、):](?=(\d)?)\s*", re.M)


def numbered(new_text: str) -> dict[int, str]:
    """Answers to numbered questions by number, from lines or from one line ("1. 16 2. 15日")."""
    text = narrow(new_text)
    return dict(_pieces(new_text, _rising(text, list(_NUMBER.finditer(text)))))


def _rising(text: str, marks: Sequence[re.Match[str]]) -> list[re.Match[str]]:
    """The marks that count up; "2.5" inside an answer is none, "2.15日" after answer 1 is one."""
    kept: list[re.Match[str]] = []
    for mark in marks:
        last = int(kept[-1][1]) if kept else 0
        step = 1 if mark[2] else 5
        says_something = not kept or bool(text[kept[-1].end() : mark.start()].strip())
        if last < int(mark[1]) <= last + step and says_something:
            kept.append(mark)
    return kept


def _pieces(text: str, marks: Sequence[re.Match[str]]) -> Iterator[tuple[int, str]]:
    for n, mark in enumerate(marks):
        end = marks[n + 1].start() if n + 1 < len(marks) else len(text)
        piece = text[mark.end() : end].split("\n\n")[0]
        value = piece.strip(" ;,\n\t；，")
        if value:
            yield int(mark[1]), value
