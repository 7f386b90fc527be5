"""Where a leg meets the engine: what Prefect's library does is done in memory instead."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Literal, get_args, get_origin

from prefect.exceptions import Abort, Pause

from benchmarks.simulation.hub import Hub
from benchmarks.simulation.installation import Installation
from benchmarks.simulation.replaced import replaced
from connectors.errors import Unreachable
from deployments import service
from tasks import stage_tasks, standing, steering
from tasks.effect import DELAYS_SECONDS, GROUND_LOST


class CarryOut:
    """The stage's task, repeated as Prefect repeats it."""

    def __init__(self, hub: Hub) -> None:
        self._hub = hub

    def with_options(self, **_: object) -> "CarryOut":
        """The same task; its name is display."""
        return self

    def __call__(self, work: steering.Work, stage: str, round_: int) -> bool:
        for delay in (*DELAYS_SECONDS, None):
            try:
                return stage_tasks.carry_out.fn(work, stage, round_)
            except (Unreachable, *GROUND_LOST):
                if delay is None:
                    raise
                self._hub.sleep(delay)
        raise AssertionError


@contextmanager
def without_prefect(installation: Installation) -> Iterator[None]:
    """Within, flows meet the simulated engine where they would call Prefect's library."""
    hub, server = installation.hub, installation.engine.server

    def flow_run_id() -> str:
        return hub.current.process.name.partition(":")[2]

    def suspend(*, wait_for_input: Any, key: str, timeout: object) -> None:
        me = flow_run_id()
        hub.point(f"suspend {key}")
        if not server.ask(me, key):
            raise Abort(me)  # it has been ended from outside
        hub.point("suspended")  # the state is there before its form
        server.show_form(me, key, *_fields(wait_for_input))
        hub.point("form shown")
        raise Pause

    with (
        replaced(steering, carry_out=CarryOut(hub), _flow_run_id=flow_run_id),
        replaced(standing, suspend_flow_run=suspend),
        replaced(service, inboxes_for=lambda *_: [installation.inbox]),
    ):
        yield


def _fields(form: Any) -> tuple[frozenset[str], dict[str, frozenset[str]]]:
    """Which fields of a form have no default, and the words that a field takes."""
    required = {name for name, field in form.model_fields.items() if field.is_required()}
    choices = {
        name: frozenset(get_args(field.annotation))
        for name, field in form.model_fields.items()
        if get_origin(field.annotation) is Literal
    }
    return frozenset(required), choices
