"""Somebody pulls the plug, again and again: every order still ends right, and once."""

import os
from contextlib import suppress
from pathlib import Path

import pytest
from sqlalchemy import create_engine

from benchmarks.faults.checker import Checker
from domain.names import Stage
from tests.faults.killer import LEG, Killer, schedule
from tests.faults.robots import OUTAGE, Customer, Robots
from tests.installation import Installation, until
from tests.journeys.play import CHINESE

pytestmark = [pytest.mark.engine, pytest.mark.slow]

SEED = int(os.environ.get("ORDERFLOW_FAULT_SEED", "20261121"))
ROUNDS = int(os.environ.get("ORDERFLOW_FAULT_ROUNDS", "1"))
FIRST = 6


def test_kills_in_every_stage_lose_nothing_and_double_nothing(doomed: Installation) -> None:
    robots = Robots(doomed, "liu.qiang@lijia.example")
    customer = Customer(robots, f"PO-{SEED}", CHINESE)
    killer = Killer(doomed, customer)
    robots.start()
    for _ in range(FIRST):
        customer.order()
    for blow in schedule(SEED, ROUNDS):
        killer.strike(blow)
    assert {blow.stage for blow in killer.done if blow.victim == LEG} == set(Stage)

    problems = ["not looked yet"]

    def settled() -> bool:
        with suppress(*OUTAGE):  # what was killed last may still be on its way up
            problems[:] = look(doomed, customer.numbers)
        return not problems

    try:
        until(settled, "all is well", 120, every=1)
    except AssertionError:
        assert problems == []
    robots.stop()
    done = doomed.command("verify")
    assert done.returncode == 0, done.stdout + done.stderr


def look(installation: Installation, numbers: list[str]) -> list[str]:
    """What an independent look finds wrong."""
    engine = create_engine(installation.facts["database_url"])
    with engine.connect() as database:
        maildir = Path(installation.facts["maildir"])
        checker = Checker(database, maildir, installation.prefect, tuple(numbers))
        found = checker.problems()
    engine.dispose()
    return found
