"""Briefings of the plan and of the work."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from domain.content import digest
from models import activity as activities
from models.activity import Risk
from models.order import Order
from tasks import showing
from tasks.briefs.brief import Brief
from tasks.pictures import picture_url
from tasks.services import Services
from templates.views import CheckView, FactView, Level, MoneyView


def plan(session: Session, services: Services, order: Order, at: datetime) -> Brief:
    """The proposed schedule: picture, table, load, cost, risks, reasons; a hash over all dates."""
    work = [e for e in activities.of_order(session, order.id) if e.state == "proposed"]
    summary = dict(order.sources.get("plan", {}))
    risks = session.scalars(select(Risk).where(Risk.order_id == order.id)).all()
    rows = [
        [e.label, e.person, str(e.starts_at), str(e.finishes_at), str(e.work_hours)] for e in work
    ]
    return Brief(
        parts={
            "facts": _facts(order, summary),
            "checks": _checks(summary),
            "tasks": showing.task_views(session, services, work, showing.BOTH),
            "reasons": tuple(
                f"{zh} / {en}"
                for zh, en in zip(summary["because_zh"], summary["because_en"], strict=True)
            ),
            "risks": tuple(f"{e.text_zh} / {e.text_en}" for e in risks[:5]),
            "load": _load(summary),
            "communication": tuple(
                f"{e['audience_zh']}:{e['content_zh']},{e['cadence_zh']}"
                f" / {e['audience_en']}: {e['content_en']}, {e['cadence_en']}"
                for e in summary.get("communication", ())
            ),
            "lessons": tuple(summary.get("lessons", ())),
            "picture_url": picture_url(services, order.order_no, at),
        },
        subject={"late": bool(summary.get("late")), "involved": summary.get("people", [])},
        decided={"plan": digest({"rows": rows, "cost": summary.get("cost")})},
    )


def _load(summary: Mapping[str, Any]) -> tuple[str, ...]:
    """Hours per person and week: this order, other orders, what is possible."""
    return tuple(
        f"{e['person']} · {e['week']}: {e['hours']:g} + {e['committed']:g} h / {e['capacity']:g} h"
        for e in summary.get("load", ())
    )


def work(session: Session, services: Services, order: Order, at: datetime) -> Brief:
    """Who does what; the wait ends when all of it has ended."""
    released = [e for e in activities.of_order(session, order.id) if e.round == order.round]
    ends = [each.finishes_at for each in released if each.finishes_at is not None]
    return Brief(
        parts={"tasks": showing.task_views(session, services, released, showing.BOTH)},
        decided={"tasks": [each.label for each in released]},
        due_at=max(ends, default=None) if not services.settings.policy.quick else None,
    )


def _facts(order: Order, summary: dict[str, str]) -> tuple[FactView, ...]:
    found = [
        FactView("finish_on", summary.get("finish")),
        FactView("promised_on", order.promised_on),
    ]
    if summary.get("cost"):
        found.append(FactView("planned_cost", MoneyView(Decimal(summary["cost"]), order.currency)))
    if summary.get("budget"):
        found.append(FactView("budget", MoneyView(Decimal(summary["budget"]), order.currency)))
    return tuple(found)


def _checks(summary: dict[str, object]) -> tuple[CheckView, ...]:
    late = bool(summary.get("late"))
    facts = {k: str(summary.get(k) or "") for k in ("finish", "promised_on")}
    found = [CheckView("finish", Level.WARN if late else Level.OK, facts=facts)]
    if summary.get("budget"):
        over = Decimal(str(summary["cost"])) > Decimal(str(summary["budget"]))
        found.append(CheckView("cost", Level.WARN if over else Level.OK))
    load = summary.get("load")
    crowded = [
        f"{e['person']} {e['week']}"
        for e in (load if isinstance(load, list) else [])
        if e["hours"] + e["committed"] > e["capacity"]
    ]
    people = {"who": ", ".join(crowded)} if crowded else {}
    found.append(CheckView("overload", Level.WARN if crowded else Level.OK, facts=people))
    return tuple(found)
