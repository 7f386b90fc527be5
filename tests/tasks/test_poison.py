"""A mail that nobody can read is kept, set aside, and seen by a person; the next one is read."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from connectors.inbox import MemoryInbox
from connectors.reader import PlainReader
from domain.errors import Unreadable
from domain.mail.meaning import Context, Understanding
from domain.mail.message import Mail
from domain.names import Channel, Verdict
from models.gate import Gate
from models.installation import kept
from models.message import Attachment, Message
from tasks import routing, storing
from tasks.deciding import Answer, decide_one
from tests.world import World

POISON = b"X-A: b\n" * 100_000 + b"\nText\n"
GOOD = b"From: a@firm.test\nMessage-ID: <1@firm.test>\nSubject: hello\n\nPlease call me.\n"


class SlowToUnderstand(PlainReader):
    """Opens every mail, and takes too long to understand it."""

    def understand(self, raw: bytes, context: Context) -> tuple[Mail, Understanding]:
        raise Unreadable("too_slow")


def only_gate(world: World) -> Gate:
    with world.services.reading() as session:
        return session.scalars(select(Gate)).one()


def test_poison_is_kept_and_set_aside_and_a_person_reads_why_in_both_languages(
    world: World,
) -> None:
    inbox = MemoryInbox(POISON, GOOD)
    assert len(storing.empty(world.services, [inbox])) == 2
    assert inbox.put_aside == {"000001": "header_block_too_long"}
    assert inbox.taken == ["000002"]
    gate = only_gate(world)
    assert "256 kB" in gate.briefing
    assert "已隔离" in gate.briefing
    with world.services.reading() as session:
        row = session.get_one(Message, gate.message_id)
        assert (row.state, kept(session, row.raw_sha256)) == ("quarantined", POISON)


def test_no_order_is_made_of_a_mail_that_nobody_could_read(world: World) -> None:
    storing.empty(world.services, [MemoryInbox(POISON)])
    answer = Answer(only_gate(world).number, Verdict.APPROVE, "wu.fang", Channel.LINK, proven=True)
    with pytest.raises(Unreadable):
        decide_one(world.services, replace(answer, fields={"kind": "new_order"}))
    decide_one(world.services, replace(answer, fields={"kind": "ignore"}))
    assert only_gate(world).state != "open"


def test_a_mail_that_takes_too_long_to_understand_is_not_tried_again(world: World) -> None:
    services = replace(world.services, reader=SlowToUnderstand())
    storing.store(services, "orders", GOOD)
    assert routing.read_all(services) == 1
    assert routing.read_all(services) == 0
    with services.reading() as session:
        assert session.scalars(select(Message.state)).one() == "quarantined"
    assert only_gate(world).message_id


def test_a_batch_with_the_same_mail_twice_keeps_it_once_and_lets_go_of_both(world: World) -> None:
    inbox = MemoryInbox(GOOD, POISON, GOOD, POISON)
    assert len(storing.empty(world.services, [inbox])) == 2
    assert inbox.waiting(9) == []


def test_the_words_of_a_file_are_kept_beside_it(world: World) -> None:
    head = b"From: a@firm.test\nContent-Type: text/csv; name=a.csv\n\n"
    storing.store(world.services, "orders", head + "品名,数量\n水泵,3\n".encode())
    with world.services.reading() as session:
        (found,) = session.scalars(select(Attachment.words))
    assert "水泵" in found
