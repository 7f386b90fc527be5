"""An engine in memory that obeys Prefect's rules; what its own side does has methods here too."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import count
from typing import Any
from uuid import UUID

from connectors.errors import Rejected
from connectors.runs import FINAL, Answer, RunState, RunType, StoredAnswer


@dataclass(frozen=True)
class Form:
    """What a suspended run waits for: the key it was asked under and the fields without default."""

    key: str
    required: frozenset[str] = frozenset()


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

    def resume(self, flow_run_id: str, answer: Answer) -> bool:
        """Whether this call has woken the waiting run; False for one that does not wait."""
        run = self.runs.get(flow_run_id)
        if run is None or run.state.type is not RunType.PAUSED:
            return False
        if run.form is not None:
            if not run.form.required <= answer.keys():
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

    def emit(
        self,
        event_name: str,
        *,
        resource: Mapping[str, str],
        payload: Mapping[str, Any],
        event_id: str,
        occurred: datetime,
    ) -> None:
        """The event is kept; a repeated id counts once."""
        self.events.setdefault(event_id, (event_name, dict(payload)))

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
        self.becomes(flow_run_id, RunType.RUNNING, "Running")
        return True

    def suspend(self, flow_run_id: str, key: str, required: Sequence[str] = ()) -> bool:
        """Whether a running run now waits for the form asked under `key`."""
        run = self.runs[flow_run_id]
        if run.state.type is not RunType.RUNNING:
            return False
        run.form = Form(key, frozenset(required))
        self.becomes(flow_run_id, RunType.PAUSED, "Suspended")
        return True

    def becomes(self, flow_run_id: str, kind: RunType, name: str = "") -> None:
        """The run is in that state, forced, as when its process says so."""
        run = self.runs[flow_run_id]
        run.state = replace(
            run.state, type=kind, name=name or kind.value.capitalize(), timestamp=self._now()
        )

    def forget_everything(self) -> None:
        """The engine's whole database is lost."""
        self.runs.clear()
        self._keys.clear()
