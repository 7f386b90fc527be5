"""A mail whose sender died with it in hand goes out once where the archive can tell."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from email import message_from_bytes

import pytest

from connectors.archive import MemoryArchive
from connectors.errors import Unreachable
from connectors.mailer import MemoryMailer, Unsure
from domain.names import Fact
from models import outbox
from models.event import history
from models.outbox import Owed
from tasks.sending import send_due
from tasks.services import Services
from tests.world import World

ADDRESS = "archive@zheling.example"
ORDER = "品名:传动轴\n型号:CX-40\n数量:16件\n单价:1200元\n交货日期:2026年12月25日\n特殊要求:无\n"


class Killed(BaseException):
    """The process has ended at this line."""


class PostOffice(MemoryMailer):
    """Takes mails and brings copies to the archive; may kill the sender right before or after."""

    def __init__(self, archive: MemoryArchive) -> None:
        super().__init__()
        self.archive = archive
        self.kills = ""

    def send(self, raw: bytes, sender: str, recipients: Sequence[str]) -> None:
        kills, self.kills = self.kills, ""
        if kills == "before":
            raise Killed
        super().send(raw, sender, recipients)
        if ADDRESS in recipients:
            self.archive.keep(raw)
        if kills == "after":
            raise Killed

    def ids(self) -> list[str]:
        """Message-IDs of all that was taken."""
        return [message_from_bytes(each.raw)["Message-ID"] for each in self.sent]


@pytest.fixture
def archive() -> MemoryArchive:
    return MemoryArchive()


@pytest.fixture
def post_office(archive: MemoryArchive) -> PostOffice:
    return PostOffice(archive)


@pytest.fixture
def services(world: World, post_office: PostOffice, archive: MemoryArchive) -> Services:
    """An installation with an archive that owes one mail."""
    mail = world.services.settings.mail.model_copy(update={"archive": ADDRESS})
    settings = world.services.settings.model_copy(update={"mail": mail})
    world.write(ORDER)
    world.drive()
    with world.services.writing() as session:
        for row in world.owed("approval"):
            session.get_one(Owed, row.id).state = "sent"  # one mail is enough to tell the story
    return replace(world.services, settings=settings, mailer=post_office, archive=archive)


def killed(services: Services, post_office: PostOffice, when: str) -> None:
    """The sender dies right before or after the server has taken the mail."""
    post_office.kills = when
    with pytest.raises(Killed):
        send_due(services)


def state(world: World) -> str:
    (row,) = world.owed("received")
    return row.state


def pass_the_claim(world: World, services: Services) -> None:
    """The claim runs out, the mail is in doubt, the copy has had its time."""
    world.later(seconds=61)
    assert send_due(services) == 0
    assert state(world) == "unknown"
    world.later(seconds=31)


def test_a_mail_that_lies_in_the_archive_is_not_sent_again(
    world: World, services: Services, post_office: PostOffice
) -> None:
    killed(services, post_office, "after")
    pass_the_claim(world, services)
    assert send_due(services) == 1
    assert state(world) == "sent"
    world.later(days=2)
    send_due(services)
    assert len(post_office.ids()) == 1
    with services.reading() as session:
        told = [e for e in history(session, world.order().id) if e.kind == Fact.MAIL_SENT]
    assert [e.payload["purpose"] for e in told] == ["received"]


def test_a_mail_that_does_not_is_sent_again_under_its_message_id(
    world: World, services: Services, post_office: PostOffice, archive: MemoryArchive
) -> None:
    killed(services, post_office, "after")
    archive.lose()
    pass_the_claim(world, services)
    send_due(services)
    assert state(world) == "sent"
    first, second = post_office.ids()
    assert first == second


def test_a_mail_that_the_server_never_saw_is_sent_once(
    world: World, services: Services, post_office: PostOffice
) -> None:
    killed(services, post_office, "before")
    pass_the_claim(world, services)
    send_due(services)
    assert (state(world), len(post_office.ids())) == ("sent", 1)


def test_while_the_archive_is_away_nothing_is_guessed(
    world: World, services: Services, post_office: PostOffice, archive: MemoryArchive
) -> None:
    killed(services, post_office, "after")
    archive.away = "no route"
    pass_the_claim(world, services)
    for _ in range(3):
        send_due(services)
        (row,) = world.owed("received")
        assert (row.state, row.error) == ("unknown", "no route")
        world.later(hours=9)
    archive.away = ""
    send_due(services)
    assert (state(world), len(post_office.ids())) == ("sent", 1)


def test_an_archive_that_is_away_holds_up_no_other_mail(
    world: World, services: Services, post_office: PostOffice, archive: MemoryArchive
) -> None:
    killed(services, post_office, "before")
    archive.away = "no route"
    pass_the_claim(world, services)
    with services.writing() as session:
        for row in world.owed("approval"):
            session.get_one(Owed, row.id).state = "pending"
    assert send_due(services) == len(world.owed("approval")) > 0


def test_a_copy_that_is_still_on_its_way_is_waited_for(
    world: World, services: Services, post_office: PostOffice, archive: MemoryArchive
) -> None:
    killed(services, post_office, "after")
    archive.lose()
    world.later(seconds=61)
    send_due(services)
    world.later(seconds=20)
    archive.keep(post_office.sent[0].raw)
    send_due(services)
    world.later(seconds=20)
    send_due(services)
    assert (state(world), len(post_office.ids())) == ("sent", 1)


def test_a_server_that_falls_silent_at_the_last_word_is_a_doubt_too(
    world: World, services: Services, post_office: PostOffice, archive: MemoryArchive
) -> None:
    (row,) = world.owed("received")
    with services.reading() as session:
        archive.keep(session.get_one(Owed, row.id).raw)
    post_office.fail_next(Unsure("smtp", "connection lost"))
    send_due(services)
    assert state(world) == "unknown"
    world.later(minutes=2)
    send_due(services)
    assert (state(world), post_office.ids()) == ("sent", [])


def test_a_slow_sender_that_ends_while_its_mail_is_looked_for_settles_the_doubt(
    world: World, services: Services, post_office: PostOffice
) -> None:
    class Slow(MemoryArchive):
        """The sender, long taken for dead, is done while somebody looks here."""

        def holds(self, message_id: str, *, since: datetime) -> bool:
            with services.writing() as session:
                row = outbox.of_message_id(session, message_id)
                assert row is not None
                outbox.sent(session, row.id, at=services.now())
            return False

    killed(services, post_office, "after")
    pass_the_claim(world, services)
    send_due(replace(services, archive=Slow()))
    assert (state(world), len(post_office.ids())) == ("sent", 1)


def test_without_an_archive_an_interrupted_mail_is_sent_again_when_its_claim_has_run_out(
    world: World, services: Services, post_office: PostOffice
) -> None:
    blind = replace(services, archive=None)
    killed(blind, post_office, "after")
    world.later(seconds=61)
    assert send_due(blind) == 1
    first, second = post_office.ids()
    assert first == second


def test_who_takes_the_archive_away_gets_what_was_in_doubt_sent(
    world: World, services: Services, post_office: PostOffice, archive: MemoryArchive
) -> None:
    killed(services, post_office, "before")
    archive.away = "gone"
    pass_the_claim(world, services)
    assert send_due(replace(services, archive=None)) == 1
    assert state(world) == "sent"


def test_a_dead_sender_leaves_one_mail_in_doubt_and_not_all_that_were_due(
    world: World, services: Services, post_office: PostOffice
) -> None:
    with services.writing() as session:
        for row in world.owed("approval"):
            session.get_one(Owed, row.id).state = "pending"
    killed(services, post_office, "after")
    with services.reading() as session:
        states = [each.state for each in outbox.of_order(session, world.order().id)]
    assert states.count("sending") == 1


def test_an_unreachable_server_is_no_doubt(
    world: World, services: Services, post_office: PostOffice, archive: MemoryArchive
) -> None:
    archive.away = "no route"
    post_office.fail_next(Unreachable("smtp", "451 later"))
    send_due(services)
    world.later(minutes=2)
    assert send_due(services) == 1
