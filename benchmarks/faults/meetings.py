"""Many people at one gate at the same time, again and again; each history is to be explained."""

import threading
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from sqlalchemy import func, select

from benchmarks.faults.doors import (
    CUSTOMER_DOORS,
    DAYS,
    MAY,
    TEAM_DOORS,
    Meeting,
    Word,
    by_form,
    customer_word,
    team_word,
    told,
)
from benchmarks.faults.life import START, Life, found
from benchmarks.faults.linear import Act, Does, Told, explained
from benchmarks.faults.scenes import SCENES
from benchmarks.faults.shelf import Databases, Put, Shelf
from benchmarks.faults.sweep import lived
from domain.errors import IllegalMove
from domain.names import GateKind, Verdict
from models.event import broken_links
from models.gate import Gate
from models.order import Order
from models.outbox import Owed
from models.run import of_order
from models.vote import Vote
from tasks import requests

GATES = (GateKind.CONFIRM, GateKind.CUSTOMER_CONFIRMATION)


@dataclass
class Met:
    """What came of many meetings."""

    meetings: int = 0
    acts: Counter[str] = field(default_factory=Counter)
    problems: list[str] = field(default_factory=list)

    @property
    def operations(self) -> int:
        """Acts of all meetings."""
        return sum(self.acts.values())


THREADS, ACTS_EACH = 6, 6


def meet(databases: Databases, folder: Path, *, operations: int, seed: int) -> Met:
    """At least so many acts, in meetings at fresh gates."""
    shelf = Shelf(databases, folder)
    puts = list(_gates(shelf))
    met = Met()
    while met.operations < operations:
        kind, put = puts[met.meetings % len(puts)]
        with shelf.again(put) as life:
            meeting = _meeting(life, kind)
            problems = _held(meeting, Random(f"{seed} {met.meetings}"))  # noqa: S311  # no secret
        met.problems += [f"seed {seed}, meeting {met.meetings}: {each}" for each in problems]
        met.acts.update(f"{act.does} {act.told}" for act in meeting.acts)
        met.meetings += 1
    return met


def _gates(shelf: Shelf) -> Iterator[tuple[GateKind, Put]]:
    """An order at each of the gates, put aside."""
    with shelf.again(shelf.empty()) as life:
        found(life.services, START)
        for scene in SCENES:
            lived(life, scene)
            if scene.until in GATES:
                yield GateKind(scene.until), shelf.put(life, scene.name)
            if scene.until == GATES[-1]:
                return


def _meeting(life: Life, kind: GateKind) -> Meeting:
    with life.services.reading() as session:
        gate = session.scalars(select(Gate).where(Gate.kind == kind)).one()
        order = session.get_one(Order, gate.order_id)
        run = of_order(session, order.id)
        mails = session.scalars(select(Owed).where(Owed.gate_id == gate.id).order_by(Owed.id))
        mail = next(iter(mails)).message_id
        return Meeting(
            life=life,
            kind=kind,
            gate=gate.id,
            order_no=order.order_no,
            asks=gate.asks,
            flow_run_id=str(run.flow_run_id) if run else "",
            mail=mail,
        )


def _held(meeting: Meeting, luck: Random) -> list[str]:
    """What is not explainable, or not as the history of the order has it."""
    begin = meeting.register()
    form = luck.randrange(THREADS) if meeting.kind == GateKind.CONFIRM else -1
    programs = [_program(meeting, Random(luck.random()), n == form) for n in range(THREADS)]  # noqa: S311
    barrier = threading.Barrier(THREADS)

    def live(name: str, program: Sequence[tuple[Does, Callable[[], Act]]]) -> None:
        barrier.wait()
        for what, act in program:
            meeting.does(name, what, act)

    threads = [
        threading.Thread(target=live, args=(f"p{n}", program)) for n, program in enumerate(programs)
    ]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    problems = list(meeting.wrong)
    if not explained(meeting.acts, begin, meeting.register()):
        problems.append(f"no order explains {meeting.acts}")
    return problems + list(_kept(meeting))


def _program(meeting: Meeting, luck: Random, form: bool) -> list[tuple[Does, Callable[[], Act]]]:
    acts = [_any_act(meeting, luck) for _ in range(ACTS_EACH)]
    if form:
        word = Word(MAY, Verdict.APPROVE, luck.choice(DAYS))
        acts[luck.randrange(ACTS_EACH)] = (Does.VOTE, lambda: by_form(meeting, word))
    return acts


def _any_act(meeting: Meeting, luck: Random) -> tuple[Does, Callable[[], Act]]:
    services, order_no = meeting.life.services, meeting.order_no
    what = luck.choices(list(Does), weights=(5, 1, 1, 3))[0]
    match what:
        case Does.VOTE:
            team = meeting.kind == GateKind.CONFIRM
            door = luck.choice(TEAM_DOORS if team else CUSTOMER_DOORS)
            word = team_word(luck, door) if team else customer_word(luck, door)
            return what, lambda: door(meeting, word)
        case Does.HOLD:
            return what, lambda: _asked(lambda: requests.hold(services, order_no, "parts"))
        case Does.RESUME:
            return what, lambda: _asked(lambda: requests.resume(services, order_no))
    return what, lambda: told(Told.SEEN, seen=meeting.register())


def _asked(request: Callable[[], object]) -> Act:
    try:
        request()
    except IllegalMove:
        return told(Told.HELD)
    return told(Told.DONE)


def _kept(meeting: Meeting) -> Iterator[str]:
    """The history says of every vote what its giver was told."""
    won = sum(1 for act in meeting.acts if act.does == Does.VOTE and act.told == Told.DONE)
    with meeting.life.services.reading() as session:
        votes = session.execute(
            select(Vote.counts, func.count())
            .where(Vote.gate_id == meeting.gate)
            .group_by(Vote.counts)
        ).all()
        order = session.scalars(select(Order)).one()
        if broken_links(session, order.id):
            yield "the history does not hold"
    counted = {bool(counts): number for counts, number in votes}
    if counted.get(True, 0) != won or won > 1:
        yield f"{counted.get(True, 0)} votes count, {won} people were told so"
