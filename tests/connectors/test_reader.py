"""What one mail takes of time and memory is bounded, and the next mail is read."""

import os
import signal
from collections.abc import Iterator

import pytest

from connectors.reader import PlainReader
from connectors.reader_confined import ConfinedReader
from domain.errors import Unreadable
from domain.mail.meaning import Context

MAIL = b"From: a@customer.test\nSubject: PO 7\n\nPlease supply 12 pcs of valve BV-25.\n"


@pytest.fixture(scope="module")
def reader() -> Iterator[ConfinedReader]:
    made = ConfinedReader(longest_seconds=2.0, program="tests.connectors.greedy_reader")
    yield made
    made.close()


@pytest.mark.parametrize(("verb", "why"), [("spin", "too_slow"), ("devour", "too_much_memory")])
def test_a_mail_that_takes_too_much_is_named_and_the_next_is_read(
    reader: ConfinedReader, verb: str, why: str
) -> None:
    with pytest.raises(Unreadable) as refused:
        reader.ask(verb)
    assert refused.value.reason == why
    assert reader.open(MAIL).mail.subject == "PO 7"


def test_what_is_read_apart_is_what_is_read_here(reader: ConfinedReader) -> None:
    plain = PlainReader()
    assert reader.open(MAIL) == plain.open(MAIL)
    assert reader.understand(MAIL, Context()) == plain.understand(MAIL, Context())


def test_a_reader_killed_between_two_mails_is_replaced_unseen(reader: ConfinedReader) -> None:
    reader.open(MAIL)
    os.kill(reader.pid, signal.SIGKILL)
    assert reader.open(MAIL).mail.subject == "PO 7"


def test_a_limit_is_named_before_anything_is_parsed(reader: ConfinedReader) -> None:
    with pytest.raises(Unreadable) as refused:
        reader.open(b"X-A: b\n" * 100_000 + MAIL)
    assert refused.value.reason == "header_block_too_long"
