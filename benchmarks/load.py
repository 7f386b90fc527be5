"""Many mails, many answers and a review over many waiting orders, all at the same time."""

import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import datetime
from uuid import uuid4

from sqlalchemy import func, select

from benchmarks.installation import installation, new_order
from benchmarks.latency import CUSTOMER, order_mail
from benchmarks.operators import Answered, Desk, desks
from benchmarks.result import Result
from benchmarks.robots import opened
from benchmarks.running import ROOT, wait_for
from benchmarks.waiting import ORDERS, REAL_COMPANY, fill, say, waiting_order
from connectors.errors import Unreachable
from models.message import Message
from models.order import Order
from models.step import StepRow
from tasks.services import Services

MAILS, WITHIN_SECONDS, SENDERS = 500, 60.0, 5
OPERATORS = 50
TRIES = 5
DRAINED_SECONDS = 3600.0


def load(orders: int = ORDERS) -> list[Result]:
    """500 mails in a minute, 50 people who answer at once, and the daily review of all orders."""
    with installation(REAL_COMPANY) as services:
        fill(services, waiting_order(services), orders)
        numbers = [new_order(services) for _ in range(OPERATORS)]
        wait_for(lambda: len(opened(services, numbers)) == OPERATORS, "all asked", 900, every=1)
        people = desks(services, numbers)
        say("everybody begins")
        return _all_at_once(services, people, orders)


def _all_at_once(services: Services, people: Sequence[Desk], orders: int) -> list[Result]:
    with ThreadPoolExecutor(OPERATORS + SENDERS + 1) as pool:
        began = time.monotonic()
        review = pool.submit(_review, services)
        posts = [pool.submit(_post, services, share) for share in range(SENDERS)]
        answers = [pool.submit(desk.answer) for desk in people]
        answered = [each.result() for each in answers]
        say("all have answered")
        handed = {key: at for each in posts for key, at in each.result().items()}
        say("all mails are handed over")
        wait_for(
            lambda: _committed(services, handed), "all mails committed", DRAINED_SECONDS, every=1
        )
        drained = time.monotonic() - began
        say("all mails have become orders")
        return [
            *_mails(services, handed, drained),
            *_answers(answered),
            _reviewed(review, orders),
        ]


def _post(services: Services, share: int) -> dict[str, datetime]:
    """When each mail of this sender was handed over, by its Message-ID."""
    every = WITHIN_SECONDS / MAILS
    began, handed = time.monotonic(), {}
    for nth in range(share, MAILS, SENDERS):
        time.sleep(max(0.0, began + nth * every - time.monotonic()))
        message = order_mail(services, f"PO-{uuid4().hex[:10]}")
        at = services.now()
        for left in reversed(range(TRIES)):
            try:
                services.mailer.send(message.as_bytes(), CUSTOMER, [message["To"]])
                break
            except Unreachable:
                if not left:
                    raise
                time.sleep(1)
        handed[message["Message-ID"].strip("<>")] = at
    return handed


def _review(services: Services) -> float:
    """Seconds that the daily review took, in a process of its own."""
    began = time.monotonic()
    home = str(services.settings.home)
    command = [sys.executable, "-m", "portal.cli", "--home", home, "review", "daily", "--json"]
    done = subprocess.run(command, check=False, cwd=ROOT, capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(f"review: {done.stderr[-500:]}")
    seconds = time.monotonic() - began
    say(f"the review took {seconds:.0f} s")
    return seconds


def _committed(services: Services, handed: dict[str, datetime]) -> bool:
    return len(_instants(services, handed)) == len(handed)


def _instants(
    services: Services, handed: dict[str, datetime]
) -> list[tuple[str, datetime, datetime]]:
    """Message-ID of each mail, when it was stored, when the first stage of its order committed."""
    wanted = (
        select(Message.message_id, Message.received_at, func.min(StepRow.committed_at))
        .join(Order, Order.id == Message.order_id)
        .join(StepRow, StepRow.order_id == Order.id)
        .where(Message.message_id.in_(handed))
        .group_by(Message.id)
    )
    with services.reading() as session:
        return [(key, stored, first) for key, stored, first in session.execute(wanted)]


def _mails(services: Services, handed: dict[str, datetime], drained: float) -> list[Result]:
    found = _instants(services, handed)
    stored = [(at - handed[key]).total_seconds() for key, at, _ in found]
    first = [(at - handed[key]).total_seconds() for key, _, at in found]
    lost = Result("mails that did not arrive", MAILS - len(found), "", 0, higher_is_better=False)
    return [
        lost,
        _spread("mail handed over → stored", stored),
        _spread("mail handed over → first stage committed", first, f"all after {drained:.0f} s"),
    ]


def _answers(answered: Sequence[Answered]) -> list[Result]:
    refused = sum(not each.counted for each in answered)
    again = sum(each.repeated for each in answered)
    ways = sorted({each.way for each in answered})
    return [
        Result("answers refused", refused, "", 0, False, detail=f"{again} sent once more"),
        *(
            _spread(f"answer by {way}", [e.seconds for e in answered if e.way == way])
            for way in ways
        ),
    ]


def _reviewed(review: "Future[float]", orders: int) -> Result:
    detail = f"over {orders} waiting orders, beside all this"
    return Result("daily review", review.result(), "s", higher_is_better=False, detail=detail)


def _spread(name: str, values: Sequence[float], more: str = "") -> Result:
    ordered = sorted(values)
    p95 = ordered[round(0.95 * (len(ordered) - 1))]
    middle = statistics.median(ordered)
    detail = f"p50 {middle:.2f} s, max {ordered[-1]:.2f} s, n={len(ordered)}"
    return Result(
        f"{name}, p95",
        p95,
        "s",
        higher_is_better=False,
        detail="; ".join(filter(None, (detail, more))),
    )
