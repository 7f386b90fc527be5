"""A mail of ours that came back marks the address to which it went, and its owner is told once."""

from datetime import datetime
from email.message import EmailMessage

from sqlalchemy import select

from models.customer import Contact
from models.outbox import Owed
from tasks.card import order_card
from tasks.sending import send_due
from tests.tasks.test_intake import messages
from tests.tasks.test_main_line import kinds, to_confirmation
from tests.world import World

REPORT = """From: MAILER-DAEMON@mx.{domain} (Mail Delivery System)
To: orders@zheling.example
Subject: Undelivered Mail Returned to Sender
Message-ID: <{name}@mx.{domain}>
Content-Type: multipart/report; report-type=delivery-status; boundary=b

--b
Content-Type: text/plain

The mail below could not be delivered.
--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.{domain}

Final-Recipient: rfc822; {address}
Action: {action}
Status: {status}

--b
Content-Type: text/rfc822-headers

Message-ID: <{about}>
Subject: x
--b--
"""


def report(
    world: World,
    about: str,
    address: str = "liu.qiang@lijia.example",
    *,
    name: str = "1",
    action: str = "failed",
) -> None:
    status = "5.1.1" if action == "failed" else "4.4.1"
    made = REPORT.format(
        domain="lijia.example",
        name=name,
        address=address,
        about=about,
        action=action,
        status=status,
    )
    world.mail(made.encode())


def bounced(world: World, mail: str = "liu.qiang@lijia.example") -> datetime | None:
    with world.services.reading() as session:
        return session.scalars(select(Contact.bounced_at).where(Contact.mail == mail)).one()


def told(world: World) -> list[Owed]:
    return [each for each in world.owed("notice") if each.variant == "mail_failed"]


def test_a_mail_of_ours_that_came_back_marks_the_contact_and_tells_the_owner(world: World) -> None:
    to_confirmation(world)
    report(world, world.owed("confirmation")[-1].message_id)
    assert bounced(world) is not None
    assert [each.recipient for each in told(world)] == ["chen.yu@zheling.example"]
    assert "liu.qiang@lijia.example" in told(world)[0].text
    assert "mail_failed" in kinds(world)
    with world.services.reading() as session:
        card = order_card(session, world.services, world.order().order_no)
    assert card["mail_came_back_at"]
    assert messages(world)[-1].state == "ignored"


def test_two_reports_of_one_mail_are_told_once(world: World) -> None:
    to_confirmation(world)
    sent = world.owed("confirmation")[-1].message_id
    report(world, sent)
    report(world, sent, name="2")
    assert len(told(world)) == 1
    assert kinds(world).count("mail_failed") == 1


def test_nobody_answers_a_report(world: World) -> None:
    to_confirmation(world)
    before = {each.id for each in world.owed("notice")}
    report(world, world.owed("confirmation")[-1].message_id)
    new = [each for each in world.owed("notice") if each.id not in before]
    assert {each.recipient for each in new} == {"chen.yu@zheling.example"}


def test_a_report_on_a_mail_that_is_not_ours_marks_nobody(world: World) -> None:
    to_confirmation(world)
    report(world, "somebody-elses@firm.example")
    assert bounced(world) is None
    assert told(world) == []


def test_a_report_cannot_mark_an_address_to_which_the_mail_did_not_go(world: World) -> None:
    to_confirmation(world)
    world.write("您好,我司订购:\n品名:法兰\n数量:2件", sender="ma@other.example", subject="订购")
    report(world, world.owed("confirmation")[-1].message_id, "ma@other.example")
    with world.services.reading() as session:
        marked = session.scalars(select(Contact.mail).where(Contact.bounced_at.is_not(None))).all()
    assert marked == ["liu.qiang@lijia.example"]


def test_a_delay_marks_nobody(world: World) -> None:
    to_confirmation(world)
    report(world, world.owed("confirmation")[-1].message_id, action="delayed")
    assert bounced(world) is None
    assert told(world) == []


def in_words(world: World) -> None:
    """A report as many mail systems write it: it names an address and no mail."""
    mail = EmailMessage()
    mail["From"] = "postmaster@lijia.example"
    mail["To"] = "orders@zheling.example"
    mail["Subject"] = "系统退信"
    mail["Message-ID"] = f"<{world.clock[0].timestamp()}@lijia.example>"
    mail.set_content("您发送的邮件无法投递到 liu.qiang@lijia.example,原因:收件人不存在。")
    world.mail(mail.as_bytes())


def test_a_report_that_names_only_an_address_is_about_the_last_mail_that_went_there(
    world: World,
) -> None:
    to_confirmation(world)
    send_due(world.services)
    in_words(world)
    assert bounced(world) is not None
    assert len(told(world)) == 1


def test_a_report_long_after_the_last_mail_is_about_none(world: World) -> None:
    to_confirmation(world)
    send_due(world.services)
    world.later(days=9)
    in_words(world)
    assert bounced(world) is None
