"""The archive names every file as what it is."""

import json

import pytest

from domain.names import Channel, Verdict
from models.installation import kept
from models.order import numbered
from models.retrospective import archive_of
from tasks.deciding import Answer, decide_one
from tasks.entering import enter
from tests.tasks.test_main_line import to_acceptance
from tests.world import World


def sources(world: World) -> list[tuple[str, str, bytes]]:
    """Kind, name and bytes of what the closed order came from."""
    with world.services.reading() as session:
        archive = archive_of(session, numbered(session, world.order().order_no).id)
        assert archive is not None
        rows = [each for each in archive.manifest if each["kind"] in ("mail", "entry")]
        return [(e["kind"], e["name"], kept(session, e["sha256"])) for e in rows]


def to_archive(world: World) -> None:
    """What is delivered is accepted, looked back at and closed."""
    gate = world.gate("customer_acceptance")
    by = "liu.qiang@lijia.example"
    decide_one(world.services, Answer(gate, Verdict.APPROVE, by, Channel.LINK, proven=True))
    assert world.drive() == "close"
    world.answer("close", "li.ming")
    assert world.drive() == "closed"


@pytest.mark.parametrize("channel", ["phone", "form", "manual"])
def test_what_somebody_entered_is_archived_as_json(world: World, channel: str) -> None:
    enter(world.services, {**GIVEN, "channel": channel})
    assert world.drive() == "confirm"
    world.answer("confirm", "li.ming")
    world.drive()
    world.write("确认", answers=world.owed("confirmation")[-1])
    world.drive()
    world.answer("plan", "li.ming")
    world.drive()
    world.do_all_work()
    world.drive()
    world.answer("completion", "zhou.min")
    world.drive()
    to_archive(world)
    kind, name, data = sources(world)[0]
    assert (kind, name.partition("-")[0], name.endswith(".json")) == ("entry", channel, True)
    assert json.loads(data)["customer"] == GIVEN["customer"]
    assert sources(world)[1][1].endswith(".eml")


def test_a_mail_is_archived_as_a_mail(world: World) -> None:
    to_acceptance(world)
    to_archive(world)
    kind, name, data = sources(world)[0]
    assert (kind, name.startswith("mail-"), name.endswith(".eml")) == ("mail", True, True)
    assert b"Message-ID" in data


GIVEN = {
    "customer": "苏州砺嘉精密",
    "contact": "刘强",
    "mail": "liu.qiang@lijia.example",
    "title": "传动轴",
    "due_date": "2026-12-25",
    "special_requirements": "none",
    "amount": "19200",
    "lines": [{"item": "传动轴", "model": "CX-40", "quantity": "16", "unit": "件"}],
}
