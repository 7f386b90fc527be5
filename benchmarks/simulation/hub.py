"""The scheduler: processes of greenlets, one running at a time, a virtual clock, drawn bad luck."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random

from greenlet import getcurrent, greenlet

from benchmarks.simulation.faults import NONE, Faults

LONGEST_DELAY_SECONDS = 120
MOST_STEPS = 60_000
"""After so many steps nobody waits for the end any more; a whole life has a tenth of them."""
FOR_ALL = ("jump", "reboot", "crash")
"""What hits more than the strand at whose point it happens."""


class Killed(BaseException):
    """The process has been killed; what is still unwound of it has no effect on anything."""


@dataclass
class Process:
    """Something that is killed as a whole: a service, a worker, a leg."""

    name: str
    enters: Callable[[], None] = lambda: None
    """Called before each of its steps: makes it the process whose services are in use."""
    mortal: bool = True
    alive: bool = True
    on_death: Callable[[], None] | None = None


@dataclass
class Strand:
    """One line of control of a process."""

    process: Process
    name: str
    at: datetime
    """Not to be continued before; an idle one is woken earlier by a change."""
    runs: greenlet
    wants: frozenset[str] = frozenset()
    """What must change for it to find something to do when it rests."""
    idle: bool = False
    locked: bool = False
    """It holds the database's write lock: nobody else may go on."""
    began: int = 0
    """The step at which its present round began."""


