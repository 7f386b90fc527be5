"""Workers come back after an outage: how long the backlog takes, and what a new mail feels."""

import json
import os
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from statistics import median, quantiles

from benchmarks.installation import installation, new_order
from benchmarks.latency import mails
from benchmarks.result import Result
from benchmarks.robots import opened
from benchmarks.running import wait_for
from tasks.services import Services

DUE = 2000
LIMIT_SECONDS = 600.0
MAIL_LIMIT_SECONDS = 5.0
LOOK_SECONDS = 0.5
PATIENCE_SECONDS = 3600.0


def outage(orders: int = DUE) -> list[Result]:
    """Seconds until all orders due stand at their gates, and until a mail of then is an order.

    The worker is stopped where it is; what happens meanwhile piles up as in an outage of hours.
    """
    with installation() as services:
        with _away(services):
            numbers = [new_order(services) for _ in range(orders)]
        began = time.perf_counter()
        with _mails_meanwhile(services) as seconds:
            wait_for(
                lambda: len(opened(services, numbers)) == orders,
                f"{orders} orders at their gates",
                PATIENCE_SECONDS,
                every=LOOK_SECONDS,
            )
        drained = time.perf_counter() - began
    return _results(orders, drained, seconds)


def _results(orders: int, drained: float, mailed: list[float]) -> list[Result]:
    p95 = quantiles(mailed, n=20)[-1] if len(mailed) > 1 else mailed[0]
    return [
        Result(
            "outage.drained",
            drained * DUE / orders,
            "s",
            target=LIMIT_SECONDS,
            higher_is_better=False,
            detail=f"{orders} orders in {drained:.0f} s, as if {DUE}",
        ),
        Result(
            "outage.mail_p95",
            p95,
            "s",
            target=MAIL_LIMIT_SECONDS,
            higher_is_better=False,
            detail=f"{len(mailed)} mails meanwhile, p50 {median(mailed):.2f} s",
        ),
    ]


@contextmanager
def _away(services: Services) -> Iterator[None]:
    """The worker does nothing within the block; it is not started anew, as it has not died."""
    facts = json.loads((services.settings.home / "run.json").read_text("utf-8"))
    worker = int(facts["pids"]["worker"])
    os.kill(worker, signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(worker, signal.SIGCONT)


@contextmanager
def _mails_meanwhile(services: Services) -> Iterator[list[float]]:
    """Seconds of mails that come in one after the other within the block, each its own figure."""
    seconds: list[float] = []
    drained = threading.Event()

    def write() -> None:
        while not drained.is_set():
            seconds.extend(mails(services, 1))

    thread = threading.Thread(target=write, daemon=True)
    thread.start()
    yield seconds
    drained.set()
    thread.join()
