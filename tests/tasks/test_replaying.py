"""Past mails read again: what would change, beside what people have said."""

from sqlalchemy import select

from models.message import Message
from tasks.replaying import readable, replayed
from tests.tasks.test_correcting import LINES, UNCLEAR, row, say
from tests.world import World

ORDER = "您好,我司订购:\n品名:外壳\n型号:BX-9\n数量:16件\n交期:12月15日\n\n刘强\n苏州砺嘉"


def test_where_the_rules_are_the_same_nothing_is_said(world: World) -> None:
    world.write(ORDER, subject="订购")
    assert [replayed(world.services, each) for each in readable(world.services, None)] == [None]


def test_what_the_rules_read_otherwise_now_is_shown_and_not_written(world: World) -> None:
    world.write(ORDER, subject="订购")
    with world.services.writing() as session:
        mail = session.scalars(select(Message)).one()
        fields = {**mail.understanding["fields"], "due_date": {"value": "2026-12-05"}}
        mail.understanding = {**mail.understanding, "kind": "enquiry", "fields": fields}
    kept = row(world).understanding
    found = replayed(world.services, row(world).id)
    assert found is not None
    told = {each["what"]: (each["before"], each["after"]) for each in found["changes"]}
    assert told == {
        "kind": ("enquiry", "new_order"),
        "due_date": ("2026-12-05", "2026-12-15"),
    }
    assert row(world).understanding == kept


def test_the_word_of_a_person_is_shown_as_agreeing_or_not(world: World) -> None:
    world.write(UNCLEAR, subject="你好", sender="who@unknown.example")
    say(world, kind="new_order", customer="青禾泵业", contact="周宁", lines=LINES, due_date="不限")
    found = replayed(world.services, row(world).id)
    assert found is not None
    agrees = {each["what"]: each["agrees"] for each in found["changes"]}
    assert agrees["due_date"] is True
    assert agrees["customer_name"] is False
    assert agrees["lines"] is False


def test_only_mails_since_that_day_are_read(world: World) -> None:
    world.write(ORDER, subject="订购")
    today = world.services.today()
    assert len(readable(world.services, today)) == 1
    assert readable(world.services, today.replace(day=today.day + 1)) == []
