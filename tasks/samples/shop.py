"""The work of a sample order: its blueprint laid out on the calendar, as planned and as done."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from random import Random

from domain.names import Party
from domain.planning.blueprint import Adjustment, LinkKind, adjusted
from domain.planning.blueprints import blueprint_of
from domain.planning.breakdown import PlanLine, breakdown
from domain.planning.problem import Link, Person, Task, TaskId
from domain.planning.staff import candidates
from domain.worktime import Calendar, add_worktime, next_open
from models.activity import Activity, Baseline
from tasks.samples.people import PEOPLE
from tasks.samples.plot import Plot

SLOT_MINUTES = 15
SLOW_STEPS = {"assembly": 1.45, "coding": 1.35, "repair": 1.4}
"""Steps that took longer than planned until somebody looked back at them."""

Span = tuple[datetime, datetime]
"""From, until as UTC instants."""

Adjustments = tuple[Adjustment, ...]
"""What had been learnt about a blueprint when the order was planned."""

STAFF = tuple(
    Person(
        each.person,
        each.name,
        frozenset(each.roles),
        {name: int(level) for name, _, level in (s.partition(":") for s in each.skills.split())},
    )
    for each in PEOPLE
)
RATES = {each.person: Decimal(each.rate) for each in PEOPLE}


@dataclass(frozen=True)
class Shop:
    """Tasks of one order, who does them, and when: planned and done."""

    tasks: tuple[Task, ...]
    people: Mapping[TaskId, str | None]
    planned: Mapping[TaskId, Span]

    @property
    def finish(self) -> datetime:
        """When all is planned to be done."""
        return max(finish for _, finish in self.planned.values())

    @property
    def involved(self) -> set[str]:
        """Who does work that is more than a check."""
        return {p for t in self.tasks if not t.checkpoint and (p := self.people[t.id])}


def shop_of(
    plot: Plot, order_no: str, learnt: Adjustments, calendar: Calendar, start: datetime
) -> Shop:
    """The order's tasks from its blueprint, each with a person, laid out from `start` on."""
    lines = [
        PlanLine(number, plot.name(item.good), item.quantity)
        for number, item in enumerate(plot.items, start=1)
    ]
    blueprint = adjusted(blueprint_of(plot.items[0].good.order_type), learnt)
    tasks = breakdown(order_no, lines, blueprint)
    people = {task.id: _person(task, plot.luck) for task in tasks}
    minutes = {task.id: task.work * SLOT_MINUTES for task in tasks}
    return Shop(tasks, people, laid_out(tasks, people, minutes, calendar, start))


def _person(task: Task, luck: Random) -> str | None:
    able, _ = candidates(task, STAFF)
    return luck.choice(able).id if able else None


def laid_out(
    tasks: Sequence[Task],
    people: Mapping[TaskId, str | None],
    minutes: Mapping[TaskId, int],
    calendar: Calendar,
    start: datetime,
) -> dict[TaskId, Span]:
    """When each task is done: after what it is tied to, one task a person at a time."""
    spans: dict[TaskId, Span] = {}
    free: dict[str, datetime] = {}
    for task in tasks:
        person = people[task.id]
        begins = max(
            next_open(calendar, start),
            free.get(person or "", start),
            *(_after(spans, link, minutes[task.id], calendar) for link in task.links),
        )
        spans[task.id] = (begins, add_worktime(calendar, begins, minutes[task.id]))
        if person is not None:
            free[person] = spans[task.id][1]
    return spans


def _after(spans: Mapping[TaskId, Span], link: Link, own: int, calendar: Calendar) -> datetime:
    """The earliest start that this tie allows."""
    start, finish = spans[link.pred]
    lag = link.lag * SLOT_MINUTES
    match link.kind:
        case LinkKind.FS:
            return next_open(calendar, add_worktime(calendar, finish, lag))
        case LinkKind.SS:
            return next_open(calendar, add_worktime(calendar, start, lag))
        case _:
            return next_open(calendar, add_worktime(calendar, finish, lag - own))


def durations(shop: Shop, learnt: Adjustments, luck: Random) -> dict[TaskId, int]:
    """Minutes that each task took: some luck, and what is planned too short takes longer."""
    known = {each.key for each in learnt}
    return {
        task.id: max(
            SLOT_MINUTES,
            round(
                task.work
                * luck.lognormvariate(0.0, 0.16)
                * (1.0 if task.key in known else SLOW_STEPS.get(task.key, 1.0))
            )
            * SLOT_MINUTES,
        )
        for task in shop.tasks
    }


def rows(
    shop: Shop, done: Mapping[TaskId, Span], took: Mapping[TaskId, int]
) -> tuple[list[Activity], list[Baseline]]:
    """The finished activities and the plan that was approved for them."""
    made, baseline = [], []
    for task in shop.tasks:
        number, person = int(task.id.no[1:]), shop.people[task.id]
        starts, finishes = shop.planned[task.id]
        hours = Decimal(str(task.hours))
        spent = (Decimal(took[task.id]) / 60).quantize(Decimal("0.01"))
        made.append(
            Activity(
                number=number,
                wbs=task.wbs,
                key=task.key,
                name_zh=task.name_zh,
                name_en=task.name_en,
                state="done",
                party=task.party,
                skill=task.skill or "",
                person=person,
                work_hours=hours,
                checkpoint=task.checkpoint,
                links=[{"after": e.pred.no, "kind": e.kind, "lag": e.lag} for e in task.links],
                starts_at=starts,
                finishes_at=finishes,
                percent=100,
                remaining_hours=Decimal(0),
                spent_hours=spent if task.party is Party.US else Decimal(0),
                started_at=done[task.id][0],
                finished_at=done[task.id][1],
            )
        )
        baseline.append(
            Baseline(
                n=1,
                number=number,
                starts_at=starts,
                finishes_at=finishes,
                work_hours=hours,
                cost=hours * RATES.get(person or "", Decimal(0)),
            )
        )
    return made, baseline
