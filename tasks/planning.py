"""From an order's rows to a planning problem, and from a proposal back to rows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from domain.names import OrderType, Role
from domain.planning.axis import Axis, axis_of
from domain.planning.blueprint import Adjustment, Blueprint, adjusted
from domain.planning.blueprints import BLUEPRINTS
from domain.planning.breakdown import PlanLine, breakdown
from domain.planning.problem import Order as PlannedOrder
from domain.planning.problem import Person, Placement, Problem, Task, TaskId
from models import activity as activities
from models.activity import Activity
from models.order import Order
from models.person import PersonRow, SubstitutionRow
from models.retrospective import accepted_extra_hours
from tasks.services import Services


@dataclass(frozen=True)
class Planning:
    """A problem with what is needed to read its answer."""

    problem: Problem
    tasks: tuple[Task, ...]
    rates: dict[str, Decimal]
    axis: Axis

    def instant(self, slot: int) -> datetime:
        """The instant at which the slot begins."""
        return self.axis.at(slot)


def planning(
    session: Session,
    services: Services,
    order: Order,
    order_type: OrderType,
    *,
    at: datetime,
    due: date | None,
) -> Planning:
    """The order's blueprint over the present load of the people, from now on."""
    axis = axis_of(services.calendar(session), at)
    tasks = breakdown(
        order.order_no,
        [_line(each) for each in _plan_lines(order)],
        blueprint(session, order_type),
    )
    rows = session.scalars(select(PersonRow).where(PersonRow.active.is_(True))).all()
    release = axis.slot_at(at)
    end = axis.slots_of(due, due)[1] if due is not None else None
    problem = Problem(
        axis=axis,
        people=tuple(_person(session, each) for each in rows),
        orders=(PlannedOrder(order.order_no, tasks, release=release, due=end),),
        committed=committed(session, axis, order.id),
        seed=order.id,
    )
    return Planning(problem, tasks, {e.person: e.hourly_rate for e in rows}, axis)


def blueprint(session: Session, order_type: OrderType) -> Blueprint:
    """The blueprint of this type with all improvements that were accepted."""
    extra = accepted_extra_hours(session, order_type)
    return adjusted(
        BLUEPRINTS[order_type], tuple(Adjustment(key, float(h)) for key, h in extra.items())
    )


def committed(session: Session, axis: Axis, order_id: int) -> tuple[Placement, ...]:
    """Other orders' work that occupies people, as far as it lies ahead."""
    found = []
    for each in activities.committed_elsewhere(session, order_id):
        if each.starts_at is None or each.finishes_at is None or each.person is None:
            continue
        start, finish = axis.slot_at(each.starts_at), axis.end_slot(each.finishes_at)
        if finish > start:
            task = TaskId(str(each.order_id), each.label)
            found.append(Placement(task, each.person, start, finish, ((start, finish),)))
    return tuple(found)


def _plan_lines(order: Order) -> Sequence[tuple[int, str, float]]:
    return [
        (each.line_no, each.item or each.model, float(each.quantity or 1)) for each in order.lines
    ]


def _line(line: tuple[int, str, float]) -> PlanLine:
    number, name, quantity = line
    return PlanLine(number, name, quantity)


def _person(session: Session, row: PersonRow) -> Person:
    absences = session.scalars(select(SubstitutionRow).where(SubstitutionRow.absent == row.person))
    return Person(
        id=row.person,
        name=row.name,
        roles=frozenset(Role(each) for each in row.roles),
        skills=_skills(row.skills),
        absences=tuple((each.since, _last(each)) for each in absences),
        share=float(row.hours_per_day / 8),
    )


def _last(row: SubstitutionRow) -> date:
    return date.fromordinal(row.until.toordinal() - 1)


def _skills(written: Sequence[str]) -> dict[str, int]:
    """`design:3` means design at level 3; without a number the level is 2."""
    found = {}
    for each in written:
        name, _, level = each.partition(":")
        found[name] = int(level) if level.isdecimal() else 2
    return found


def to_activity(order: Order, task: Task, placed: Placement, axis: Axis, round_: int) -> Activity:
    """The planned task as a row, still a proposal; instants are UTC."""
    milestone = task.work == 0
    return Activity(
        order_id=order.id,
        number=int(task.id.no[1:]),
        wbs=task.wbs,
        key=task.key,
        name_zh=task.name_zh[:300],
        name_en=task.name_en[:300],
        round=round_,
        state="proposed",
        party=task.party,
        skill=task.skill or "",
        person=placed.person,
        work_hours=Decimal(str(task.hours)),
        milestone=milestone,
        checkpoint=task.checkpoint,
        links=[{"after": link.pred.no, "kind": link.kind, "lag": link.lag} for link in task.links],
        starts_at=axis.at(placed.start) if not milestone else axis.end_at(placed.start),
        finishes_at=axis.end_at(placed.finish),
        remaining_hours=Decimal(str(task.hours)),
    )
