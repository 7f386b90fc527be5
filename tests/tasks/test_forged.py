"""T1: nobody becomes a customer or a colleague by writing down an id, a token or a name."""

import random
from dataclasses import replace
from email.message import EmailMessage
from email.utils import format_datetime

import pytest
from sqlalchemy import select

from connectors.inbox import MemoryInbox
from domain.errors import Unreadable
from domain.mail.tokens import reply_token
from domain.names import Channel, Purpose, Verdict
from models import activity
from models.gate import Gate
from models.message import Message
from models.order import Order
from tasks import routing, storing
from tasks.deciding import Answer, decide_one
from tests.tasks.test_intake import messages
from tests.tasks.test_main_line import kinds, to_confirmation, to_plan
from tests.world import World


def forged(world: World, n: int, headers: dict[str, str], text: str = "确认") -> None:
    """A mail from outside with somebody's headers; our server has vouched for nobody."""
    mail = EmailMessage()
    mail["Date"] = format_datetime(world.clock[0])
    mail["Message-ID"] = f"<forged.{n}@elsewhere.example>"
    mail["To"] = headers.pop("To", "orders@zheling.example")
    mail["Subject"] = headers.pop("Subject", "Re: 订单")
    for name, value in headers.items():
        mail[name] = value
    mail.set_content(text)
    storing.store(world.services, "orders", mail.as_bytes())
    routing.read_all(world.services)


def behind_a_server(world: World) -> World:
    """The same installation with a receiving server whose results alone count."""
    settings = world.services.settings
    mail = settings.mail.model_copy(update={"authserv_id": "mail.zheling.example"})
    services = replace(world.services, settings=settings.model_copy(update={"mail": mail}))
    return replace(world, services=services)


def test_made_up_ids_and_tokens_confirm_nothing(world: World) -> None:
    to_confirmation(world)
    outside = behind_a_server(world)
    sent = world.owed("confirmation")[-1]
    chance = random.Random(7)  # noqa: S311 - a search, not a secret
    token = reply_token(b"another key", world.order().id, Purpose.CONFIRMATION)
    for n in range(40):
        flipped = list(sent.message_id)
        flipped[chance.randrange(len(flipped) - 20)] = chance.choice("abcdefgh234567")
        known = chance.choice((sent.message_id, "".join(flipped), "x@y.example"))
        forged(
            outside,
            n,
            {
                "From": chance.choice(
                    ("liu.qiang@lijia.example", "li.ming@zheling.example", "a@b.example")
                ),
                "In-Reply-To": f"<{known}>",
                "To": f"orders+{token}@zheling.example",
                "Subject": f"Re: [{world.order().order_no}]",
            },
        )
    assert world.drive() == "customer_confirmation"
    assert "customer_confirmed" not in kinds(world)


def test_a_spoofed_colleague_approves_nothing(world: World) -> None:
    to_plan(world)
    outside = behind_a_server(world)
    sent = world.owed("approval")[-1]
    forged(
        outside,
        1,
        {"From": "li.ming@zheling.example", "In-Reply-To": f"<{sent.message_id}>"},
        "同意",
    )
    assert world.drive() == "plan"
    assert messages(world)[-1].state == "needs_person"


def test_what_our_server_vouches_for_counts(world: World) -> None:
    to_plan(world)
    outside = behind_a_server(world)
    sent = world.owed("approval")[-1]
    vouched = "mail.zheling.example; dmarc=pass header.from=zheling.example"
    forged(
        outside,
        2,
        {
            "Authentication-Results": vouched,
            "From": "li.ming@zheling.example",
            "In-Reply-To": f"<{sent.message_id}>",
        },
        "同意",
    )
    assert world.drive() == "work"


def test_two_senders_in_one_mail_are_quarantined(world: World) -> None:
    raw = (
        b"From: liu.qiang@lijia.example\r\nFrom: evil@x.example\r\nTo: orders@zheling.example\r\n"
        b"Message-ID: <two@x.example>\r\nSubject: Hi\r\n\r\nconfirm\r\n"
    )
    world.mail(raw)
    row: Message = messages(world)[-1]
    assert row.state == "quarantined"


def test_a_person_is_told_of_two_senders_and_no_order_is_made_of_the_mail(world: World) -> None:
    raw = (
        b"From: liu.qiang@lijia.example\r\nFrom: evil@x.example\r\nTo: orders@zheling.example\r\n"
        b"Message-ID: <two@x.example>\r\nSubject: PO\r\n\r\nWe order 3 pcs pump CP-50.\r\n"
    )
    inbox = MemoryInbox(raw)
    storing.empty(world.services, [inbox])
    routing.read_all(world.services)
    assert inbox.put_aside == {"000001": "duplicate_header"}
    with world.services.reading() as session:
        gate = session.scalars(select(Gate)).one()
        assert session.scalars(select(Order)).all() == []
    assert "已隔离" in gate.briefing
    assert "two senders" in gate.briefing
    word = Answer(gate.number, Verdict.APPROVE, "wu.fang", Channel.LINK, proven=True)
    with pytest.raises(Unreadable):
        decide_one(world.services, replace(word, fields={"kind": "new_order"}))


def test_a_spoofed_colleague_reports_no_progress(world: World) -> None:
    to_plan(world)
    world.answer("plan", "li.ming")
    world.drive()
    sent = next(e for e in world.owed("assignment") if e.recipient.startswith("wang.lei"))
    headers = {"From": "wang.lei@zheling.example", "In-Reply-To": f"<{sent.message_id}>"}
    forged(behind_a_server(world), 3, headers, "[T1] done\n[T4] 50% 剩余6h")
    with world.services.reading() as session:
        rows = {e.label: e for e in activity.of_order(session, world.order().id)}
    assert rows["T1"].state != "done"
    assert messages(world)[-1].state == "needs_person"


def test_a_mailbox_outside_is_trusted_only_by_what_its_server_says(world: World) -> None:
    to_confirmation(world)
    settings = world.services.settings
    mail = settings.mail.model_copy(update={"imap": ["imaps://orders@mail.zheling.example/INBOX"]})
    settings = settings.model_copy(update={"mail": mail})
    outside = replace(world, services=replace(world.services, settings=settings))
    outside.write("确认", answers=world.owed("confirmation")[-1])
    assert world.drive() == "customer_confirmation"
