"""What a reply decides, by a grammar so narrow that nothing is decided by accident.

Only the first new line counts and it must be a word of the table as a whole; "不同意" contains
"同意", and "no objection" is no "no". Everything else is for a person, or a change that is asked
for. A change never approves.
"""

import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from domain.mail.extract.changes import ChangeItem, changes_in
from domain.mail.plain import as_word, narrow
from domain.names import Verdict

_WORDS: dict[Verdict, tuple[str, ...]] = {
    Verdict.APPROVE: (
        *(
            "同意",
            "批准",
            "通过",
            "可以",
            "确认",
            "通過",
            "確認",
            "确认无误",
            "同意验收",
            "同意驗收",
        ),
        *("approve", "approved", "agree", "agreed", "yes", "ok", "confirm", "confirmed"),
        *("验收通过", "驗收通過", "验收合格", "accept", "accepted"),
    ),
    Verdict.REJECT: (
        *("不同意", "驳回", "拒绝", "不批准", "駁回", "拒絕", "不通过", "不通過"),
        *("reject", "rejected", "no", "验收不通过", "驗收不通過", "not accepted"),
    ),
    Verdict.CHANGES: ("修改", "退回", "需修改", "退回修改", "changes", "changes_requested"),
}
_VERDICTS = {word: verdict for verdict, words in _WORDS.items() for word in words}
_APPROVALS = "|".join(sorted(_WORDS[Verdict.APPROVE], key=len, reverse=True))
_REFUSAL = re.compile(
    r"^(?:不同意|驳回|验收不通过|驗收不通過|reject(?:ed)?|not accepted)\s*:\s*(\S.*)$", re.I
)
_CONDITION = re.compile(rf"^(?:{_APPROVALS})(?![a-z_])[\s,.。;:!、]*(.+)$", re.I)
_BUT = re.compile(
    r"(?:^|[\s,.。;!、])(?:但|但是|不过|不過|只是|除了|除非|前提|另外.{0,20}改|but\b"
    r"|however\b|except\b"
    r"|provided\b|unless\b|only if\b|subject to\b|on condition\b)",
    re.I,
)
_SIGNATURE = re.compile(
    r"公司|有限|电话|手机|传真|\btel\b|\bphone\b|\bmobile\b|regards|此致|敬礼|谢谢|thanks|@|\d{7,}"
    r"|(?:^|\s)(?:ltd|gmbh|inc|llc|sas|sarl)\b",
    re.I,
)
_BULLET = re.compile(r"^\s*(?:[-*•·]|\(?\d{1,2}\s*[.、.)）:])\s*")
_RECEIPTS = frozenset(
    (
        "收到",
        "已收到",
        "收到了",
        "收到谢谢",
        "收到,谢谢",
        "货已收到",
        "已签收",
        "签收",
        "已收货",
        "收货",
    )
).union(("received", "well received", "goods received", "received with thanks", "noted"))


class Doubt(StrEnum):
    """Why no verdict was read although the mail may contain one."""

    EMPTY = "empty"
    NOT_A_WORD = "not_a_word"
    CONTRADICTION = "contradiction"
    MACHINE = "machine"
    SENDER = "sender"


@dataclass(frozen=True)
class Answer:
    """What a reply decides. Without a verdict a person reads it, for the reason in `doubt`."""

    verdict: Verdict | None
    comment: str = ""
    items: tuple[str, ...] = ()
    changes: tuple[ChangeItem, ...] = ()
    doubt: Doubt | None = None


def answer(new_text: str, base: datetime) -> Answer:
    """The verdict in the new text of a reply; `base` is the mail's Date, for dates in changes."""
    lines = [line.strip() for line in new_text.splitlines()]
    first = next((n for n, line in enumerate(lines) if line), None)
    if first is None:
        return Answer(None, doubt=Doubt.EMPTY)
    rest = "\n".join(lines[first + 1 :]).strip()
    verdict = _VERDICTS.get(as_word(lines[first]))
    others = {
        _VERDICTS[word] for line in lines[first + 1 :] if (word := as_word(line)) in _VERDICTS
    }
    if verdict is not None and others - {verdict}:
        return Answer(None, rest, doubt=Doubt.CONTRADICTION)
    if verdict is Verdict.APPROVE:
        return _approval(rest, base)
    if verdict is not None:
        changes = changes_in(rest, base) if verdict is Verdict.CHANGES else ()
        return Answer(verdict, rest, items_of(rest), changes)
    return _sentence(lines[first], rest, base)


def _approval(rest: str, base: datetime) -> Answer:
    """An approval, unless the lines below take something of it back."""
    changes = changes_in(rest, base)
    if changes or _BUT.search(narrow(rest)):
        return Answer(Verdict.CHANGES, rest, changes=changes)
    return Answer(Verdict.APPROVE, rest)


def _sentence(line: str, rest: str, base: datetime) -> Answer:
    """A first line of more than a word: a refusal with reason, a conditional yes, or open."""
    plain = narrow(line)
    refusal = _REFUSAL.match(plain)
    if refusal:
        reason = f"{refusal[1]}\n{rest}".strip()
        return Answer(Verdict.REJECT, reason, items_of(reason))
    conditional = _CONDITION.match(plain)
    text = f"{line}\n{rest}".strip()
    if conditional:
        changes = changes_in(f"{conditional[1]}\n{rest}", base)
        if changes or _BUT.search(f" {conditional[1]}"):
            return Answer(Verdict.CHANGES, text, changes=changes)
    return Answer(None, text, doubt=Doubt.NOT_A_WORD)


def items_of(text: str) -> tuple[str, ...]:
    """The items of a refusal: one a line or between semicolons, up to the signature."""
    items: list[str] = []
    for line in text.splitlines():
        if not line.strip() and items:
            break
        if _SIGNATURE.search(narrow(line)) and (items or len(line) < 40):
            break
        parts = (_BULLET.sub("", part).strip() for part in re.split(r"[;\uff1b]", line))
        items.extend(part for part in parts if part)
    return tuple(items)


def receipt(new_text: str) -> bool:
    """True if the reply says no more than that something has arrived."""
    first = next((line for line in new_text.splitlines() if line.strip()), "")
    return as_word(first) in _RECEIPTS
