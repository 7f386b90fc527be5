"""What planning works on and what it answers: tasks, people, placements, reasons. Units: slots."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from domain.names import Party, Role
from domain.planning.axis import Axis
from domain.planning.blueprint import Estimate, LinkKind
from domain.worktime import Calendar


class TaskId(NamedTuple):
    """A task of an order: order number and `T1`, `T2`, ..."""

    order: str
    no: str

    def __str__(self) -> str:
        """The number that people read."""
        return self.no


@dataclass(frozen=True)
class Link:
    """A tie to an earlier task: `lag` slots (may be negative) or `elapsed` minutes by the clock."""

    pred: TaskId
    kind: LinkKind = LinkKind.FS
    lag: int = 0
    elapsed: int = 0


@dataclass(frozen=True)
class Task:
    """One planned activity. `work` in slots; 0 makes it a milestone."""

    id: TaskId
    wbs: str
    key: str
    name_zh: str
    name_en: str
    work: int
    estimate: Estimate
    role: Role
    skill: str | None = None
    level: int = 1
    party: Party = Party.US
    links: tuple[Link, ...] = ()
    line: int | None = None
    deliverable_zh: str = ""
    deliverable_en: str = ""
    checkpoint: bool = False
    weight: int = 1
    customer_visible: bool = False
    pin: int | None = None
    """Must not start before this slot, and should start at it."""
    person: str | None = None
    """Only this person may do it (already assigned or started)."""

    @property
    def hours(self) -> float:
        """Planned hours of work."""
        return self.work / 4


@dataclass(frozen=True)
class Person:
    """Somebody who works here; absences are dates, both included; `share` of each day worked."""

    id: str
    name: str
    roles: frozenset[Role]
    skills: Mapping[str, int] = field(default_factory=dict, hash=False)
    absences: tuple[tuple[date, date], ...] = ()
    share: float = 1.0

    def away(self, on: date) -> bool:
        """True when the person is not here on this date."""
        return any(first <= on <= last for first, last in self.absences)


@dataclass(frozen=True)
class Placement:
    """When a task is done, and by whom: slots [start, finish), `pieces` without absences."""

    task: TaskId
    person: str | None
    start: int
    finish: int
    pieces: tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Schedule:
    """Placements on one axis, in the order in which they were made."""

    axis: Axis
    placements: tuple[Placement, ...]

    @property
    def by_task(self) -> dict[TaskId, Placement]:
        """Each task's placement."""
        return {placement.task: placement for placement in self.placements}

    @property
    def finish(self) -> int:
        """The slot before which all is done; 0 when there is nothing to do."""
        return max((placement.finish for placement in self.placements), default=0)

    @property
    def start(self) -> int:
        """The slot at which the first task begins; 0 when there is nothing to do."""
        return min((placement.start for placement in self.placements), default=0)


@dataclass(frozen=True)
class Order:
    """The tasks of one order; due, promised are slots before which it should be done."""

    no: str
    tasks: tuple[Task, ...]
    release: int = 0
    due: int | None = None
    weight: int = 1


@dataclass(frozen=True)
class Problem:
    """What is to be planned: orders, people, and what other orders have committed already."""

    axis: Axis
    people: tuple[Person, ...]
    orders: tuple[Order, ...]
    committed: tuple[Placement, ...] = ()
    calendars: Mapping[Party, Calendar] = field(default_factory=dict, hash=False)
    """Calendars of customer and supplier, where they differ from ours."""
    buffer_share: float = 0.1
    seed: int = 0

    @property
    def tasks(self) -> dict[TaskId, Task]:
        """All tasks to be planned, by id."""
        return {task.id: task for order in self.orders for task in order.tasks}


class Kind(StrEnum):
    """What keeps a task from starting earlier."""

    RELEASE = "release"
    PREDECESSOR = "predecessor"
    CUSTOMER = "customer"
    SUPPLIER = "supplier"
    LAG = "lag"
    PERSON = "person"
    ABSENCE = "absence"
    PIN = "pin"


@dataclass(frozen=True)
class Reason:
    """Why a task starts when it does: what binds, and how many slots later it makes the task."""

    kind: Kind
    task: TaskId
    blocker: TaskId | date | None
    slots: int
    person: str | None = None
    link: Link | None = None
    provisional: bool = False


class Lack(StrEnum):
    """What is missing to staff a task properly."""

    SKILL = "skill"
    """Nobody has the skill at the level; somebody of the role does it instead."""
    ROLE = "role"
    """Nobody has the role either; the task has no person."""


@dataclass(frozen=True)
class Missing:
    """A task that nobody is quite right for."""

    task: TaskId
    lack: Lack
    role: Role
    skill: str | None
    level: int


class Objective(NamedTuple):
    """What makes one plan better than another: compared from left to right, less is better."""

    late: int
    finish: int
    surplus: int


@dataclass(frozen=True)
class Proposal:
    """A plan offered: dates, persons, one reason a task, what is critical, what is missing."""

    schedule: Schedule
    reasons: Mapping[TaskId, Reason] = field(hash=False)
    floats: Mapping[TaskId, int] = field(hash=False)
    """Slots by which each task may slip without moving the finish."""
    objective: Objective
    buffer: int
    rule: str
    missing: tuple[Missing, ...] = ()

    @property
    def critical(self) -> frozenset[TaskId]:
        """Tasks whose delay delays the finish."""
        return frozenset(task for task, slots in self.floats.items() if slots <= 0)

    @property
    def buffered_finish(self) -> int:
        """The slot before which all is done if the buffer is used up."""
        return self.schedule.finish + self.buffer
