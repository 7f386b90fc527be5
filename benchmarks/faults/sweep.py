"""The n-th call of the outside world goes wrong, for every n, while an order lives through it all.

Each case begins from a state put aside before its scene, and must end in the very picture of the
scene without a fault: the rest of the order's way begins there.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import Connection, NullPool, create_engine, func, select

from benchmarks.faults.calls import Fault
from benchmarks.faults.checker import Checker
from benchmarks.faults.life import START, Life, found
from benchmarks.faults.picture import broken, differences, picture
from benchmarks.faults.scenes import CLOSED, SCENES, Scene
from benchmarks.faults.shelf import Databases, Put, Shelf
from connectors.runs import FINAL, RunType
from domain.names import GateState
from models.gate import Gate
from models.order import Order
from models.outbox import Owed

Picture = Mapping[str, Counter[str]]

LOOKS = ("states", "answer", "ended_since", "count_waiting")
ONLY_LOOKS = ("sql ", *(f"engine {name}" for name in LOOKS))
"""Calls whose lost reply is the same as their failure."""
PAUSE_SECONDS = 31
PAUSES = 60
"""So long everybody tries again before the order counts as stuck: half an hour."""
TURNS = 300


class Stuck(Exception):
    """The order does not get where its scene ends; the text says where it stands."""


@dataclass(frozen=True)
class Take:
    """A scene as it goes without a fault: how it begins, its calls, how it ends."""

    scene: Scene
    put: Put
    calls: Sequence[str]
    picture: Picture


@dataclass(frozen=True)
class Case:
    """One call that goes wrong."""

    take: Take
    nth: int
    fault: Fault

    def __str__(self) -> str:
        """For people: scene, number of the call, what it is and what becomes of it."""
        return f"{self.take.scene.name} #{self.nth} ({self.take.calls[self.nth - 1]}) {self.fault}"


@dataclass
class Swept:
    """What a sweep has found."""

    calls: int
    cases: Counter[str] = field(default_factory=Counter)
    problems: list[str] = field(default_factory=list)


def sweep(
    databases: Databases,
    folder: Path,
    *,
    every: int = 1,
    offset: int = 0,
    told: Callable[[str], None] = lambda line: None,
) -> Swept:
    """Every so-manieth case, from the offset on."""
    shelf = Shelf(databases, folder)
    takes = list(record(shelf))
    cases = [case for take in takes for case in cases_of(take)]
    swept = Swept(sum(len(take.calls) for take in takes))
    for case in cases[offset % every :: every]:
        problems = list(tried(shelf, case))
        swept.cases[case.fault] += 1
        swept.problems += [f"{case}: {problem}" for problem in problems]
        if problems:
            told(f"{case}: {problems}")
    return swept


def record(shelf: Shelf) -> Iterator[Take]:
    """All scenes one after the other, without any fault."""
    with shelf.again(shelf.empty()) as life:
        found(life.services, START)
        for scene in SCENES:
            put = shelf.put(life, scene.name)
            life.calls.made.clear()
            lived(life, scene)
            calls = tuple(life.calls.made)
            _settled(life)
            yield Take(scene, put, calls, _picture(life))
        problems = _ended(life)
        if problems:
            raise Stuck(f"without any fault: {problems}")


def cases_of(take: Take) -> Iterator[Case]:
    """Every call of the scene with every fault that it can have.

    Who dies at a statement leaves what one leaves who dies at the next commit: nothing of it.
    """
    for nth, name in enumerate(take.calls, start=1):
        yield Case(take, nth, Fault.FAILS)
        if not name.startswith("sql "):
            yield Case(take, nth, Fault.DIES)
        if not name.startswith(ONLY_LOOKS):
            yield Case(take, nth, Fault.LOST)


def tried(shelf: Shelf, case: Case) -> Iterator[str]:
    """What is wrong after the scene with this fault."""
    with shelf.again(case.take.put) as life:
        life.calls.nth, life.calls.fault = case.nth, case.fault
        try:
            lived(life, case.take.scene)
            _settled(life)
        except Stuck as stuck:
            yield str(stuck)
            return
        if not life.calls.struck:
            yield "the call was never made"
        yield from differences(_picture(life), case.take.picture)
        if case.take.scene.until == CLOSED:
            yield from _ended(life)


def lived(life: Life, scene: Scene) -> None:
    """Everybody goes on until the order stands where the scene ends."""
    life.act = scene.act
    for _ in range(PAUSES):
        _still(life)
        if _reached(life, scene.until):
            return
        life.later(PAUSE_SECONDS)
    raise Stuck(f"stuck before {scene.until}: {_stand(life)}")


def _settled(life: Life) -> None:
    """What was left behind (claims, leases) has had time to show itself."""
    for _ in range(2):
        life.later(2 * PAUSE_SECONDS)
        _still(life)


def _still(life: Life) -> None:
    for _ in range(TURNS):
        if not life.turn():
            return
    raise Stuck(f"never still: {_stand(life)}")


def _reached(life: Life, until: str) -> bool:
    with life.looking() as session:
        order = session.scalar(select(Order))
        unsent = session.scalar(select(func.count()).where(Owed.state != "sent"))
        if order is None or unsent:
            return False
        if until == CLOSED:
            return bool(order.state == CLOSED)
        open_now = select(Gate.kind).where(Gate.state == GateState.OPEN)
        if list(session.scalars(open_now)) != [until]:
            return False
    return [each for each in _runs(life) if each not in FINAL] == [RunType.PAUSED]


def _runs(life: Life) -> list[RunType]:
    return [run.state.type for run in life.prefect.runs.values()]


def _stand(life: Life) -> str:
    with life.looking() as session:
        orders = [(str(o.state), str(o.stage), o.round) for o in session.scalars(select(Order))]
        gates = session.execute(select(Gate.kind, Gate.state)).all()
        mails = session.execute(select(Owed.purpose).where(Owed.state != "sent")).all()
    return f"orders {orders}, gates {gates}, unsent {mails}, runs {_runs(life)}"


def _picture(life: Life) -> Picture:
    with _outside(life) as database:
        seen = dict(picture(database, life.maildir))
        seen["chain"] = Counter(broken(database))
    seen["run"] = Counter(str(each) for each in _runs(life) if each not in FINAL)
    return seen


def _ended(life: Life) -> list[str]:
    with _outside(life) as database:
        return Checker(database, life.maildir, None, ("PO-1",), rounds=True).problems()


def _outside(life: Life) -> Connection:
    return create_engine(life.url, poolclass=NullPool).connect()
