"""Orders and the engine kept in step: runs started, woken, replaced, shown. Safe to run twice."""

import logging
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from connectors.runs import FINAL, RunState, RunType
from domain.names import OURSELVES, Channel, Event, Fact
from models import backlog, installation
from models import event as events
from models import gate as gates
from models import order as orders
from models import run as runs
from models.order import Order
from models.run import Run
from tasks import approving, fence
from tasks.harvest import take_answer
from tasks.services import Services
from tasks.setting_back import looked_until
from tasks.tags import run_name, run_tags
from tasks.transition import happen

log = logging.getLogger("orderflow.engine")

ORDER, INTAKE = "order/order", "intake/intake"
START_LEASE = timedelta(seconds=90)
"""A started run that has not begun after so long is looked at."""
STUCK = timedelta(seconds=20)
"""A run that is pending or running without a lease for so long has no process any more."""
TOO_OFTEN = 5
"""After so many dead runs in a row a person is asked."""
PARKED = "Parked"
"""The name of the state in which the engine's run of a parked order ended."""
BACK_OFF_SECONDS = (0, 2, 10, 60, 300, 900)
NOBODY = {"approver": "", "code": "", "comment": ""}
DECIDES, WAITS = {"decision": "approve", **NOBODY}, {"decision": "look_again", **NOBODY}
"""What the service sends through the form to wake a run: nobody's name, so it decides nothing.
A form takes one of both, depending on whether its gate decides something or only waits."""


def start_runs(
    services: Services, limit: int = 50, only: Collection[int] | None = None
) -> list[str]:
    """Ids of the runs that were started now; of these numbers only, if some are named."""
    at = services.now()
    with services.reading() as session:
        due = runs.to_start(session, at=at, limit=limit, only=only)
        wanted = [_wanted(session, services, run) for run in due]
    if wanted and not fence.may_act(services):
        return []
    started = []
    for run_id, leg, deployment, parameters, name, tags in wanted:
        key = f"{services.instance}:{deployment}:{run_id}:{leg}"
        flow_run_id = services.runs.start(
            deployment, parameters=parameters, name=name, tags=tags, idempotency_key=key
        )
        with services.writing() as session:
            run = session.get_one(Run, run_id, with_for_update=True)
            if run.leg == leg and run.flow_run_id is None:
                run.flow_run_id = flow_run_id
                run.lease_until, run.boot = at + START_LEASE, services.boot
        started.append(flow_run_id)
    return started


Wanted = tuple[int, int, str, dict[str, int], str, tuple[str, ...]]


def _wanted(session: Session, services: Services, run: Run) -> Wanted:
    parameters = {"run_id": run.id, "leg": run.leg}
    if run.order_id is None:
        gate = session.get_one(gates.Gate, run.gate_id)
        tags = (f"waiting:{gate.kind}", f"gate:{gate.number}")
        return run.id, run.leg, INTAKE, parameters, f"{gate.number} · {gate.kind}", tags
    order = session.get_one(Order, run.order_id)
    return run.id, run.leg, ORDER, parameters, run_name(order), run_tags(session, order)


def wake_runs(
    services: Services, limit: int = 100, only: Collection[int] | None = None
) -> list[str]:
    """Ids of the waiting runs that were woken because something new is there for them."""
    with services.reading() as session:
        asleep = [
            Asleep(run.id, run.flow_run_id, run.epoch, _only_waits(session, run))
            for run in runs.to_wake(session, limit, only)
            if run.flow_run_id
        ]
    woken = {each for each in asleep if _resumed(services, each, WAITS if each.waits else DECIDES)}
    if woken != set(asleep):
        woken |= _wake_the_rest(services, [each for each in asleep if each not in woken])
    for each in woken:
        _on_its_way(services, each)
    return [each.flow_run_id for each in woken]


@dataclass(frozen=True)
class Asleep:
    """A run that stands at a gate, and whether the gate's form decides nothing."""

    run_id: int
    flow_run_id: str
    epoch: int
    waits: bool


def _only_waits(session: Session, run: Run) -> bool:
    order = session.get(Order, run.order_id) if run.order_id else None
    gate = gates.standing(session, order) if order else session.get(gates.Gate, run.gate_id)
    return gate is not None and approving.only_waits(order, gate)


def _wake_the_rest(services: Services, asleep: Sequence[Asleep]) -> set[Asleep]:
    """Those that woke after a second look; a run that has ended is replaced."""
    woken = set()
    states = services.runs.states([each.flow_run_id for each in asleep])
    for each in asleep:
        state = states.get(each.flow_run_id)
        if state is None or state.type in FINAL:
            replace(services, each.run_id, each.flow_run_id, state)
        elif state.type is RunType.PAUSED:  # the form of another gate than the one it stands at now
            if _resumed(services, each, DECIDES if each.waits else WAITS):
                woken.add(each)
        elif state.type in (RunType.SCHEDULED, RunType.PENDING):
            _on_its_way(services, each)
    return woken


def _resumed(services: Services, asleep: Asleep, word: Mapping[str, str]) -> bool:
    return services.runs.resume(asleep.flow_run_id, dict(word))


def _on_its_way(services: Services, woken: Asleep) -> None:
    """A woken run will be driven in a moment; if it is not, it is looked at."""
    with services.writing() as session:
        run = session.get_one(Run, woken.run_id, with_for_update=True)
        if run.epoch == woken.epoch:  # else it is driven already
            run.waits_since = None
            run.lease_until, run.boot = services.now() + START_LEASE, services.boot


