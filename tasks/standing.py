"""Standing at a gate: the stored answer of the form is harvested, else the run is suspended."""

from contextlib import suppress
from functools import partial

from prefect.exceptions import Pause
from prefect.flow_runs import suspend_flow_run

from connectors.errors import Unreachable
from tasks.driving import Ride, Wait, ask_again, decided_meanwhile, left, let_go, note_refusal
from tasks.effect import GROUND_LOST
from tasks.forms import form
from tasks.harvest import harvest
from tasks.services import Services


def stand_at(services: Services, ride: Ride, wait: Wait) -> None:
    """The form's answer is through the door, or the run is suspended with a fresh form.

    Does not return where it suspends: the engine ends the execution and starts it again later.
    """
    if harvest(services, ride.flow_run_id, wait, partial(note_refusal, services, ride, wait)):
        return
    if not wait.asks and decided_meanwhile(services, wait.gate_id):
        return
    asked = ask_again(services, ride, wait.gate_id)
    if asked is not None:
        shown = form(asked).with_initial_data(description=asked.briefing)
        try:
            suspend_flow_run(wait_for_input=shown, key=asked.key, timeout=None)
        except Pause:  # the form is there
            with suppress(Unreachable, *GROUND_LOST):  # then the run begins again: a form more
                if not let_go(services, ride):
                    services.runs.crash(ride.flow_run_id, "Another run drives this order now.")
            raise


def take_left(services: Services, ride: Ride) -> None:
    """What was typed into a form while its gate was decided elsewhere is kept, and deleted there.

    The code of a person must not stay with the engine.
    """
    wait = left(services, ride)
    if wait is not None:
        harvest(services, ride.flow_run_id, wait, partial(note_refusal, services, ride, wait))
