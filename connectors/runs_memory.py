"""An engine in memory that obeys Prefect's rules; what its own side does has methods here too."""

import copy
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import count
from typing import Any
from uuid import UUID

from connectors.errors import Rejected
from connectors.runs import FINAL, Answer, Happened, RunState, RunType, StoredAnswer


@dataclass(frozen=True)
class Form:
    """What a suspended run waits for; it takes no answer before its fields are there."""

    key: str
    required: frozenset[str] = frozenset()
    """Fields without default."""
    choices: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Fields that take only these words."""
    shown: bool = True

    def takes(self, answer: Answer) -> bool:
        """Whether the engine accepts this answer."""
        fits = all(answer[name] in words for name, words in self.choices.items() if name in answer)
        return self.shown and fits and self.required <= answer.keys()


@dataclass
class MemoryRun:
    """One run as the engine holds it."""

    deployment: str
    parameters: dict[str, Any]
    name: str
    tags: tuple[str, ...]
    state: RunState
    form: Form | None = None
    answers: dict[str, StoredAnswer] = field(default_factory=dict)


class MemoryRuns:
    """Runs of one imagined server; `now` gives the time of each change."""

    def __init__(self, now: Callable[[], datetime], deployments: Sequence[str] = ()) -> None:
        """Knows the deployments named, or any when none is named."""
        self._now = now
        self._known = frozenset(deployments)
        self._numbers = count(1)
        self._keys: dict[tuple[str, str], str] = {}
        self.runs: dict[str, MemoryRun] = {}
        self.artifacts: dict[str, list[str]] = {}
        self.events: dict[str, tuple[str, dict[str, Any]]] = {}

    def deployment_id(self, name: str) -> str:
        """Id of a deployment `flow/name`."""
        if self._known and name not in self._known:
            raise Rejected("Prefect", f"no deployment {name}")
        return name

    def start(
        self,
        deployment: str,
        *,
        parameters: Mapping[str, Any],
        name: str,
        tags: tuple[str, ...],
        idempotency_key: str,
    ) -> str:
        """Id of a run that is due now; the same key gives the same run, for ever."""
        known = (self.deployment_id(deployment), idempotency_key)
        if known not in self._keys:
            run_id = str(UUID(int=next(self._numbers)))
            state = RunState(run_id, RunType.SCHEDULED, "Scheduled", self._now())
            self.runs[run_id] = MemoryRun(deployment, dict(parameters), name, tags, state)
            self._keys[known] = run_id
        return self._keys[known]

    def states(self, ids: Sequence[str]) -> dict[str, RunState]:
        """State by run id; what is missing is gone."""
        return {one: self.runs[one].state for one in ids if one in self.runs}

    def count_waiting(self, ids: Sequence[str]) -> int:
        """How many of these runs are there and wait."""
        return sum(each.type is RunType.PAUSED for each in self.states(ids).values())

    def resume(self, flow_run_id: str, answer: Answer) -> bool:
        """Whether this call has woken the waiting run; False for one that does not wait."""
        run = self.runs.get(flow_run_id)
        if run is None or run.state.type is not RunType.PAUSED:
            return False
        if run.form is not None:
            if not run.form.takes(answer):
                return False
            if answer:
                run.answers[run.form.key] = StoredAnswer(dict(answer), self._now())
        self.becomes(flow_run_id, RunType.SCHEDULED, "Resuming")
        return True

    def crash(self, flow_run_id: str, reason: str) -> None:
        """The run counts as crashed; nothing for a run that is gone."""
        if flow_run_id in self.runs:
            self.becomes(flow_run_id, RunType.CRASHED, "Crashed")

    def cancel(self, flow_run_id: str) -> None:
        """The run is cancelled now; nothing for a run that is gone."""
        if flow_run_id in self.runs:
            self.becomes(flow_run_id, RunType.CANCELLED, "Cancelled")

    def complete(self, flow_run_id: str, name: str, message: str) -> None:
        """The run has ended well, in a state of this name; nothing for a run that is gone."""
        if flow_run_id in self.runs:
            self.becomes(flow_run_id, RunType.COMPLETED, name)

    def ended_since(self, deployment: str, instant: datetime) -> Sequence[RunState]:
        """Runs that ended at or after the instant, and those that are being cancelled."""
        mine = [run.state for run in self.runs.values() if run.deployment == deployment]
        return [
            state
            for state in mine
            if state.type is RunType.CANCELLING
            or (state.type in FINAL and state.timestamp >= instant)
        ]

    def retag(self, flow_run_id: str, name: str | None, tags: tuple[str, ...]) -> None:
        """The run carries these tags only, and the name if one is given."""
        if flow_run_id not in self.runs:
            raise Rejected("Prefect", f"no run {flow_run_id}")
        run = self.runs[flow_run_id]
        run.tags = tags
        run.name = run.name if name is None else name

    def answer(self, flow_run_id: str, key: str) -> StoredAnswer | None:
        """What was sent through the form that was asked under this key."""
        run = self.runs.get(flow_run_id)
        return run.answers.get(key) if run else None

    def forget_answer(self, flow_run_id: str, key: str) -> None:
        """The engine no longer holds what was sent under this key."""
        if flow_run_id in self.runs:
            self.runs[flow_run_id].answers.pop(key, None)

    def artifact(
        self, key: str, markdown: str, description: str, flow_run_id: str | None = None
    ) -> None:
        """A new version of the page `key` is kept."""
        self.artifacts.setdefault(key, []).append(markdown)

    def emit(self, happened: Sequence[Happened]) -> None:
        """The events are kept; a repeated id counts once."""
        for each in happened:
            self.events.setdefault(each.event_id, (each.event, dict(each.payload)))

    # What the engine's own side does: the worker, the flow, the loss of a database.

    def due(self) -> list[str]:
        """Runs that a worker would take now, oldest first."""
        waiting = [run for run in self.runs.values() if run.state.type is RunType.SCHEDULED]
        waiting.sort(key=lambda run: (run.state.timestamp, run.state.flow_run_id))
        return [run.state.flow_run_id for run in waiting]

    def claim(self, flow_run_id: str) -> bool:
        """Whether a worker has taken the run; only a scheduled run can be taken, once."""
        if self.runs[flow_run_id].state.type is not RunType.SCHEDULED:
            return False
        self.becomes(flow_run_id, RunType.PENDING)
        return True

    def begin(self, flow_run_id: str) -> bool:
        """Whether the process of the run may go on: not while the run is being cancelled.

        Prefect lets it go on even where the run has been ended from outside meanwhile.
        """
        return self._says(flow_run_id, RunType.RUNNING, "Running")

    def ask(self, flow_run_id: str, key: str) -> bool:
        """Whether a running run now waits under `key`; its form is not there yet."""
        run = self.runs.get(flow_run_id)
        if run is None or run.state.type is not RunType.RUNNING:
            return False
        run.form = Form(key, shown=False)
        self.becomes(flow_run_id, RunType.PAUSED, "Suspended")
        return True

    def show_form(
        self,
        flow_run_id: str,
        key: str,
        required: Collection[str] = (),
        choices: Mapping[str, frozenset[str]] | None = None,
    ) -> None:
        """The form asked under `key` can be filled; nothing if the run asks another one by now."""
        run = self.runs.get(flow_run_id)
        if run is not None and run.form is not None and run.form.key == key:
            run.form = Form(key, frozenset(required), choices or {})

    def suspend(self, flow_run_id: str, key: str, required: Collection[str] = ()) -> bool:
        """Whether a claimed run has gone on and waits for the form asked under `key`."""
        if not self.begin(flow_run_id) or not self.ask(flow_run_id, key):
            return False
        self.show_form(flow_run_id, key, required)
        return True

    def end(self, flow_run_id: str, kind: RunType, name: str) -> bool:
        """Whether the process could say how the run has ended; not while it is being cancelled."""
        return self._says(flow_run_id, kind, name)

    def _says(self, flow_run_id: str, kind: RunType, name: str) -> bool:
        run = self.runs.get(flow_run_id)
        if run is None or run.state.type is RunType.CANCELLING:
            return False
        self.becomes(flow_run_id, kind, name)
        return True

    def ask_to_cancel(self, flow_run_id: str) -> None:
        """Somebody has pressed Cancel: a run with a process is cancelled by its worker."""
        run = self.runs[flow_run_id]
        if run.state.type in (RunType.PENDING, RunType.RUNNING):
            self.becomes(flow_run_id, RunType.CANCELLING)
        elif run.state.type not in FINAL:
            self.becomes(flow_run_id, RunType.CANCELLED)

    def cancelling(self) -> list[str]:
        """Runs whose processes are to be ended."""
        every = self.runs.items()
        return [one for one, run in every if run.state.type is RunType.CANCELLING]

    def becomes(self, flow_run_id: str, kind: RunType, name: str = "") -> None:
        """The run is in that state, forced, as when its process says so."""
        run = self.runs[flow_run_id]
        run.state = replace(
            run.state, type=kind, name=name or kind.value.capitalize(), timestamp=self._now()
        )

    def adopt(self, other: "MemoryRuns") -> None:
        """Everything is here that the other engine holds, as a copy."""
        self.runs, self._keys = copy.deepcopy((other.runs, other._keys))
        self._numbers = count(1 + max((UUID(one).int for one in self.runs), default=0))

    def forget_everything(self) -> None:
        """The engine's whole database is lost."""
        self.runs.clear()
        self._keys.clear()
