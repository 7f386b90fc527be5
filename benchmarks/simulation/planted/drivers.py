"""Planted: drivers of orders without fence, lease, wake or end."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Engine, update
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from benchmarks.simulation.replaced import replaced
from connectors.runs import RunType
from connectors.runs_memory import MemoryRuns
from models import base
from models import order as orders
from models import run as runs
from models import step as steps
from models.run import Run
from tasks import driving, engine, stage, stage_tasks, sweeping, transition, upkeep

Planted = AbstractContextManager[None]


def _nothing(*_: object, **__: object) -> None:
    """Nothing is done."""


def the_fence_is_dropped() -> Planted:
    """An execution goes on although another one has taken over."""

    def hold(session: Session, run_id: int, epoch: int, **more: Any) -> None:
        values = {"lease_until": more["until"], "waits_since": more.get("waits_since")}
        session.execute(update(Run).where(Run.id == run_id).values(**values))

    return replaced(runs, hold=hold)


def an_old_leg_may_drive() -> Planted:
    """A leg does not look whether a newer one exists."""

    def take(services: Any, run_id: int, leg: int, flow_run_id: str) -> Any:
        with services.writing() as session:
            run = session.get_one(Run, run_id)
            run.flow_run_id = flow_run_id
            session.flush()
            until = services.now() + timedelta(seconds=40)
            epoch = runs.take(session, run, boot=services.boot, until=until)
            return driving.Ride(run.id, epoch, flow_run_id, run.order_id, run.gate_id)

    return replaced(driving, take=take)


def a_stage_is_committed_twice() -> Planted:
    """Nobody looks whether the stage has been committed."""
    return replaced(stage, committed=lambda *_: None, _awaited=lambda *_: True)


def a_step_is_not_written() -> Planted:
    """What a stage has done leaves no step."""

    real = stage.commit

    def commit(services: Any, ticket: Any, outcome: Any) -> bool:
        done = real(services, ticket, outcome)
        with services.writing() as session:
            found = steps.committed(session, ticket.order_id, ticket.stage, ticket.round)
            if found is not None:
                session.delete(found)
        return done

    return replaced(stage_tasks, commit=commit)


def a_decision_wakes_nobody() -> Planted:
    """What has happened to an order does not wake its run."""
    return replaced(runs, wake=_nothing)


def what_is_new_counts_as_seen() -> Planted:
    """A run is never behind: what comes while it looks is lost."""
    return replaced(runs, to_wake=lambda *_, **__: [])


def a_run_never_ends() -> Planted:
    """The driver of an ended order stays."""
    real = driving.look

    def look(services: Any, ride: driving.Ride) -> Any:
        found = real(services, ride)
        if isinstance(found, driving.Ended):
            with services.writing() as session:
                session.get_one(Run, ride.run_id).ended_at = None
        return found

    return replaced(driving, look=look)


def a_new_leg_has_the_old_key() -> Planted:
    """The engine is asked for a new run under the key of the one that died."""
    real = MemoryRuns.start

    def start(self: MemoryRuns, deployment: str, **more: Any) -> str:
        more["idempotency_key"] = more["idempotency_key"].rpartition(":")[0]
        return real(self, deployment, **more)

    return replaced(MemoryRuns, start=start)


def dead_runs_are_not_looked_for() -> Planted:
    """Nobody looks after a lease that is over, or after what has ended."""
    return replaced(engine, check_runs=lambda *_: 0, notice_ended=lambda *_: 0)


def what_the_engine_lost_is_not_looked_for() -> Planted:
    """A run that the engine does not know any more is not replaced."""
    return replaced(sweeping, sweep=lambda _, after, *__: sweeping.Swept(after, 0))


def a_replaced_run_is_left_running() -> Planted:
    """The run that is replaced is not ended in the engine."""
    return replaced(MemoryRuns, crash=_nothing)


def a_dead_run_gets_no_new_leg() -> Planted:
    """The run is let go of, but begins no new leg."""

    def next_leg(run: Run, *, at: datetime, wait: timedelta) -> None:
        run.lease_until = None

    return replaced(runs, next_leg=next_leg)


def an_order_is_not_locked() -> Planted:
    """Whoever changes an order does not hold its row."""

    def locked(session: Session, order_id: int) -> orders.Order:
        return session.get_one(orders.Order, order_id)

    return replaced(orders, locked=locked)


def half_of_a_failed_change_is_kept() -> Planted:
    """What was changed before an error is not undone."""

    @contextmanager
    def writing(bound: Engine) -> Iterator[Session]:
        with Session(bound.execution_options(writes=True), expire_on_commit=False) as session:
            try:
                yield session
            finally:
                with suppress(SQLAlchemyError):
                    session.commit()

    return replaced(base, writing=writing)


def a_gate_is_forgotten() -> Planted:
    """The order moves to where it should wait, but nobody is asked."""
    return replaced(transition, open_gate=_nothing)


def nobody_is_next() -> Planted:
    """It is not written down who acts next."""
    return replaced(upkeep, next_action=_nothing)


def a_crash_is_taken_for_an_end() -> Planted:
    """A run that crashed counts as one that has ended well."""
    kinds = frozenset({RunType.CANCELLED})
    return replaced(engine, FINAL=kinds)
