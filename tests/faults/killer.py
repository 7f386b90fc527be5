"""Kills at the worst moments: a process, in the stage in which some order is just now."""

from dataclasses import dataclass, field
from random import Random

from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from domain.names import Stage
from tests.faults.robots import Customer
from tests.installation import Installation, kill, until

LEG, UP, EVERYTHING = "leg", "up", "everything"
PARTS = ("worker", "service", "prefect", "postgres", "mail", "portal")


@dataclass(frozen=True)
class Blow:
    """One kill -9."""

    stage: Stage
    victim: str


def schedule(seed: int, rounds: int = 1) -> list[Blow]:
    """A leg in each of the nine stages, and everything else that can die, each at a drawn stage.

    So often as there are rounds.
    """
    luck = Random(seed)  # noqa: S311  # drawn for variety, not for secrecy
    others = [*PARTS, "worker", "service", UP, EVERYTHING]
    drawn = [Blow(luck.choice(list(Stage)), victim) for victim in others * rounds]
    blows = [*(Blow(stage, LEG) for stage in Stage for _ in range(rounds)), *drawn]
    return sorted(blows, key=lambda blow: (list(Stage).index(blow.stage), blow.victim))


@dataclass
class Killer:
    """Carries the schedule out and keeps what it did."""

    installation: Installation
    customer: Customer
    done: list[Blow] = field(default_factory=list)

    def strike(self, blow: Blow, seconds: float = 60) -> None:
        """The victim is dead, killed while an order was in the stage; what must be restarted is."""
        until(lambda: self._struck(blow), f"{blow.victim} in {blow.stage}", seconds)
        self.done.append(blow)
        if blow.victim in (UP, EVERYTHING):
            self.installation.start()

    def _struck(self, blow: Blow) -> bool:
        stages = self._stages()
        if stages is not None and self._passed(stages, blow.stage):
            self.customer.order()
        if blow.victim == LEG:
            return any(kill(pid) for pid in self._legs(blow.stage))
        if blow.stage not in (stages or ()):
            return False
        if blow.victim == EVERYTHING:
            self.installation.kill_everything()
        elif blow.victim == UP:
            self.installation.kill_up()
        else:
            return kill(self.installation.pids[blow.victim])
        return True

    def _legs(self, stage: Stage) -> list[int]:
        """Processes that carry an order in this stage just now."""
        found = []
        for note in (self.installation.home / "data" / "legs").glob("*"):
            try:
                pid = int((note.read_text().split() or [0])[0])  # process, claim, birth
            except FileNotFoundError:  # it has ended in this instant
                continue
            if pid and self._stage_of(note.name) == stage:
                found.append(pid)
        return found

    def _stage_of(self, flow_run_id: str) -> str | None:
        asked = 'select o.stage from "order" o join run r on r.order_id = o.id'
        found = self._look(f"{asked} where r.flow_run_id = :id", id=flow_run_id)
        return found[0] if found else None

    def _stages(self) -> list[str] | None:
        """Stages of our orders; of a closed one none; None while nobody can say."""
        stage = "case when state = 'closed' then '' else stage end"
        asked = f'select {stage} from "order" where customer_po_no like :mark'  # noqa: S608
        return self._look(asked, mark=f"{self.customer.mark}%")

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


def place(stage: str) -> int:
    """Where the stage stands on the way from receipt to archive."""
    return list(Stage).index(Stage(stage))
