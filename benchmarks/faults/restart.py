"""kill -9 of everything while many orders run: how long until each of them has gone on."""

import time
from collections.abc import Collection

from sqlalchemy import func, select

from benchmarks.faults.doomed import Doomed, thrown_away
from benchmarks.installation import new_order
from benchmarks.result import Result
from benchmarks.robots import Robots
from benchmarks.running import wait_for
from models.order import Order
from models.step import StepRow
from tasks.services import Services

ORDERS = 50
LIMIT_SECONDS = 20.0
PATIENCE_SECONDS = 300.0


def restarted(orders: int = ORDERS) -> list[Result]:
    """Seconds from the start of the new `up` until every order has committed a further stage."""
    with thrown_away() as one:
        before = _running(one, orders)
        one.kill_everything()
        began = time.monotonic()
        up = one.start()
        _gone_on(one, before)
        gone_on = time.monotonic() - began
    detail = f"{orders} orders running; everything answered {up:.1f} s after the start"
    return [
        Result(
            "faults.restart: every order has gone on after",
            gone_on,
            "s",
            target=LIMIT_SECONDS,
            higher_is_better=False,
            detail=detail,
        )
    ]


def _running(one: Doomed, orders: int) -> dict[str, int]:
    """Steps by number of orders that are on their way, each beyond its first stage."""
    services = one.services
    numbers = [new_order(services) for _ in range(orders)]
    with Robots(services, numbers):
        wait_for(
            lambda: min(_steps(services, numbers).values()) >= 1,
            f"{orders} orders running",
            PATIENCE_SECONDS,
            every=0.05,
        )
    return _steps(services, numbers)


def _gone_on(one: Doomed, before: dict[str, int]) -> None:
    services = one.services

    def all_on() -> bool:
        now = _steps(services, before)
        ended = _ended(services, before)
        return all(now[no] > steps or no in ended for no, steps in before.items())

    with Robots(services, list(before)):
        wait_for(all_on, "every order goes on", PATIENCE_SECONDS, every=0.05)


def _steps(services: Services, numbers: Collection[str]) -> dict[str, int]:
    """Committed steps by number of the order."""
    counted = (
        select(Order.order_no, func.count(StepRow.id))
        .outerjoin(StepRow, StepRow.order_id == Order.id)
        .where(Order.order_no.in_(numbers))
        .group_by(Order.order_no)
    )
    with services.reading() as session:
        return {row[0]: row[1] for row in session.execute(counted).all()}


def _ended(services: Services, numbers: Collection[str]) -> set[str]:
    with services.reading() as session:
        ended = select(Order.order_no).where(Order.state == "closed", Order.order_no.in_(numbers))
        return set(session.scalars(ended))
