"""Several services at one database: each acts on what is its own, and nothing is done twice."""

import dataclasses
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from email.message import EmailMessage
from pathlib import Path
from threading import Barrier

import pytest
from sqlalchemy import func, select, update

from connectors.inbox_maildir import MaildirInbox
from connectors.runs import RunType
from deployments.home import home_at
from deployments.mail_loop import keep
from domain.errors import Fenced
from models.order import Order
from models.run import Run, is_dead
from tasks import engine, reading, routing, storing
from tests.journeys.play import CHINESE
from tests.world import World, make_world

LATER = timedelta(minutes=5)


@pytest.fixture
def world(database_url: str, tmp_path: Path) -> Iterator[World]:
    """An installation of this test's own."""
    made = make_world(database_url, tmp_path / "home")
    yield made
    made.services.engine.dispose()


def replaced(world: World, *, by: str) -> int:
    """How many runs a service of that boot replaces while one of `boot-1` drives an order."""
    world.write(CHINESE)
    (flow_run_id,) = engine.start_runs(world.services)
    world.services.runs.becomes(flow_run_id, RunType.RUNNING)  # type: ignore[attr-defined]  # the one in memory
    with world.services.writing() as session:
        session.execute(update(Run).values(boot="boot-1", lease_until=world.clock[0] + LATER))
    return engine.check_runs(dataclasses.replace(world.services, boot=by))


def test_a_restart_in_the_same_folder_voids_the_leases_of_what_ran_before(world: World) -> None:
    assert replaced(world, by="boot-2") == 1


@pytest.mark.parametrize("boot", ["", "elsewhere-1", "boot-1"])
def test_a_service_of_another_machine_leaves_live_runs_alone(world: World, boot: str) -> None:
    assert replaced(world, by=boot) == 0


def test_each_start_in_a_folder_outlives_the_earlier_ones_only(tmp_path: Path) -> None:
    here, there = home_at(tmp_path / "here"), home_at(tmp_path / "there")
    here.make()
    there.make()
    first, second = here.boot(), here.boot()
    assert is_dead(first, second)
    assert not is_dead(second, second)
    assert not is_dead(there.boot(), second)
    assert not is_dead("", second)


def orders(world: World) -> int:
    """How many orders there are."""
    with world.services.reading() as session:
        return session.scalar(select(func.count()).select_from(Order)) or 0


def test_a_mail_that_two_services_have_read_opens_one_order(world: World) -> None:
    storing.store(world.services, "orders", order_mail())
    (row,) = reading.waiting(world.services)
    first, second = (reading.read_one(world.services, row) for _ in range(2))
    routing.route(world.services, first)
    with pytest.raises(Fenced):
        routing.route(world.services, second)
    assert orders(world) == 1


def test_of_two_services_one_reads_a_mail_and_the_other_goes_on(
    postgres_url: str, tmp_path: Path
) -> None:
    world = make_world(postgres_url, tmp_path / "home")
    storing.store(world.services, "orders", order_mail())
    (row,) = reading.waiting(world.services)
    with reading.alone(world.services, row) as ours:
        assert ours
        assert routing.read_all(world.services) == 0
    assert routing.read_all(world.services) == 1
    assert orders(world) == 1
    world.services.engine.dispose()


def test_a_mail_found_by_two_services_is_kept_once(world: World, tmp_path: Path) -> None:
    box = MaildirInbox(tmp_path / "box")
    keep(tmp_path / "box", order_mail())
    (envelope,) = box.waiting(1)
    both = Barrier(2)

    def take(_: int) -> list[int]:
        both.wait(10)
        return storing.take(world.services, box, envelope)

    with ThreadPoolExecutor(2) as pool:
        kept = [row for rows in pool.map(take, range(2)) for row in rows]
    assert len(kept) == 1
    assert not box.waiting(1)


def order_mail() -> bytes:
    """A customer's order as it comes in."""
    mail = EmailMessage()
    mail["From"], mail["To"] = "liu.qiang@lijia.example", "orders@zheling.example"
    mail["Subject"], mail["Message-ID"] = "订单", "<1@lijia.example>"
    mail["Date"] = "Mon, 23 Nov 2026 09:00:00 +0800"
    mail.set_content(CHINESE)
    return mail.as_bytes()
