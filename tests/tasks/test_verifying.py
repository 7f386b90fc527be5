"""What verify finds: nothing in a whole life, and every single thing that was tampered with."""
# ruff: noqa: S608  # these statements are ours, against a copy made for the test

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import text

from models.base import engine
from models.event import history
from tasks.services import Services
from tasks.verifying import RULES, Violation, violations
from tests.tasks.test_main_line import to_acceptance, to_plan
from tests.world import World, make_world


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> World:
    """An installation in which one order has lived from mail to archive, another one waits."""
    home = tmp_path_factory.mktemp("lived")
    world = make_world(f"sqlite+pysqlite:///{home / 'orderflow.db'}", home)
    to_acceptance(world)
    world.write("验收通过", answers=world.owed("acceptance")[-1])
    world.drive()
    world.write("5 5 4 5 9", answers=world.owed("survey")[-1])
    world.answer("close", "li.ming")
    assert world.drive() == "closed"
    to_plan(world)
    world.services.engine.dispose()
    return world


Tamper = Callable[..., list[Violation]]


@pytest.fixture
def tampered(lived: World, tmp_path: Path) -> Iterator[Tamper]:
    """Does something to a copy of that database and says what is found then."""
    services: list[Services] = []

    def tamper(*statements: str) -> list[Violation]:
        own = tmp_path / f"{len(services)}.db"
        shutil.copy(lived.services.settings.home / "orderflow.db", own)
        services.append(replace(lived.services, engine=engine(f"sqlite+pysqlite:///{own}")))
        with services[-1].engine.connect() as connection:
            connection.exec_driver_sql("COMMIT")
            connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
            for statement in statements:
                connection.execute(text(statement))
        return violations(services[-1])

    yield tamper
    for each in services:
        each.engine.dispose()


def rules(found: list[Violation]) -> set[str]:
    return {each.rule for each in found}


def events(world: World, order_id: int) -> list[int]:
    with world.services.reading() as session:
        return [each.id for each in history(session, order_id)]


def test_a_whole_life_violates_nothing(tampered: Tamper) -> None:
    assert tampered() == []


def test_an_event_that_was_deleted_is_missed_wherever_it_stood(
    lived: World, tampered: Tamper
) -> None:
    for order_id in (1, 2):
        for row in events(lived, order_id):
            found = tampered(f"delete from event where id = {row}")
            assert {each.order_no for each in found} == {f"SO-2026-{order_id:05d}"}, row


@pytest.mark.parametrize(
    "change",
    [
        "kind = 'note_written'",
        "actor = 'somebody'",
        "channel = 'mail '",
        "payload = '{}'",
        "at = '2020-01-01 00:00:00.000000'",
        "seq = seq + 500",
        "prev_hash = hash",
        "hash = prev_hash",
    ],
)
def test_an_event_that_was_changed_is_named(lived: World, tampered: Tamper, change: str) -> None:
    for row in events(lived, 1)[::7]:
        found = tampered(f"update event set {change} where id = {row}")
        assert "chain_holds" in rules(found), row
        assert found[0].order_no == "SO-2026-00001"


def test_events_that_changed_places_are_named(lived: World, tampered: Tamper) -> None:
    first, second = events(lived, 1)[3:5]
    found = tampered(
        f"update event set seq = 900 where id = {first}",
        f"update event set seq = 4 where id = {second}",
        f"update event set seq = 5 where id = {first}",
    )
    assert "chain_holds" in rules(found)


DAMAGE = {
    "moves_by_the_table": "update \"order\" set state = 'planned' where id = 2",
    "steps_once": "delete from step where order_id = 1 and stage = 'review'",
    "nothing_left_out": "update gate set reminded = 7 where id = 1",
    "next_action": 'update "order" set next_action_at = null where id = 2',
    "owner": "update person set active = 0 where person = 'chen.yu'",
    "run": "delete from run where order_id = 2",
    "stands_somewhere": "update gate set state = 'withdrawn' where order_id = 2 and state = 'open'",
    "promise_on_workday": "update \"order\" set promised_on = '2026-12-26' where id = 2",
    "gates_decided_once": "update vote set counts = 0 where gate_id = 1",
    "overdue_is_told": "delete from timer where order_id = 2",
    "versions_frozen": "update order_version set snapshot = '{}' where order_id = 1",
    "baseline": "delete from baseline where order_id = 1",
    "papers": "delete from document where kind = 'acceptance_certificate'",
    "archive": "update archive set manifest = '[]'",
    "mails_owed": "delete from outbox where purpose = 'certificate'",
    "blobs_match": "update blob set data = x'00' where sha256 = (select min(sha256) from blob)",
    "mail_once": "update outbox set state = 'sent', sent_at = null where id = 1",
    "mail_became_order": "update message set state = 'order_created', order_id = null where id = 1",
    "no_order_gone": "update counter set last = last + 1 where name = 'SO-2026'",
    "no_strays": 'delete from "order" where id = 1',
}


@pytest.mark.parametrize("rule", DAMAGE)
def test_each_rule_finds_its_damage(lived: World, tampered: Tamper, rule: str) -> None:
    if rule == "overdue_is_told":
        late = "update gate set due_at = '2020-01-01 00:00:00.000000' where state = 'open'"
        found = tampered(DAMAGE[rule], late)
    else:
        found = tampered(DAMAGE[rule])
    assert rule in rules(found)


def test_every_rule_has_a_damage_that_proves_it() -> None:
    assert set(RULES) - {"chain_holds"} <= set(DAMAGE)


def test_only_an_order_at_a_gate_may_be_parked(tampered: Tamper) -> None:
    parked = "update run set parked_at = '2026-11-24 00:00:00' where order_id = 2"
    assert tampered(parked) == []
    closed = "update gate set state = 'withdrawn' where order_id = 2 and state = 'open'"
    assert "run" in rules(tampered(parked, closed))
