"""Gates, where an order waits: `ask` and `answer` are the only ways to ask and take a decision."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, Select, String, Text, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from domain.errors import CommentNeeded, GateClosed, NotAllowed, Superseded, UnknownGate
from domain.names import Event, Fact, GateKind, GateState, Party, Stage, State, Verdict
from models import event as events
from models import order as orders
from models.base import Base
from models.order import Moved, Order
from models.vote import Vote, Word, cast

RESULT = {
    Verdict.APPROVE: GateState.APPROVED,
    Verdict.REJECT: GateState.REJECTED,
    Verdict.CHANGES: GateState.CHANGES_REQUESTED,
}


class Gate(Base):
    """One question to somebody, bound to the hash of what is decided."""

    __tablename__ = "gate"
    __table_args__ = (Index("ix_gate_open", "state", "due_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    order_id: Mapped[int | None] = mapped_column(ForeignKey("order.id"), index=True)
    message_id: Mapped[int | None] = mapped_column(ForeignKey("message.id"), index=True)
    stage: Mapped[Stage] = mapped_column(String(16))
    round: Mapped[int]
    kind: Mapped[GateKind] = mapped_column(String(32))
    party: Mapped[Party] = mapped_column(String(16))
    question: Mapped[str] = mapped_column(Text)
    briefing: Mapped[str] = mapped_column(Text, default="")
    subject_sha256: Mapped[str] = mapped_column(String(64))
    subject: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """Facts that the decision needs: amount, late, involved people, message ids of what is sent."""
    requested_by: Mapped[str] = mapped_column(String(254))
    asked_at: Mapped[datetime]
    due_at: Mapped[datetime]
    state: Mapped[GateState] = mapped_column(String(24), default=GateState.OPEN)
    answered_by: Mapped[str | None] = mapped_column(String(254))
    answered_via: Mapped[str | None] = mapped_column(String(16))
    answered_at: Mapped[datetime | None]
    comment: Mapped[str] = mapped_column(Text, default="")
    asks: Mapped[int] = mapped_column(default=0)
    """How often the engine's form was opened: each ask has a key of its own."""
    note: Mapped[str] = mapped_column(Text, default="")
    """Why the last answer did not count; shown on top of the next form."""
    reminded: Mapped[int] = mapped_column(default=0)
    escalated_at: Mapped[datetime | None]

    votes: Mapped[list["Vote"]] = relationship(order_by="Vote.id", back_populates="gate")

    @property
    def number(self) -> str:
        """What people call it: G-12."""
        return f"G-{self.id}"


@dataclass(frozen=True)
class Ask:
    """What is asked: everything of a gate that the asker decides."""

    kind: GateKind
    question: str
    briefing: str
    sha256: str
    requested_by: str
    due_at: datetime
    subject: Mapping[str, Any] = field(default_factory=dict)
    message_id: int | None = None


def ask(session: Session, order: Order | None, wanted: Ask, *, at: datetime) -> Gate:
    """An open gate; asking again what is asked already gives the same one."""
    stage = Stage(order.stage) if order else Stage.RECEIVE
    round_ = order.round if order else 1
    if order is not None:
        for other in open_gates(session, order.id):
            if other.kind == wanted.kind:
                if other.subject_sha256 == wanted.sha256 and other.round == round_:
                    return other
                close(session, other, GateState.SUPERSEDED, at=at)
    rule = order.process.gate(wanted.kind, stage) if order else None
    gate = Gate(
        order_id=order.id if order else None,
        message_id=wanted.message_id,
        stage=stage,
        round=round_,
        kind=wanted.kind,
        party=rule.party if rule else Party.US,
        question=wanted.question,
        briefing=wanted.briefing,
        subject_sha256=wanted.sha256,
        subject=dict(wanted.subject),
        requested_by=wanted.requested_by,
        asked_at=at,
        due_at=wanted.due_at,
        state=GateState.OPEN,
    )
    session.add(gate)
    session.flush()
    if order is not None:
        facts = {"gate": gate.number, "kind": gate.kind, "sha256": gate.subject_sha256}
        events.append(
            session,
            order.id,
            Fact.GATE_ASKED,
            by=wanted.requested_by,
            channel="system",
            at=at,
            payload={**facts, "due_at": gate.due_at.isoformat()},
        )
    return gate


def answer(
    session: Session, gate: Gate, word: Word, *, allowed: Mapping[str, str], at: datetime
) -> Moved | None:
    """The gate is decided by this word and the order moved; None for a gate without an order.

    `allowed` names who may answer and for whom. The first valid word wins; a later one is kept
    as "after the fact" and refused. The caller's transaction holds the order's row.
    """
    order = orders.locked(session, gate.order_id) if gate.order_id is not None else None
    order_no = order.order_no if order else "–"
    session.refresh(gate, with_for_update=gate.order_id is None)
    if word.by not in allowed:
        raise NotAllowed(gate.number, order_no, word.by, "not_an_approver")
    if word.sha256 is not None and word.sha256 != gate.subject_sha256:
        raise Superseded(gate.number, order_no)
    if word.verdict is not Verdict.APPROVE and not word.comment.strip():
        raise CommentNeeded(gate.number, order_no)
    acting_for = word.acting_for or allowed[word.by]
    if gate.state != GateState.OPEN:
        raise GateClosed(gate.number, order_no, gate.state, gate.answered_by or "–")
    event = _event_of(order, gate, word.verdict)
    cast(session, order, gate, word, acting_for=acting_for, counts=True, at=at)
    gate.state = RESULT[word.verdict]
    gate.answered_by, gate.answered_via, gate.answered_at = word.by, word.channel, at
    gate.comment, gate.note = word.comment, ""
    session.flush()
    if order is None or event is None:
        return None
    facts = {"gate": gate.number, "comment": word.comment}
    return orders.move(
        session, order, event, by=word.by, channel=word.channel, at=at, payload=facts
    )


