"""Where the telling of a sample order stands: its tale, its papers, its calendar, its clock."""

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from random import Random
from typing import Any

from domain.names import OURSELVES, Channel, Event, GateKind, Stage, Verdict
from domain.planning.blueprint import Adjustment
from domain.worktime import Calendar, add_workdays, add_worktime, local_date, next_open
from models.activity import Activity, Baseline
from models.delivery import Acceptance
from models.gate import Gate
from models.order import Order
from models.vote import Word
from tasks.samples.paper import Folder
from tasks.samples.plot import Plot
from tasks.samples.tale import PROCESS, SOON, Tale

MANAGER, DIRECTOR, QUALITY = "li.ming", "zhao.wen", "zhou.min"
OUR_CHANNELS = (Channel.MAIL, Channel.PREFECT_UI, Channel.PREFECT_UI, Channel.LINK)
THEIR_CHANNELS = (Channel.MAIL, Channel.MAIL, Channel.LINK)


@dataclass
class Scene:
    """One order in the telling; `at` is how far the telling has come."""

    plot: Plot
    calendar: Calendar
    tale: Tale
    folder: Folder
    learnt: tuple[Adjustment, ...] = ()
    activities: list[Activity] = field(default_factory=list)
    baseline: list[Baseline] = field(default_factory=list)
    acceptances: list[Acceptance] = field(default_factory=list)
    at: datetime = field(init=False)

    def __post_init__(self) -> None:
        """The telling begins with the customer's mail."""
        self.at = self.plot.received_at

    @property
    def order(self) -> Order:
        """The order that is told."""
        return self.tale.order

    @property
    def luck(self) -> Random:
        """What decides where nothing else does."""
        return self.plot.luck

    @property
    def contact(self) -> str:
        """The address of the customer's contact."""
        return self.plot.customer.contacts[0].mail

    @property
    def today(self) -> date:
        """The company's date at this point."""
        return local_date(self.calendar, self.at)

    def says(self, zh: str, en: str) -> str:
        """The words in the customer's language."""
        return zh if self.plot.language.startswith("zh") else en

    def soon(self) -> datetime:
        """The service has done what comes next by itself."""
        self.at += SOON
        return self.at

    def later(self, least: float, most: float) -> datetime:
        """So many working hours have passed: a draw between least and most."""
        minutes = round(self.luck.triangular(least, most, least + (most - least) / 4) * 60)
        self.at = add_worktime(self.calendar, self.at, max(minutes, 1))
        return self.at

    def until(self, at: datetime) -> datetime:
        """It is at least so late."""
        self.at = max(self.at, at)
        return self.at

    def workdays(self, count: int) -> date:
        """The working day that many days on."""
        return add_workdays(self.calendar, self.today, count)

    def works(self, event: Event, **facts: Any) -> GateKind | None:
        """The stage has done its work; the gate to ask comes back."""
        return self.tale.work(event, self.soon(), **facts)

    def asks(self, kind: GateKind, due_at: datetime | None = None, **subject: Any) -> Gate:
        """The order waits at this gate."""
        hours = PROCESS.gate(kind, Stage(self.order.stage)).within_hours
        due = due_at or add_worktime(self.calendar, self.at, hours * 60)
        return self.tale.ask(kind, self.at, due, **subject)

    def ours(
        self, gate: Gate, by: str, verdict: Verdict = Verdict.APPROVE, comment: str = ""
    ) -> None:
        """One of us has answered, within some working hours."""
        self.later(0.2, 7)
        word = Word(by, verdict, self.luck.choice(OUR_CHANNELS), comment)
        self.tale.answer(gate, word, self.at)

    def theirs(
        self, gate: Gate, verdict: Verdict = Verdict.APPROVE, comment: str = "", **fields: Any
    ) -> None:
        """The customer has answered, within some days."""
        self.later(1, 20)
        channel = self.luck.choice(THEIR_CHANNELS)
        word = Word(self.contact, verdict, channel, comment, fields=fields)
        self.tale.answer(gate, word, self.at)

    def clock(self, gate: Gate) -> None:
        """The time for which the gate waited has come."""
        self.until(next_open(self.calendar, gate.due_at))
        self.tale.answer(gate, Word(OURSELVES, Verdict.APPROVE, Channel.CLOCK), self.at)

    def in_cny(self) -> Decimal | None:
        """The amount in the company's currency; None where no rate is known."""
        return self.order.amount if self.order.currency == "CNY" else None
