"""An independent look at what is left: plain SQL and the stand-in, nothing of the product."""

from collections.abc import Iterator
from typing import Any

from benchmarks.simulation.installation import Installation
from benchmarks.simulation.people import People
from connectors.runs import RunType

ENDED = ("closed", "cancelled", "rejected")


class Checker:
    """Looks at one installation."""

    def __init__(self, installation: Installation, people: People) -> None:
        self._on = installation
        self._people = people

    def _rows(self, sql: str, *values: Any) -> list[dict[str, Any]]:
        return self._on.database.rows(sql, *values)

    def quiet(self) -> bool:
        """True when nothing is left to do but to wait for people."""
        return not any(True for _ in self._restless())

    def _restless(self) -> Iterator[str]:
        moving = (RunType.SCHEDULED, RunType.PENDING, RunType.RUNNING, RunType.CANCELLING)
        for run_id, run in self._on.engine.server.runs.items():
            if run.state.type in moving:
                yield f"run {run_id} is {run.state.name}"
        for row in self._rows("select * from run where ended_at is null"):
            if row["flow_run_id"] is None or row["wake_seq"] > row["seen_seq"]:
                yield f"run row {row['id']} is not up to date"
        for row in self._rows("select * from outbox where state in ('pending', 'sending')"):
            yield f"mail {row['id']} is {row['state']}"
        if self._on.inbox.box.waiting(1):
            yield "a mail waits in the inbox"
        if self._rows("select id from message where state = 'new' limit 1"):
            yield "a mail waits to be understood"

    def problems(self) -> list[str]:
        """One line for each thing that is not as it must be."""
        return [*self._restless(), *self._on.hub.unexpected]
