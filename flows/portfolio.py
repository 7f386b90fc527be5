"""The review of all open orders, by the clock or by an operator's button."""

from prefect import flow
from prefect.client.schemas.objects import State
from prefect.states import Completed

from tasks.reviews import review as look_at_all
from tasks.services import services


@flow(name="review", persist_result=False)
def review(kind: str) -> State:
    """Look at all open orders; on a day that is not the review's it ends at once and says why."""
    done = look_at_all(services(), kind)
    if done.not_today is not None:
        why = done.not_today
        return Completed(name="NotToday", message=f"{why.reason_en} / {why.reason_zh}")
    found = f"{len(done.content['orders'])} open orders, period {done.content['period']}"
    return Completed(name="Reviewed", message=found)
