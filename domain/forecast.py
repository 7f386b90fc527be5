"""When work will be done as things stand: what remains, passed on to what waits for it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from domain.names import Party
from domain.worktime import AnyCalendar, add_worktime, worktime_between

SLOT_MINUTES = 15
"""Lags of a plan are counted in these."""

OPEN = frozenset({"planned", "released", "started"})
"""States of an activity that has been planned and has not ended."""


@dataclass(frozen=True)
class Work:
    """One activity as planned and reported; hours are working hours. `after` has the lag in slots
    by the label of each activity whose end it waits for."""

    label: str
    name_zh: str
    name_en: str
    state: str
    starts_at: datetime | None
    finishes_at: datetime | None
    left_hours: float
    after: Mapping[str, int]
    person: str = ""
    party: Party = Party.US
    milestone: bool = False
    baseline_finish: datetime | None = None
    blocked: str = ""
    blocked_since: datetime | None = None

    @property
    def running(self) -> bool:
        """True for released work that has not ended."""
        return self.state in ("released", "started")


def forecasts(work: Iterable[Work], calendar: AnyCalendar, *, at: datetime) -> dict[str, datetime]:
    """The expected end of each activity that is open, by label.

    Work without a report counts as going to plan until its planned end has passed.
    """
    ends: dict[str, datetime] = {}
    free: dict[str, datetime] = {}
    dated = [each for each in work if each.state in OPEN and each.starts_at and each.finishes_at]
    for each in sorted(dated, key=lambda one: (one.starts_at, one.finishes_at, one.label)):
        end = _end(each, _pushed(each, ends, free, calendar), calendar, at)
        ends[each.label] = end
        if each.person:
            free[each.person] = max(end, free.get(each.person, end))
    return ends


def _pushed(
    work: Work,
    ends: Mapping[str, datetime],
    free: Mapping[str, datetime],
    calendar: AnyCalendar,
) -> datetime | None:
    """The instant before which what it waits for, or its person, does not let it begin."""
    bounds = [
        add_worktime(calendar, ends[label], lag * SLOT_MINUTES)
        for label, lag in work.after.items()
        if label in ends
    ]
    if work.person in free:
        bounds.append(free[work.person])
    return max(bounds, default=None)


def _end(work: Work, pushed: datetime | None, calendar: AnyCalendar, at: datetime) -> datetime:
    starts_at, finishes_at = work.starts_at, work.finishes_at
    assert starts_at is not None and finishes_at is not None  # noqa: S101  # the caller's choice
    minutes = round(work.left_hours * 60)
    if work.state == "started":
        return add_worktime(calendar, at, minutes)
    if pushed is not None and pushed > starts_at:
        span = worktime_between(calendar, starts_at, finishes_at)
        return add_worktime(calendar, max(pushed, at), span)
    if finishes_at >= at:
        return finishes_at
    return add_worktime(calendar, at, minutes if work.party is Party.US else 0)
