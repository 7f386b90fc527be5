"""What a dead machine leaves in the engine: lost runs begin anew, left ones are ended."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from connectors.runs import FINAL, RunState, RunType
from models import run as runs
from tasks.engine import START_LEASE, replace
from tasks.services import Services

PAGE, NEWEST = 150, 10
"""So many waiting runs are looked for at a time: every five seconds, 100,000 in an hour."""


LOOK_BACK = timedelta(days=1)
"""A service that starts looks so far back for runs that were left."""


@dataclass(frozen=True)
class Swept:
    """How far the waiting runs were looked at (0: all of them), and how many were lost."""

    upto: int
    lost: int


def sweep(services: Services, after: int, limit: int = PAGE) -> Swept:
    """A page of waiting runs after this number is looked for in the engine, and the newest ones.

    A run that the engine has lost (its database was made anew) is replaced, and one that a worker
    has taken and left alone.
    """
    with services.reading() as session:
        page = runs.waiting(session, after, limit)
        both = {*page, *runs.newest_waiting(session, NEWEST)}
        found = {run.flow_run_id: run.id for run in both if run.flow_run_id}
    upto = page[-1].id if len(page) == limit else 0
    if not found or services.runs.count_waiting(list(found)) == len(found):
        return Swept(upto, 0)
    states = services.runs.states(list(found))
    lost = 0
    for flow_run_id, run_id in found.items():
        state = states.get(flow_run_id)
        if state is None or state.type in FINAL or _forsaken(state, services.now()):
            lost += replace(services, run_id, flow_run_id, state)
    return Swept(upto, lost)


def _forsaken(state: RunState, at: datetime) -> bool:
    """Whether a worker has taken the run and died (or never heard that it had it): a leg that
    lives has got its lease long before."""
    taken = state.type in (RunType.PENDING, RunType.RUNNING)
    return taken and at - state.timestamp > START_LEASE


def end_left(services: Services, since: datetime) -> datetime:
    """Engine runs of what ended after that instant are ended too; up to when that is true.

    A leg writes down the end before the engine hears of it. Where its machine died in between,
    the run would be shown as running for ever.
    """
    upto = services.now() - START_LEASE  # a leg that lives has told the engine long before
    if upto <= since:
        return since
    with services.reading() as session:
        ended = runs.ended_between(session, since, upto)
    for first in range(0, len(ended), PAGE):
        for flow_run_id, state in services.runs.states(ended[first : first + PAGE]).items():
            if state.type not in FINAL:
                services.runs.crash(flow_run_id, "What it carried has ended, and so has its leg.")
    return upto
