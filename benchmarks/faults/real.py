"""Kills and hardships on the real product, while people order and answer."""

import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from random import Random
from time import sleep

from benchmarks.faults.blows import Blow, hardships, kills, on_the_way
from benchmarks.faults.checker import BROKEN, DOUBLED, LOST, STUCK
from benchmarks.faults.doomed import Doomed, thrown_away
from benchmarks.faults.killer import Killer
from benchmarks.faults.people import Customer, People
from benchmarks.faults.survived import survived
from benchmarks.result import Result

SEED = 20261124
FIRST = 6
"""So many orders are under way from the beginning."""
ORDERS_A_ROUND = 100
HALF_A_MINUTE = 30.0
DAY = timedelta(days=1)
JUMPS = (DAY, -DAY)
FORWARD = (datetime(2027, 2, 17, 2, tzinfo=UTC), datetime(2027, 3, 29, 2, tzinfo=UTC))
"""Into the Spring Festival in China, and past the night in which Europe's clocks change."""


@dataclass
class Struck:
    """What was done to the installation, and what is wrong with it afterwards."""

    drawn: int = 0
    """So many kills were to be."""
    blows: Counter[Blow] = field(default_factory=Counter)
    missed: list[str] = field(default_factory=list)
    orders: int = 0
    repeated: int = 0
    problems: list[str] = field(default_factory=list)


def struck(wanted: int, seed: int = SEED) -> Struck:
    """So many kills at least, and all hardships once a round; then everything is looked at."""
    with thrown_away() as one:
        found = _blows(one, wanted, seed)
        found.problems += _clock(one, seed)
        done = one.command("verify")
        if done.returncode:
            found.problems.append(f"{BROKEN}: verify says {done.stdout}{done.stderr}")
    return found


def _blows(one: Doomed, wanted: int, seed: int) -> Struck:
    found = Struck()
    for number in count(1):
        luck = Random(f"{seed} {number}")  # noqa: S311  # drawn for variety, not for secrecy
        blows = on_the_way([*kills(luck, wanted - found.drawn), *hardships(luck)])
        with _Living(one, luck) as people:
            customer = Customer(people, f"PO-{seed}-{number}", ORDERS_A_ROUND)
            killer = Killer(one, customer)
            for _ in range(FIRST):
                customer.order()
            for blow in blows:
                _say(f"round {number}: {blow}")
                killer.deal(blow)
            found.problems += survived(one, customer.numbers)
            found.repeated += people.repeated
        found.blows += killer.done
        found.missed += killer.missed
        found.drawn += sum(blow.kills for blow in blows)
        found.orders += len(customer.numbers)
        _say(f"round {number}: {len(found.missed)} missed, problems: {found.problems}")
        if found.drawn >= wanted:
            break
    return found


def _clock(one: Doomed, seed: int) -> list[str]:
    """Orders live through a day too late and a day too early, a holiday and a night in March."""
    luck = Random(seed)  # noqa: S311
    with _Living(one, luck) as people:
        customer = Customer(people, f"PO-{seed}-clock", FIRST)
        for jump in JUMPS:
            _say(f"the clock is off by {jump}")
            customer.order()
            with one.clock_off(jump.total_seconds()):
                customer.order()
                sleep(HALF_A_MINUTE)
            sleep(HALF_A_MINUTE / 3)
        for day in FORWARD:
            _say(f"the clock says {day}")
            (one.points / "clock").write_text(str((day - datetime.now(UTC)).total_seconds()))
            customer.order()
            sleep(HALF_A_MINUTE)
        return survived(one, customer.numbers, rounds=True)


class _Living:
    """Everybody answers within the block."""

    def __init__(self, one: Doomed, luck: Random) -> None:
        self._people = People(one, luck)

    def __enter__(self) -> People:
        self._people.start()
        return self._people

    def __exit__(self, *_: object) -> None:
        self._people.stop()


def results(found: Struck, wanted: int) -> Iterator[Result]:
    """Kills by kind, and what was lost, doubled or stuck."""
    kinds = Counter(blow.kind for blow in found.blows.elements())
    for kind, number in sorted(kinds.items()):
        yield Result(f"faults.{kind}", number, "times")
    killed = sum(blow.kills for blow in found.blows.elements())
    detail = f"{found.orders} orders, {found.repeated} mails, forms and clicks sent twice"
    missed = f"; never reached: {', '.join(found.missed)}" if found.missed else ""
    yield Result("faults.kills", killed, "kills", target=wanted, detail=detail + missed)
    yield from problems(found.problems)


def problems(found: Sequence[str], what: str = "faults") -> Iterator[Result]:
    """How many problems there are of each kind; the first of each is named."""
    for kind in (LOST, DOUBLED, STUCK, BROKEN):
        of_kind = [each for each in found if each.startswith(f"{kind}:")]
        yield Result(
            f"{what}.{kind}",
            len(of_kind),
            "times",
            target=0,
            higher_is_better=False,
            detail=of_kind[0][:300] if of_kind else "",
        )


def _say(what: str) -> None:
    print(f"… {what}", file=sys.stderr, flush=True)
