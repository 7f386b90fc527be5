"""Short formal replies: progress lines, survey scores, answers to numbered questions."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from domain.mail.extract.numerals import number_of
from domain.mail.plain import narrow
from domain.mail.split import Split

HOURS_A_DAY = 8
_TASK = re.compile(r"[\[(【]?(?<![A-Za-z0-9-])[Tt]\s?-?(\d{1,4})(?![\dA-Za-z-])[\])】]?\s*:?\s*")
_EXAMPLE = re.compile(r"示例|例如|範例|example|e\.g\.|格式", re.I)
_PERCENT = re.compile(
    r"(?<![\d.])(\d{1,3})(?:\.\d+)?\s*(?:%|percent|个百分点)|百分之([一二三四五六七八九十百]+)",
    re.I,
)
_NOT_DONE = re.compile(
    r"未完|没完|没有完|还没|尚未|未开始|没开始|not (?:yet )?(?:done|finished|complete|started)"
    r"|unfinished",
    re.I,
)
_NOT_STARTED = re.compile(r"(?:还没|尚未|未|没有?)(?:开始|动|开工)|not (?:yet )?started", re.I)
_DONE = re.compile(
    r"完成了?(?![一二三四五六七八九\d半])|做完|换完|干完|全部完|搞定|结束|\b(?:done|finished"
    r"|completed?)\b",
    re.I,
)
_HALF = re.compile(r"一半|\bhalf(?:way)?\b", re.I)
_UNIT = r"(小时|個小時|个小时|工时|h(?:ours?|rs?)?\b|天|人天|工作日|d(?:ays?)?\b)"
_REMAINING = re.compile(
    r"(?:剩余?|还剩|还要|还需要?|剩下|余|remaining|left|still|another|needs?)\s*(?:大概|约"
    r"|about|:)?\s*"
    rf"(\d+(?:\.\d+)?)\s*{_UNIT}|(?<![\d.])(\d{{1,5}}(?:\.\d{{1,3}})?)\s*{_UNIT}\s*"
    r"(?:left|remaining|to go|more\b)",
    re.I,
)
_BLOCKED = re.compile(
    r"卡住|受阻|停工|停滞|没到货|未到货|没来料|缺料|缺件|无法继续|\bblocked\b|\bstuck\b|on hold"
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
        """The task's number: T07 and T7 are the same one."""
        digits = re.sub(r"\D", "", self.task)
        return int(digits) if digits else None


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
        alone = _progress_of("", text.strip(), lonely=True)
        return (alone,) if alone is not None else ()
    found: dict[str, Progress] = {}
    for n, mark in enumerate(marks):
        end = marks[n + 1].start() if n + 1 < len(marks) else len(text)
        line = text[mark.end() : end].split("\n")[0].strip()
        before = text[text.rfind("\n", 0, mark.start()) + 1 : mark.start()]
        if _EXAMPLE.search(before):
            continue
        one = _progress_of(f"T{mark[1]}", line)
        if one is not None:
            found[one.task] = one
    return tuple(found.values())


def _progress_of(task: str, line: str, *, lonely: bool = False) -> Progress | None:
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
    amount, unit = Decimal(said[1] or said[3]), (said[2] or said[4]).lower()
    days = unit.startswith(("天", "人天", "工作日", "d"))
    return amount * HOURS_A_DAY if days else amount


SCORES = ("overall", "on_time", "quality", "communication", "price", "recommend")
_NAMES = {
    "overall": r"总体|整体|综合|overall",
    "on_time": r"按时|准时|交付|交期|及时|on[- ]?time|punctual|\btime\b|deliver",
    "quality": r"质量|品质|quality",
    "communication": r"沟通|配合|communicat",
    "price": r"价格|性价比|price|value",
    "recommend": r"推荐|recommend",
}


@dataclass(frozen=True)
class SurveyAnswer:
    """Scores of 1 to 5 (`recommend` 0 to 10) and what was written beside them."""

    scores: Mapping[str, int]
    text: str | None = None
    contact_me: bool | None = None


def survey(new_text: str) -> SurveyAnswer | None:
    """The scores of a survey reply, or None where it is none. A score out of range is left out."""
    text = narrow(new_text).strip()
    scores = _bare(text) or _numbered_scores(text) or _named(text)
    valid = {k: v for k, v in scores.items() if (0 if k == "recommend" else 1) <= v <= _top(k)}
    if not valid:
        return None
    answers = numbered(new_text)
    remark = answers.get(7) if len(answers) >= 6 else None
    contact = answers.get(8, "")
    wanted = False if re.search(r"不|no\b", contact, re.I) else bool(contact)
    return SurveyAnswer(valid, remark, wanted if contact else None)


def _top(name: str) -> int:
    return 10 if name == "recommend" else 5


def _bare(text: str) -> dict[str, int]:
    """Scores from a first line of five or six numbers; with five, the price is not asked."""
    first = text.split("\n")[0]
    if not re.fullmatch(r"\d{1,2}(?:[\s,,、/;]+\d{1,2}){4,5}[\s.。]*", first):
        return {}
    values = [int(value) for value in re.findall(r"\d+", first)]
    names = SCORES if len(values) == 6 else tuple(name for name in SCORES if name != "price")
    return dict(zip(names, values, strict=True))


def _numbered_scores(text: str) -> dict[str, int]:
    answers = numbered(text)
    if len(answers) < 3 or any(_label(value) for value in answers.values()):
        return {}
    read = {name: _score(answers.get(n, "")) for n, name in enumerate(SCORES, start=1)}
    return {name: value for name, value in read.items() if value is not None}


def _named(text: str) -> dict[str, int]:
    found: dict[str, int] = {}
    for name, words in _NAMES.items():
        hit = re.search(
            rf"(?:{words})[^\d\n,;一二三四五六七八九十]{{0,20}}(?:\(\d+-\d+\))?[\s:]*"
            r"(\d{1,2}|[一二三四五六七八九十])(?!\d)",
            text,
            re.I,
        )
        value = number_of(hit[1]) if hit else None
        if value is not None:
            found[name] = int(value)
    return found if len(found) >= 2 else {}


def _label(value: str) -> bool:
    return any(re.search(words, value[:12], re.I) for words in _NAMES.values())


def _score(value: str) -> int | None:
    hit = re.match(r"\s*(\d{1,2}|[一二三四五六七八九十])(?!\d)", narrow(value))
    read = number_of(hit[1]) if hit else None
    return int(read) if read is not None else None


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
