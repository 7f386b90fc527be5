"""Review: the completion checklist, computed; decided by somebody who did not do the work."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from domain.names import Event
from models import activity as activities
from models import delivery as deliveries
from models import version as versions
from models.order import Order
from tasks.costs import cost_to_date
from tasks.services import Services
from tasks.stage import Outcome


@dataclass(frozen=True)
class Checklist:
    """Every point with its result; kept with the order for the decision and the test report."""

    points: tuple[dict[str, Any], ...]

    def keep(self, session: Session, order: Order, *, at: datetime) -> None:
        """The order's newest checklist is this one."""
        order.sources = {**order.sources, "checklist": list(self.points)}


def review(order_id: int, services: Services) -> Outcome:
    """Is the order fit for delivery? Requirements, checks, documents, cost to date."""
    with services.reading() as session:
        order = session.get_one(Order, order_id)
        work = activities.of_order(session, order_id)
        points = (
            _ended(work),
            _checked(work),
            _covered(session, order, work),
            _documented(session, order),
            _cost(session, order),
            _on_time(order, services),
        )
    bad = [each["rule"] for each in points if each["level"] != "ok"]
    return Outcome(Event.REVIEW_PREPARED, (Checklist(points),), {"open": bad})


def _point(rule: str, ok: bool, *, level: str = "stop", **facts: Any) -> dict[str, Any]:
    return {"rule": rule, "level": "ok" if ok else level, "facts": facts}


def _ended(work: Any) -> dict[str, Any]:
    left = [each.label for each in work if each.state not in ("done", "cancelled")]
    return _point("tasks", not left, open=", ".join(left), tasks=len(work))


def _checked(work: Any) -> dict[str, Any]:
    checks = [each for each in work if each.checkpoint and each.state != "cancelled"]
    failed = [each.label for each in checks if each.state != "done"]
    return _point("checkpoints", not failed, checks=len(checks), open=", ".join(failed))


def _covered(session: Session, order: Order, work: Any) -> dict[str, Any]:
    """Requirements are covered when the version that holds them is confirmed and work was done."""
    version = versions.confirmed(session, order.id)
    texts = list(version.snapshot.get("requirements", ())) if version else []
    lines = list(version.snapshot.get("lines", ())) if version else []
    ok = version is not None and bool(work)
    return _point("requirement_coverage", ok, requirements=len(texts), lines=len(lines))


def _documented(session: Session, order: Order) -> dict[str, Any]:
    there = {each.kind for each in deliveries.documents(session, order.id)}
    missing = sorted({"scope_statement", "schedule"} - there)
    return _point("documents", not missing, level="warn", missing=", ".join(missing))


def _cost(session: Session, order: Order) -> dict[str, Any]:
    spent = cost_to_date(session, order.id)
    ok = order.budget is None or spent <= order.budget
    facts = {"cost": str(spent), "budget": str(order.budget or "")}
    return _point("cost", ok, level="warn", **facts)


def _on_time(order: Order, services: Services) -> dict[str, Any]:
    promised = order.promised_on
    ok = promised is None or services.today() <= promised
    return _point("promise", ok, level="warn", promised_on=str(promised or ""))
