"""Which engine run drives an order (or one waiting mail), under which lease and epoch."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, ForeignKey, Index, Select, String, select, text, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from domain.errors import Fenced
from models.base import Base
from models.bell import Bell, ring

STARTED = "ended_at IS NULL AND flow_run_id IS NOT NULL"
WAITS = "ended_at IS NULL AND parked_at IS NULL AND flow_run_id IS NOT NULL AND lease_until IS NULL"


def _only(name: str, column: str, where: str) -> Index:
    """An index of the rows that one question is about: it stays small however many orders wait."""
    return Index(name, column, postgresql_where=text(where), sqlite_where=text(where))


class Run(Base):
    """The driver of one order or of one gate without an order. Exactly one of both is set."""

    __tablename__ = "run"
    __table_args__ = (
        _only(
            "ix_run_start",
            "start_after",
            "ended_at IS NULL AND flow_run_id IS NULL AND parked_at IS NULL",
        ),
        _only("ix_run_wake", "id", f"{STARTED} AND wake_seq > seen_seq"),
        _only("ix_run_lease", "lease_until", f"{STARTED} AND lease_until IS NOT NULL"),
        _only(
            "ix_run_show",
            "id",
            "order_id IS NOT NULL AND flow_run_id IS NOT NULL AND wake_seq > shown_seq",
        ),
        _only("ix_run_waiting", "id", WAITS),
        _only("ix_run_waits_since", "waits_since", WAITS),
        _only("ix_run_parked", "parked_at", "parked_at IS NOT NULL AND flow_run_id IS NOT NULL"),
        _only("ix_run_ended", "ended_at", "ended_at IS NOT NULL"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    order_id: Mapped[int | None] = mapped_column(ForeignKey("order.id"), unique=True)
    gate_id: Mapped[int | None] = mapped_column(unique=True)
    leg: Mapped[int] = mapped_column(default=1)
    flow_run_id: Mapped[str | None] = mapped_column(String(40), index=True)
    epoch: Mapped[int] = mapped_column(default=0)
    lease_until: Mapped[datetime | None]
    boot: Mapped[str] = mapped_column(String(40), default="")
    """The `up` under which the lease was taken, `folder-start`; empty where none has begun it."""
    wake_seq: Mapped[int] = mapped_column(default=1)
    seen_seq: Mapped[int] = mapped_column(default=0)
    shown_seq: Mapped[int] = mapped_column(default=0)
    """Up to which change the engine's tags and artifacts show the order."""
    failures: Mapped[int] = mapped_column(default=0)
    start_after: Mapped[datetime]
    waits_since: Mapped[datetime | None]
    """Since when the run stands at its gate, or is about to; None while it is driven."""
    parked_at: Mapped[datetime | None]
    """When the engine's run was ended because it only waited; any wake begins a new leg."""
    ended_at: Mapped[datetime | None]


def wake(session: Session, order_id: int) -> None:
    """The run of this order has something new to look at; a parked one is parked no more."""
    session.execute(
        update(Run)
        .where(Run.order_id == order_id, Run.ended_at.is_(None))
        .values(wake_seq=Run.wake_seq + 1, parked_at=None)
    )
    ring(session, Bell.RUNS)


def wake_run(session: Session, run_id: int) -> None:
    """This run has something new to look at, whatever it drives."""
    session.execute(
        update(Run)
        .where(Run.id == run_id, Run.ended_at.is_(None))
        .values(wake_seq=Run.wake_seq + 1, parked_at=None)
    )


def wake_display(session: Session, order_id: int) -> None:
    """The engine's card of the order is behind; its run need not look."""
    session.execute(
        update(Run)
        .where(Run.order_id == order_id, Run.shown_seq >= Run.wake_seq)
        .values(shown_seq=Run.wake_seq - 1)
    )


