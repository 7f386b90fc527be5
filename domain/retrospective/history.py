"""What a look back works on, and the facts that it finds. Minutes are working minutes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from domain.names import Event, Party, State
from domain.planning.blueprint import Adjustment


@dataclass(frozen=True)
class Done:
    """A finished activity: planned and actual hours and instants; `key` is its blueprint's step."""

    no: str
    key: str
    name_zh: str
    name_en: str
    planned_hours: float
    actual_hours: float
    planned_start: datetime | None = None
    planned_finish: datetime | None = None
    actual_start: datetime | None = None
    actual_finish: datetime | None = None
    party: Party = Party.US


@dataclass(frozen=True)
class Happened:
    """An event of the order: when it came, and the state that the order has had since."""

    event: Event
    state: State
    at: datetime
    party: Party | None = None
    """On a hold: whose turn it is."""


@dataclass(frozen=True)
class Waited:
    """A gate: who was asked, from when to when; `decides` is False for gates that only wait."""

    kind: str
    asked_at: datetime
    answered_at: datetime | None
    party: Party = Party.US
    decides: bool = True


@dataclass(frozen=True)
class Moved:
    """A promised date that was moved, and why."""

    at: datetime
    before: date
    after: date
    cause: str
    party: Party = Party.US


@dataclass(frozen=True)
class History:
    """All that the facts are computed from."""

    happened: Sequence[Happened]
    activities: Sequence[Done] = ()
    gates: Sequence[Waited] = ()
    moves: Sequence[Moved] = ()
    earlier: Sequence[tuple[str, float, float]] = ()
    """Key, planned and actual hours of the same steps in earlier orders."""


@dataclass(frozen=True)
class Variance:
    """Planned against actual of one activity; `days` are working days late (early, if negative)."""

    no: str
    key: str
    name_zh: str
    name_en: str
    planned_hours: float
    actual_hours: float
    hours: float
    days: int | None


@dataclass(frozen=True)
class LeadTime:
    """Working minutes between question and answer of one kind of approval."""

    kind: str
    count: int
    median: int
    longest: int


@dataclass(frozen=True)
class Bias:
    """How far the estimate of a step is off on average: hours, and share of the planned hours."""

    key: str
    no: str
    count: int
    hours: float
    share: float


@dataclass(frozen=True)
class Improvement:
    """A change of the blueprint that somebody may accept."""

    adjustment: Adjustment
    no: str
    name_zh: str
    name_en: str
    count: int


@dataclass(frozen=True)
class Facts:
    """What an order's history says about it. Minutes are working minutes."""

    variances: tuple[Variance, ...]
    minutes_by_party: Mapping[Party, int] = field(hash=False)
    moves: tuple[Moved, ...] = ()
    lead_times: tuple[LeadTime, ...] = ()
    biases: tuple[Bias, ...] = ()
    improvements: tuple[Improvement, ...] = ()

    @property
    def planned_hours(self) -> float:
        """Hours planned for all activities of ours."""
        return round(sum(variance.planned_hours for variance in self.variances), 2)

    @property
    def actual_hours(self) -> float:
        """Hours that they took."""
        return round(sum(variance.actual_hours for variance in self.variances), 2)

    def share(self, party: Party) -> float:
        """The part of the order's working time in which this party had the next step."""
        total = sum(self.minutes_by_party.values())
        return self.minutes_by_party.get(party, 0) / total if total else 0.0
