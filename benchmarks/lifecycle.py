"""Orders through all nine stages, and how long a decision or a mail takes to act."""

import statistics
import time
from collections.abc import Callable
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid
from uuid import uuid4

from sqlalchemy import select

from benchmarks.installation import Robots, closed, committed, installation, new_order
from benchmarks.plain import plain_prefect
from benchmarks.result import Result
from domain.names import Channel, GateState, Verdict
from models.gate import Gate
from models.order import Order
from tasks import approving
from tasks.deciding import Answer, decide_one
from tasks.services import Services

ORDERS = 12
TRIES = 20
LIMIT_SECONDS = 600


def lifecycle() -> list[Result]:
    """Throughput and latencies beside plain Prefect, all in one run on one machine."""
    with installation() as services:
        mails = _latencies(lambda: _mail(services), TRIES)
        decisions = _latencies(lambda: _decision(services), TRIES)
        there = _per_minute(services, only_waiting=False)
        waiting = _per_minute(services, only_waiting=True)
        plain = plain_prefect(services)
    return [
        Result(
            "orders a minute, decisions there before the gate",
            there,
            "/min",
            ratio_to={"plain Prefect": there / plain.orders_per_minute},
        ),
        Result(
            "orders a minute, every gate suspends",
            waiting,
            "/min",
            ratio_to={"plain Prefect": waiting / plain.orders_per_minute},
        ),
        *_spread("decision → next stage committed", decisions, plain.resume_seconds),
        *_spread("mail → first stage committed", mails, None),
        Result("plain Prefect: orders a minute", plain.orders_per_minute, "/min"),
        Result("plain Prefect: resume → next task", plain.resume_seconds, "s"),
    ]


def _spread(name: str, values: list[float], plain: float | None) -> list[Result]:
    ordered = sorted(values)
    p50, p95 = statistics.median(ordered), ordered[int(0.95 * (len(ordered) - 1))]
    detail = f"n={len(values)}"
    ratio = {"plain Prefect": p50 / plain} if plain else None
    return [
        Result(f"{name}, p50", p50, "s", ratio_to=ratio, detail=detail),
        Result(f"{name}, p95", p95, "s", detail=detail),
    ]


def _latencies(once: Callable[[], float], count: int) -> list[float]:
    return [once() for _ in range(count)]


def _wait(true: Callable[[], object]) -> None:
    end = time.monotonic() + LIMIT_SECONDS
    while not true():
        if time.monotonic() > end:
            raise TimeoutError("The installation did not get there.")
        time.sleep(0.01)


def _per_minute(services: Services, *, only_waiting: bool) -> float:
    """Whole orders a minute, all entered at once, with robots that answer."""
    robots = Robots(services, only_waiting=only_waiting)
    robots.start()
    began = time.monotonic()
    numbers = [new_order(services) for _ in range(ORDERS)]
    _wait(lambda: closed(services, numbers) == ORDERS)
    seconds = time.monotonic() - began
    robots.ended.set()
    robots.join()
    return ORDERS * 60 / seconds


def _mail(services: Services) -> float:
    """Seconds from a handed-over mail to the first committed stage of its order."""
    po = uuid4().hex[:12]
    mail = EmailMessage()
    sender = "xu.lan@hengchuan.example"
    mail["From"], mail["To"] = sender, services.settings.mail.inboxes[0]
    mail["Subject"], mail["Date"] = f"采购订单 {po}", format_datetime(services.now())
    mail["Message-ID"] = make_msgid(domain="hengchuan.example")
    mail.set_content(
        f"订单号:PO-{po}\n品名:水泵\n型号:P-1\n数量:2台\n单价:900元\n"
        "交货日期:2027年6月30日\n特殊要求:无\n\n许澜\n恒川水务集团\n",
        cte="base64",
    )
    began = time.monotonic()
    services.mailer.send(mail.as_bytes(), sender, [str(mail["To"])])
    found: list[str] = []

    def there() -> bool:
        with services.reading() as session:
            row = session.scalar(select(Order.order_no).where(Order.customer_po_no.contains(po)))
        found[:] = [row] if row else []
        return bool(found) and committed(services, found[0], "receive")

    _wait(there)
    return time.monotonic() - began


def _decision(services: Services) -> float:
    """Seconds from an answer at a waiting gate to the commit of the next stage."""
    number = new_order(services)
    for kind, stage in (("confirm", ""), ("customer_confirmation", "classify")):
        began = _answer(services, number, kind)
        if stage:
            _wait(lambda: committed(services, number, "classify"))
            return time.monotonic() - began
    return 0.0


def _answer(services: Services, order_no: str, kind: str) -> float:
    """The gate is answered once its run waits; the instant of the answer."""
    found: list[int] = []

    def waits() -> bool:
        with services.reading() as session:
            gate = session.scalar(
                select(Gate)
                .join(Order, Order.id == Gate.order_id)
                .where(Order.order_no == order_no, Gate.kind == kind)
                .where(Gate.state == GateState.OPEN, Gate.asks > 0)
            )
            found[:] = [gate.id] if gate is not None else []
        return bool(found)

    _wait(waits)
    time.sleep(1.0)  # the run has suspended by then: the system is idle
    with services.reading() as session:
        gate = session.get_one(Gate, found[0])
        by = sorted(approving.allowed(session, services, gate))[0]
    began = time.monotonic()
    decide_one(services, Answer(f"G-{found[0]}", Verdict.APPROVE, by, Channel.LINK, proven=True))
    return began
