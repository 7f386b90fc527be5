"""One ended order being told: every move by the process table, its gates, its chained history."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from domain.content import digest
from domain.names import (
    OURSELVES,
    Channel,
    Event,
    Fact,
    GateKind,
    GateState,
    Stage,
    State,
    Verdict,
)
from domain.process import CURRENT, PROCESSES
from models.event import FIRST, EventRow, link
from models.gate import RESULT, Gate
from models.order import Order
from models.step import StepRow
from models.vote import Vote, Word
from templates import words

PROCESS = PROCESSES[CURRENT]
SERVICE = Word(OURSELVES, Verdict.APPROVE, Channel.SYSTEM)
"""The word of what no person did."""

SOON = timedelta(seconds=2)
"""What the service needs for a stage that only computes."""


@dataclass(frozen=True)
class Said:
    """Something that happened, before its gate has a number."""

    kind: str
    at: datetime
    by: str
    channel: str
    payload: Mapping[str, Any]
    gate: Gate | None = None


@dataclass
class Tale:
    """The order as told so far; `rows` are all rows that belong to it and have `order_id`."""

    order: Order
    rows: list[Any] = field(default_factory=list)
    gates: list[Gate] = field(default_factory=list)
    said: list[Said] = field(default_factory=list)

    def note(
        self,
        kind: str,
        at: datetime,
        by: str,
        channel: str,
        payload: Mapping[str, Any],
        gate: Gate | None = None,
    ) -> None:
        """It is written into the order's history."""
        self.said.append(Said(str(kind), at, by, str(channel), payload, gate))

    def move(
        self,
        event: Event,
        at: datetime,
        payload: Mapping[str, Any],
        word: Word = SERVICE,
        gate: Gate | None = None,
    ) -> GateKind | None:
        """The order is where the event leads; the gate to ask there comes back."""
        order, before = self.order, self.order.state
        to = PROCESS.to(order.order_no, Stage(order.stage), State(order.state), event)
        order.state = to.state
        if to.enters is not None:
            order.rounds = {**order.rounds, to.enters: int(order.rounds.get(to.enters, 0)) + 1}
            order.stage, order.round = to.enters, order.rounds[to.enters]
        if order.state is not before:
            order.state_since = at
        facts = {"from": before, "to": order.state, "stage": order.stage, "round": order.round}
        self.note(event, at, word.by, word.channel, {**payload, **facts}, gate)
        return to.asks

    def work(self, event: Event, at: datetime, **facts: Any) -> GateKind | None:
        """A stage has committed its outcome."""
        order = self.order
        self.rows.append(
            StepRow(
                stage=order.stage,
                round=order.round,
                event=event,
                epoch=1,
                committed_at=at,
                facts=dict(facts),
            )
        )
        return self.move(event, at, facts)

    def ask(self, kind: GateKind, at: datetime, due_at: datetime, **subject: Any) -> Gate:
        """The order waits at a gate."""
        order = self.order
        facts = {"order": order.order_no, "kind": kind, "round": order.round, **subject}
        gate = Gate(
            stage=order.stage,
            round=order.round,
            kind=kind,
            party=PROCESS.gate(kind, Stage(order.stage)).party,
            question=f"{words.both('gate', kind)} · {order.order_no}",
            subject_sha256=digest(facts),
            subject=subject,
            requested_by=order.owner,
            asked_at=at,
            due_at=due_at,
            state=GateState.OPEN,
        )
        self.gates.append(gate)
        facts = {"kind": kind, "sha256": gate.subject_sha256, "due_at": due_at.isoformat()}
        self.note(Fact.GATE_ASKED, at, order.owner, Channel.SYSTEM, facts, gate)
        return gate

    def answer(self, gate: Gate, word: Word, at: datetime) -> GateKind | None:
        """The gate is decided by this word; the gate to ask next comes back."""
        gate.state, gate.answered_by = RESULT[word.verdict], word.by
        gate.answered_via, gate.answered_at, gate.comment = word.channel, at, word.comment
        gate.votes.append(
            Vote(
                by=word.by,
                verdict=word.verdict,
                comment=word.comment,
                fields=dict(word.fields),
                channel=word.channel,
                at=at,
            )
        )
        facts = {"kind": gate.kind, "verdict": word.verdict, "counts": True}
        more = {"comment": word.comment, "evidence": "", "acting_for": None}
        sha256 = {"sha256": gate.subject_sha256}
        self.note(Fact.VOTE_CAST, at, word.by, word.channel, {**facts, **more, **sha256}, gate)
        event = PROCESS.gate(GateKind(gate.kind), Stage(gate.stage)).answers[word.verdict]
        return self.move(event, at, {"comment": word.comment}, word, gate)

    def history(self) -> Sequence[EventRow]:
        """The chained events; the order and its gates have their numbers by now."""
        rows: list[EventRow] = []
        before = FIRST
        for seq, said in enumerate(self.said, start=1):
            named = {"gate": said.gate.number} if said.gate is not None else {}
            row = EventRow(
                order_id=self.order.id,
                seq=seq,
                kind=said.kind,
                at=said.at,
                actor=said.by,
                channel=said.channel,
                payload={**named, **said.payload},
                prev_hash=before,
                told_at=said.at,
            )
            row.hash = before = link(row)
            rows.append(row)
        return rows
