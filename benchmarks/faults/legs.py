"""The flow `order` as a worker carries it, where Prefect's library is this process's memory."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

from prefect.exceptions import Pause

from benchmarks.simulation.replaced import replaced
from connectors.errors import Unreachable
from connectors.runs import RunType
from connectors.runs_memory import MemoryRuns
from flows.order import carry_order
from tasks import stage_tasks, standing, steering
from tasks.effect import DELAYS_SECONDS, GROUND_LOST
from tasks.services import Services, using


class Aborted(Exception):
    """The engine does not let the run go on: it was ended from outside."""


def work_off(server: MemoryRuns, engine: MemoryRuns, services: Services) -> bool:
    """Every run that was due has been carried as far as it goes; True if there was one.

    `engine` is the server as a process reaches it, `server` what it knows when nobody asks.
    """
    due = server.due()
    for flow_run_id in due:
        if engine.claim(flow_run_id):
            _leg(server, engine, flow_run_id, services)
    return bool(due)


def _leg(server: MemoryRuns, engine: MemoryRuns, flow_run_id: str, services: Services) -> None:
    """One process: Prefect knows how it ended, by itself or from the worker that saw it die."""
    given = server.runs[flow_run_id].parameters
    try:
        if engine.begin(flow_run_id):
            with using(services), _without_prefect(engine, flow_run_id), suppress(Pause):
                carry_order.fn(**given)
                engine.end(flow_run_id, RunType.COMPLETED, "Completed")
    finally:
        run = server.runs[flow_run_id]
        half_asked = run.state.type is RunType.PAUSED and not (run.form and run.form.shown)
        if half_asked or run.state.type in (RunType.PENDING, RunType.RUNNING):
            server.becomes(flow_run_id, RunType.CRASHED)


class _CarryOut:
    """The stage's task, repeated as Prefect repeats it, without the waits."""

    def with_options(self, **_: object) -> "_CarryOut":
        """The same task; its name is display."""
        return self

    def __call__(self, work: steering.Work, stage: str, round_: int) -> bool:
        for delay in (*DELAYS_SECONDS, None):
            try:
                return stage_tasks.carry_out.fn(work, stage, round_)
            except (Unreachable, *GROUND_LOST):
                if delay is None:
                    raise
        raise AssertionError


@contextmanager
def _without_prefect(engine: MemoryRuns, flow_run_id: str) -> Iterator[None]:
    """Within, the flow meets this engine where it would call Prefect's library."""

    def suspend(*, wait_for_input: Any, key: str, timeout: object) -> None:
        if not engine.ask(flow_run_id, key):
            raise Aborted(flow_run_id)
        fields = wait_for_input.model_fields.items()
        engine.show_form(flow_run_id, key, {n for n, field in fields if field.is_required()})
        raise Pause

    with (
        replaced(steering, carry_out=_CarryOut(), _flow_run_id=lambda: flow_run_id),
        replaced(standing, suspend_flow_run=suspend),
    ):
        yield
