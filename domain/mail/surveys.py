"""Answers to our survey: scores as numbers or words, in one line, numbered, named or in"
" the quote."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from domain.mail.extract.numerals import number_of
from domain.mail.reports import numbered
from domain.mail.traditional import folded

SCORES = ("overall", "on_time", "quality", "communication", "price", "recommend")
_NAMES = {
    "overall": r"总体|整体|综合|总的|overall|general|satisf",
    "on_time": r"按时|准时|交付|交期|交货|及时|时间|on[- ]?time|punctual|\btime\b"
    "|\btiming\b|deliver",
    "quality": r"质量|品质|quality|workmanship",
    "communication": r"沟通|配合|communicat|contact with",
    "price": r"价格|性价比|价钱|price|value|cost",
    "recommend": r"推荐|介绍给|recommend",
}
_WORDS = {
    "zero": 0,
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
    "满分": -1,
    "full marks": -1,
    "top marks": -1,
}
_RANGE = re.compile(
    r"[(（\[]?\s*\d{1,2}\s*(?:[-–~到至]|to)\s*\d{1,2}\s*(?:分)?[^)）\]\n\d]{0,24}[)）\]]"
    r"|[(（\[][^()（）\]\n]{0,60}=[^)）\]\n]{0,80}[)）\]]"
)
"""The scale beside a question: (0-10), (1 = bad, 5 = very good)."""
_NUMBER = re.compile(
    r"(?<![\d.])(\d{1,2})(?:\s*/\s*(?:5|10))?(?![\d.]*\d|\s*(?:days?|weeks?|天|周|号|月|个))"
    r"|\b(zero|one|two|three|four|five|six|seven|eight|nine|ten)\b|(满分|full marks|top marks)"
    r"|([一二三四五六七八九十])(?=分|$|[\s,。;])",
    re.I,
)
_NOTHING = re.compile(r"(?:没有?了?|无|暂无|none|no|nothing|n/?a|-)[。.!]?", re.I)
_NO = re.compile(r"不|别|免|没必要|\bno\b|not (?:needed|necessary)|n't", re.I)
_YES = re.compile(
    r"可以|好|要|行|是|电话|\byes\b|\bplease\b|\bsure\b|\bok\b|\bring\b"
    r"|\bcall\b",
    re.I,
)
_CALL_ME = re.compile(
    r"(?:please |do )?(?:ring|call|phone) (?:me|us)|(?:给我"
    r"|请).{0,4}(?:回|打).{0,3}电话",
    re.I,
)


@dataclass(frozen=True)
class SurveyAnswer:
    """Scores of 1 to 5 (`recommend` 0 to 10) and what was written beside them."""

    scores: Mapping[str, int]
    text: str | None = None
    contact_me: bool | None = None


def survey(new_text: str, quoted: str = "") -> SurveyAnswer | None:
    """The scores of a survey reply, or None where it is none; scores out of range are left out.

    Where the new text has none, they may stand behind the questions in the quote.
    """
    return _answer(new_text) or (_answer(quoted, filled_in=True) if quoted else None)


def _answer(text: str, *, filled_in: bool = False) -> SurveyAnswer | None:
    asked = _RANGE.sub(" ", text).strip()
    plain, items = folded(asked), numbered(asked)
    scores = (
        (not filled_in and _bare(plain))
        or _numbered_scores(items)
        or ({} if filled_in else _named(plain))
    )
    top = {name: 10 if name == "recommend" else 5 for name in SCORES}
    valid = {
        name: top[name] if value == -1 else value
        for name, value in scores.items()
        if value == -1 or (0 if name == "recommend" else 1) <= value <= top[name]
    }
    if len(valid) < 2:
        return None
    remark = _said(items.get(7)) if len(items) >= 6 else None
    return SurveyAnswer(valid, remark, _wants_contact(items.get(8), remark))


def _wants_contact(answer: str | None, remark: str | None) -> bool | None:
    said = _said(answer) if answer else None
    if answer and (said is None or _NO.search(folded(said))):
        return False
    if said and _YES.search(folded(said)):
        return True
    return True if remark and _CALL_ME.search(folded(remark)) else None


def _said(item: str | None) -> str | None:
    """An item without the question in front; None where nothing was said."""
    if item is None:
        return None
    words = re.sub(r"^[^:：?？\n]{0,40}[:：?？]\s*", "", item, count=1).strip()
    return None if not words or _NOTHING.fullmatch(words) else words


def _bare(text: str) -> dict[str, int]:
    """Scores from a first line of five or six numbers; with five, the price is not asked."""
    first = text.split("\n")[0]
    if not re.fullmatch(r"\d{1,2}(?:[\s,,、/;|]+\d{1,2}){4,5}[\s.。]*", first):
        return {}
    values = [int(value) for value in re.findall(r"\d+", first)]
    names = SCORES if len(values) == 6 else tuple(name for name in SCORES if name != "price")
    return dict(zip(names, values, strict=True))


def _numbered_scores(items: Mapping[int, str]) -> dict[str, int]:
    """Scores of numbered items: by the name in the item, else by its number."""
    if len(items) < 3:
        return {}
    found: dict[str, int] = {}
    for n, written in items.items():
        item = folded(written)
        name = _name_of(item) or (SCORES[n - 1] if n <= len(SCORES) else None)
        value = _score(_value_of(item))
        if name is not None and value is not None and n <= len(SCORES) + 1:
            found.setdefault(name, value)
    return found if len(found) >= 3 else {}


def _value_of(item: str) -> str:
    """What stands behind the question of an item: behind its colon, else behind its name."""
    head, colon, tail = item.partition(":")
    if colon and _score(head) is None:
        return tail
    name = _name_of(item)
    words = re.search(_NAMES[name], item, re.I) if name else None
    return item[words.end() :] if words and words.start() < 20 else item


def _name_of(item: str) -> str | None:
    named = ((name, re.search(words, item[:40], re.I)) for name, words in _NAMES.items())
    hits = [(hit.start(), name) for name, hit in named if hit]
    return min(hits)[1] if hits else None


def _named(text: str) -> dict[str, int]:
    found: dict[str, int] = {}
    for name, words in _NAMES.items():
        pattern = rf"(?:{words})[^\d\n,;]{{0,24}}?[\s:=]*(?P<rest>[^\n,;]{{0,16}})"
        hit = re.search(pattern, text, re.I)
        value = _score(hit["rest"]) if hit else None
        if value is not None:
            found[name] = value
    return found if len(found) >= 2 else {}


def _score(words: str) -> int | None:
    """The first number of the words, in digits or in letters; -1 for the full score."""
    hit = _NUMBER.search(words[:60])
    if hit is None:
        return None
    if hit[1]:
        return int(hit[1])
    if hit[2] or hit[3]:
        return _WORDS[(hit[2] or hit[3]).lower()]
    read = number_of(hit[4])
    return int(read) if read is not None else None
