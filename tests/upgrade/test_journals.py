"""What earlier releases have left behind is legal, ends where it ended, and goes on."""

import json
from datetime import datetime
from pathlib import Path

import pytest

from domain.names import Event
from models.event import EventRow
from models.order import Order
from models.step import StepRow
from tasks.backup.restoring import restore_rows, usable
from tasks.verifying import history, violations
from tasks.verifying.case import Case, Ground, Rule
from tests.upgrade.population import beside, carry
from tests.upgrade.record import FOLDER, SAYS, WAITING
from tests.world import START, World

JOURNALS = sorted(FOLDER.glob("*.json"))
BACKUPS = sorted(FOLDER.glob("*.backup"))
NOTHING_ELSE = Ground(START, lambda _: True, frozenset(), frozenset())
RULES: tuple[Rule, ...] = (history.chain, history.moves, history.steps)


def read(file: Path) -> Case:
    """The recorded order as the rules see it."""
    told = json.loads(file.read_text("utf-8"))
    events = [
        EventRow(**each | {"at": datetime.fromisoformat(each["at"])}) for each in told["events"]
    ]
    steps = [StepRow(**each) for each in told["steps"]]
    return Case(Order(**told["order"]), events, (), {StepRow: steps})


def wrongs(case: Case) -> list[str]:
    """What today's code finds wrong with the order."""
    return [each for rule in RULES for each in rule(case, NOTHING_ELSE)]


@pytest.mark.parametrize("file", JOURNALS, ids=lambda each: each.stem)
def test_every_move_of_a_journal_is_legal_and_ends_where_it_ended(file: Path) -> None:
    case = read(file)
    assert len(case.history) > 5
    assert wrongs(case) == []


@pytest.mark.parametrize("spoiled", [Event.PLAN_APPROVED, Event.CUSTOMER_CONFIRMED])
def test_a_journal_with_a_move_left_out_is_seen(spoiled: Event) -> None:
    case = read(FOLDER / "0.1.0.straight.json")
    kept = [each for each in case.history if each.kind != spoiled]
    found = "\n".join(wrongs(Case(case.order, kept, (), case.rows)))
    assert "is missing before" in found
    assert "cannot" in found or "leads to" in found


@pytest.mark.parametrize("backup", BACKUPS, ids=lambda each: each.stem)
def test_orders_of_an_earlier_release_go_on_to_their_end(
    backup: Path, world: World, empty_url: str
) -> None:
    restore_rows(empty_url, backup, usable(backup), at=world.clock[0])
    copy = beside(world, empty_url)
    assert violations(copy.services) == []
    copy.said = 1000  # mails of these numbers have come in already
    for number, _ in enumerate(WAITING, start=1):
        carry(copy, f"SO-2026-{number:05d}", "closed")
    assert violations(copy.services) == []
    copy.services.engine.dispose()


def test_the_recorder_knows_what_an_event_says() -> None:
    columns = {each.key for each in EventRow.__table__.columns}
    assert columns - set(SAYS) == {"id", "told_at"}
