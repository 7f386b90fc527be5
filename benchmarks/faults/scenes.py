"""One order in scenes: what people say in each, and at which gate the order stands then."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import format_datetime
from functools import lru_cache

from sqlalchemy import Select, select

from benchmarks.faults.life import START, Life
from connectors.runs import RunType
from deployments.mail_loop import mailbox
from domain.errors import Refusal
from domain.mail.decode import read
from domain.mail.message import Mail
from domain.names import Channel, GateKind, GateState, Verdict
from models.activity import unfinished
from models.gate import Gate
from models.order import Order
from models.run import of_order
from tasks.codes import issue
from tasks.deciding import Answer, decide_one

CUSTOMER = "liu.qiang@lijia.example"
ORDERS = "orders@zheling.example"
DOMAIN = "zheling.example"
CLOSED = "closed"
FIRST = """您好,我司需订购以下产品:
订单号:PO-1
品名:钣金外壳
型号:BX-9
单价:1200元

刘强
苏州砺嘉精密
"""

Act = Callable[[Life], bool]
"""Somebody does what has still to be done; True where something was."""


@dataclass(frozen=True)
class Scene:
    """What people do, until the order stands at this gate (or is closed)."""

    name: str
    act: Act
    until: str


def _mail(life: Life, sender: str, subject: str, text: str, answers: str = "") -> bool:
    """The mail is with the company, once; trying again is no other mail."""
    about = f"{sender} {subject} {answers}"
    if about in life.said:
        return False
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = sender, ORDERS, subject
    message["Date"] = format_datetime(START)
    name = hashlib.sha256(about.encode()).hexdigest()[:24]
    message["Message-ID"] = f"<{name}@{sender.partition('@')[2]}>"
    if answers:
        message["In-Reply-To"] = message["References"] = f"<{answers}>"
    message.set_content(text, cte="base64")
    life.services.mailer.send(message.as_bytes(), sender, [ORDERS])
    life.said.add(about)
    return True


def _box(life: Life, address: str, purpose: str) -> list[Mail]:
    """Mails of this purpose in somebody's box, each once."""
    files = sorted((mailbox(life.maildir, address) / "new").glob("*"))
    mails = {mail.message_id: mail for mail in (_read(file.read_bytes()) for file in files)}
    return [mail for mail in mails.values() if mail.header("x-orderflow-purpose") == purpose]


@lru_cache(maxsize=1000)
def _read(raw: bytes) -> Mail:
    return read(raw)


def orders(life: Life) -> bool:
    """The customer orders, and forgets to say how many and until when."""
    return _mail(life, CUSTOMER, "采购订单 PO-1", FIRST)


def replies(purpose: str, words: str) -> Act:
    """The customer answers our mails of this purpose."""

    def act(life: Life) -> bool:
        mails = _box(life, CUSTOMER, purpose)
        sent = [
            _mail(life, CUSTOMER, f"Re: {mail.subject}", words, mail.message_id or "")
            for mail in mails
        ]
        return any(sent)

    return act


def fills(kind: GateKind, by: str) -> Act:
    """Somebody fills Prefect's form of this gate, with a fresh code, whenever it is open."""

    def act(life: Life) -> bool:
        with life.services.reading() as session:
            gate = session.scalar(_open(kind))
            run = of_order(session, gate.order_id or 0) if gate else None
            if gate is None or run is None or run.flow_run_id is None:
                return False
            flow_run_id = run.flow_run_id
        state = life.engine.states([flow_run_id]).get(flow_run_id)
        if state is None or state.type is not RunType.PAUSED:
            return False
        said = {"decision": "approve", "approver": by, "code": _code(life, by), "comment": ""}
        return life.engine.resume(flow_run_id, said)

    return act


def decides(kind: GateKind, by: str, channel: Channel) -> Act:
    """Somebody answers the gate through the portal or the command line, with a fresh code."""

    def act(life: Life) -> bool:
        with life.services.reading() as session:
            gate = session.scalar(_open(kind))
            number = gate.number if gate else ""
        if not number:
            return False
        answer = Answer(number, Verdict.APPROVE, by, channel, code=_code(life, by))
        try:
            decide_one(life.services, answer)
        except Refusal:
            return False
        return True

    return act


def reports(life: Life) -> bool:
    """Everybody answers the mail that assigned their work: all of it is done."""
    with life.services.reading() as session:
        order = session.scalars(select(Order)).one()
        work: dict[str, list[str]] = {}
        for each in unfinished(session, order.id):
            work.setdefault(each.person or order.owner, []).append(each.label)
    sent = []
    for person, labels in work.items():
        address = f"{person}@{DOMAIN}"
        for mail in _box(life, address, "assignment"):
            words = "\n".join(f"[{label}] done" for label in labels)
            sent.append(_mail(life, address, f"Re: {mail.subject}", words, mail.message_id or ""))
    return any(sent)


def next_day(life: Life) -> bool:
    """A night and a working day have passed."""
    if "the next day" in life.said:
        return False
    life.later(25 * 3600)
    life.said.add("the next day")
    return True


def both(*acts: Act) -> Act:
    """One after the other."""

    def act(life: Life) -> bool:
        done = [each(life) for each in acts]
        return any(done)

    return act


def _open(kind: GateKind) -> Select[Gate]:
    return select(Gate).where(Gate.kind == kind, Gate.state == GateState.OPEN)


def _code(life: Life, by: str) -> str:
    with life.services.writing() as session:
        return issue(session, life.services, by, [], at=life.services.now())


SCENES = (
    Scene("mail", orders, GateKind.CUSTOMER_INFO),
    Scene("gaps", replies("question", "1. 16件 2. 2027年3月15日 3. 无"), GateKind.CONFIRM),
    Scene("offer", fills(GateKind.CONFIRM, "li.ming"), GateKind.CUSTOMER_CONFIRMATION),
    Scene("confirmation", replies("confirmation", "确认"), GateKind.PLAN),
    Scene("plan", fills(GateKind.PLAN, "li.ming"), GateKind.WORK),
    Scene("work", reports, GateKind.COMPLETION),
    Scene(
        "completion",
        decides(GateKind.COMPLETION, "zhou.min", Channel.LINK),
        GateKind.CUSTOMER_ACCEPTANCE,
    ),
    Scene("acceptance", replies("acceptance", "验收通过"), GateKind.UNTIL),
    Scene("looking_back", both(next_day, replies("survey", "5 5 4 5 9")), GateKind.CLOSE),
    Scene("close", decides(GateKind.CLOSE, "li.ming", Channel.CLI), CLOSED),
)
"""The whole way through all nine stages: by mail, by Prefect's form, by portal and command line."""
