"""What the archive knows of a history, a shortened or rewritten database does not pass."""

from collections.abc import Iterator
from dataclasses import replace
from email.message import EmailMessage

import pytest
from sqlalchemy import delete, select, update

from connectors.archive import MemoryArchive
from domain.mail.tokens import message_id
from domain.names import Purpose
from models.event import EventRow
from models.outbox import Owed
from tasks.reviews import review
from tasks.services import Services
from tasks.verifying import Violation, violations
from tests.tasks.test_main_line import to_plan
from tests.world import World

ADDRESS = "archive@zheling.example"
RULE = "kept_outside"


@pytest.fixture
def archive() -> MemoryArchive:
    return MemoryArchive()


@pytest.fixture
def services(world: World, archive: MemoryArchive) -> Iterator[Services]:
    """An order has been worked on; its head of today lies in the archive."""
    mail = world.services.settings.mail.model_copy(update={"archive": ADDRESS})
    settings = world.services.settings.model_copy(update={"mail": mail})
    made = replace(world.services, settings=settings, archive=archive)
    to_plan(world)
    heads_go_out(world, made, archive)
    yield made


def heads_go_out(world: World, services: Services, archive: MemoryArchive) -> None:
    """The daily review has mailed the heads, and the copy has arrived."""
    world.later(days=1)
    review(services, "daily")
    with services.writing() as session:
        row = session.scalars(select(Owed).where(Owed.recipient == ADDRESS)).all()[-1]
        row.state, row.sent_at = "sent", services.now()
        archive.keep(row.raw)
    world.later(hours=2)


def wrong(services: Services) -> list[Violation]:
    return [each for each in violations(services) if each.rule == RULE]


def last_event(services: Services) -> EventRow:
    with services.reading() as session:
        return session.scalars(select(EventRow).order_by(EventRow.seq)).all()[-1]


def test_a_history_that_has_only_grown_is_whole(world: World, services: Services) -> None:
    assert wrong(services) == []
    world.answer("plan", "li.ming")
    assert wrong(services) == []


def test_trailing_events_that_were_cut_off_are_named(services: Services) -> None:
    last = last_event(services)
    with services.writing() as session:
        session.execute(delete(EventRow).where(EventRow.seq > last.seq - 3))
    (found,) = wrong(services)
    assert found.order_no == "SO-2026-00001"
    assert f"events {last.seq - 2} to {last.seq} were cut off" in found.detail


def test_a_history_that_was_written_anew_is_named(services: Services) -> None:
    last = last_event(services)
    with services.writing() as session:
        session.execute(update(EventRow).where(EventRow.id == last.id).values(hash="0" * 64))
    (found,) = wrong(services)
    assert f"event {last.seq} is another one" in found.detail


def test_an_older_head_counts_as_well_as_the_newest(
    world: World, services: Services, archive: MemoryArchive
) -> None:
    old = last_event(services)
    world.answer("plan", "li.ming")
    heads_go_out(world, services, archive)
    with services.writing() as session:
        session.execute(update(EventRow).where(EventRow.id == old.id).values(hash="0" * 64))
    assert [each.detail for each in wrong(services)] == [
        f"event {old.seq} is another one than the archive knows"
    ]


@pytest.mark.parametrize("reason", ["no route", ""])
def test_an_archive_that_cannot_be_read_does_not_pass(
    services: Services, archive: MemoryArchive, reason: str
) -> None:
    archive.away = reason
    asked = services if reason else replace(services, archive=None)
    (found,) = wrong(asked)
    assert found.detail.startswith("the archive cannot be read")
    assert reason in found.detail


def test_a_box_without_the_newest_heads_is_not_the_archive(
    services: Services, archive: MemoryArchive
) -> None:
    archive.lose()
    (found,) = wrong(services)
    assert "are not there" in found.detail


def test_heads_that_are_still_on_their_way_are_waited_for(
    world: World, services: Services, archive: MemoryArchive
) -> None:
    with services.writing() as session:
        session.execute(
            update(Owed).where(Owed.recipient == ADDRESS).values(sent_at=services.now())
        )
    archive.lose()
    assert wrong(services) == []


def test_heads_that_somebody_else_has_written_are_named_and_not_believed(
    services: Services, archive: MemoryArchive
) -> None:
    mail = EmailMessage()
    mail["To"], mail["Message-ID"] = ADDRESS, "<mail.notice.99.aaaaaaaaaaaaaaa@zheling.example>"
    mail.set_content(f"- SO-2026-00001 900 {'a' * 64}\n")
    archive.keep(mail.as_bytes())
    (found,) = wrong(services)
    assert "is not ours" in found.detail


def test_no_line_of_a_long_mail_is_overlooked(services: Services, archive: MemoryArchive) -> None:
    last = last_event(services)
    lines = [f"- SO-2026-00001 {last.seq} {last.hash}"] * 9000
    mail = EmailMessage()
    name = message_id(services.signing_key, "MAIL", Purpose.NOTICE, 99, "zheling.example")
    mail["To"], mail["Message-ID"] = ADDRESS, f"<{name}>"
    mail.set_content("\n".join([*lines, f"- SO-2026-00001 {last.seq + 1} {'a' * 64}"]))
    archive.keep(mail.as_bytes())
    (found,) = wrong(services)
    assert f"events {last.seq + 1} to {last.seq + 1} were cut off" in found.detail


def test_ordinary_mails_in_the_archive_say_nothing(
    services: Services, archive: MemoryArchive
) -> None:
    mail = EmailMessage()
    mail["To"], mail["Subject"] = ADDRESS, "Lunch?"
    mail.set_content("At noon.\n")
    archive.keep(mail.as_bytes())
    assert wrong(services) == []


def test_without_an_archive_nothing_is_compared(world: World) -> None:
    assert wrong(world.services) == []
