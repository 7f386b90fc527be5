"""The engine as a connector: start runs, wake them, look at many, cancel."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Protocol

Answer = dict[str, Any]
"""Fields of a filled form, as plain JSON values."""

IDS_IN_ONE_QUESTION = 200
"""The engine gives at most so many runs in one reply."""


class RunType(StrEnum):
    """What a run is doing, in the engine's words."""

    SCHEDULED = "SCHEDULED"
    PENDING = "PENDING"
    RUNNING = "RUNNING"
    PAUSED = "PAUSED"
    COMPLETED = "COMPLETED"
    FAILED = "FAILED"
    CANCELLED = "CANCELLED"
    CANCELLING = "CANCELLING"
    CRASHED = "CRASHED"


FINAL = frozenset({RunType.COMPLETED, RunType.FAILED, RunType.CANCELLED, RunType.CRASHED})
"""Types that a run leaves only by a retry."""


@dataclass(frozen=True)
class RunState:
    """Where a run stands since `timestamp`; `name` is finer than `type` (Suspended, Resuming)."""

    flow_run_id: str
    type: RunType
    name: str
    timestamp: datetime


@dataclass(frozen=True)
class StoredAnswer:
    """What a person has sent through the engine's form, and when the engine stored it."""

    value: Answer
    stored_at: datetime


@dataclass(frozen=True)
class Happened:
    """Something for the engine's feed of events: what, to which resource, when."""

    event: str
    resource: Mapping[str, str]
    payload: Mapping[str, Any]
    event_id: str
    occurred: datetime


class Runs(Protocol):
    """What Orderflow asks of the engine. Errors: `Unreachable`, `Rejected`."""

    def deployment_id(self, name: str) -> str:
        """Id of a deployment `flow/name`."""
        ...

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
        ...

    def states(self, ids: Sequence[str]) -> dict[str, RunState]:
        """State by run id; what is missing is gone."""
        ...

    def count_waiting(self, ids: Sequence[str]) -> int:
        """How many of these runs are there and wait; far cheaper than their states."""
        ...

    def resume(self, flow_run_id: str, answer: Answer) -> bool:
        """Whether this call has woken the waiting run; False for one that does not wait."""
        ...

    def crash(self, flow_run_id: str, reason: str) -> None:
        """The run counts as crashed, whatever its process says; nothing for a run that is gone."""
        ...

    def cancel(self, flow_run_id: str) -> None:
        """The run is cancelled now (its process is not asked); nothing for a run that is gone."""
        ...

    def complete(self, flow_run_id: str, name: str, message: str) -> None:
        """The run has ended well, in a state of this name; nothing for a run that is gone."""
        ...

    def ended_since(self, deployment: str, instant: datetime) -> Sequence[RunState]:
        """Runs that ended at or after the instant, and those that are being cancelled."""
        ...

    def retag(self, flow_run_id: str, name: str | None, tags: tuple[str, ...]) -> None:
        """The run carries these tags only, and the name if one is given."""
        ...

    def answer(self, flow_run_id: str, key: str) -> StoredAnswer | None:
        """What was sent through the form that was asked under this key."""
        ...

    def forget_answer(self, flow_run_id: str, key: str) -> None:
        """The engine no longer holds what was sent under this key."""
        ...

    def artifact(
        self, key: str, markdown: str, description: str, flow_run_id: str | None = None
    ) -> None:
        """A new version of the page `key` (lower case, digits, dashes) is shown."""
        ...

    def emit(self, happened: Sequence[Happened]) -> None:
        """The events are in the engine's feed, for display; a repeated id counts once."""
        ...


def form_key(key: str) -> str:
    """Name under which the engine stores the answer of a form that was asked under `key`."""
    return f"suspended-{key}-response"
