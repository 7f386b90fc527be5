"""The facts of an order: where time went, which estimates were off, what to plan otherwise."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import pairwise

from domain.names import Party, State
from domain.planning.blueprint import Adjustment, Blueprint
from domain.retrospective.history import (
    Bias,
    Done,
    Facts,
    Happened,
    History,
    Improvement,
    LeadTime,
    Variance,
    Waited,
)
from domain.worktime import AnyCalendar, local_date, workdays_between, worktime_between

BIAS_SHARE, BIAS_HOURS = 0.25, 2.0
"""An estimate is off when both are exceeded; smaller ones are noise."""


def look_back(history: History, calendar: AnyCalendar, blueprint: Blueprint | None = None) -> Facts:
    """The facts of this order; durations count the calendar's working time.

    With the blueprint, improvements are in hours of its steps (a plan scales them by quantity).
    """
    biases = estimate_biases(history)
    return Facts(
        variances=tuple(_variance(done, calendar) for done in _ours(history.activities)),
        minutes_by_party=minutes_by_party(history, calendar),
        moves=tuple(history.moves),
        lead_times=lead_times(history.gates, calendar),
        biases=biases,
        improvements=tuple(improvements(biases, history.activities, blueprint)),
    )


def _ours(activities: Sequence[Done]) -> list[Done]:
    return [done for done in activities if done.party is Party.US]


def _variance(done: Done, calendar: AnyCalendar) -> Variance:
    days = None
    if done.planned_finish and done.actual_finish:
        planned = local_date(calendar, done.planned_finish)
        days = workdays_between(calendar, planned, local_date(calendar, done.actual_finish))
    hours = round(done.actual_hours - done.planned_hours, 2)
    names = (done.no, done.key, done.name_zh, done.name_en)
    return Variance(*names, done.planned_hours, done.actual_hours, hours, days)


THEIRS = frozenset({State.AWAITING_INFO, State.DELIVERED})
"""States in which the customer has the next step; elsewhere gates and activities say it."""


def minutes_by_party(history: History, calendar: AnyCalendar) -> dict[Party, int]:
    """Working minutes of the order's life by who had the next step: every minute has one party."""
    import pandas as pd

    happened = sorted(history.happened, key=lambda event: event.at)
    rows = [
        (_whose_turn(history, happened, start), worktime_between(calendar, start, end))
        for start, end in pairwise(_cuts(history, happened))
    ]
    sums = pd.DataFrame(rows, columns=["party", "minutes"]).groupby("party")["minutes"].sum()
    return {party: int(sums.get(party, 0)) for party in Party}


def _cuts(history: History, happened: Sequence[Happened]) -> list[datetime]:
    """All instants of the order's life at which the turn may have passed on."""
    if not happened:
        return []
    cuts: set[datetime | None] = {event.at for event in happened}
    for gate in history.gates:
        cuts |= {gate.asked_at, gate.answered_at}
    for done in history.activities:
        cuts |= {done.actual_start, done.actual_finish}
    first, last = happened[0].at, happened[-1].at
    return sorted(cut for cut in cuts if cut is not None and first <= cut <= last)


def _whose_turn(history: History, happened: Sequence[Happened], at: datetime) -> Party:
    """Who had the next step at this instant: a hold says it, then state, gates, activities."""
    now = next(event for event in reversed(happened) if event.at <= at)
    if now.state is State.ON_HOLD:
        return now.party or Party.US
    if now.state in THEIRS:
        return Party.CUSTOMER
    for gate in history.gates:
        is_open = gate.asked_at <= at and (gate.answered_at is None or at < gate.answered_at)
        if is_open and gate.party is not Party.US:
            return gate.party
    running = {done.party for done in history.activities if _runs(done, at)}
    if Party.US in running or not running:
        return Party.US
    return Party.SUPPLIER if Party.SUPPLIER in running else Party.CUSTOMER


def _runs(done: Done, at: datetime) -> bool:
    start, finish = done.actual_start, done.actual_finish
    return start is not None and start <= at and (finish is None or at < finish)


def lead_times(gates: Sequence[Waited], calendar: AnyCalendar) -> tuple[LeadTime, ...]:
    """How long approvals took in working minutes, by kind; only gates that decide something."""
    import pandas as pd

    rows = [
        (gate.kind, worktime_between(calendar, gate.asked_at, gate.answered_at))
        for gate in gates
        if gate.decides and gate.answered_at
    ]
    groups = pd.DataFrame(rows, columns=["kind", "minutes"]).groupby("kind")["minutes"]
    return tuple(
        LeadTime(str(kind), int(minutes.count()), round(minutes.median()), int(minutes.max()))
        for kind, minutes in groups
    )


def estimate_biases(history: History) -> tuple[Bias, ...]:
    """Mean error of each step of ours, over this order and the earlier ones; largest first."""
    import pandas as pd

    done = _ours(history.activities)
    here = [(one.key, one.planned_hours, one.actual_hours) for one in done]
    frame = pd.DataFrame([*here, *history.earlier], columns=["key", "planned", "actual"])
    numbers = {one.key: one.no for one in reversed(done)}
    frame = frame[frame["key"].isin(list(numbers)) & (frame["planned"] > 0)]
    sums = frame.groupby("key").agg(
        count=("planned", "size"), planned=("planned", "sum"), actual=("actual", "sum")
    )
    found = []
    for key, (count, planned, actual) in zip(sums.index, sums.itertuples(index=False), strict=True):
        off = float(actual) - float(planned)
        share = round(off / float(planned), 3)
        found.append(Bias(str(key), numbers[str(key)], int(count), round(off / count, 2), share))
    return tuple(sorted(found, key=lambda bias: -abs(bias.hours)))


def improvements(
    biases: Sequence[Bias], activities: Sequence[Done], blueprint: Blueprint | None = None
) -> Iterator[Improvement]:
    """A proposal for each step that is off by a quarter and two hours or more."""
    names = {done.key: done for done in reversed(activities)}
    steps = {step.key: step for step in blueprint.steps} if blueprint else {}
    for bias in biases:
        if abs(bias.share) < BIAS_SHARE or abs(bias.hours) < BIAS_HOURS:
            continue
        step = steps.get(bias.key)
        hours = bias.share * step.hours.mean if step else bias.hours
        add = round(hours * 2) / 2
        if add:
            done = names[bias.key]
            change = Adjustment(bias.key, add)
            yield Improvement(change, bias.no, done.name_zh, done.name_en, bias.count)
