"""Everybody at once at one gate: by form, link, portal, command line and mail; hold and go on.

What each was told is kept with ticks, so that `linear` can say whether it is explainable.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid
from itertools import count
from random import Random

from sqlalchemy import select

from benchmarks.faults.life import START, Life
from benchmarks.faults.linear import Act, Does, Register, Told
from benchmarks.faults.scenes import CUSTOMER, ORDERS
from domain.errors import GateClosed, IllegalMove, NotAllowed
from domain.names import Channel, GateKind, GateState, Verdict
from models.gate import Gate
from models.message import Message
from models.order import Line, Order
from tasks import reading, routing, storing
from tasks.codes import issue
from tasks.deciding import Answer, decide_one
from tasks.driving import Wait
from tasks.harvest import harvest

MAY, MAY_NOT = "li.ming", "zhao.wen"
DAYS = ("2027-03-01", "2027-03-02", "2027-03-03", "2027-03-04", "2027-03-05", "2027-03-08")
RESULT = {
    Verdict.APPROVE: GateState.APPROVED,
    Verdict.REJECT: GateState.REJECTED,
    Verdict.CHANGES: GateState.CHANGES_REQUESTED,
}


@dataclass(frozen=True)
class Word:
    """One vote as somebody gives it; `value` is the day or the quantity that it writes."""

    by: str
    verdict: Verdict
    value: str = ""


Door = Callable[["Meeting", Word], Act]


@dataclass
class Meeting:
    """One gate, and everybody who wants something of it at the same time."""

    life: Life
    kind: GateKind
    gate: int
    order_no: str
    asks: int
    flow_run_id: str
    mail: str
    """Message-ID of the mail that asks."""
    ticks: "count[int]" = field(default_factory=count)
    acts: list[Act] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    @property
    def number(self) -> str:
        """What people call the gate."""
        return f"G-{self.gate}"

    def register(self) -> Register:
        """What somebody sees who looks now, in one statement."""
        value = Order.promised_on if self.kind == GateKind.CONFIRM else Line.quantity
        asked = (
            select(Gate.state, Order.state, value)
            .join(Order, Order.id == Gate.order_id)
            .join(Line, Line.order_id == Order.id)
            .where(Gate.id == self.gate)
        )
        with self.life.services.reading() as session:
            gate, order, now = session.execute(asked).one()
        ended = order == "rejected"
        return Register(str(gate), str(now), held=order == "on_hold", ended=ended)

    def does(self, by: str, what: Does, act: Callable[[], Act]) -> None:
        """The act is in the history, with when it began and ended."""
        began = next(self.ticks)
        try:
            made = act()
        except Exception as why:  # noqa: BLE001  # whatever it is, nobody should be told it
            self.wrong.append(f"{what}: {why!r}")
            return
        self.acts.append(replace(made, by=by, does=what, began=began, done=next(self.ticks)))


class Unpredicted(Exception):
    """Somebody was told what nobody should be told here."""


def by_answer(channel: Channel, *, code: bool) -> Door:
    """The door of portal, link and command line."""

    def door(meeting: Meeting, word: Word) -> Act:
        services = meeting.life.services
        typed = ""
        if code:
            with services.writing() as session:
                typed = issue(session, services, word.by, [], at=services.now())
        fields = {"promised_at": word.value} if word.value else {}
        answer = Answer(
            meeting.number,
            word.verdict,
            word.by,
            channel,
            code=typed,
            comment="" if word.verdict is Verdict.APPROVE else "because",
            fields=fields,
            proven=not code,
        )
        try:
            decide_one(services, answer)
        except GateClosed as late:
            return told(Told.CLOSED, seen=Register(str(late.state), ""))
        except IllegalMove:
            return told(Told.HELD)
        except NotAllowed:
            return told(Told.FORBIDDEN)
        return _won(meeting, word)

    return door


def by_form(meeting: Meeting, word: Word) -> Act:
    """Prefect's form, read by the run's next leg; only one answer of a form is kept."""
    services, prefect = meeting.life.services, meeting.life.prefect
    with services.writing() as session:
        code = issue(session, services, word.by, [meeting.number], at=services.now())
    said = {"decision": str(word.verdict), "approver": word.by, "code": code, "comment": "x"}
    if not prefect.resume(meeting.flow_run_id, {**said, "promised_at": word.value}):
        raise Unpredicted("the form takes no answer")
    wait = Wait(meeting.gate, meeting.number, str(meeting.kind), meeting.asks)
    refused: list[str] = []
    if harvest(services, meeting.flow_run_id, wait, refused.append):
        return _won(meeting, word)
    return told(Told.REFUSED)


def by_mail(meeting: Meeting, word: Word) -> Act:
    """A reply to the mail that asks, stored and dealt with as the service does it."""
    services = meeting.life.services
    staff = "@" not in word.by
    text = {Verdict.APPROVE: "同意" if staff else "确认", Verdict.REJECT: "不同意\n太贵了"}
    sender = f"{word.by}@zheling.example" if staff else word.by
    raw = _reply(meeting, sender, text.get(word.verdict, f"确认,但第1行改{word.value}件"))
    row_id = storing.store(services, "orders", raw)
    if row_id is None:
        raise Unpredicted("the mail was taken for another one")
    routing.route(services, reading.read_one(services, row_id))
    with services.reading() as session:
        row = session.get_one(Message, row_id)
        state, reason = row.state, row.reason
    if state == "linked" and not reason:
        return _won(meeting, word)
    if reason.startswith("after the fact: "):
        return told(Told.CLOSED, seen=Register(reason.removeprefix("after the fact: "), ""))
    return told(Told.REFUSED)


def _reply(meeting: Meeting, sender: str, text: str) -> bytes:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = sender, ORDERS, "Re:"
    message["Date"] = format_datetime(START)
    message["Message-ID"] = make_msgid(domain=sender.partition("@")[2])
    message["In-Reply-To"] = message["References"] = f"<{meeting.mail}>"
    message.set_content(text, cte="base64")
    return message.as_bytes()


def told(what: Told, **more: object) -> Act:
    """What somebody is told, without who it is and when."""
    return Act("", Does.VOTE, what, 0, 0, **more)  # type: ignore[arg-type]


def _won(meeting: Meeting, word: Word) -> Act:
    """The vote has decided; a refusal inside ends the order."""
    ends = meeting.kind == GateKind.CONFIRM and word.verdict is Verdict.REJECT
    writes = Verdict.APPROVE if meeting.kind == GateKind.CONFIRM else Verdict.CHANGES
    value = word.value if word.verdict is writes else ""
    return told(Told.DONE, result=RESULT[word.verdict], value=value, ends=ends)


TEAM_DOORS: Sequence[Door] = (
    by_answer(Channel.LINK, code=False),
    by_answer(Channel.PORTAL, code=False),
    by_answer(Channel.CLI, code=True),
    by_mail,
)
CUSTOMER_DOORS: Sequence[Door] = (by_answer(Channel.LINK, code=False), by_mail)


def team_word(luck: Random, door: Door) -> Word:
    """Somebody of ours says something, mostly one who may."""
    verdict = luck.choice((Verdict.APPROVE, Verdict.APPROVE, Verdict.REJECT, Verdict.CHANGES))
    if door is by_mail:
        verdict = Verdict.APPROVE if verdict is Verdict.CHANGES else verdict
        return Word(MAY, verdict)
    return Word(luck.choice((MAY, MAY, MAY, MAY_NOT)), verdict, luck.choice(DAYS))


def customer_word(luck: Random, door: Door) -> Word:
    """The customer says yes, no, or yes with another quantity."""
    if door is by_mail:
        verdict = luck.choice(tuple(Verdict))
        return Word(CUSTOMER, verdict, str(luck.randint(17, 99)))
    return Word(CUSTOMER, luck.choice((Verdict.APPROVE, Verdict.REJECT)))
