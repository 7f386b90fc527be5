"""The ledger first: what was stored is known, whatever becomes of the mailbox."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import SecretStr

from connectors.inbox import MemoryInbox
from connectors.inbox_imap import ImapInbox
from tasks import storing
from tests.dovecot import Dovecot, running_dovecot
from tests.world import make_world

USER = "orders"
MAIL = b"Message-ID: <one@customer.test>\r\nFrom: a@customer.test\r\nSubject: one\r\n\r\nText\r\n"


@pytest.fixture
def dovecot() -> Iterator[Dovecot]:
    with running_dovecot() as server:
        yield server


def test_a_mail_that_was_stored_and_not_moved_is_known_when_it_is_seen_again(
    dovecot: Dovecot, database_url: str, tmp_path: Path
) -> None:
    services = make_world(database_url, tmp_path).services
    dovecot.deliver(USER, MAIL)
    first, second = ImapInbox(dovecot.server(USER)), ImapInbox(dovecot.server(USER))
    assert len(storing.empty(services, [first])) == 1
    first.close()  # before it has moved anything
    assert storing.empty(services, [second]) == []
    assert list(second.waiting(9)) == []
    assert dovecot.lying_in(USER, "Processed") == [MAIL]


def test_a_mailbox_that_refuses_us_keeps_no_other_from_being_read(
    dovecot: Dovecot, database_url: str, tmp_path: Path
) -> None:
    services = make_world(database_url, tmp_path).services
    refusing = ImapInbox(dovecot.server(USER, password=SecretStr("wrong")))
    assert len(storing.empty(services, [refusing, MemoryInbox(MAIL)])) == 1