@dataclass
class Hub:
    """All processes of one schedule. `now` is the virtual instant, the same for everybody."""

    seed: int
    now: datetime
    faults: Faults = NONE
    strands: list[Strand] = field(default_factory=list)
    trace: list[str] = field(default_factory=list)
    unexpected: list[str] = field(default_factory=list)
    steps: int = 0
    jumps: int = 2
    """How often the clock may still jump."""
    hurt: list[tuple[int, str]] = field(default_factory=list)
    """At which step which strand was hit by what went wrong; of a jump of the clock: everybody."""
    wakes_at: Callable[[frozenset[str], datetime], datetime | None] = lambda *_: None
    """The next instant at which one who wants this might find something to do."""
    reboots: Callable[[], None] = lambda: None
    forgets: Callable[[], None] = lambda: None

    def __post_init__(self) -> None:
        self.luck = Random(self.seed)  # noqa: S311  # drawn for variety, not for secrecy
        self._hub = getcurrent()
        self._current: Strand | None = None

    @property
    def current(self) -> Strand:
        """The strand that runs now."""
        if self._current is None:
            raise RuntimeError("Only a process of the schedule may do this.")
        return self._current

    @property
    def inside(self) -> bool:
        """Whether a process of the schedule runs now."""
        return self._current is not None

    def spawn(
        self,
        process: Process,
        name: str,
        act: Callable[[], object],
        after: float = 0,
        wants: frozenset[str] = frozenset(),
    ) -> Strand:
        """A new strand that begins after so many seconds."""
        at = self.now + timedelta(seconds=after)
        strand = Strand(process, name, at, greenlet(lambda: None), wants)
        strand.runs = greenlet(lambda: self._live(strand, act), self._hub)
        self.strands.append(strand)
        return strand

    def _live(self, strand: Strand, act: Callable[[], object]) -> None:
        try:
            act()
        except Killed:
            pass
        except Exception as mistake:  # noqa: BLE001  # an edge: the checker judges it
            self.unexpected.append(f"{strand.name}: {type(mistake).__name__}: {mistake}")

    def run(self, until: datetime, done: Callable[[], bool] = lambda: False) -> None:
        """Everybody goes on until then, or until it is done, or for ever: then it is cut off."""
        while not done():
            if self.steps > MOST_STEPS:
                self.unexpected.append("it never comes to rest")
                return
            ready = [each for each in self.strands if each.at <= self.now]
            if not ready:
                soon = min((each.at for each in self.strands), default=until)
                if soon > until:
                    self.now = max(self.now, until)
                    return
                self.now = soon
                continue
            chosen = ready[0] if len(ready) == 1 else self.luck.choice(ready)
            self._enter(chosen)
            self._bury()

    def _enter(self, strand: Strand) -> None:
        strand.idle = False
        self._current = strand
        strand.process.enters()
        strand.runs.switch()
        self._current = None
        if strand.runs.dead:
            self.strands.remove(strand)

    def _bury(self) -> None:
        """What is left of killed processes is unwound, without effect."""
        for each in [each for each in self.strands if not each.process.alive]:
            self._enter(each)

    def kill(self, process: Process) -> None:
        """The process is dead from now on."""
        if process.alive:
            process.alive = False
            self.note(f"kill {process.name}")
            if process.on_death is not None:
                process.on_death()

    def point(self, what: str) -> None:
        """A point of the outside world: here the schedule may turn."""
        strand = self.current
        self._check(strand)
        self.steps += 1
        self.trace.append(f"{strand.name} {what}")
        self.now += timedelta(milliseconds=self.luck.randrange(1, 12))
        luck, faults = self.luck, self.faults
        if strand.process.mortal and self.happens(faults.crash, "crash"):
            self.kill(strand.process)
            raise Killed
        if strand.locked:
            return
        if self.happens(faults.delay, "delay"):
            self.sleep(luck.random() ** 2 * LONGEST_DELAY_SECONDS)
        elif self.jumps and self.happens(faults.jump, "jump"):
            self._jump(luck.choice((1, -1)) * luck.random() ** 2 * 86400)
        elif self.happens(faults.reboot, "reboot"):
            self.reboots()
            self._check(strand)
        elif self.happens(faults.forget, "forget"):
            self.forgets()
        elif luck.random() < faults.switch:
            strand.at = self.now
            self._leave(strand)

    def _jump(self, seconds: float) -> None:
        """The clock is set; who sleeps sleeps on as long, who rests looks at the new time."""
        self.jumps -= 1
        by = timedelta(seconds=seconds)
        self.now += by
        for each in self.strands:
            each.at = (
                self.now + timedelta(seconds=self.luck.random()) if each.idle else each.at + by
            )

    def happens(self, chance: float, what: str) -> bool:
        """Whether bad luck of this kind strikes here; the running strand counts as hit."""
        if not chance or self.luck.random() >= chance:
            return False
        self.hurt.append((self.steps, "" if what in FOR_ALL else self.current.name))
        self.note(what)
        return True

    def hurt_between(self, strand: str, first: int, last: int) -> bool:
        """Whether anything went wrong for the strand from the one step to the other."""
        return any(first <= step <= last and who in ("", strand) for step, who in self.hurt)

    def sleep(self, seconds: float) -> None:
        """The strand goes on after so long."""
        strand = self.current
        strand.at = self.now + timedelta(seconds=seconds)
        self._leave(strand)

    def rest(self, longest_seconds: float) -> None:
        """The strand goes on when something changes or becomes due, at the latest after so long."""
        strand = self.current
        due = self.wakes_at(strand.wants, self.now)
        latest = self.now + timedelta(seconds=longest_seconds)
        strand.at = latest if due is None else min(latest, due + timedelta(seconds=0.1))
        strand.idle = True
        self._leave(strand)

    def changed(self, *what: str) -> None:
        """Whoever rests and wants one of these looks again, a little later."""
        for each in self.strands:
            if each.idle and not each.wants.isdisjoint(what):
                soon = self.now + timedelta(seconds=0.02 + self.luck.random() ** 3 * 3)
                each.at = min(each.at, soon)

    def _leave(self, strand: Strand) -> None:
        if strand.locked:
            raise RuntimeError(f"{strand.name} would wait with the database locked")
        self._hub.switch()
        self._check(strand)

    def _check(self, strand: Strand) -> None:
        if not strand.process.alive:
            raise Killed

    def note(self, what: str) -> None:
        """The trace says that this has happened."""
        self.trace.append(f"! {what}")

    def digest(self) -> str:
        """The hash of everything that happened, in order."""
        return hashlib.sha256("\n".join(self.trace).encode()).hexdigest()[:16]
