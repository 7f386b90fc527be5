"""How long a decision or a mail takes until the next stage has committed, on an idle system."""

import time
from collections.abc import Callable
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid
from uuid import uuid4

from sqlalchemy import select

from benchmarks.installation import committed, new_order
from benchmarks.robots import Robots, opened, word_for
from benchmarks.running import wait_for
from domain.names import GateKind
from models.order import Order
from tasks.deciding import decide_one
from tasks.rehearsal.cast import Cast
from tasks.services import Services

BEFORE_CUSTOMER = (GateKind.CONFIRM,)


def decisions(services: Services, count: int) -> tuple[list[float], list[float]]:
    """Seconds to the next commit: answers through the door, and answers by Prefect's form.

    The door (portal, link, mail and command line end there) answers the customer's gate, after
    which `classify` commits; the form answers the plan, after which `execute` commits.
    """
    cast = Cast(services)
    numbers = [new_order(services) for _ in range(count)]
    with Robots(services, numbers, answering=BEFORE_CUSTOMER):
        for number in numbers:
            cast.asked(number, GateKind.CUSTOMER_CONFIRMATION)
    by_door = [_by_door(cast, number) for number in numbers]
    by_form = [_by_form(cast, number) for number in numbers]
    return by_door, by_form


def _by_door(cast: Cast, number: str) -> float:
    gate = opened(cast.services, [number])[0]
    word = word_for(cast.services, gate)
    seconds = _until(cast.services, number, "classify", lambda: decide_one(cast.services, word))
    cast.asked(number, GateKind.PLAN)  # idle again
    return seconds


def _by_form(cast: Cast, number: str) -> float:
    form = cast.asked(number, GateKind.PLAN)
    by = cast.approver(number, GateKind.PLAN)
    said = {"decision": "approve", "approver": by, "comment": "", "code": ""}
    said["code"] = cast.code(by, form.number)

    time.sleep(0.5)  # Prefect stores the form a moment after it says that the run is suspended

    def click() -> None:
        if not cast.services.runs.resume(form.flow_run_id, said):
            raise RuntimeError(f"{number}: Prefect refused the form")

    seconds = _until(cast.services, number, "execute", click)
    wait_for(lambda: _suspended(cast.services, form.flow_run_id), f"{number}: idle again")
    return seconds


def _suspended(services: Services, flow_run_id: str) -> bool:
    return services.runs.count_waiting([flow_run_id]) == 1


def _until(services: Services, number: str, stage: str, act: Callable[[], object]) -> float:
    began = time.perf_counter()
    act()
    wait_for(lambda: committed(services, number, stage), f"{number}: {stage}")
    return time.perf_counter() - began


def mails(services: Services, count: int) -> list[float]:
    """Seconds from a handed-over mail to the first committed stage of its order."""
    return [_mail(Cast(services)) for _ in range(count)]


CUSTOMER = "xu.lan@hengchuan.example"


def order_mail(services: Services, po: str) -> EmailMessage:
    """A customer's complete order under this number of theirs."""
    message = EmailMessage()
    message["From"], message["To"] = CUSTOMER, services.settings.mail.inboxes[0]
    message["Subject"] = f"采购订单 {po}"
    message["Date"] = format_datetime(services.now())
    message["Message-ID"] = make_msgid(domain="hengchuan.example")
    message.set_content(
        f"订单号:{po}\n品名:水泵\n型号:P-1\n数量:2台\n单价:900元\n"
        "交货日期:2027年6月30日\n特殊要求:无\n\n许澜\n恒川水务集团\n",
        cte="base64",
    )
    return message


def _mail(cast: Cast) -> float:
    po = f"PO-{uuid4().hex[:10]}"
    raw = order_mail(cast.services, po).as_bytes()
    began = time.perf_counter()
    cast.send(raw, CUSTOMER)
    wait_for(lambda: number_of(cast.services, po), f"an order for {po}")
    number = number_of(cast.services, po)
    wait_for(lambda: committed(cast.services, number, "receive"), f"{number}: receive")
    seconds = time.perf_counter() - began
    cast.asked(number, GateKind.CONFIRM)  # idle again
    return seconds


def number_of(services: Services, po: str) -> str:
    """The number of the order that came under this number of the customer's; empty before."""
    with services.reading() as session:
        wanted = select(Order.order_no).where(Order.customer_po_no == po)
        return session.scalar(wanted) or ""
