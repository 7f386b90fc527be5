"""A mail that needs a person: it stands at a gate like every other wait."""

from prefect import flow
from prefect.client.schemas.objects import State
from prefect.states import Completed

from tasks import steering
from tasks.steering import Ended, Fenced, Wait


@flow(name="intake", persist_result=False, retries=0, validate_parameters=False)
def decide_mail(run_id: int, leg: int) -> State:
    """Ask a person what the mail is, until somebody has said it."""
    try:
        ride = steering.take(run_id, leg)
        while ride is not None:
            match steering.look(ride):
                case Ended(name):
                    return Completed(
                        name=name.capitalize(), message="The mail has been dealt with."
                    )
                case Wait() as wait:
                    steering.stand(ride, wait)
    except Fenced:
        pass
    return Completed(name="Superseded", message="Another run stands at this gate now.")
