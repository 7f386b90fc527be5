"""What the flows call: the current installation's run taken, looked at, carried on."""

from prefect.context import get_run_context

from domain.errors import Fenced
from tasks import driving, standing
from tasks.driving import Ended, Next, Ride, Wait, Work
from tasks.effect import GROUND_LOST
from tasks.services import services
from tasks.stage_tasks import carry_out

__all__ = ["Ended", "Fenced", "Ride", "Wait", "Work", "do", "look", "stand", "take"]


def take(run_id: int, leg: int) -> Ride | None:
    """This execution's hold on the run; None where a newer one exists."""
    return driving.take(services(), run_id, leg, _flow_run_id())


def look(ride: Ride) -> Next:
    """What is to be done next."""
    found = driving.look(services(), ride)
    if not isinstance(found, Work):  # what was decided is not kept waiting for this
        standing.take_left(services(), ride)
    return found


def do(work: Work) -> None:
    """The stage has done its work, or its owner is asked at a gate what to do about it."""
    ticket = work.ticket
    try:
        carry_out.with_options(task_run_name=f"{ticket.stage} r{ticket.round}")(
            work, str(ticket.stage), ticket.round
        )
    except (Fenced, *GROUND_LOST):
        raise
    except Exception as mistake:  # noqa: BLE001  # an edge that must not die: a person decides
        driving.trouble(services(), ticket, f"{type(mistake).__name__}: {mistake}")


def stand(ride: Ride, wait: Wait) -> None:
    """The gate is answered, or the run is suspended with the gate's form."""
    standing.stand_at(services(), ride, wait)


def _flow_run_id() -> str:
    return str(get_run_context().flow_run.id)  # type: ignore[union-attr]  # called in flows only
