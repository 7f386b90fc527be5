"""Orders through all nine stages, and how long a decision or a mail takes to act."""

import statistics
import sys
import time
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

from benchmarks import latency
from benchmarks.installation import closed, installation, new_order, stuck
from benchmarks.plain import Plain, plain_prefect
from benchmarks.result import Result
from benchmarks.robots import Robots, suspensions
from benchmarks.running import wait_for
from benchmarks.usage import used
from domain.names import GateKind
from tasks.services import Services

ORDERS = 12
SAMPLES = 20
FOUR = (GateKind.CONFIRM, GateKind.PLAN, GateKind.COMPLETION, GateKind.CLOSE)
"""Gates at which the second figure waits until the run is suspended."""


def lifecycle() -> list[Result]:
    """Throughput and latencies beside plain Prefect, all in one run on one machine."""
    with installation() as services:
        _say("an installation runs; mails")
        by_mail = latency.mails(services, SAMPLES)
        _say("decisions")
        by_door, by_form = latency.decisions(services, SAMPLES)
        _say("whole orders, decisions there at once")
        at_once = _carry(services, ())
        _say("whole orders, four suspensions each")
        suspended = _carry(services, FOUR)
        _say("plain Prefect")
        often = plain_prefect(services, query_seconds=1)
        stock = plain_prefect(services, query_seconds=None)
    return [
        _rate("orders a minute, decisions there at once", at_once, often, stock),
        *_ceiling(at_once),
        _rate("orders a minute, four suspensions each", suspended, often, stock),
        *_ceiling(suspended),
        *_spread("decision at the door → next stage committed", by_door, often),
        *_spread("decision in Prefect's form → next stage committed", by_form, often),
        *_spread("mail handed over → first stage committed", by_mail, None),
        *_plain("worker asks every second", often),
        *_plain("worker as delivered", stock),
    ]


def _say(what: str) -> None:
    """Somebody who waits for minutes sees on standard error what is measured."""
    print(f"… {what}", file=sys.stderr, flush=True)


@dataclass(frozen=True)
class Carried:
    """Whole orders carried at once."""

    per_minute: float
    suspensions: float
    """How often an order was suspended at a form, on average."""
    processor: Mapping[str, float]
    """Seconds of processor time that an order took in each part."""

    @property
    def detail(self) -> str:
        """How they were carried, in a few words."""
        return f"n={ORDERS} at once, {self.suspensions:.1f} suspensions an order"


def _carry(services: Services, suspending: Collection[GateKind]) -> Carried:
    """Orders through all nine stages, all entered at once."""
    home = Path(services.settings.home)
    before, began = used(home), time.perf_counter()
    numbers = [new_order(services) for _ in range(ORDERS)]
    with Robots(services, numbers, suspending=suspending):
        try:
            wait_for(lambda: closed(services, numbers) == ORDERS, "all orders closed", every=0.1)
        except TimeoutError as late:
            raise TimeoutError(f"{late}; {stuck(services, numbers)}") from None
    seconds, after = time.perf_counter() - began, used(home)
    return Carried(
        ORDERS * 60 / seconds,
        suspensions(services, numbers) / ORDERS,
        {part: (after[part] - before.get(part, 0.0)) / ORDERS for part in after},
    )


def _ceiling(carried: Carried) -> list[Result]:
    """How many orders Prefect's server, which is one process, would carry with a core of its own;
    and where the machine's processor time goes."""
    server = carried.processor["prefect"]
    parts = sorted(carried.processor.items(), key=lambda each: -each[1])
    said = ", ".join(f"{part} {seconds:.2f}" for part, seconds in parts if seconds >= 0.01)
    return [
        Result(
            "processor time an order",
            sum(carried.processor.values()),
            "s",
            higher_is_better=False,
            detail=said,
        ),
        Result(
            "ceiling of Prefect's one server process",
            60 / server,
            "/min",
            ratio_to={"orders a minute": 60 / server / carried.per_minute},
            detail=f"{server:.2f} s of its processor time an order",
        ),
    ]


def _rate(name: str, carried: Carried, often: Plain, stock: Plain) -> Result:
    ratio = {
        "plain Prefect": carried.per_minute / often.orders_per_minute,
        "plain Prefect as delivered": carried.per_minute / stock.orders_per_minute,
    }
    return Result(name, carried.per_minute, "/min", ratio_to=ratio, detail=carried.detail)


def _spread(name: str, values: list[float], plain: Plain | None) -> list[Result]:
    ordered = sorted(values)
    p50, p95 = statistics.median(ordered), ordered[round(0.95 * (len(ordered) - 1))]
    detail = f"n={len(values)}, {ordered[0]:.2f}–{ordered[-1]:.2f} s"
    ratio = {"plain Prefect": p50 / plain.resume_seconds} if plain else None
    return [
        Result(f"{name}, p50", p50, "s", higher_is_better=False, ratio_to=ratio, detail=detail),
        Result(f"{name}, p95", p95, "s", higher_is_better=False),
    ]


def _plain(how: str, measured: Plain) -> list[Result]:
    return [
        Result(
            f"plain Prefect, {how}: orders a minute",
            measured.orders_per_minute,
            "/min",
            detail=f"n={measured.orders} at once, 4 suspensions an order",
        ),
        Result(
            f"plain Prefect, {how}: resume → next task, p50",
            measured.resume_seconds,
            "s",
            higher_is_better=False,
            detail=f"n={measured.resumes}",
        ),
    ]
