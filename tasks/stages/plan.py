"""Plan: a schedule that fits people, calendar and the promised date, with its risks and cost."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy.orm import Session

from domain.names import Event, Language, OrderType
from domain.planning.communication import communication_plan
from domain.planning.explain import sentence, why
from domain.planning.gantt import bars_of, gantt_svg
from domain.planning.load import cost, load_per_person
from domain.planning.problem import Placement, Proposal, Task
from domain.planning.propose import propose
from domain.planning.risk_checklists import RiskDraft
from domain.planning.risks import first_risks
from models import activity as activities
from models.activity import Risk
from models.delivery import Document, newest
from models.installation import keep
from models.order import Order
from models.retrospective import lessons_for
from tasks.planning import Planning, planning, to_activity
from tasks.services import Services
from tasks.stage import Outcome

BUDGET_SHARE = Decimal("0.6")
"""Without a budget of its own an order may cost this share of its amount."""


@dataclass(frozen=True)
class Draft:
    """The proposed plan: tasks with dates and people, risks, picture, cost, reasons."""

    made: Planning
    proposal: Proposal
    picture: str
    risks: tuple[RiskDraft, ...]
    summary: dict[str, Any]

    def keep(self, session: Session, order: Order, *, at: datetime) -> None:
        """The proposal's rows replace those of an earlier one that was not approved."""
        activities.drop_proposed(session, order.id)
        tasks = {task.id: task for task in self.made.tasks}
        for placed in sorted(self.proposal.schedule.placements, key=lambda p: _number(tasks, p)):
            row = to_activity(order, tasks[placed.task], placed, self.made.axis, 1)
            row.critical = placed.task in self.proposal.critical
            row.reason = _reason(self.made, self.proposal, placed)
            session.add(row)
        for risk in self.risks:
            session.add(
                Risk(
                    order_id=order.id,
                    code=risk.code[:40],
                    text_zh=risk.text_zh,
                    text_en=risk.text_en,
                    probability=risk.probability,
                    impact=risk.impact,
                    response_zh=risk.response_zh,
                    response_en=risk.response_en,
                )
            )
        if order.budget is None and order.amount is not None:
            order.budget = (order.amount * BUDGET_SHARE).quantize(Decimal("0.01"))
        order.sources = {**order.sources, "plan": self.summary}
        _keep_picture(session, order, self.picture, at)


def plan(order_id: int, services: Services) -> Outcome:
    """Propose a schedule that fits people, calendars and the promised date."""
    at = services.now()
    with services.reading() as session:
        order = session.get_one(Order, order_id)
        order_type = OrderType(order.order_type or OrderType.MANUFACTURE_TO_ORDER)
        made = planning(session, services, order, order_type, at=at, due=order.promised_on)
        proposal = propose(made.problem)
        bare = [each.code for each in order.requirements if not each.criterion]
        risks = first_risks(order_type, made.problem, proposal, without_criterion=bare)
        lessons = [each.text_zh for each in lessons_for(session, order_type)]
        summary = _summary(order, made, proposal, lessons)
        picture = gantt_svg(
            bars_of(made.problem, proposal, Language.ZH),
            services.calendar(session),
            title=f"{order.order_no} · {order.customer_name}",
            promised=order.promised_on,
            today=services.today(),
        )
    draft = Draft(made, proposal, picture, risks, summary)
    facts = {k: summary[k] for k in ("finish", "cost", "budget", "late", "tasks")}
    return Outcome(Event.PLAN_PROPOSED, (draft,), facts)


def _summary(
    order: Order, made: Planning, proposal: Proposal, lessons: list[str]
) -> dict[str, Any]:
    finish = made.axis.end_day(proposal.schedule.finish)
    money = cost(proposal.schedule, made.rates)
    last = why(proposal)
    budget = order.budget or (order.amount * BUDGET_SHARE if order.amount else None)
    return {
        "start": str(made.axis.day_of(proposal.schedule.start)),
        "finish": str(finish),
        "buffered_finish": str(made.axis.end_day(proposal.buffered_finish)),
        "promised_on": str(order.promised_on or ""),
        "late": _late(finish, order.promised_on),
        "tasks": len(made.tasks),
        "cost": str(money.total),
        "budget": str(budget.quantize(Decimal("0.01"))) if budget is not None else "",
        "because_zh": [sentence(made.problem, proposal, r, Language.ZH) for r in last[:4]],
        "because_en": [sentence(made.problem, proposal, r, Language.EN) for r in last[:4]],
        "load": [
            {
                "person": each.person,
                "week": str(each.week),
                "hours": round(each.hours, 2),
                "committed": round(each.committed, 2),
                "capacity": round(each.capacity, 2),
            }
            for each in load_per_person(made.problem, proposal.schedule)
            if each.hours
        ],
        "communication": [vars(each) for each in communication_plan(made.tasks)],
        "people": sorted({p.person for p in proposal.schedule.placements if p.person}),
        "lessons": lessons,
    }


def _late(finish: date, promised: date | None) -> bool:
    return promised is not None and finish > promised


def _number(tasks: dict[Any, Task], placed: Placement) -> int:
    return int(tasks[placed.task].id.no[1:])


def _reason(made: Planning, proposal: Proposal, placed: Placement) -> dict[str, Any]:
    reason = proposal.reasons.get(placed.task)
    if reason is None:
        return {}
    return {
        "kind": str(reason.kind),
        "blocker": str(reason.blocker or ""),
        "zh": sentence(made.problem, proposal, reason, Language.ZH),
        "en": sentence(made.problem, proposal, reason, Language.EN),
    }


def _keep_picture(session: Session, order: Order, picture: str, at: datetime) -> None:
    before = newest(session, order.id, "schedule")
    session.add(
        Document(
            order_id=order.id,
            kind="schedule",
            version=before.version + 1 if before else 1,
            name=f"{order.order_no}-schedule.svg",
            mime="image/svg+xml",
            language=order.language,
            sha256=keep(session, picture.encode(), at=at),
            customer_visible=False,
            created_at=at,
        )
    )
    session.flush()
