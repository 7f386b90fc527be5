"""What a review of all orders says: sentences for its stored facts, in the reader's language."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from domain.deviation import Deviation
from domain.names import Language
from templates import words

Row = Mapping[str, Any]
SUBJECTS = {"state": "state", "light": "light", "new": "state", "ended": "state"}
"""Changes whose values are words of these tables."""


def finding(found: Row, language: Language) -> str:
    """One finding: `kind`, `subject`, `facts`."""
    facts = {key: _said(value, language) for key, value in found["facts"].items()}
    facts["name"] = facts.get("zh" if language is Language.ZH else "en", "")
    if "gate" in facts:
        facts["gate"] = words.word("gate", found["facts"]["gate"], language)
    for key in ("party", "who"):
        if words.known("party", str(found["facts"].get(key, "")), language):
            facts[key] = words.word("party", found["facts"][key], language)
    return _say("deviation", found["kind"], language, subject=found["subject"], **facts)


def deviation(found: Deviation, language: Language) -> str:
    """One finding that has not been stored."""
    row = {"kind": str(found.kind), "subject": found.subject, "facts": found.facts}
    return finding(row, language)


def reason(findings: Sequence[Row], language: Language) -> str:
    """Why an order has its light: the worst finding, and how many there are beside it."""
    if not findings:
        return ""
    said = finding(findings[0], language)
    return said if len(findings) == 1 else f"{said} (+{len(findings) - 1})"


def both(findings: Sequence[Row]) -> str:
    """The reason in both languages."""
    zh, en = (reason(findings, language) for language in (Language.ZH, Language.EN))
    return f"{zh} / {en}" if zh else ""


def order(row: Row, language: Language) -> str:
    """One order of the agenda."""
    return _say(
        *("line", "order", language),
        light=words.word("light", row["light"], language),
        order_no=row["order_no"],
        customer=row["customer"],
        state=words.word("state", row["state"], language),
        reason=reason(row["findings"], language) or words.NONE,
    )


def change(row: Row, language: Language) -> str:
    """One thing that is otherwise than in the review before."""
    kind = SUBJECTS.get(row["what"])
    before, after = (
        words.word(kind, value, language) if kind and value else _said(value, language)
        for value in (row["before"], row["after"])
    )
    return _say(
        "change", row["what"], language, order_no=row["order_no"], before=before, after=after
    )


def decision(row: Row, language: Language) -> str:
    """One decision that is overdue, and who is asked."""
    return _say(
        *("line", "decision", language),
        gate=row["gate"],
        order_no=row["order_no"],
        kind=words.word("gate", row["kind"], language),
        at=_said(row["asked_at"], language),
        who=", ".join(row["who"]) or words.word("party", row["party"], language),
    )


def action(row: Row, language: Language) -> str:
    """One thing that somebody has to do."""
    if row["what"] in ("decide", "report", "inform"):
        facts = {"due": _said(row["due_at"], language), "order_no": row["order_no"]}
        what = _say("line", row["what"], language, **facts)
    else:
        what = finding(row["finding"], language)
    return _say("line", "action", language, who=row["who"], order_no=row["order_no"], what=what)


def minutes(content: Row, language: Language, most: int = 30) -> list[str]:
    """The review as lines: decisions, orders that are not green, actions, changes."""
    parts = (
        ("decisions", [decision(each, language) for each in content["decisions"]]),
        ("orders", [order(r, language) for r in content["orders"] if r["light"] != "green"]),
        ("actions", [action(each, language) for each in content["actions"]]),
        ("changed", [change(each, language) for each in content["changed"]]),
    )
    found = [summary(content, language)]
    if content.get("missed"):
        found.append(_say("line", "missed", language, day=_said(content["missed"], language)))
    if content["joined"]:
        found.append(_say("line", "joined", language, periods=", ".join(content["joined"])))
    if content["figures_of"]:
        found.append(_say("line", "figures_of", language, month=content["figures_of"]))
    for part, lines in parts:
        head = words.wording("portfolio", language)["part"][part]
        found += [f"{head} · {line}" for line in lines[:most]]
        if len(lines) > most:
            found.append(f"{head} · " + _say("line", "more", language, count=len(lines) - most))
    return found


def summary(content: Row, language: Language) -> str:
    """The review in one sentence."""
    lights = [row["light"] for row in content["orders"]]
    return _say(
        *("line", "summary", language),
        orders=len(lights),
        red=lights.count("red"),
        amber=lights.count("amber"),
        decisions=len(content["decisions"]),
        actions=len(content["actions"]),
    )


def in_both(say: Callable[[Row, Language], str], rows: Sequence[Row]) -> tuple[str, ...]:
    """Each row in both languages, for a page that all operators read."""
    return tuple(f"{say(row, Language.ZH)} / {say(row, Language.EN)}" for row in rows)


def _say(table: str, key: str, language: Language, **facts: object) -> str:
    return words.one_line(words.wording("portfolio", language)[table][key].format_map(facts))


def _said(value: object, language: Language) -> str:
    """A stored fact: days and instants as people read them, other texts as they are."""
    text = str(value or words.NONE)
    if re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        return words.day(date.fromisoformat(text), language)
    if re.fullmatch(r"\d{4}-\d\d-\d\dT[\d:.]+(\+\d\d:\d\d|Z)", text):
        at = datetime.fromisoformat(text)  # stored with the offset of the company's zone
        return f"{words.day(at.date(), language)} {at:%H:%M}"
    return text
