"""What runs: services with their duties, a worker with its legs, each killed and started again."""

import logging
from collections.abc import Callable

from prefect.exceptions import Abort, Pause

from benchmarks.simulation.hub import Process
from benchmarks.simulation.installation import Installation
from connectors.errors import Rejected, Unreachable
from connectors.runs import RunType
from deployments import service
from flows.intake import decide_mail
from flows.order import carry_order
from tasks import engine, services
from tasks.effect import GROUND_LOST
from tasks.services import Services

OUTAGE = (Unreachable, Rejected, *GROUND_LOST)
FLOWS = {engine.ORDER: carry_order.fn, engine.INTAKE: decide_mail.fn}
NOT_SIMULATED = ("display", "events", "board", "reviews", "fence")
"""What only shows something, and what nothing depends on."""
WANTS = {
    "inbox": ("inbox",),
    "reading": ("message",),
    "outbox": ("outbox",),
    "runs": ("run", "paused", "ended"),
    "care": ("ended",),
    "timers": ("timer",),
}
"""What must change before a duty finds something to do: nobody polls in vain."""
LONGEST_REST_SECONDS = 12 * 3600
SEEN_DEAD = 0.7
"""How often the worker sees that a leg has died; else only the lease shows it."""


class Running:
    """All processes of one installation, kept alive."""

    def __init__(self, installation: Installation, number_of_services: int = 2) -> None:
        """Everything is started."""
        self._installation = installation
        self._hub = installation.hub
        self._world = Process("world", mortal=False)
        self._legs: list[Process] = []
        self._makers: dict[str, Callable[[Process], None]] = {"worker": self._worker}
        for number in range(1, number_of_services + 1):
            self._makers[f"service{number}"] = self._service
        self._alive: dict[str, Process] = {}
        self._hub.reboots = self.reboot
        for name in self._makers:
            self._start(name)

    def reboot(self) -> None:
        """Everything is killed and starts again, under another boot."""
        self._installation.boot += 1
        for process in [*self._alive.values(), *self._legs]:
            self._hub.kill(process)

    def _start(self, name: str) -> None:
        process = process_of(name, self._installation.services())
        process.on_death = lambda: self._again(name)
        self._alive[name] = process
        self._makers[name](process)

    def _again(self, name: str) -> None:
        if name == "worker":
            for leg in list(self._legs):
                self._hub.kill(leg)  # legs die with their worker
        after = 0.5 + self._hub.luck.random() * 10
        self._hub.spawn(self._world, f"start {name}", lambda: self._start(name), after)

    def _service(self, process: Process) -> None:
        for duty in service.duties(process_services(process)):
            if duty.name not in NOT_SIMULATED:
                self._repeat(process, duty.name, duty.act)

    def _repeat(self, process: Process, name: str, act: Callable[[], bool]) -> None:
        hub = self._hub

        def live() -> None:
            strand, pause = hub.current, 2.0
            while True:
                strand.began = hub.steps
                try:
                    more = act()
                    pause = 2.0
                except OUTAGE:
                    pause = min(pause * 2, 30.0)
                    hub.sleep(pause)
                else:
                    if not more:
                        hub.rest(LONGEST_REST_SECONDS)

        wants = frozenset(WANTS.get(name, ()))
        hub.spawn(process, f"{process.name}.{name}", live, hub.luck.random(), wants)

    def _worker(self, process: Process) -> None:
        hub, server = self._hub, self._installation.engine.server

        def live() -> None:
            for flow_run_id in self._orphans():
                server.becomes(flow_run_id, RunType.CRASHED)
            while True:
                hub.point("poll")
                due = [each for each in server.due() if server.claim(each)]
                for flow_run_id in due:
                    hub.point(f"claimed {flow_run_id[-4:]}")
                    self._leg(flow_run_id)
                for each in server.cancelling():
                    hub.point("cancelling")
                    self._end(each)
                if not due:
                    hub.rest(LONGEST_REST_SECONDS)

        hub.spawn(process, "worker", live, hub.luck.random(), frozenset({"due"}))

    def _orphans(self) -> list[str]:
        """Runs whose legs died with an earlier worker."""
        carried = {each.name.partition(":")[2] for each in self._legs}
        held = (RunType.PENDING, RunType.RUNNING)
        found = self._installation.engine.server.runs
        return [i for i, run in found.items() if run.state.type in held and i not in carried]

    def _end(self, flow_run_id: str) -> None:
        for leg in [each for each in self._legs if each.name.partition(":")[2] == flow_run_id]:
            self._hub.kill(leg)
        self._installation.engine.server.becomes(flow_run_id, RunType.CANCELLED)

    def _leg(self, flow_run_id: str) -> None:
        process = process_of(f"leg:{flow_run_id}", self._installation.services())
        self._legs.append(process)

        def gone() -> None:
            self._legs.remove(process)
            self._hub.spawn(self._world, "reap", lambda: self._reap(flow_run_id), 0.2)

        process.on_death = gone

        def live() -> None:
            self._carry(flow_run_id)
            process.on_death = None
            self._legs.remove(process)

        self._hub.spawn(process, f"leg {flow_run_id[-4:]}", live, self._hub.luck.random())

    def _reap(self, flow_run_id: str) -> None:
        """The worker tells the engine that a leg has died, unless it does not see it."""
        server = self._installation.engine.server
        again = any(each.name == f"leg:{flow_run_id}" for each in self._legs)
        if not again and self._hub.luck.random() < SEEN_DEAD:
            run = server.runs.get(flow_run_id)
            if run is not None and run.state.type in (RunType.PENDING, RunType.RUNNING):
                server.becomes(flow_run_id, RunType.CRASHED)

    def _carry(self, flow_run_id: str) -> None:
        """What the engine does around a flow."""
        hub, server = self._hub, self._installation.engine.server
        hub.point("leg begins")
        if not server.begin(flow_run_id):
            return
        run = server.runs[flow_run_id]
        try:
            ended = FLOWS[run.deployment](**run.parameters)
        except (Pause, Abort):
            return
        except Exception as mistake:  # noqa: BLE001  # as the engine: the run has failed
            if not isinstance(mistake, OUTAGE):
                hub.unexpected.append(f"leg: {type(mistake).__name__}: {mistake}")
            kind, name = RunType.FAILED, "Failed"
        else:
            kind, name = RunType.COMPLETED, str(ended.name)
        hub.point(f"leg ends {name}")
        server.end(flow_run_id, kind, name)


def process_of(name: str, own: Services) -> Process:
    """A process that works with these services."""

    def enters() -> None:
        services._current[:] = [own]

    return Process(name, enters)


def process_services(process: Process) -> Services:
    """The services with which the process works."""
    process.enters()
    return services.services()


def silence() -> None:
    """What the product logs is not printed."""
    logging.getLogger("orderflow").setLevel(logging.CRITICAL)
