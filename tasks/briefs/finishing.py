"""Briefings of review, acceptance and closing."""

from datetime import datetime
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from models import activity as activities
from models import delivery as deliveries
from models import retrospective as look_backs
from models.order import Order
from models.retrospective import Retrospective
from tasks import showing, telling_customer, telling_team
from tasks.briefs.brief import Brief
from tasks.costs import cost_to_date
from tasks.services import Services
from templates.views import CheckView, FactView, Level, MoneyView


def completion(session: Session, services: Services, order: Order, at: datetime) -> Brief:
    """The computed checklist; people who did the work may not decide it."""
    work = activities.of_order(session, order.id)
    involved = sorted({each.person for each in work if each.person and each.state == "done"})
    points = list(order.sources.get("checklist", ()))
    spent = MoneyView(cost_to_date(session, order.id), order.currency)
    return Brief(
        parts={
            "facts": (FactView("cost_to_date", spent),),
            "checks": tuple(
                CheckView(each["rule"], Level(each["level"]), facts=each["facts"])
                for each in points
            ),
            "tasks": showing.task_views(session, services, work, showing.BOTH),
        },
        subject={"involved": _doers(work, services, session)},
        decided={"checklist": points, "doers": involved},
    )


def _doers(work: object, services: Services, session: Session) -> list[str]:
    """Who did the order's work; making a check of it is not doing it."""
    rows = work if isinstance(work, list | tuple) else list(work)  # type: ignore[call-overload]
    return sorted({each.person for each in rows if each.person and not each.checkpoint})


def customer_acceptance(session: Session, services: Services, order: Order, at: datetime) -> Brief:
    """The criteria of this round and what was delivered."""
    asked = deliveries.last_acceptance(session, order.id)
    delivered = deliveries.last_delivery(session, order.id)
    criteria = asked.criteria if asked else []
    return Brief(
        parts={
            "criteria": telling_customer.criteria(criteria),
            "files": telling_customer.files(delivered.manifest) if delivered else (),
        },
        decided={
            "criteria": criteria,
            "package": delivered.package_sha256 if delivered else "",
        },
    )


def close(session: Session, services: Services, order: Order, at: datetime) -> Brief:
    """What the order's history says, the survey, and the improvements to decide."""
    kept = session.scalar(
        select(Retrospective)
        .where(Retrospective.order_id == order.id)
        .order_by(Retrospective.round.desc())
        .limit(1)
    )
    facts = kept.facts if kept else {}
    survey = look_backs.survey_of(session, order.id)
    shown = [
        FactView("cost_to_date", MoneyView(Decimal(str(facts.get("cost") or 0)), order.currency))
    ]
    if survey is not None and survey.answered_at is not None:
        shown.append(FactView("survey", " ".join(str(v) for v in survey.answers.values())))
    return Brief(
        parts={
            "facts": tuple(shown),
            "shares": telling_team.shares(facts),
            "estimates": telling_team.estimates(facts, zh=True),
            "lessons": (
                *(f"{e.text_zh} / {e.text_en}" for e in look_backs.lessons(session, order.id)),
                *(f"{e.text_zh} / {e.text_en}" for e in look_backs.improvements(session, order.id)),
            ),
        },
        decided={"facts": facts, "round": kept.round if kept else 0},
    )
