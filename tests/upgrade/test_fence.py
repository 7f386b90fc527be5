"""Of an installation and its restored copy one acts: never both."""

import os
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from connectors.archive import MemoryArchive
from connectors.registry import inboxes_for
from models import installation, outbox
from models.installation import value
from tasks import engine, fence, sending, storing, timers
from tasks.backup.making import back_up
from tasks.backup.restoring import restore_rows, usable
from tests.upgrade.population import ORDER, beside, populate
from tests.world import World

DOES = ("takes", "sends", "starts", "fires")
EVERYTHING = dict.fromkeys(DOES, True)
NOTHING = dict.fromkeys(DOES, False)


@pytest.fixture
def copy(world: World, tmp_path: Path) -> World:
    """The copy of an installation with a mail to send, a run to start, a gate to remind of.

    Both read the same Maildir.
    """
    populate(world, ("customer_confirmation",))
    world.write(ORDER.format(number=2), subject="采购订单 PO-2026-2")
    fence.look_around(world.services)
    file, url = tmp_path / "one.backup", f"sqlite+pysqlite:///{tmp_path / 'copy.db'}"
    back_up(world.services, file)
    restore_rows(url, file, usable(file), at=world.clock[0])
    return beside(world, url)


def box(world: World) -> Path:
    """The Maildir of orders."""
    return Path(world.services.settings.mail.maildir) / "zheling.example/orders"


def mail_arrives(world: World, name: str, folder: str = "new", *, hours: int = 0) -> None:
    """A mail lies in the shared Maildir, since so many hours from now."""
    (box(world) / folder).mkdir(parents=True, exist_ok=True)
    raw = f"From: a@b.example\nMessage-ID: <{name}@b.example>\n\nhello"
    (box(world) / folder / name).write_text(raw)
    since = (world.clock[0] + timedelta(hours=hours)).timestamp()
    os.utime(box(world) / folder / name, (since, since))


def acts(world: World) -> dict[str, bool]:
    """What the installation does of everything that is due."""
    told = world.services.settings.mail
    inboxes = inboxes_for(Path(told.maildir), told.inboxes)
    much_later = world.clock[0] + timedelta(days=90)
    return {
        "takes": bool(storing.empty(world.services, inboxes)),
        "sends": bool(sending.send_due(world.services)),
        "starts": bool(engine.start_runs(world.services)),
        "fires": bool(timers.fire_due(world.services, at=much_later)),
    }


def test_a_restored_copy_keeps_still_while_its_original_goes_on(world: World, copy: World) -> None:
    mail_arrives(world, "1")
    assert acts(copy) == NOTHING
    assert acts(world) == EVERYTHING
    assert copy.mailer.sent == []


def test_the_original_keeps_still_once_the_copy_has_taken_over(world: World, copy: World) -> None:
    mail_arrives(world, "1")
    fence.take_over(copy.services)
    assert acts(world) == NOTHING
    assert world.mailer.sent == []
    assert acts(copy) == EVERYTHING


def test_a_superseded_original_says_so_and_stays_so(world: World, copy: World) -> None:
    fence.take_over(copy.services)
    assert fence.look_around(world.services) == fence.SUPERSEDED
    (box(world) / "orderflow-owner").unlink()
    assert fence.look_around(world.services) == fence.SUPERSEDED
    assert acts(world) == NOTHING


def test_the_original_can_take_over_again(world: World, copy: World) -> None:
    mail_arrives(world, "1")
    fence.take_over(copy.services)
    fence.look_around(world.services)
    fence.take_over(world.services)
    assert acts(copy) == NOTHING
    assert acts(world) == EVERYTHING


def test_who_has_stood_down_acts_no_more(world: World, copy: World) -> None:
    mail_arrives(world, "1")
    assert fence.stand_down(world.services) == 0
    assert acts(world) == NOTHING


def test_standing_down_counts_the_mails_that_are_on_their_way(world: World, copy: World) -> None:
    class StandsDown:
        """A mailer during whose first mail the installation stands down."""

        seen: tuple[int, ...] = ()

        def send(self, raw: bytes, sender: str, recipients: object) -> None:
            """Counts what is on its way."""
            self.seen += (fence.stand_down(world.services),)

    mailer = StandsDown()
    services = replace(world.services, mailer=mailer)
    sent = sending.send_due(services)
    assert sent == 1
    assert mailer.seen == (1,)


def test_a_process_above_an_exchanged_database_keeps_still(world: World, copy: World) -> None:
    mail_arrives(world, "1")
    assert world.services.instance == "test"
    with world.services.writing() as session:
        installation.remember(session, "instance", "somebody else")
    assert acts(world) == NOTHING


def test_mails_that_the_original_read_since_the_backup_are_read_again(
    world: World, copy: World
) -> None:
    mail_arrives(world, "before:2,S", "cur", hours=-3)
    mail_arrives(world, "after:2,S", "cur", hours=3)
    assert fence.take_over(copy.services) == 1
    assert [each.name for each in (box(world) / "new").iterdir()] == ["after"]
    assert acts(copy)["takes"]
    assert fence.take_over(copy.services) == 0


def test_what_the_archive_knows_as_sent_is_not_sent_again(world: World, copy: World) -> None:
    archive = MemoryArchive()
    services = replace(copy.services, archive=archive)
    before = len(outbox_of(copy))
    archive.keep(outbox_of(copy)[0])
    fence.take_over(services)
    assert len(outbox_of(copy)) == before - 1
    archive.away = "no such folder"
    assert sending.send_due(services) == before - 1


def outbox_of(world: World) -> list[bytes]:
    """What is owed, as bytes."""
    with world.services.reading() as session:
        return [each.raw for each in outbox.not_sent(session)]


def test_taking_over_leaves_the_name_of_the_original(world: World, copy: World) -> None:
    fence.take_over(copy.services)
    with copy.services.reading() as session:
        assert value(session, fence.COPY_OF) == "test"
