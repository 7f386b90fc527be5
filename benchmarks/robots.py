"""Everybody who decides, as threads that answer gates through the one door."""

import threading
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import func, select

from connectors.runs import RunType
from domain.errors import Refusal
from domain.names import Channel, GateKind, GateState, Verdict
from models import order as orders
from models.activity import unfinished
from models.gate import Gate
from models.order import Order
from models.run import Run
from tasks import approving, progress
from tasks.deciding import Answer, decide_one
from tasks.services import Services

THREADS = 2
LOOK_SECONDS = 0.02
EVERY_KIND = frozenset(GateKind)


@dataclass(frozen=True)
class Opened:
    """An open gate, the order and run that stand at it, and how often its form was shown."""

    number: str
    kind: GateKind
    order_id: int
    flow_run_id: str
    asks: int


class Robots:
    """Answer gates of these orders: those of `suspending` once the run waits, others at once."""

    def __init__(
        self,
        services: Services,
        numbers: Collection[str],
        *,
        suspending: Collection[GateKind] = (),
        answering: Collection[GateKind] = EVERY_KIND,
    ) -> None:
        """Nobody answers yet; kinds outside of `answering` are left open."""
        self._services, self._numbers = services, frozenset(numbers)
        self._suspending, self._answering = frozenset(suspending), frozenset(answering)
        self._ended = threading.Event()
        self._threads = [
            threading.Thread(target=self._run, args=(each,), daemon=True) for each in range(THREADS)
        ]

    def __enter__(self) -> "Robots":
        """They answer from now."""
        for each in self._threads:
            each.start()
        return self

    def __exit__(self, *_: object) -> None:
        """They answer no more."""
        self._ended.set()
        for each in self._threads:
            each.join()

    def _run(self, share: int) -> None:
        while not self._ended.is_set():
            for each in self._ready(share):
                self._answer(each)
            self._ended.wait(LOOK_SECONDS)

    def _ready(self, share: int) -> list[Opened]:
        found = [
            each
            for each in opened(self._services, self._numbers)
            if each.order_id % THREADS == share and each.kind in self._answering
        ]
        later = [each for each in found if each.kind in self._suspending]
        asked = [each.flow_run_id for each in later if each.asks and each.flow_run_id]
        states = self._services.runs.states(asked) if asked else {}
        waits = {key for key, state in states.items() if state.type is RunType.PAUSED}
        return [e for e in found if e not in later or (e.asks and e.flow_run_id in waits)]

    def _answer(self, gate: Opened) -> None:
        try:
            if gate.kind == GateKind.WORK:
                report_all(self._services, gate.order_id)
            else:
                decide_one(self._services, word_for(self._services, gate))
        except Refusal:
            pass  # the gate has moved on; the next look sees


def opened(services: Services, numbers: Collection[str]) -> list[Opened]:
    """The open gates of these orders."""
    columns = (Gate.id, Gate.kind, Gate.order_id, Run.flow_run_id, Gate.asks)
    wanted = (
        select(*columns)
        .join(Order, Order.id == Gate.order_id)
        .join(Run, Run.order_id == Order.id)
        .where(Gate.state == GateState.OPEN, Order.order_no.in_(numbers))
    )
    with services.reading() as session:
        rows = session.execute(wanted).all()
    return [
        Opened(f"G-{gate}", GateKind(kind), order or 0, run or "", asks)
        for gate, kind, order, run, asks in rows
    ]


def word_for(services: Services, gate: Opened) -> Answer:
    """An approval by somebody who may give it."""
    with services.reading() as session:
        row = session.get_one(Gate, int(gate.number[2:]))
        by = sorted(approving.allowed(session, services, row))[0]
    return Answer(gate.number, Verdict.APPROVE, by, Channel.LINK, proven=True)


def report_all(services: Services, order_id: int) -> None:
    """All work of the order is reported as done at once, as one mail reports many tasks."""
    with services.writing() as session:
        order = orders.locked(session, order_id)
        by, channel = order.owner, Channel.CLI
        for each in unfinished(session, order_id):
            report = progress.Report(each.label, percent=100)
            progress.take(session, services, order, report, by=by, channel=channel)
        progress.end_if_done(session, services, order, by=by, channel=channel)


def suspensions(services: Services, numbers: Collection[str]) -> int:
    """How often these orders were suspended at a form."""
    total = select(func.coalesce(func.sum(Gate.asks), 0)).join(Order, Order.id == Gate.order_id)
    with services.reading() as session:
        return int(session.scalar(total.where(Order.order_no.in_(numbers))) or 0)
