"""One order with everything that is known of it, as plain values: `orderflow order NO`."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from models import activity as activities
from models import delivery as deliveries
from models import event as events
from models import message as messages
from models import order as orders
from models import outbox, retrospective
from models import run as runs
from models.activity import Activity, Risk
from models.delivery import Acceptance, Delivery
from models.event import EventRow
from models.gate import Gate
from models.order import Order
from models.version import OrderVersion
from tasks.listing import day, gate_row, instant, money, number, order_row
from tasks.services import Services
from tasks.showing import run_url
from tasks.upkeep import waiting_for


def order_card(session: Session, services: Services, order_no: str) -> dict[str, Any]:
    """The order with this number and all its sections; UnknownOrder if there is none."""
    order = orders.numbered(session, order_no)
    return {
        **order_row(order, waiting_for(session, order)),
        **_facts(order),
        "lines": _lines(order),
        "requirements": _requirements(order),
        "versions": _versions(session, order),
        "gates": _gates(session, services, order),
        "tasks": [task_row(each) for each in activities.of_order(session, order.id)],
        "risks": _risks(session, order),
        "messages": _messages(session, order),
        "documents": _documents(session, order),
        "deliveries": _deliveries(session, order),
        "acceptances": _acceptances(session, order),
        "retrospective": _look_back(session, order),
        "events": [_event(each) for each in events.history(session, order.id)],
        "prefect": _prefect(session, services, order),
    }


def _facts(order: Order) -> dict[str, Any]:
    """What stands in the order's own row, beside the list's fields."""
    return {
        "order_type": order.order_type,
        "channel": order.channel,
        "language": order.language,
        "customer_code": order.customer.code if order.customer else None,
        "contact": order.contact_name,
        "mail": order.contact_mail,
        "mail_came_back_at": instant(order.contact.bounced_at) if order.contact else None,
        "phone": order.contact_phone,
        "customer_po_no": order.customer_po_no,
        "delivery_place": order.delivery_place,
        "received_at": instant(order.received_at),
        "requested_on": day(order.requested_on),
        "open_date": order.open_date,
        "amount": money(order.amount, order.currency),
        "budget": money(order.budget, order.currency),
        "score": number(order.score),
        "score_parts": dict(order.score_parts),
        "hold": {"reason": order.hold_reason, "party": order.hold_party}
        if order.held_state
        else None,
        "cancel_reason": order.cancel_reason,
        "duplicate_of": order.duplicate_of,
        "warranty_until": day(order.warranty_until),
        "sources": dict(order.sources),
    }


def _lines(order: Order) -> list[dict[str, Any]]:
    return [
        {
            "line_no": each.line_no,
            "item": each.item,
            "model": each.model,
            "quantity": number(each.quantity),
            "unit": each.unit,
            "unit_price": money(each.unit_price, order.currency),
            "due_date": day(each.due_on),
            "criterion": each.criterion,
            "delivered": each.delivered,
            "accepted": each.accepted,
        }
        for each in order.lines
    ]


def _requirements(order: Order) -> list[dict[str, Any]]:
    names = ("code", "text", "kind", "source", "criterion", "state")
    return [{name: getattr(each, name) for name in names} for each in order.requirements]


def _versions(session: Session, order: Order) -> list[dict[str, Any]]:
    rows = session.scalars(
        select(OrderVersion).where(OrderVersion.order_id == order.id).order_by(OrderVersion.n)
    )
    return [
        {
            "n": each.n,
            "sha256": each.sha256,
            "created_at": instant(each.created_at),
            "confirmed_at": instant(each.confirmed_at),
            "differences": list(each.differences),
            "content": each.snapshot,
        }
        for each in rows
    ]


def _gates(session: Session, services: Services, order: Order) -> list[dict[str, Any]]:
    rows = session.scalars(select(Gate).where(Gate.order_id == order.id).order_by(Gate.id))
    return [gate_row(session, services, each) for each in rows]


def task_row(row: Activity) -> dict[str, Any]:
    """One task of the plan."""
    return {
        "task": row.label,
        "wbs": row.wbs,
        "name_zh": row.name_zh,
        "name_en": row.name_en,
        "round": row.round,
        "state": row.state,
        "party": row.party,
        "person": row.person,
        "work_hours": number(row.work_hours),
        "remaining_hours": number(row.remaining_hours),
        "percent": row.percent,
        "blocked": row.blocked or None,
        "milestone": row.milestone,
        "checkpoint": row.checkpoint,
        "critical": row.critical,
        "after": list(row.links),
        "starts_at": instant(row.starts_at),
        "finishes_at": instant(row.finishes_at),
        "started_at": instant(row.started_at),
        "finished_at": instant(row.finished_at),
    }


def task_of(session: Session, order_no: str, task: str) -> dict[str, Any]:
    """One task of the order, called T3 or 3. Raises UnknownOrder, UnknownActivity."""
    order = orders.numbered(session, order_no)
    row = activities.numbered(session, order.id, order.order_no, task)
    return {"order_no": order.order_no, **task_row(row)}


def _risks(session: Session, order: Order) -> list[dict[str, Any]]:
    names = ("code", "text_zh", "text_en", "probability", "impact", "response_zh", "response_en")
    rows = session.scalars(select(Risk).where(Risk.order_id == order.id).order_by(Risk.id))
    return [{name: getattr(each, name) for name in (*names, "state")} for each in rows]


def _messages(session: Session, order: Order) -> list[dict[str, Any]]:
    """What came in and what is owed or sent, oldest first."""
    came = [
        {
            "direction": "in",
            "message_id": each.message_id,
            "purpose": each.kind or None,
            "from": each.sender,
            "to": each.recipient,
            "subject": each.subject,
            "at": instant(each.received_at),
            "state": each.state,
            "text": each.new_text or each.text,
        }
        for each in messages.of_order(session, order.id)
    ]
    went = [
        {
            "direction": "out",
            "message_id": each.message_id,
            "purpose": each.purpose,
            "from": each.sender,
            "to": each.recipient,
            "subject": each.subject,
            "at": instant(each.sent_at or each.created_at),
            "state": each.state,
            "text": each.text,
        }
        for each in outbox.of_order(session, order.id)
    ]
    return sorted([*came, *went], key=lambda each: str(each["at"]))


def _documents(session: Session, order: Order) -> list[dict[str, Any]]:
    return [
        {
            "kind": each.kind,
            "version": each.version,
            "name": each.name,
            "mime": each.mime,
            "language": each.language,
            "sha256": each.sha256,
            "customer_visible": each.customer_visible,
            "created_at": instant(each.created_at),
        }
        for each in deliveries.documents(session, order.id)
    ]


def _deliveries(session: Session, order: Order) -> list[dict[str, Any]]:
    rows = session.scalars(
        select(Delivery).where(Delivery.order_id == order.id).order_by(Delivery.round)
    )
    return [
        {
            "round": each.round,
            "delivered_at": instant(each.delivered_at),
            "received_at": instant(each.received_at),
            "received_by": each.received_by,
            "package_sha256": each.package_sha256,
            "manifest": list(each.manifest),
        }
        for each in rows
    ]


def _acceptances(session: Session, order: Order) -> list[dict[str, Any]]:
    rows = session.scalars(
        select(Acceptance).where(Acceptance.order_id == order.id).order_by(Acceptance.round)
    )
    return [
        {
            "round": each.round,
            "result": each.result,
            "criteria": list(each.criteria),
            "until": instant(each.until),
            "signed_by": each.signed_by,
            "signed_at": instant(each.signed_at),
            "method": each.method,
            "certificate_no": each.certificate_no,
            "punch_items": [
                {"no": item.no, "text": item.text, "severity": item.severity, "state": item.state}
                for item in each.punch_items
            ],
        }
        for each in rows
    ]


def _look_back(session: Session, order: Order) -> dict[str, Any] | None:
    """Survey, facts, lessons, proposals and archive; None before the order is looked back at."""
    rows = session.scalars(
        select(retrospective.Retrospective)
        .where(retrospective.Retrospective.order_id == order.id)
        .order_by(retrospective.Retrospective.round.desc())
    ).all()
    if not rows:
        return None
    survey = retrospective.survey_of(session, order.id)
    archive = retrospective.archive_of(session, order.id)
    return {
        "facts": rows[0].facts,
        "survey": dict(survey.answers) if survey and survey.answered_at else None,
        "lessons": [each.text_zh for each in retrospective.lessons(session, order.id)],
        "improvements": [
            {"node": e.node, "extra_hours": number(e.extra_hours), "state": e.state}
            for e in retrospective.improvements(session, order.id)
        ],
        "archive": {"sha256": archive.sha256, "keep_until": day(archive.keep_until)}
        if archive
        else None,
    }


def _event(row: EventRow) -> dict[str, Any]:
    return {
        "seq": row.seq,
        "kind": row.kind,
        "at": instant(row.at),
        "actor": row.actor,
        "channel": row.channel,
        "payload": dict(row.payload),
        "prev_hash": row.prev_hash,
        "hash": row.hash,
    }


def _prefect(session: Session, services: Services, order: Order) -> dict[str, Any]:
    run = runs.of_order(session, order.id)
    flow_run_id = run.flow_run_id if run else None
    url = run_url(services, flow_run_id) if flow_run_id else None
    return {"flow_run_id": flow_run_id, "url": url}
