"""A running installation of its own, with robots for everybody who decides."""

import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

from sqlalchemy import func, select

from connectors.runs import RunType
from domain.errors import Refusal
from domain.names import Channel, GateKind, GateState, Verdict
from models.activity import unfinished
from models.gate import Gate
from models.order import Order
from models.run import of_order
from models.step import StepRow
from tasks import approving, progress
from tasks.deciding import Answer, decide_one
from tasks.entering import enter
from tasks.installed import running, services_of
from tasks.services import Services

ROOT = Path(__file__).parent.parent
START_SECONDS = 240


@contextmanager
def installation() -> Iterator[Services]:
    """The whole product on free ports in a folder that is thrown away."""
    with tempfile.TemporaryDirectory(prefix="orderflow-bench-") as folder:
        home = Path(folder)
        ports = ["--prefect-port", "0", "--portal-port", "0", "--smtp-port", "0"]
        command = [sys.executable, "-m", "deployments", "--home", str(home), *ports]
        with (home / "up.log").open("wb") as log:
            up = subprocess.Popen(command, cwd=ROOT, stdout=log, stderr=log)
        try:
            end = time.monotonic() + START_SECONDS
            while running(home) is None or not (home / "run.json").exists():
                if up.poll() is not None or time.monotonic() > end:
                    raise RuntimeError((home / "up.log").read_text("utf-8")[-1000:])
                time.sleep(0.2)
            yield services_of(home)
        finally:
            up.terminate()
            up.wait(60)


def new_order(services: Services) -> str:
    """The number of a complete order, entered by telephone."""
    given = {
        "channel": "phone",
        "customer": "恒川水务集团",
        "contact": "许澜",
        "mail": "xu.lan@hengchuan.example",
        "language": "zh-CN",
        "customer_po_no": uuid4().hex[:12],
        "open_date": True,
        "special_requirements": "none",
        "lines": [{"item": "泵", "model": "P-1", "quantity": 2, "unit": "台", "unit_price": 900}],
    }
    return enter(services, given).order_no


class Robots(threading.Thread):
    """Everybody who decides: answers every open gate, at once or only when its run waits."""

    def __init__(self, services: Services, *, only_waiting: bool) -> None:
        """Nobody answers yet."""
        super().__init__(daemon=True)
        self.services, self.only_waiting = services, only_waiting
        self.ended = threading.Event()

    def run(self) -> None:
        """Answer until told to stop."""
        while not self.ended.is_set():
            for number, kind, order_id, flow_run_id in self._open():
                if not self.only_waiting or self._waits(flow_run_id):
                    self._answer(number, kind, order_id)
            self.ended.wait(0.02)

    def _open(self) -> list[tuple[str, str, int, str]]:
        with self.services.reading() as session:
            rows = session.scalars(
                select(Gate)
                .join(Order, Order.id == Gate.order_id)
                .where(Gate.state == GateState.OPEN, Order.customer_po_no.not_like("%-%"))
            ).all()
            found = []
            for gate in rows:
                run = of_order(session, gate.order_id or 0)
                flow_run_id = run.flow_run_id if run is not None else None
                found.append((gate.number, str(gate.kind), gate.order_id or 0, flow_run_id or ""))
            return found

    def _waits(self, flow_run_id: str) -> bool:
        state = self.services.runs.states([flow_run_id]).get(flow_run_id) if flow_run_id else None
        return state is not None and state.type is RunType.PAUSED

    def _answer(self, number: str, kind: str, order_id: int) -> None:
        try:
            if kind == GateKind.WORK:
                self._work(order_id)
            else:
                decide_one(self.services, self._word(number))
        except Refusal:
            pass  # somebody was faster, or the gate has gone; the next round sees

    def _word(self, number: str) -> Answer:
        with self.services.reading() as session:
            gate = session.get_one(Gate, int(number[2:]))
            by = sorted(approving.allowed(session, self.services, gate))[0]
        return Answer(number, Verdict.APPROVE, by, Channel.LINK, proven=True)

    def _work(self, order_id: int) -> None:
        with self.services.reading() as session:
            order = session.get_one(Order, order_id)
            no, owner = order.order_no, order.owner
            labels = [each.label for each in unfinished(session, order_id)]
        for label in labels:
            said = progress.Report(label, percent=100)
            progress.report(self.services, no, said, by=owner, channel=Channel.CLI)


def closed(services: Services, numbers: list[str]) -> int:
    """How many of these orders have ended."""
    with services.reading() as session:
        found = select(func.count()).where(Order.order_no.in_(numbers), Order.state == "closed")
        return session.scalar(found) or 0


def committed(services: Services, order_no: str, stage: str) -> bool:
    """Whether this stage of the order has committed."""
    with services.reading() as session:
        order = session.scalar(select(Order.id).where(Order.order_no == order_no))
        found = select(StepRow.id).where(StepRow.order_id == order, StepRow.stage == stage)
        return session.scalar(found) is not None
