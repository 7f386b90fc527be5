"""Waiting runs looked for in the engine, a page at a time: what it has lost is begun anew."""

from dataclasses import dataclass
from datetime import datetime

from connectors.runs import FINAL, RunState, RunType
from models import run as runs
from tasks.engine import START_LEASE, replace
from tasks.services import Services

PAGE, NEWEST = 150, 10
"""So many waiting runs are looked for at a time: every five seconds, 100,000 in an hour."""


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