def check_runs(services: Services, limit: int = 200) -> int:
    """How many runs were replaced because nobody drives them any more."""
    at = services.now()
    with services.reading() as session:
        found = runs.to_check(session, at=at, boot=services.boot, limit=limit)
        suspects = {
            r.flow_run_id: (r.id, runs.is_dead(r.boot, services.boot))
            for r in found
            if r.flow_run_id
        }
    if not suspects:
        return 0
    states = services.runs.states(list(suspects))
    replaced, late = 0, []
    for flow_run_id, (run_id, boot_died) in suspects.items():
        state = states.get(flow_run_id)
        if state is not None and state.type is RunType.SCHEDULED:
            late.append(run_id)  # a worker will take it: it has no process to lose
        elif state is not None and not _dead(state, at, boot_died=boot_died):
            continue
        else:
            replaced += replace(services, run_id, flow_run_id, state)
    if late:
        with services.writing() as session:
            backlog.look_later(session, late, boot=services.boot, until=at + START_LEASE)
    return replaced


def _dead(state: RunState, at: datetime, *, boot_died: bool) -> bool:
    if state.type in FINAL:
        return True
    # A run that waits has let go of its lease: with one, it died before its form was there.
    return boot_died or at - state.timestamp > STUCK


def notice_ended(services: Services) -> int:
    """How many runs ended behind our back (cancelled, crashed, failed) and were dealt with."""
    at = services.now()
    with services.reading() as session:
        mark = installation.value(session, "engine_watermark")
    since = looked_until(services, mark, at=at)
    dealt = 0
    for deployment in (ORDER, INTAKE):
        for state in services.runs.ended_since(deployment, since - timedelta(seconds=30)):
            dealt += _ended(services, state)
    with services.writing() as session:
        installation.remember(session, "engine_watermark", at.isoformat())
    return dealt


def _ended(services: Services, state: RunState) -> int:
    if state.type is RunType.COMPLETED:
        return 0
    with services.reading() as session:
        run = runs.of_flow_run(session, state.flow_run_id)
    if run is None:
        return 0
    if run.ended_at is not None:  # killed at its very end: its last form may hold a late answer
        take_answer(services, run.id, state.flow_run_id)
        return 0
    return replace(services, run.id, state.flow_run_id, state)


def replace(services: Services, run_id: int, flow_run_id: str, state: RunState | None) -> int:
    """The run gets a new leg; one that somebody cancelled in the engine becomes a request."""
    at = services.now()
    if state is not None and state.type not in FINAL and state.type is not RunType.CANCELLING:
        services.runs.crash(flow_run_id, "Nobody drives this run any more; a new one takes over.")
    if state is not None and state.type is not RunType.CANCELLING:
        take_answer(services, run_id, flow_run_id)
    with services.writing() as session:
        run = session.get_one(Run, run_id)
        order = orders.locked(session, run.order_id) if run.order_id is not None else None
        run = session.get_one(Run, run_id, populate_existing=True, with_for_update=True)
        if run.flow_run_id != flow_run_id or run.ended_at is not None:
            return 0
        if state is not None and state.type is RunType.CANCELLING:
            return 0  # the worker is ending it; it will be cancelled in a moment
        cancelled = state is not None and state.type is RunType.CANCELLED
        # What died with the whole installation says nothing about the order.
        parked = state is not None and state.name == PARKED
        innocent = cancelled or parked or state is None or runs.is_dead(run.boot, services.boot)
        run.failures = 0 if innocent else run.failures + 1
        wait = BACK_OFF_SECONDS[min(run.failures, len(BACK_OFF_SECONDS) - 1)]
        runs.next_leg(run, at=at, wait=timedelta(seconds=0 if run.failures <= 1 else wait))
        if order is not None:
            _written_down(session, services, order, state, cancelled=cancelled, at=at)
            if run.failures == TOO_OFTEN and not order.ended:
                _give_up(session, services, order, state, at)
    log.warning(
        "Run %s ended (%s); leg %s follows", flow_run_id, state.type if state else "gone", run.leg
    )
    return 1


def _give_up(
    session: Session, services: Services, order: Order, state: RunState | None, at: datetime
) -> None:
    """A run that dies again and again is the owner's to look at, not the engine's to repeat."""
    reason = f"{TOO_OFTEN} runs in a row ended as {state.name if state else 'gone'}"
    happen(
        session,
        services,
        order,
        Event.TROUBLE_REPORTED,
        by=OURSELVES,
        channel=Channel.SYSTEM,
        at=at,
        payload={"reason": reason},
    )


def _written_down(
    session: Session,
    services: Services,
    order: Order,
    state: RunState | None,
    *,
    cancelled: bool,
    at: datetime,
) -> None:
    if cancelled and not order.ended:
        happen(
            session,
            services,
            order,
            Event.CANCEL_REQUESTED,
            by="prefect",
            channel=Channel.PREFECT_UI,
            at=at,
            payload={"reason": "The run was cancelled in the engine's pages."},
        )
        return
    events.append(
        session,
        order.id,
        Fact.RUN_REPLACED,
        by=OURSELVES,
        channel=Channel.SYSTEM,
        at=at,
        payload={
            "run": state.flow_run_id if state else None,
            "was": state.name if state else "gone",
        },
    )


def step(services: Services) -> bool:
    """One round of all of it; True if something was started or woken."""
    started = start_runs(services)
    woken = wake_runs(services)
    check_runs(services)
    return bool(started or woken)
