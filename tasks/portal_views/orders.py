"""One order as our own people see it: where it stands, what is planned, said, sent and kept."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from domain.names import GateKind, GateState, Language, Party, Stage
from models import activity as activities
from models import event as events
from models import message as messages
from models import order as orders
from models import outbox
from models import run as runs
from models import version as versions
from models.gate import Gate
from models.order import Order
from models.person import person_row
from tasks import showing, upkeep
from tasks.portal_views.files import Paper, papers
from tasks.portal_views.gates import Said, votes
from tasks.services import Services
from templates.views import OrderView, TaskView


@dataclass(frozen=True)
class CheckRow:
    """One named check: `weight` is ok, warn or stop."""

    rule: str
    weight: str
    facts: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class GateRow:
    """One gate of the order with what was said at it."""

    gate: str
    kind: GateKind
    stage: Stage
    round: int
    state: GateState
    party: Party
    due_at: datetime
    votes: tuple[Said, ...]


@dataclass(frozen=True)
class Letter:
    """A mail that came or went; `state` is of the outbox or of the intake."""

    came: bool
    at: datetime
    who: str
    subject: str
    purpose: str
    state: str
    text: str
    files: tuple[Paper, ...] = ()


@dataclass(frozen=True)
class HistoryRow:
    """One event of the order's chain; `holds` is false where the chain is broken."""

    seq: int
    kind: str
    at: datetime
    actor: str
    channel: str
    details: tuple[tuple[str, str], ...]
    hash: str
    holds: bool


@dataclass(frozen=True)
class VersionRow:
    """One version of what both sides agree on."""

    n: int
    sha256: str
    created_at: datetime
    confirmed_at: datetime | None


@dataclass(frozen=True)
class OrderCard:
    """Everything of one order."""

    order: OrderView
    stage: Stage
    round: int
    owner: str
    priority: str
    score: Decimal | None
    waiting_for: str
    next_action: str
    next_action_at: datetime | None
    received_at: datetime
    hold_reason: str
    checks: tuple[CheckRow, ...]
    versions: tuple[VersionRow, ...]
    tasks: tuple[TaskView, ...]
    has_picture: bool
    gates: tuple[GateRow, ...]
    letters: tuple[Letter, ...]
    papers: tuple[Paper, ...]
    history: tuple[HistoryRow, ...]
    run_url: str
    parked: bool
    zone: str


def order_card(services: Services, order_no: str, person: str, language: Language) -> OrderCard:
    """The order with this number; UnknownOrder if there is none."""
    with services.reading() as session:
        order = orders.numbered(session, order_no)
        kept = papers(session, services, order.id, person)
        owner = person_row(session, order.owner)
        run = runs.of_order(session, order.id)
        work = [e for e in activities.of_order(session, order.id) if e.state != "cancelled"]
        return OrderCard(
            order=showing.order_view(session, services, order),
            stage=Stage(order.stage),
            round=order.round,
            owner=owner.name if owner else order.owner,
            priority=order.priority or "",
            score=order.score,
            waiting_for=upkeep.waiting_for(session, order) or "",
            next_action=order.next_action,
            next_action_at=order.next_action_at,
            received_at=order.received_at,
            hold_reason=order.hold_reason or "",
            checks=_checks(order.sources.get("checks", ())),
            versions=_versions(session, order),
            tasks=showing.task_views(session, services, work, language),
            has_picture=any(each.kind == "schedule" for each in kept),
            gates=_gates(session, order),
            letters=_letters(session, order),
            papers=tuple(each for each in kept if each.kind != "schedule"),
            history=_history(session, order.id),
            run_url=showing.run_url(services, run.flow_run_id) if run and run.flow_run_id else "",
            parked=run is not None and run.parked_at is not None,
            zone=services.settings.company.timezone,
        )


def _checks(stored: Sequence[dict[str, Any]]) -> tuple[CheckRow, ...]:
    return tuple(
        CheckRow(
            rule=str(each.get("rule", "")),
            weight=str(each.get("weight") or each.get("level") or "ok"),
            facts=tuple((str(k), str(v)) for k, v in dict(each.get("facts") or {}).items()),
        )
        for each in stored
    )


def _versions(session: Session, order: Order) -> tuple[VersionRow, ...]:
    rows = session.scalars(
        select(versions.OrderVersion)
        .where(versions.OrderVersion.order_id == order.id)
        .order_by(versions.OrderVersion.n)
    )
    return tuple(VersionRow(r.n, r.sha256, r.created_at, r.confirmed_at) for r in rows)


def _gates(session: Session, order: Order) -> tuple[GateRow, ...]:
    rows = session.scalars(select(Gate).where(Gate.order_id == order.id).order_by(Gate.id.desc()))
    return tuple(
        GateRow(
            gate=each.number,
            kind=GateKind(each.kind),
            stage=Stage(each.stage),
            round=each.round,
            state=GateState(each.state),
            party=Party(each.party),
            due_at=each.due_at,
            votes=votes(each),
        )
        for each in rows
    )


def _letters(session: Session, order: Order) -> tuple[Letter, ...]:
    """What came and what went, newest first."""
    came = [
        Letter(
            came=True,
            at=each.received_at,
            who=each.sender,
            subject=each.subject,
            purpose=each.kind,
            state=each.state,
            text=each.new_text or each.text,
            files=tuple(
                Paper("attachment", file.name, f"/documents/{file.sha256}", file.sha256)
                for file in messages.attachments(session, each.id)
            ),
        )
        for each in messages.of_order(session, order.id)
    ]
    went = [
        Letter(
            came=False,
            at=each.sent_at or each.created_at,
            who=each.recipient,
            subject=each.subject,
            purpose=each.purpose,
            state=each.state,
            text=each.text,
        )
        for each in outbox.of_order(session, order.id)
    ]
    return tuple(sorted(came + went, key=lambda each: each.at, reverse=True))


def _history(session: Session, order_id: int) -> tuple[HistoryRow, ...]:
    broken = set(events.broken_links(session, order_id))
    return tuple(
        HistoryRow(
            seq=each.seq,
            kind=each.kind,
            at=each.at,
            actor=each.actor,
            channel=each.channel,
            details=_details(each.payload),
            hash=each.hash[:12],
            holds=each.seq not in broken,
        )
        for each in reversed(events.history(session, order_id))
    )


SHOWN = ("gate", "verdict", "field", "value", "before", "after", "comment", "reason")
"""Facts of an event that a person reads; the rest is for machines."""


def _details(payload: dict[str, Any]) -> tuple[tuple[str, str], ...]:
    found = {name: str(payload[name])[:200] for name in SHOWN if payload.get(name)}
    if payload.get("from") != payload.get("to"):
        found["to"] = str(payload.get("to"))
    return tuple(found.items())
