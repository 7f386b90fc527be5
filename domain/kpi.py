"""Key figures of a span of time, from the facts of its orders."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

FEW = 5
"""Averages of fewer answers say nothing and are not shown."""

SCORES = {
    "overall": "satisfaction",
    "on_time": "satisfaction_on_time",
    "quality": "satisfaction_quality",
    "communication": "satisfaction_communication",
    "recommend": "recommend",
}


@dataclass(frozen=True)
class Delivered:
    """One first delivery: its lines, and whether it came by the promised date."""

    lines: int
    on_time: bool


@dataclass(frozen=True)
class Ended:
    """One task that ended: by its planned day or later."""

    by_plan: bool


@dataclass(frozen=True)
class Month:
    """The facts of a span; hours are working hours."""

    delivered: Sequence[Delivered] = ()
    confirm_hours: Sequence[float] = ()
    ended: Sequence[Ended] = ()
    changes: int = 0
    answers: Sequence[Mapping[str, float]] = ()
    waits: Sequence[tuple[str, float]] = ()
    received: Sequence[str] = ()


def figures(month: Month) -> dict[str, Any]:
    """Figure by key, None where there is nothing to say; a share is {"percent", "of"}."""
    lines = sum(each.lines for each in month.delivered)
    on_time = sum(each.lines for each in month.delivered if each.on_time)
    by_plan = sum(each.by_plan for each in month.ended)
    return {
        "orders_received": len(month.received),
        **_types(month.received),
        "orders_delivered": len(month.delivered),
        "on_time_rate": _share(on_time, lines),
        "confirm_hours": _median(month.confirm_hours),
        "plan_accuracy": _share(by_plan, len(month.ended)),
        "changes": month.changes,
        **_scores(month.answers),
        **_waiting(month.waits),
    }


def _share(part: int, whole: int) -> dict[str, int] | None:
    return {"percent": round(100 * part / whole), "of": whole} if whole else None


def _median(values: Sequence[float]) -> float | None:
    import pandas as pd

    return round(float(pd.Series(values, dtype=float).median()), 1) if values else None


def _types(received: Sequence[str]) -> dict[str, int]:
    import pandas as pd

    counts = pd.Series(received, dtype=str).value_counts().sort_index()
    return {f"received_{name}": int(count) for name, count in counts.items()}


def _scores(answers: Sequence[Mapping[str, float]]) -> dict[str, float | None]:
    """Mean of each question that at least five customers answered."""
    import pandas as pd

    frame = pd.DataFrame(list(answers), columns=list(SCORES), dtype=float)
    return {
        name: round(float(frame[key].mean()), 2) if frame[key].count() >= FEW else None
        for key, name in SCORES.items()
    }


def _waiting(waits: Sequence[tuple[str, float]]) -> dict[str, dict[str, int]]:
    """Share of the working time in which each party had the next step, in percent."""
    import pandas as pd

    sums = pd.DataFrame(waits, columns=["party", "hours"]).groupby("party")["hours"].sum()
    total = float(sums.sum())
    if not total:
        return {}
    return {
        f"turn_{party}": {"percent": round(100 * float(hours) / total), "of": round(total)}
        for party, hours in sums.items()
    }
