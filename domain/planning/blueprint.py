"""Blueprints: what the plan of a kind of order is made from, in hours and links by key."""

from dataclasses import dataclass, replace
from enum import StrEnum

from domain.errors import Refusal
from domain.names import OrderType, Party, Role


class LinkKind(StrEnum):
    """Which ends of two tasks are tied: first letter the earlier task's, second the later one's."""

    FS = "FS"
    SS = "SS"
    FF = "FF"
    SF = "SF"


class Skill(StrEnum):
    """What somebody must be able to do; a company may use words of its own beside these."""

    DESIGN = "design"
    ELECTRICAL = "electrical"
    MACHINING = "machining"
    ASSEMBLY = "assembly"
    SOFTWARE = "software"
    TESTING = "testing"
    SERVICE = "service"
    PURCHASING = "purchasing"
    INSPECTION = "inspection"


@dataclass(frozen=True)
class Estimate:
    """Optimistic, most likely and pessimistic hours of work."""

    low: float
    likely: float
    high: float

    @property
    def mean(self) -> float:
        """Expected hours: (o + 4m + p) / 6."""
        return (self.low + 4 * self.likely + self.high) / 6

    def scaled(self, factor: float) -> "Estimate":
        """The same estimate for so many times the work."""
        return Estimate(self.low * factor, self.likely * factor, self.high * factor)

    def plus(self, hours: float) -> "Estimate":
        """The estimate with so many hours more (or fewer), never under a quarter of an hour."""
        low, likely, high = (max(x + hours, 0.25) for x in (self.low, self.likely, self.high))
        return Estimate(low, likely, high)


@dataclass(frozen=True)
class After:
    """A tie to another activity of the blueprint; `elapsed_hours` run by the clock (drying)."""

    key: str
    kind: LinkKind = LinkKind.FS
    lag_hours: float = 0.0
    elapsed_hours: float = 0.0


@dataclass(frozen=True)
class Step:
    """One activity of a blueprint.

    `growth` says how hours grow with quantity (hours x quantity ** growth); `per_line` makes one
    task a line. Of another party's step `role` is who of ours follows it up.
    """

    key: str
    name_zh: str
    name_en: str
    hours: Estimate
    role: Role
    skill: str | None = None
    level: int = 1
    party: Party = Party.US
    after: tuple[After, ...] = ()
    per_line: bool = False
    growth: float = 0.0
    deliverable_zh: str = ""
    deliverable_en: str = ""
    checkpoint: bool = False
    weight: int | None = None
    customer_visible: bool = False


@dataclass(frozen=True)
class Blueprint:
    """The steps of one kind of order, in the order of their work breakdown."""

    order_type: OrderType
    version: int
    steps: tuple[Step, ...]


@dataclass(frozen=True)
class Adjustment:
    """An accepted improvement: so many hours more (or fewer) for one step."""

    key: str
    add_hours: float


@dataclass(unsafe_hash=True)
class UnknownStep(Refusal):
    """The blueprint has no step with this key."""

    order_type: OrderType
    key: str


def adjusted(blueprint: Blueprint, adjustments: tuple[Adjustment, ...]) -> Blueprint:
    """The next version of the blueprint, with these improvements."""
    if not adjustments:
        return blueprint
    steps = {step.key: step for step in blueprint.steps}
    for change in adjustments:
        if change.key not in steps:
            raise UnknownStep(blueprint.order_type, change.key)
        step = steps[change.key]
        steps[change.key] = replace(step, hours=step.hours.plus(change.add_hours))
    return replace(blueprint, version=blueprint.version + 1, steps=tuple(steps.values()))
