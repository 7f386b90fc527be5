"""Mails of many senders and programs reach an order or a person; no machine is answered."""

import email
import email.policy
from pathlib import Path

import pytest
from sqlalchemy import select

from models.message import Message
from models.order import Order
from models.outbox import Owed
from tests.conversation import ORDERS
from tests.installation import ROOT, Installation, until
from tests.smtp import hand_over

MAILS = ROOT.parent / "shared" / "data" / "orders" / "dev" / "eml"

pytestmark = [
    pytest.mark.engine,
    pytest.mark.skipif(not MAILS.is_dir(), reason="the labelled mails are not here"),
]

CASES = {
    "d001": "new_order",
    "d002": "new_order",
    "d003": "new_order",
    "d007": "new_order",
    "d015": "enquiry",
    "d061": "other",
    "d071": "other",
    "d009": "auto_reply",
    "d090": "auto_reply",
}
ENDS = {
    "new_order": {"order_created", "needs_person"},
    "enquiry": {"needs_person"},
    "other": {"ignored", "needs_person"},
    "auto_reply": {"ignored"},
}


def delivered(installation: Installation, file: Path) -> str:
    """The Message-ID of a mail that the company's mailbox has got as it is."""
    raw = file.read_bytes()
    hand_over(raw, installation.facts["smtp"], sender="sender@elsewhere.example", to=ORDERS)
    return str(email.message_from_bytes(raw, policy=email.policy.compat32)["Message-ID"])


@pytest.mark.parametrize(("name", "kind"), CASES.items())
def test_a_mail_ends_where_it_belongs(installation: Installation, name: str, kind: str) -> None:
    message_id = delivered(installation, MAILS / f"{name}.eml").strip().strip("<>")

    def settled() -> Message | None:
        with installation.services.reading() as session:
            asked = select(Message).where(Message.message_id == message_id)
            return session.scalar(asked.where(Message.state != "new"))

    row = until(settled, f"{name} is dealt with")
    assert row.state in ENDS[kind]
    with installation.services.reading() as session:
        if row.state == "order_created":
            assert session.get_one(Order, row.order_id).contact_mail
        if row.state == "ignored":
            assert session.scalar(select(Owed).where(Owed.recipient == row.sender)) is None
