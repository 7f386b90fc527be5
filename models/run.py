"""Which engine run drives an order (or one waiting mail), under which lease and epoch."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import ForeignKey, Index, String, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from domain.errors import Fenced
from models.base import Base


class Run(Base):
    """The driver of one order or of one gate without an order. Exactly one of both is set."""

    __tablename__ = "run"
    __table_args__ = (
        Index("ix_run_lease", "ended_at", "lease_until"),
        Index("ix_run_start", "ended_at", "flow_run_id", "start_after"),
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
    ended_at: Mapped[datetime | None]


def wake(session: Session, order_id: int) -> None:
    """The run of this order has something new to look at."""
    session.execute(
        update(Run)
        .where(Run.order_id == order_id, Run.ended_at.is_(None))
        .values(wake_seq=Run.wake_seq + 1)
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
        .values(wake_seq=Run.wake_seq + 1)
    )


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
        .values(epoch=Run.epoch + 1, lease_until=until, boot=boot)
    )
    if taken.rowcount != 1:  # type: ignore[attr-defined]  # a CursorResult counts its rows
        raise Fenced(f"run {run.id}", before)
    return before + 1


def hold(session: Session, run_id: int, epoch: int, *, until: datetime | None) -> None:
    """The lease runs until then (None: nobody drives now); Fenced if another epoch has begun."""
    held = session.execute(
        update(Run).where(Run.id == run_id, Run.epoch == epoch).values(lease_until=until)
    )
    if held.rowcount != 1:  # type: ignore[attr-defined]  # a CursorResult counts its rows
        raise Fenced(f"run {run_id}", epoch)


def thrives(session: Session, run_id: int) -> None:
    """The run has got something done: earlier deaths no longer count."""
    session.execute(update(Run).where(Run.id == run_id).values(failures=0))


def next_leg(run: Run, *, at: datetime, wait: timedelta) -> None:
    """The run begins again as a new leg, not before the wait is over."""
    run.leg += 1
    run.epoch += 1
    run.flow_run_id = None
    run.lease_until = None
    run.start_after = at + wait


def to_start(session: Session, *, at: datetime, limit: int) -> Sequence[Run]:
    """Runs that nobody has started yet."""
    return session.scalars(
        select(Run)
        .where(Run.ended_at.is_(None), Run.flow_run_id.is_(None), Run.start_after <= at)
        .order_by(Run.start_after, Run.id)
        .limit(limit)
    ).all()


def to_wake(session: Session, limit: int) -> Sequence[Run]:
    """Started runs that have not yet seen what is new."""
    return session.scalars(
        select(Run)
        .where(Run.ended_at.is_(None), Run.flow_run_id.is_not(None), Run.wake_seq > Run.seen_seq)
        .order_by(Run.id)
        .limit(limit)
    ).all()


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


def parked(session: Session, after: int, limit: int) -> Sequence[Run]:
    """Started runs that wait without a lease, from the number after this one on."""
    return session.scalars(
        select(Run)
        .where(Run.ended_at.is_(None), Run.flow_run_id.is_not(None), Run.lease_until.is_(None))
        .where(Run.id > after)
        .order_by(Run.id)
        .limit(limit)
    ).all()


def to_show(session: Session, limit: int) -> Sequence[Run]:
    """Runs of orders whose tags and card in the engine are behind."""
    return session.scalars(
        select(Run)
        .where(Run.order_id.is_not(None), Run.flow_run_id.is_not(None))
        .where(Run.wake_seq > Run.shown_seq)
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
