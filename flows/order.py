"""One order from receipt to archive: a loop over where it stands, safe to kill at any line."""

from prefect import flow
from prefect.client.schemas.objects import State
from prefect.states import Completed

from tasks import steering
from tasks.steering import Ended, Fenced, Wait, Work


@flow(name="order", persist_result=False, retries=0, validate_parameters=False)
def carry_order(run_id: int, leg: int) -> State:
    """Carry the order as far as it goes now: work until a gate, stand there, or end."""
    try:
        ride = steering.take(run_id, leg)
        while ride is not None:
            match steering.look(ride):
                case Ended(name):
                    return Completed(name=name.capitalize(), message="The order has ended.")
                case Wait() as wait:
                    steering.stand(ride, wait)
                case Work() as work:
                    steering.do(work)
    except Fenced:
        pass
    return Completed(name="Superseded", message="Another run drives this order now.")
