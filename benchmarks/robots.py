"""Everybody who decides, as threads that answer gates through the one door."""

import threading
from collections.abc import Collection
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from sqlalchemy import func, select

from domain.errors import Refusal
from domain.names import Channel, GateKind, GateState, Verdict
from models import order as orders
from models.activity import unfinished
from models.bell import listen
from models.gate import Gate
from models.order import Order
from models.run import Run
from tasks import approving, progress
from tasks.deciding import Answer, decide_one
from tasks.services import Services

HANDS = 2
LOOK_SECONDS = 0.02
"""They look when a bell rings, not more often than this: looking must not load the machine."""
QUIET_SECONDS = 0.1
EVERY_KIND = frozenset(GateKind)


@dataclass(frozen=True)
class Opened:
    """An open gate, the order and run that stand at it, and how often its form was shown."""

    number: str
    kind: GateKind
    order_id: int
    flow_run_id: str
    asks: int
    suspended: bool
    """Whether the run waits without a process."""


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
        self._in_hand: set[str] = set()
        self._hands = ThreadPoolExecutor(HANDS)
        self._eyes = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> "Robots":
        """They answer from now."""
        self._eyes.start()
        return self

    def __exit__(self, *_: object) -> None:
        """They answer no more."""
        self._ended.set()
        self._eyes.join()
        self._hands.shutdown()

    def _watch(self) -> None:
        for _ in listen(self._services.engine, seconds=QUIET_SECONDS):
            for each in self._ready():
                self._in_hand.add(each.number)
                self._hands.submit(self._answer, each)
            if self._ended.wait(LOOK_SECONDS):
                return

    def _ready(self) -> list[Opened]:
        return [
            each
            for each in opened(self._services, self._numbers)
            if each.kind in self._answering
            and each.number not in self._in_hand
            and (each.suspended or each.kind not in self._suspending)
        ]

    def _answer(self, gate: Opened) -> None:
        try:
            if gate.kind == GateKind.WORK:
                report_all(self._services, gate.order_id)
            else:
                decide_one(self._services, word_for(self._services, gate))
        except Refusal:
            pass  # the gate has moved on; the next look sees
        finally:
            self._in_hand.discard(gate.number)


def opened(services: Services, numbers: Collection[str]) -> list[Opened]:
    """The open gates of these orders."""
    waits = Run.lease_until.is_(None) & Run.waits_since.is_not(None)
    columns = (Gate.id, Gate.kind, Gate.order_id, Run.flow_run_id, Gate.asks, waits)
    wanted = (
        select(*columns)
        .join(Order, Order.id == Gate.order_id)
        .join(Run, Run.order_id == Order.id)
        .where(Gate.state == GateState.OPEN, Order.order_no.in_(numbers))
    )
    with services.reading() as session:
        rows = session.execute(wanted).all()
    return [
        Opened(f"G-{gate}", GateKind(kind), order or 0, run or "", asks, bool(asks and suspended))
        for gate, kind, order, run, asks, suspended in rows
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
