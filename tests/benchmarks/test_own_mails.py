"""The project's own labelled mails are read, and as well as they once were."""

from functools import cache
from typing import Any

import pytest

from benchmarks.labelled import SEEN, UNSEEN, Labelled, labelled
from tasks.understanding import understood

FLOORS = {SEEN: {"kind": 0.96, "person": 0.85}, UNSEEN: {"kind": 0.9, "person": 0.72}}
"""Shares that were reached once; a rule that falls below them has broken something."""


@cache
def readings(part: str) -> tuple[tuple[Labelled, dict[str, Any]], ...]:
    return tuple((mail, understood(mail.raw, mail.name)) for mail in labelled(part))


def right(mail: Labelled, field: str, value: Any) -> bool:
    return bool(value == mail.label[field] or value in mail.label.get("accept", {}).get(field, []))


def share(hits: list[bool]) -> float:
    return sum(hits) / len(hits)


@pytest.mark.parametrize("part", [SEEN, UNSEEN])
def test_the_kind_of_a_mail_is_understood(part: str) -> None:
    hits = [right(mail, "kind", read["kind"]) for mail, read in readings(part)]
    assert share(hits) >= FLOORS[part]["kind"]


@pytest.mark.parametrize("part", [SEEN, UNSEEN])
def test_nothing_is_taken_for_an_approval_that_is_none(part: str) -> None:
    """Also no refusal where somebody approves: a person must be able to rely on the reading."""
    wrong = [
        mail.name
        for mail, read in readings(part)
        if read["decision"] == "approve" and not right(mail, "decision", "approve")
    ]
    assert wrong == []


@pytest.mark.parametrize("part", [SEEN, UNSEEN])
def test_what_needs_a_person_is_found(part: str) -> None:
    hits = [read["needs_person"] for mail, read in readings(part) if mail.label.get("needs_person")]
    assert share(hits) >= FLOORS[part]["person"]


@pytest.mark.parametrize("part", [SEEN, UNSEEN])
def test_who_is_authenticated_is_never_guessed(part: str) -> None:
    told = [(mail, read) for mail, read in readings(part) if "authenticated" in mail.label]
    assert all(read["authenticated"] == mail.label["authenticated"] for mail, read in told)
