"""Kills at the worst moments: in the stage in which some order is, and at named points."""

import resource
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from benchmarks.faults.blows import (
    CARRIERS,
    CUT,
    DISK,
    EVERYTHING,
    FILES,
    FREEZE,
    LEG,
    PARTS,
    POINTS,
    STAGES,
    UP,
    Blow,
)
from benchmarks.faults.doomed import Doomed
from benchmarks.faults.people import Customer
from benchmarks.running import kill, wait_for
from domain.names import Stage

SECONDS = 4.0
"""So long something is frozen, full or used up."""
PATIENCE_SECONDS = 120.0
LIMITS = {DISK: (resource.RLIMIT_FSIZE, 100), FILES: (resource.RLIMIT_NOFILE, 8)}
"""What no more of means for a process: a file over 100 bytes, a file beside those first opened."""


@dataclass
class Killer:
    """Deals blows, and keeps what it did."""

    installation: Doomed
    customer: Customer
    done: Counter[Blow] = field(default_factory=Counter)
    missed: list[str] = field(default_factory=list)
    _set: dict[str, float] = field(default_factory=dict)

    @property
    def kills(self) -> int:
        """How many processes, or all of them, have been killed."""
        return sum(number for blow, number in self.done.items() if blow.kills)

    def deal(self, blow: Blow) -> None:
        """It has hit, while an order was in the stage; what must be restarted is."""
        try:
            wait_for(lambda: self._hit(blow), str(blow), PATIENCE_SECONDS, every=0.05)
        except TimeoutError:
            (self.installation.points / (blow.where or "-")).unlink(missing_ok=True)
            self.missed.append(str(blow))
            return
        self.done[blow] += 1
        if blow.what in (UP, EVERYTHING):
            self.installation.start()

    def _hit(self, blow: Blow) -> bool:
        stages = self._stages()
        if stages is not None and self._passed(stages, blow.stage):
            self.customer.order()
        if blow.where in POINTS:
            return self._at_point(blow.where, stages or [])
        if blow.what != LEG and blow.stage not in (stages or ()):
            return False
        return self._done(blow)

    def _done(self, blow: Blow) -> bool:
        """Whether somebody was there to suffer it."""
        one = self.installation
        if blow.what == LEG:
            return any(kill(pid) for pid in self._legs(blow.stage))
        if blow.what == CARRIERS:
            return [kill(pid) for pid in children(one.pids["worker"])] != []
        if blow.what in PARTS:
            return one.kill(blow.what)
        if blow.what == EVERYTHING:
            one.kill_everything()
        elif blow.what == UP:
            one.kill_up()
        elif blow.what == CUT:
            self._cut()
        else:
            with self._hard(blow):
                time.sleep(SECONDS)
        return True

    def _hard(self, blow: Blow) -> AbstractContextManager[None]:
        if blow.what == FREEZE:
            return self.installation.frozen(blow.where)
        return self.installation.limited(blow.where, *LIMITS[blow.what])

    def _cut(self) -> None:
        """Every connection to PostgreSQL is ended at once, Orderflow's and Prefect's."""
        with suppress(DBAPIError), self.installation.database() as connection:
            cut = "select pg_terminate_backend(pid) from pg_stat_activity"
            connection.execute(text(f"{cut} where backend_type = 'client backend'"))

    def _at_point(self, point: str, stages: list[str]) -> bool:
        """The trap is set, and somebody is caught in it; more orders come until then."""
        trap = self.installation.points / point
        if point not in self._set:
            trap.touch()
            self._set[point] = time.monotonic()
            return False
        if not trap.exists():
            del self._set[point]
            return True
        if time.monotonic() - self._set[point] > SECONDS:
            self._set[point] = time.monotonic()
            if sum(bool(stage) for stage in stages) < 3:
                self.customer.order()
        return False

    def _legs(self, stage: Stage) -> Iterator[int]:
        """Processes that carry an order in this stage just now."""
        alive = children(self.installation.pids["worker"])
        for note in (self.installation.home / "data" / "legs").glob("*"):
            with suppress(FileNotFoundError):  # it has ended in this instant
                words = note.read_text().split()  # process, claim, birth
                pid = int(words[0]) if words else 0
                if pid in alive and self._stage_of(note.name) == stage:
                    yield pid

    def _stage_of(self, flow_run_id: str) -> str | None:
        asked = 'select o.stage from "order" o join run r on r.order_id = o.id'
        found = self._look(f"{asked} where r.flow_run_id = :id", id=flow_run_id)
        return found[0] if found else None

    def _stages(self) -> list[str] | None:
        """Stages of our orders; of a closed one none; None while nobody can say."""
        stage = "case when state = 'closed' then '' else stage end"
        asked = f'select {stage} from "order" where customer_po_no like :mark'  # noqa: S608
        return self._look(asked, mark=f"{self.customer.mark}-%")

    def _passed(self, stages: list[str], stage: Stage) -> bool:
        """True where every order is beyond this stage, and none is still under way to us."""
        left = [each for each in stages if each and place(each) <= place(stage)]
        return not left and len(stages) >= len(self.customer.numbers)

    def _look(self, sql: str, **values: str) -> list[str] | None:
        try:
            with self.installation.services.reading() as session:
                return [str(each) for each in session.scalars(text(sql), values)]
        except DBAPIError:
            return None


def children(pid: int) -> list[int]:
    """Processes that this one has started: of a worker its carriers and who hears for it."""
    listed = Path(f"/proc/{pid}/task/{pid}/children")
    return [int(each) for each in listed.read_text().split()] if listed.exists() else []


def place(stage: str) -> int:
    """Where the stage stands on the way from receipt to archive."""
    return STAGES.index(Stage(stage))
