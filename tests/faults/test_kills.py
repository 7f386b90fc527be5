"""Somebody pulls the plug, again and again: every order still ends right, and once."""

import os
from pathlib import Path
from random import Random

import pytest

from benchmarks.faults.blows import EVERY_ORDER_PASSES, kills
from benchmarks.faults.doomed import doomed
from benchmarks.faults.killer import Killer
from benchmarks.faults.people import Customer, People
from benchmarks.faults.survived import survived

pytestmark = [pytest.mark.engine, pytest.mark.slow]

SEED = int(os.environ.get("ORDERFLOW_FAULT_SEED", "20261121"))
FIRST, KILLS, POINTS = 6, 30, 10


def test_kills_in_every_stage_lose_nothing_and_double_nothing(tmp_path: Path) -> None:
    luck = Random(SEED)  # noqa: S311  # drawn for variety
    blows = kills(luck, KILLS, luck.sample(EVERY_ORDER_PASSES, POINTS))
    with doomed(tmp_path) as one:
        people = People(one, luck)
        customer = Customer(people, f"PO-{SEED}", most=16)
        killer = Killer(one, customer)
        people.start()
        for _ in range(FIRST):
            customer.order()
        for blow in blows:
            killer.deal(blow)
        assert killer.missed == []
        assert killer.kills == KILLS
        assert survived(one, customer.numbers) == []
        people.stop()
        done = one.command("verify")
        assert done.returncode == 0, done.stdout + done.stderr
