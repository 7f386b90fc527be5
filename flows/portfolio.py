"""The review of all open orders, by the clock or by an operator's button."""

from prefect import flow
from prefect.client.schemas.objects import State
from prefect.states import Completed

from domain.names import Language
from tasks.reviews import review as look_at_all
from tasks.services import services


@flow(name="review", persist_result=False)
def review(kind: str) -> State:
    """Look at all open orders; on a day that is not the review's it ends at once and says why."""
    done = look_at_all(services(), kind)
    said = " / ".join(done.lines(language)[0] for language in (Language.ZH, Language.EN))
    return Completed(name="NotToday" if done.not_today else "Reviewed", message=said)