def note_late_word(session: Session, gate: Gate, word: Word, *, at: datetime) -> None:
    """A word that came after the decision is kept, and changes nothing."""
    order = orders.locked(session, gate.order_id) if gate.order_id is not None else None
    cast(session, order, gate, word, acting_for=word.acting_for, counts=False, at=at)


def record(session: Session, gate: Gate, word: Word, *, at: datetime) -> None:
    """What a customer said elsewhere is written down; a second person has still to confirm it."""
    order = orders.locked(session, gate.order_id) if gate.order_id is not None else None
    cast(session, order, gate, word, acting_for=word.acting_for, counts=False, at=at)


def _event_of(order: Order | None, gate: Gate, verdict: Verdict) -> Event | None:
    if order is None:
        return None
    event = order.process.gate(GateKind(gate.kind), Stage(gate.stage)).answers.get(verdict)
    if event is None:
        raise NotAllowed(gate.number, order.order_no, str(verdict), "verdict_not_offered")
    return event


def note(session: Session, gate_id: int, why: str) -> None:
    """The next form of the gate, if it is still open, says why the last answer did not count."""
    session.execute(
        update(Gate).where(Gate.id == gate_id, Gate.state == GateState.OPEN).values(note=why)
    )


def close(session: Session, gate: Gate, state: GateState, *, at: datetime) -> None:
    """An open gate ends without a vote: withdrawn, expired or superseded."""
    session.execute(
        update(Gate)
        .where(Gate.id == gate.id, Gate.state == GateState.OPEN)
        .values(state=state, answered_at=at)
    )
    session.refresh(gate)


def withdraw(
    session: Session, order_id: int, *, at: datetime, keep: Sequence[GateKind] = ()
) -> None:
    """The order's open gates are withdrawn, except the kinds to keep."""
    for gate in open_gates(session, order_id):
        if gate.kind not in keep:
            close(session, gate, GateState.WITHDRAWN, at=at)


FIRST_KINDS = (GateKind.CANCEL, GateKind.HOLD, GateKind.TROUBLE)
"""Where several gates are open, the order stands at these first, in this order."""


def open_gates(session: Session, order_id: int) -> list[Gate]:
    """The order's open gates; the one at which it stands comes first."""
    return open_gates_of(session, [order_id])[order_id]


def open_gates_of(session: Session, order_ids: Collection[int]) -> dict[int, list[Gate]]:
    """The open gates of each of these orders, in one question; where it stands comes first."""
    found: dict[int, list[Gate]] = {each: [] for each in order_ids}
    wanted = select(Gate).where(Gate.order_id.in_(order_ids), Gate.state == GateState.OPEN)
    for each in session.scalars(wanted.order_by(Gate.id)):
        found[each.order_id or 0].append(each)
    rank = {kind: place for place, kind in enumerate(FIRST_KINDS)}
    for gates in found.values():
        gates.sort(key=lambda each: rank.get(GateKind(each.kind), len(rank)))
    return found


def rests(order: Order, gate: Gate) -> bool:
    """True of the gates of a held order, which nobody can answer until it goes on; what may be
    asked at any time can be answered at any time."""
    return order.state == State.ON_HOLD and gate.kind not in FIRST_KINDS


def standing(session: Session, order: Order) -> Gate | None:
    """The gate at which the order stands now."""
    gates = open_gates(session, order.id)
    return gates[0] if gates else None


def shown(session: Session, order_id: int, limit: int) -> Sequence[Gate]:
    """So many gates of the order whose forms were shown last, the newest first."""
    return session.scalars(
        select(Gate)
        .where(Gate.order_id == order_id, Gate.asks > 0)
        .order_by(Gate.id.desc())
        .limit(limit)
    ).all()


def numbered(session: Session, number: str) -> Gate:
    """The gate called `G-12` or `12`; UnknownGate if there is none."""
    digits = number.strip().upper().removeprefix("G-")
    found = session.get(Gate, int(digits)) if digits.isdecimal() and len(digits) < 10 else None
    if found is None:
        raise UnknownGate(number)
    return found


def all_open(session: Session) -> Sequence[Gate]:
    """Every open gate, the one due first on top."""
    return session.scalars(_due_first()).all()


def due_first(
    session: Session, limit: int, kinds: Collection[GateKind], *, other: bool = False
) -> Sequence[Gate]:
    """At most so many open gates of these kinds (or of all others), the one due first on top."""
    of_kind = Gate.kind.not_in(kinds) if other else Gate.kind.in_(kinds)
    return session.scalars(_due_first().where(of_kind).limit(limit)).all()


def _due_first() -> Select[Gate]:
    return select(Gate).where(Gate.state == GateState.OPEN).order_by(Gate.due_at, Gate.id)


def overdue(session: Session, *, at: datetime) -> Sequence[Gate]:
    """Open gates that nobody has answered by their deadline, most overdue first."""
    return session.scalars(
        select(Gate)
        .where(Gate.state == GateState.OPEN, Gate.due_at <= at)
        .order_by(Gate.due_at, Gate.id)
    ).all()
