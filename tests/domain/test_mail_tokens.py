"""A reply proves which order it belongs to; nobody can make the proof up."""

import pytest

from domain.mail.tokens import message_id, read_message_id, read_token, reply_token
from domain.names import Purpose

KEY = b"a secret of the tests"


@pytest.mark.parametrize("purpose", list(Purpose))
def test_a_token_comes_back_as_it_went_out(purpose: Purpose) -> None:
    token = reply_token(KEY, 987_654, purpose)
    assert len(token) == 24
    assert read_token(KEY, f"Orders <ORDERS+{token.upper()}@ours.test>") == (987_654, purpose)


def test_a_changed_token_or_another_key_is_worthless() -> None:
    token = reply_token(KEY, 7, Purpose.APPROVAL)
    other = ("a" if token[0] != "a" else "b") + token[1:]
    assert read_token(KEY, other) is None
    assert read_token(b"another key", token) is None
    assert read_token(KEY, "abcdefghijklmnopqrstuvwx orders@ours.test") is None


def test_a_message_id_is_the_same_each_time_and_is_read_back() -> None:
    ids = {message_id(KEY, "SO-2026-00012", Purpose.CONFIRMATION, 3, "Ours.test") for _ in range(3)}
    (one,) = ids
    assert read_message_id(KEY, f"<{one}>") == ("SO-2026-00012", Purpose.CONFIRMATION, 3)
    assert read_message_id(KEY, one.replace(".3.", ".4.")) is None
    assert read_message_id(KEY, "x@y.test") is None
