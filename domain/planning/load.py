"""Load and money of a plan: hours a person and week, cost against budget."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from domain.planning.axis import SLOTS_PER_HOUR, Axis
from domain.planning.diary import diary_of
from domain.planning.problem import Placement, Problem, Schedule

CENT = Decimal("0.01")


@dataclass(frozen=True)
class Load:
    """Hours of one person in one week (its Monday): planned here, committed, possible."""

    person: str
    week: date
    hours: float
    committed: float
    capacity: float

    @property
    def share(self) -> float:
        """Used part of the capacity; 0 when there is none and nothing is planned."""
        used = self.hours + self.committed
        return used / self.capacity if self.capacity else float(used > 0)


def load_per_person(problem: Problem, schedule: Schedule) -> tuple[Load, ...]:
    """Hours of each person in each week that the schedule touches, by person and week."""
    if not schedule.placements:
        return ()
    axis = problem.axis
    first, last = _monday(axis.day_of(schedule.start)), axis.end_day(schedule.finish)
    weeks = [first + timedelta(days=n) for n in range(0, (last - first).days + 1, 7)]
    found = []
    for person in problem.people:
        here = _hours(axis, person.id, schedule.placements)
        elsewhere = _hours(axis, person.id, problem.committed)
        own = diary_of(problem, person).own
        for week in weeks:
            start, end = axis.slots_of(week, week + timedelta(days=6))
            capacity = (own.index(end) - own.index(start)) / SLOTS_PER_HOUR
            hours, other = here.get(week, 0.0), elsewhere.get(week, 0.0)
            found.append(Load(person.id, week, hours, other, capacity))
    return tuple(found)


def _monday(on: date) -> date:
    return on - timedelta(days=on.weekday())


def _hours(axis: Axis, person: str, placements: tuple[Placement, ...]) -> dict[date, float]:
    """Hours of this person by the Monday of the week."""
    found: dict[date, float] = {}
    for placement in placements:
        for start, end in placement.pieces if placement.person == person else ():
            for slot in range(start, min(end, axis.size)):
                week = _monday(axis.day_of(slot))
                found[week] = found.get(week, 0.0) + 1 / SLOTS_PER_HOUR
    return found


def hours_per_person(schedule: Schedule) -> dict[str, Decimal]:
    """Planned hours of each person."""
    found: dict[str, Decimal] = {}
    for placement in schedule.placements:
        if placement.person is not None:
            slots = sum(end - start for start, end in placement.pieces)
            hours = Decimal(slots) / SLOTS_PER_HOUR
            found[placement.person] = found.get(placement.person, Decimal()) + hours
    return found


@dataclass(frozen=True)
class Cost:
    """What a plan costs, in the currency of the rates; who has no rate is named, not guessed."""

    labour: Mapping[str, Decimal] = field(hash=False)
    others: Mapping[str, Decimal] = field(hash=False)
    without_rate: tuple[str, ...] = ()

    @property
    def total(self) -> Decimal:
        """Labour and everything else."""
        return sum((*self.labour.values(), *self.others.values()), Decimal())

    def over(self, budget: Decimal | None) -> Decimal:
        """By how much the budget is exceeded; 0 when it is kept or there is none."""
        return max(self.total - budget, Decimal()) if budget is not None else Decimal()


def cost(
    schedule: Schedule,
    hourly_rates: Mapping[str, Decimal],
    *,
    others: Mapping[str, Decimal] | None = None,
) -> Cost:
    """Hours times hourly rates by person, and other costs (material, subcontract) by name."""
    hours = hours_per_person(schedule)
    labour = {
        person: (hours[person] * hourly_rates[person]).quantize(CENT)
        for person in sorted(hours)
        if person in hourly_rates
    }
    missing = tuple(sorted(hours.keys() - hourly_rates.keys()))
    return Cost(labour, dict(others or {}), missing)
