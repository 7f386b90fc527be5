"""A key is one owed mail: never overwritten, and never another one in silence."""

from typing import Any

import pytest

from models import outbox
from models.outbox import OtherMail, Owed
from tests.tasks.test_main_line import to_plan
from tests.world import START, World


def owed(**more: Any) -> Owed:
    usual = {
        "key": "mail:k:c@theirs.example",
        "purpose": "notice",
        "variant": "held",
        "sender": "o@ours.example",
        "recipient": "c@theirs.example",
        "subject": "s",
        "text": "t",
        "message_id": "1@ours.example",
        "raw": b"first",
        "next_try_at": START,
        "created_at": START,
    }
    return Owed(**{**usual, **more})


@pytest.mark.parametrize(
    "other", [{"purpose": "question"}, {"variant": "resumed"}, {"order_id": 1}, {"gate_id": 1}]
)
def test_another_mail_under_a_key_is_refused_and_the_first_stays(
    world: World, other: dict[str, Any]
) -> None:
    with world.services.writing() as session:
        first = outbox.owe(session, owed())
    with pytest.raises(OtherMail), world.services.writing() as session:
        outbox.owe(session, owed(message_id="2@ours.example", raw=b"other", **other))
    with world.services.reading() as session:
        assert session.get_one(Owed, first.id).raw == b"first"


def test_the_same_mail_written_anew_is_the_first_one(world: World) -> None:
    with world.services.writing() as session:
        first = outbox.owe(session, owed())
    with world.services.writing() as session:
        again = outbox.owe(session, owed(message_id="2@ours.example", raw=b"a minute later"))
        assert (again.id, again.raw) == (first.id, b"first")


def test_a_mail_owed_before_variants_were_kept_is_the_first_one_too(world: World) -> None:
    with world.services.writing() as session:
        first = outbox.owe(session, owed(variant=outbox.NOT_KEPT))
        assert outbox.owe(session, owed(message_id="2@ours.example")).id == first.id


def test_who_is_customer_and_does_the_work_gets_both_mails_of_a_plan(world: World) -> None:
    to_plan(world)
    with world.services.writing() as session:
        session.merge(world.order()).contact_mail = "wang.lei@zheling.example"
    world.answer("plan", "li.ming")
    got = [e for e in world.owed("plan_released") if e.recipient == "wang.lei@zheling.example"]
    assert {each.variant for each in got} == {"customer", "team"}
