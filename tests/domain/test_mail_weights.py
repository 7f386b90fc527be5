"""What mails have taught is a table that can be read, and reads the same everywhere."""

import pytest

from benchmarks.learning.logistic import Example, fit
from domain.mail.kinds import MailKind
from domain.mail.weights import ALWAYS, LEARNED, learned, written

EXAMPLES: list[Example] = [
    ({"rain": 1.0}, "wet"),
    ({"rain": 1.0, "wind": 1.0}, "wet"),
    ({"sun": 1.0}, "dry"),
    ({"sun": 1.0, "wind": 1.0}, "dry"),
    ({}, "dry"),
]


def test_a_sign_speaks_for_the_answer_with_which_it_was_seen() -> None:
    shares = fit(EXAMPLES).shares({"rain": 1.0})
    assert shares["wet"] > 0.6
    assert sum(shares.values()) == pytest.approx(1)


def test_a_sign_that_taught_nothing_says_nothing() -> None:
    weights = fit(EXAMPLES)
    assert weights.shares({"snow": 1.0}) == weights.shares({})
    assert weights.chance(()) == weights.shares({})["wet"]


def test_held_small_weights_are_less_sure() -> None:
    bold, shy = (fit(EXAMPLES, ridge=ridge).shares({"rain": 1.0})["wet"] for ridge in (0.1, 10))
    assert bold > shy


def test_learning_is_always_the_same() -> None:
    assert written(fit(EXAMPLES)) == written(fit(EXAMPLES))


@pytest.mark.parametrize("name", sorted(file.name[:-4] for file in LEARNED.iterdir()))
def test_each_table_has_a_number_for_each_answer(name: str) -> None:
    weights = learned(name)
    assert ALWAYS in weights.rows
    assert all(len(row) == len(weights.answers) for row in weights.rows.values())


def test_every_kind_that_people_write_has_weights() -> None:
    assert set(learned("kinds").answers) == set(MailKind) - {MailKind.AUTO_REPLY}
