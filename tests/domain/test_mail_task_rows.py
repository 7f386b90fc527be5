"""Progress of tasks that are called by name."""

import pytest

from domain.mail.reports import Progress
from domain.mail.task_rows import tasks_by_name

Told = tuple[str, int | None, str | None, bool]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "                 done   hours left\nroller turning      60 %      8\n",
            [("roller turning", 60, "8", False)],
        ),
        (
            "Shaft 2 grinding done. Shaft 1 grinding 30 pct, 9h to go.",
            [("Shaft 2 grinding", 100, "0", False), ("Shaft 1 grinding", 30, "9", False)],
        ),
        (
            "支架焊接  做到80%，还剩6小时\n喷漆  完了",
            [("支架焊接", 80, "6", False), ("喷漆", 100, "0", False)],
        ),
        (
            "Wiring cannot begin, the customer has not sent his list.",
            [("Wiring", None, None, True)],
        ),
    ],
)
def test_each_named_task_has_its_state(text: str, expected: list[Told]) -> None:
    assert [_told(one) for one in tasks_by_name(text)] == expected


@pytest.mark.parametrize("text", ["We will see you on Monday.", "Hello all", "辛苦了"])
def test_other_words_are_no_task(text: str) -> None:
    assert tasks_by_name(text) == ()


def test_a_number_within_a_name_is_no_tasks_mark() -> None:
    assert [one.number for one in tasks_by_name("Gearbox 2 assembly done.")] == [None]


def _told(one: Progress) -> Told:
    hours = one.remaining_hours
    return one.task, one.percent, None if hours is None else str(hours), one.blocked
