"""Problems for planning tests: state only what matters."""

from datetime import UTC, date, datetime

from domain.calendars.china import company_calendar, official_days
from domain.names import OrderType, Party, Role
from domain.planning.axis import Axis, axis_of
from domain.planning.blueprint import Estimate
from domain.planning.blueprints import blueprint_of
from domain.planning.breakdown import PlanLine, breakdown
from domain.planning.problem import (
    Link,
    Order,
    Person,
    Placement,
    Problem,
    Task,
    TaskId,
)

NOW = datetime(2026, 11, 24, 1, tzinfo=UTC)
CALENDAR = company_calendar((*official_days(2026), *official_days(2027)))
AXIS = axis_of(CALENDAR, NOW, days=300)
LINES = (PlanLine(1, "支架", 16), PlanLine(2, "flange", 4))


def person(
    name: str,
    role: Role = Role.ENGINEER,
    absences: tuple[tuple[date, date], ...] = (),
    share: float = 1.0,
    **skills: int,
) -> Person:
    return Person(name, name.title(), frozenset({role}), skills, absences, share)


PEOPLE = (
    person("lan", design=3, machining=2, service=2, software=3),
    person("kai", assembly=3, electrical=2, machining=3, service=3),
    person("bao", Role.BUYER, purchasing=2),
    person("qin", Role.QUALITY, inspection=3, testing=2),
    person("wen", Role.CLERK),
)


def task_id(no: int) -> TaskId:
    return TaskId("SO-1", f"T{no}")


def task(
    no: int,
    work: int = 8,
    *links: Link,
    skill: str | None = None,
    party: Party = Party.US,
    pin: int | None = None,
) -> Task:
    hours = Estimate(work / 5, work / 4, work / 2)
    return Task(
        task_id(no), str(no), f"k{no}", f"任务{no}", f"task {no}", work, hours, Role.ENGINEER,
        skill, party=party, links=links, pin=pin,
    )  # fmt: skip


def problem(
    *tasks: Task,
    people: tuple[Person, ...] = PEOPLE,
    committed: tuple[Placement, ...] = (),
    axis: Axis = AXIS,
    due: int | None = None,
) -> Problem:
    return Problem(axis, people, (Order("SO-1", tasks, due=due),), committed)


def order_problem(order_type: OrderType = OrderType.MANUFACTURE_TO_ORDER) -> Problem:
    return problem(*breakdown("SO-1", LINES, blueprint_of(order_type)))


def busy(who: str, start: int, end: int, no: str = "T1") -> Placement:
    return Placement(TaskId("SO-9", no), who, start, end, ((start, end),))
