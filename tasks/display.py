"""What the engine's pages show of an order: name, tags, card, board; and its events."""

import logging
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from connectors.errors import Rejected
from connectors.runs import Happened
from domain.deviation import Health
from domain.names import GateKind, Party, Stage, State
from models import activity as activities
from models import delivery as deliveries
from models import event as events
from models import gate as gates
from models import order as orders
from models import run as runs
from models.order import Order
from models.person import person_row
from tasks import at_a_glance, showing
from tasks.health import health_of, light_of, why
from tasks.services import Services
from tasks.tags import run_name, run_tags
from templates.cards import board, card
from templates.views import BoardRow, CardView, FileView

log = logging.getLogger("orderflow.display")

BOARD_ROWS = 100
BOARD_LASTS = timedelta(minutes=10)


def show_changes(services: Services, limit: int = 20) -> int:
    """How many orders' tags and cards were brought up to date in the engine."""
    with services.reading() as session:
        behind = [
            (r.id, r.order_id, r.flow_run_id, r.wake_seq) for r in runs.to_show(session, limit)
        ]
    for run_id, order_id, flow_run_id, seq in behind:
        with services.reading() as session:
            order = session.get_one(Order, order_id)
            name, tags = run_name(order), run_tags(session, order)
            text = card(card_view(session, services, order))
            key = f"order-{order.order_no.lower()}"
            gate = gates.standing(session, order)
            if gate is not None:
                text += f"\n\n---\n\n{gate.briefing}"  # the form shows it only once it is opened
        try:
            services.runs.retag(str(flow_run_id), name, tags)
            services.runs.artifact(key, text, name, str(flow_run_id))
        except Rejected as gone:  # the engine has lost this run; the others are shown
            log.warning("%s cannot be shown: %s", name, gone)
        with services.writing() as session:
            run = session.get_one(runs.Run, run_id)
            run.shown_seq = max(run.shown_seq, seq)
    return len(behind)


@dataclass(frozen=True)
class Shown:
    """What the board was last written from: the newest event then, and when."""

    event: int
    at: datetime


def show_board(services: Services, last: Shown | None = None) -> Shown:
    """The artifact `board` shows the open orders whose next action is due first, red ones on top.

    Written anew only where something has happened since, or so late that the clock alone may have
    changed a light.
    """
    at = services.now()
    with services.reading() as session:
        newest = events.newest(session)
        if last is not None and last.event == newest and at - last.at < BOARD_LASTS:
            return last
        rows = board_rows(session, services, orders.most_urgent(session, BOARD_ROWS))
        total = orders.count_open(session)
    text = board(rows, total, f"{services.settings.public_url}/orders")
    services.runs.artifact("board", text, "Open orders / 在办订单")
    return Shown(newest, at)


def tell_events(services: Services, limit: int = 100) -> int:
    """How many business events the engine was told of, so that users can react to them there."""
    with services.reading() as session:
        found = events.untold(session, limit)
        happened = [_happened(session, services, each) for each in found]
        last = {each.id for each in found}
    if not happened:
        return 0
    services.runs.emit(happened)
    with services.writing() as session:
        events.told(session, last, at=services.now())
    return len(happened)


def _happened(session: Session, services: Services, row: events.EventRow) -> Happened:
    order_no = session.get_one(Order, row.order_id).order_no
    return Happened(
        event=f"orderflow.order.{row.kind}",
        resource={
            "prefect.resource.id": f"orderflow.order.{order_no}",
            "prefect.resource.name": order_no,
        },
        payload={"actor": row.actor, "order_no": order_no, **_public(row.payload)},
        event_id=str(uuid.uuid5(uuid.NAMESPACE_OID, f"{services.instance}:{row.id}")),
        occurred=row.at,
    )


PUBLIC = ("from", "to", "stage", "round", "gate", "kind", "verdict", "task", "percent")
"""What of an event's payload leaves the database: names and numbers, no text of anybody."""


def _public(payload: dict[str, object]) -> dict[str, object]:
    return {key: value for key, value in payload.items() if key in PUBLIC}


def card_view(session: Session, services: Services, order: Order) -> CardView:
    """The order at a glance."""
    gate = gates.standing(session, order)
    run = runs.of_order(session, order.id)
    owner = person_row(session, order.owner)
    light, why = light_of(session, services, order)
    return CardView(
        order=showing.order_view(session, services, order),
        stage=Stage(order.stage),
        round=order.round,
        light=light,
        light_reason=why,
        priority=order.priority or "",
        owner=owner.name if owner else order.owner,
        waiting_for=GateKind(gate.kind) if gate else None,
        waiting_party=Party(gate.party) if gate else None,
        next_action=order.next_action,
        next_action_at=order.next_action_at,
        facts=at_a_glance.facts(session, services, order),
        tasks=showing.task_views(
            session, services, activities.of_order(session, order.id), showing.BOTH
        ),
        gates=tuple(
            showing.gate_view(session, services, each)
            for each in gates.open_gates(session, order.id)
        ),
        files=tuple(
            FileView(each.name, 0, each.sha256, each.kind)
            for each in deliveries.documents(session, order.id)
        ),
        link=f"{services.settings.public_url}/order/{order.order_no}" if run else "",
        as_of=services.now(),
    )


def board_rows(
    session: Session, services: Services, found: Sequence[Order]
) -> tuple[BoardRow, ...]:
    """One row per order for the board."""
    calendar, at = services.calendar(session), services.now()
    rows = []
    for order in found:
        now = health_of(session, order, calendar, at=at)
        rows.append(board_row(session, services, order, now))
    return tuple(rows)


def board_row(session: Session, services: Services, order: Order, now: Health) -> BoardRow:
    """The order as one row, with its light, reason and forecast."""
    gate = gates.standing(session, order)
    run = runs.of_order(session, order.id)
    return BoardRow(
        order_no=order.order_no,
        customer=order.customer_name,
        state=State(order.state),
        light=now.light,
        reason=why(now),
        priority=order.priority or "",
        owner=order.owner,
        waiting_for=GateKind(gate.kind) if gate else None,
        waiting_party=Party(gate.party) if gate else None,
        promised_on=order.promised_on,
        forecast_on=now.forecast_on,
        next_action=order.next_action,
        next_action_at=order.next_action_at,
        link=f"{services.settings.public_url}/order/{order.order_no}",
        parked=run is not None and run.parked_at is not None,
    )