def wake_gate(session: Session, gate_id: int) -> None:
    """The run of this gate without an order has something new to look at."""
    session.execute(
        update(Run)
        .where(Run.gate_id == gate_id, Run.ended_at.is_(None))
        .values(wake_seq=Run.wake_seq + 1, parked_at=None)
    )
    ring(session, Bell.RUNS)


def is_dead(boot: str, now: str) -> bool:
    """Whether that boot has ended: only a later start in the same folder proves it.

    Other services, on this machine or elsewhere, have boots of their own; theirs say nothing.
    """
    return boot != now and _folder(boot) == _folder(now) != ""


def _folder(boot: str) -> str:
    return boot.rpartition("-")[0]


def take(session: Session, run: Run, *, boot: str, until: datetime) -> int:
    """The new epoch under which the caller drives; every older driver is fenced off from now."""
    before = run.epoch
    taken = session.execute(
        update(Run)
        .where(Run.id == run.id, Run.epoch == before)
        .values(epoch=Run.epoch + 1, lease_until=until, waits_since=None, boot=boot)
    )
    if taken.rowcount != 1:  # type: ignore[attr-defined]  # a CursorResult counts its rows
        raise Fenced(f"run {run.id}", before)
    return before + 1


def hold(
    session: Session,
    run_id: int,
    epoch: int,
    *,
    until: datetime,
    waits_since: datetime | None = None,
) -> None:
    """The lease runs until then; Fenced if another epoch has begun.

    `waits_since` says that the run is about to be suspended: from then on it wants to be woken.
    """
    held = session.execute(
        update(Run)
        .where(Run.id == run_id, Run.epoch == epoch)
        .values(lease_until=until, waits_since=waits_since)
    )
    if held.rowcount != 1:  # type: ignore[attr-defined]  # a CursorResult counts its rows
        raise Fenced(f"run {run_id}", epoch)


def let_go(session: Session, run_id: int, epoch: int) -> None:
    """Nobody drives the run, which waits; nothing where it was woken or taken since."""
    session.execute(
        update(Run)
        .where(Run.id == run_id, Run.epoch == epoch, Run.waits_since.is_not(None))
        .values(lease_until=None, failures=0)
    )


def thrives(session: Session, run_id: int) -> None:
    """The run has got something done: earlier deaths no longer count."""
    session.execute(update(Run).where(Run.id == run_id).values(failures=0))


def next_leg(run: Run, *, at: datetime, wait: timedelta) -> None:
    """The run begins again as a new leg, not before the wait is over."""
    run.leg += 1
    run.epoch += 1
    run.flow_run_id = run.lease_until = run.parked_at = None
    run.start_after = at + wait


def park(run: Run, *, at: datetime) -> None:
    """The run only waits: whoever drives it is fenced off, nobody starts it until it is woken."""
    run.leg += 1
    run.epoch += 1
    run.parked_at = run.start_after = at


def starts(at: datetime) -> tuple[ColumnElement[bool], ...]:
    """What is so of a run that may be started."""
    unstarted = Run.ended_at.is_(None), Run.flow_run_id.is_(None), Run.parked_at.is_(None)
    return *unstarted, Run.start_after <= at


def unseen() -> tuple[ColumnElement[bool], ...]:
    """What is so of a waiting run that has not yet seen what is new; a driver looks by itself."""
    started = Run.ended_at.is_(None), Run.flow_run_id.is_not(None)
    return *started, Run.wake_seq > Run.seen_seq, _STANDS


def to_start(
    session: Session, *, at: datetime, limit: int, only: Collection[int] | None = None
) -> Sequence[Run]:
    """Runs that nobody has started yet; of these numbers only, if some are named."""
    due = select(Run).where(*starts(at)).order_by(Run.start_after, Run.id).limit(limit)
    return session.scalars(due if only is None else due.where(Run.id.in_(only))).all()


def to_wake(session: Session, limit: int, only: Collection[int] | None = None) -> Sequence[Run]:
    """Waiting runs that have not yet seen what is new; of these only, if some are named."""
    due = select(Run).where(*unseen()).order_by(Run.id).limit(limit)
    return session.scalars(due if only is None else due.where(Run.id.in_(only))).all()


