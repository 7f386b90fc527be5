"""Everything that is due, acted on: the backstop of the service, and the operator's button."""

from prefect import flow

from tasks.services import services
from tasks.timers import fire_due


@flow(name="tick", persist_result=False)
def tick() -> int:
    """How many due actions were acted on."""
    return len(fire_due(services()))
