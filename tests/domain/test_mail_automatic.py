"""Machines are told from people, and nobody answers a machine."""

import pytest

from domain.mail.automatic import AutomaticKind, automatic
from domain.mail.decode import read
from tests.domain.mail_factory import mail, raw

BOUNCE = b"""From: MAILER-DAEMON@mx.test\r
Subject: Undelivered Mail Returned to Sender\r
Content-Type: multipart/report; report-type=delivery-status; boundary=b\r
\r
--b\r
Content-Type: text/plain\r
\r
Sorry.\r
--b\r
Content-Type: message/delivery-status\r
\r
Reporting-MTA: dns; mx.test\r
\r
Final-Recipient: rfc822; Li@customer.test\r
Action: %s\r
Status: %s\r
--b\r
Content-Type: message/rfc822\r
\r
Message-ID: <so-1.question.1.x@ours.test>\r
Subject: old\r
\r
body\r
--b--\r
"""


@pytest.mark.parametrize(
    ("action", "status", "kind"),
    [
        (b"failed", b"5.1.1", AutomaticKind.BOUNCE_FAILED),
        (b"delayed", b"4.4.1", AutomaticKind.BOUNCE_DELAYED),
    ],
)
def test_a_bounce_names_the_address_and_the_mail(
    action: bytes, status: bytes, kind: AutomaticKind
) -> None:
    found = automatic(read(BOUNCE % (action, status)))
    assert found is not None
    assert (found.kind, found.failed, found.status) == (
        kind,
        ("Li@customer.test",),
        status.decode(),
    )
    assert found.original_id == "so-1.question.1.x@ours.test"


def test_a_bounce_without_a_report_is_guessed_from_several_signs() -> None:
    found = automatic(
        mail(
            "The following message could not be delivered: <li@customer.test> user unknown",
            From="Mail Delivery System <MAILER-DAEMON@mx.test>",
            Subject="Mail delivery failed",
        )
    )
    assert found is not None
    assert (found.kind, found.failed) == (AutomaticKind.BOUNCE_FAILED, ("li@customer.test",))


@pytest.mark.parametrize(
    ("headers", "kind"),
    [
        ({"Auto_Submitted": "auto-replied"}, AutomaticKind.AUTO_REPLY),
        ({"Subject": "自动回复: 订单"}, AutomaticKind.AUTO_REPLY),
        ({"Subject": "Automatic reply: order"}, AutomaticKind.AUTO_REPLY),
        ({"X_Autoreply": "yes"}, AutomaticKind.AUTO_REPLY),
        ({"Precedence": "bulk"}, AutomaticKind.LIST),
        ({"List_Id": "<news.test>"}, AutomaticKind.LIST),
        ({"X_Orderflow_Purpose": "question"}, AutomaticKind.OWN),
        ({"Auto_Submitted": "auto-generated"}, AutomaticKind.GENERATED),
        ({"Return_Path": "<>"}, AutomaticKind.GENERATED),
    ],
)
def test_a_machine_is_known_by_its_headers(headers: dict[str, str], kind: AutomaticKind) -> None:
    found = automatic(mail(**headers))
    assert found is not None
    assert found.kind is kind


@pytest.mark.parametrize(
    "subject", ["Re: order", "退货问题", "Re: delivery status of my order", "return of goods"]
)
def test_people_are_no_machines(subject: str) -> None:
    assert automatic(read(raw("please call me", Subject=subject, Auto_Submitted="no"))) is None


@pytest.mark.parametrize(
    ("sender", "subject", "body", "kind"),
    [
        ("MDaemon@mx.test", "Permanent Delivery Failure", "no user by that name", "failed"),
        (
            "robot@mx.test",
            "Non-Delivery",
            "Could not deliver the original message to a@b.test",
            "failed",
        ),
        ("postmaster@mx.test", "Warning", "has been postponed; we will keep trying", "delayed"),
    ],
)
def test_a_mail_systems_own_wording_is_understood(
    sender: str, subject: str, body: str, kind: str
) -> None:
    found = automatic(mail(body, From=sender, Subject=subject))
    assert found is not None
    assert found.kind.value == f"bounce_{kind}"


@pytest.mark.parametrize(
    ("subject", "body"),
    [
        ("Delivery failure", "You were unable to deliver the pumps on Monday. Who is in charge?"),
        ("Delivery delayed", "Delivery has been delayed again; please see your message of 2 May."),
        ("SO-1 mail failure", "Your mail says Friday, could not be delivered? The site is open."),
    ],
)
def test_a_customers_words_about_deliveries_are_no_bounce(subject: str, body: str) -> None:
    assert automatic(mail(body, Subject=subject)) is None