def to_check(session: Session, *, at: datetime, boot: str, limit: int) -> Sequence[Run]:
    """Runs whose lease is over or was taken under a dead boot (see `is_dead`)."""
    over = Run.lease_until < at
    if _folder(boot):
        over |= Run.boot.startswith(_folder(boot) + "-", autoescape=True) & (Run.boot != boot)
    return session.scalars(
        select(Run)
        .where(
            Run.ended_at.is_(None),
            Run.flow_run_id.is_not(None),
            Run.lease_until.is_not(None),
            over,
        )
        .order_by(Run.lease_until)
        .limit(limit)
    ).all()


def waiting(session: Session, after: int, limit: int) -> Sequence[Run]:
    """Started runs that wait without a lease, from the number after this one on."""
    return session.scalars(_waiting().where(Run.id > after).order_by(Run.id).limit(limit)).all()


def newest_waiting(session: Session, limit: int) -> Sequence[Run]:
    """The last ones of those: what an engine restored from a backup lacks first."""
    return session.scalars(_waiting().order_by(Run.id.desc()).limit(limit)).all()


def to_park(session: Session, *, before: datetime, limit: int) -> Sequence[Run]:
    """Runs that have stood at their gates since before that instant, longest first."""
    return session.scalars(
        _waiting().where(Run.waits_since < before).order_by(Run.waits_since).limit(limit)
    ).all()


def parked(session: Session, *, before: datetime, limit: int) -> Sequence[Run]:
    """Runs parked before that instant whose run in the engine may still have got an answer."""
    return session.scalars(
        select(Run)
        .where(Run.parked_at.is_not(None), Run.flow_run_id.is_not(None), Run.parked_at < before)
        .order_by(Run.parked_at)
        .limit(limit)
    ).all()


def ended_between(session: Session, since: datetime, upto: datetime) -> Sequence[str]:
    """The engine's runs of what ended after the first instant and not after the second."""
    ended = select(Run.flow_run_id).where(Run.ended_at.is_not(None), Run.flow_run_id.is_not(None))
    found = session.scalars(ended.where(Run.ended_at > since, Run.ended_at <= upto)).all()
    return [each for each in found if each]


_STANDS = Run.waits_since.is_not(None) | Run.lease_until.is_(None)


def _waiting() -> Select[Run]:
    started = select(Run).where(Run.ended_at.is_(None), Run.flow_run_id.is_not(None))
    return started.where(Run.lease_until.is_(None), Run.parked_at.is_(None))


def only_waits(run: Run, flow_run_id: str) -> bool:
    """Whether the run still stands in this run of the engine, undriven, with nothing new to see."""
    stands = run.ended_at is None and run.parked_at is None and run.flow_run_id == flow_run_id
    return stands and run.lease_until is None and run.wake_seq <= run.seen_seq


def to_show(session: Session, limit: int) -> Sequence[Run]:
    """Runs of orders whose tags and card in the engine are behind, once they stand still."""
    return session.scalars(
        select(Run)
        .where(Run.order_id.is_not(None), Run.flow_run_id.is_not(None))
        .where(Run.wake_seq > Run.shown_seq, _STANDS | Run.ended_at.is_not(None))
        .order_by(Run.id)
        .limit(limit)
    ).all()


def of_order(session: Session, order_id: int) -> Run | None:
    """The run that drives the order."""
    return session.scalar(select(Run).where(Run.order_id == order_id))


def of_gate(session: Session, gate_id: int) -> Run | None:
    """The run that stands at a gate without an order."""
    return session.scalar(select(Run).where(Run.gate_id == gate_id))


def of_flow_run(session: Session, flow_run_id: str) -> Run | None:
    """The run that the engine knows under this id."""
    return session.scalar(select(Run).where(Run.flow_run_id == flow_run_id))
