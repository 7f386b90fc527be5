"""What orders cost that only wait: processes, processor time, bytes, and the time of an answer."""

import statistics
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from sqlalchemy import select, text

from benchmarks import latency
from benchmarks.crowd import copy_order, prefect_engine, sizes
from benchmarks.installation import installation
from benchmarks.result import Result
from benchmarks.robots import Robots
from benchmarks.running import wait_for
from benchmarks.usage import Usage, usage
from domain.names import GateKind
from models.order import Order
from models.run import of_order
from tasks.rehearsal.cast import Cast
from tasks.services import Services

ORDERS = 100_000
SAMPLES = 20
IDLE_SECONDS = 60.0
REAL_COMPANY = {"ORDERFLOW_POLICY__PRESET": "standard"}
"""Deadlines of days: in a sample company all reminders would be due within minutes."""


@dataclass(frozen=True)
class Measured:
    """One installation at one time."""

    usage: Usage
    by_door: list[float]
    by_form: list[float]
    ours: Mapping[str, int]
    prefects: Mapping[str, int]
    """Bytes of each table of our database and of Prefect's."""


def waiting(orders: int = ORDERS) -> list[Result]:
    """The same installation without and with so many waiting orders, one after the other."""
    with installation(REAL_COMPANY) as services:
        order_no = waiting_order(services)
        say("an installation runs, one order waits")
        empty = _measured(services)
        fill(services, order_no, orders)
        full = _measured(services)
        mails = _mails(services, order_no)
    return list(_results(empty, full, orders, mails))


def waiting_order(services: Services) -> str:
    """The number of an order that came by mail and whose customer has still to confirm it."""
    po = f"PO-{uuid4().hex[:10]}"
    Cast(services).send(latency.order_mail(services, po).as_bytes(), latency.CUSTOMER)
    wait_for(lambda: latency.number_of(services, po), f"an order for {po}")
    number = latency.number_of(services, po)
    with Robots(services, [number], answering=(GateKind.CONFIRM,)):
        Cast(services).asked(number, GateKind.CUSTOMER_CONFIRMATION)
    wait_for(lambda: _rests(services, number), f"{number} rests", every=0.5)
    return number


def fill(services: Services, order_no: str, orders: int) -> None:
    """So many copies of the waiting order wait too."""
    for copies in copy_order(services, order_no, orders):
        say(f"{copies} orders wait")


def _rests(services: Services, order_no: str) -> bool:
    """Whether nobody has anything to do for the order: sent, told, shown, without a lease."""
    owed = text(
        "select (select count(*) from outbox where state <> 'sent')"
        " + (select count(*) from event where told_at is null)"
    )
    with services.reading() as session:
        order = session.scalars(select(Order).where(Order.order_no == order_no)).one()
        run = of_order(session, order.id)
        still = run is not None and run.lease_until is None
        shown = run is not None and run.shown_seq == run.wake_seq == run.seen_seq
        return still and shown and session.execute(owed).scalar_one() == 0


def _measured(services: Services) -> Measured:
    say("idle")
    prefect = prefect_engine(services)
    idle = usage(Path(services.settings.home), IDLE_SECONDS)
    bytes_of = sizes(services.engine), sizes(prefect)
    prefect.dispose()
    say("decisions")
    by_door, by_form = latency.decisions(services, SAMPLES)
    return Measured(idle, by_door, by_form, *bytes_of)


def _mails(services: Services, order_no: str) -> float:
    """Kilobytes of the order's mails as they were sent; the copies have their first bytes only."""
    size = text(
        'select sum(pg_column_size(raw)) from outbox w join "order" o on o.id = w.order_id '
        "where o.order_no = :number"
    )
    with services.engine.connect() as connection:
        return int(connection.execute(size, {"number": order_no}).scalar_one()) / 1000


def _results(empty: Measured, full: Measured, orders: int, mails: float) -> Iterator[Result]:
    more = full.usage.share - empty.usage.share
    told = ", ".join(
        f"{part} {_points(empty, part):.1f} → {_points(full, part):.1f}"
        for part in sorted(full.usage.shares)
    )
    yield _at_most("processes", full.usage.processes - empty.usage.processes, "", 0)
    yield _at_most("idle processor time", 100 * more, "points of a core", 3, told)
    yield _rows(empty, full, orders, mails)
    yield _latency("decision at the door", empty.by_door, full.by_door, orders)
    yield _latency("decision in Prefect's form", empty.by_form, full.by_form, orders)


def _rows(empty: Measured, full: Measured, orders: int, mails: float) -> Result:
    """Kilobytes an order in both databases, without the bytes of mails, which are no rows."""
    ours = _each(empty.ours, full.ours, orders)
    prefects = _each(empty.prefects, full.prefects, orders)
    told = [
        f"{whose} {sum(tables.values()):.1f} ({', '.join(_largest(tables))})"
        for whose, tables in (("ours", ours), ("Prefect's", prefects))
    ]
    detail = f"{'; '.join(told)}; beside them {mails:.1f} kB of mails as they were sent"
    return _at_most("rows of an order", sum((*ours.values(), *prefects.values())), "kB", 12, detail)


def _each(before: Mapping[str, int], after: Mapping[str, int], orders: int) -> dict[str, float]:
    return {name: (size - before.get(name, 0)) / orders / 1000 for name, size in after.items()}


def _largest(tables: Mapping[str, float]) -> list[str]:
    ordered = sorted(tables.items(), key=lambda each: -each[1])
    return [f"{name} {size:.1f}" for name, size in ordered[:6] if size >= 0.05]


def _points(measured: Measured, part: str) -> float:
    return 100 * measured.usage.shares.get(part, 0.0)


def _latency(name: str, empty: list[float], full: list[float], orders: int) -> Result:
    before, after = statistics.median(empty), statistics.median(full)
    detail = f"{before:.2f} s → {after:.2f} s, medians of {len(full)}, beside {orders} waiting"
    return _at_most(f"{name} → next stage committed", after / before, "× empty", 1.2, detail)


def _at_most(name: str, value: float, unit: str, target: float, detail: str = "") -> Result:
    return Result(name, value, unit, target, higher_is_better=False, detail=detail)


def say(what: str) -> None:
    """Somebody who waits for minutes sees on standard error what is measured."""
    print(f"… {what}", file=sys.stderr, flush=True)
