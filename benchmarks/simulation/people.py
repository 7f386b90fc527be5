"""The people around the orders: they look at what is open and answer it, through every door."""

from dataclasses import dataclass, field
from email.message import EmailMessage
from email.utils import format_datetime
from typing import Any

from benchmarks.simulation.hub import Process
from benchmarks.simulation.installation import COMPANY, CUSTOMER, Installation
from connectors.errors import Rejected, Unreachable
from connectors.runs import RunType
from domain.errors import Refusal
from domain.names import Channel, Verdict
from models.activity import unfinished
from tasks import progress, requests
from tasks.codes import issue
from tasks.deciding import Answer, decide_one
from tasks.effect import GROUND_LOST

ORDER = """您好,请按以下内容下单:
订单号:PO-{number}
品名:传动轴
型号:CX-40
数量:16件
单价:1200元
交货日期:2026年12月25日
特殊要求:表面镀铬,附材质报告

刘强
苏州砺嘉精密有限公司
"""
ORDERS = f"orders@{COMPANY}"
DECIDES = {
    "intake": ("wu.fang",),
    "confirm": ("li.ming", "zhao.wen"),
    "plan": ("li.ming", "zhao.wen"),
    "completion": ("zhou.min",),
    "close": ("li.ming", "zhao.wen"),
    "cancel": ("li.ming", "zhao.wen"),
    "trouble": ("chen.yu",),
}
OWNER = "chen.yu"
CUSTOMER_SAYS = {
    "customer_confirmation": ("confirmation", "确认", "确认,但第1行改18件"),
    "customer_acceptance": ("acceptance", "验收通过", "验收不通过\n1号轴镀层不均"),
}
ONLY_WAIT = ("until", "work", "hold", "customer_info")
OUTAGE = (Unreachable, Rejected, *GROUND_LOST)


@dataclass(frozen=True)
class Said:
    """One word of a person at a gate; `accepted` where they were told that it was taken."""

    gate: str
    by: str
    verdict: str
    channel: str
    accepted: bool
    step: int


@dataclass
class People:
    """Everybody outside; they act `left` times and then only wait."""

    installation: Installation
    left: int = 3
    contrary: float = 0.15
    """How often somebody says no, or not yet."""
    patience_seconds: float = 60
    said: list[Said] = field(default_factory=list)
    letters: int = 0

    def begin(self) -> None:
        """Two of them begin to look around."""
        for number in (1, 2):
            process = Process(f"people{number}", self._enters, mortal=False)
            wants = frozenset({"gate", "paused", "mail"})
            self.installation.hub.spawn(process, process.name, self._live, number, wants)

    def _enters(self) -> None:
        from tasks import services

        services._current[:] = [self.installation.ours]

    def order(self) -> None:
        """The customer has ordered."""
        self.letters += 1
        number = f"{self.letters:03d}"
        self._mail(CUSTOMER, f"采购订单 PO-{number}", ORDER.format(number=number))

    def _live(self) -> None:
        hub = self.installation.hub
        while True:
            hub.sleep(0.5 + hub.luck.random() ** 3 * self.patience_seconds)
            if self.left <= 0:
                hub.rest(86400)
                continue
            try:
                done = self._act()
            except OUTAGE:
                continue
            except Refusal as refusal:
                hub.note(f"refused {type(refusal).__name__}")
                continue
            if done:
                self.left -= 1
            else:
                hub.rest(3600)

    def _act(self) -> bool:
        luck = self.installation.hub.luck
        gates = self.installation.database.rows(
            "select g.id, g.kind, g.order_id, o.order_no from gate g"
            " left join \"order\" o on o.id = g.order_id where g.state = 'open' order by g.id"
        )
        if luck.random() < self.contrary / 3:
            return self._ask_for_something()
        if not gates:
            return False
        gate = luck.choice(gates)
        kind = str(gate["kind"])
        if kind in CUSTOMER_SAYS:
            return self._customer(gate)
        if kind == "work":
            return self._work(gate)
        if kind == "until" and luck.random() < 0.8:
            return False  # the clock will
        if kind not in (*DECIDES, *ONLY_WAIT):
            return False
        way = luck.choice((self._in_form, self._in_form, self._at_the_door, self._by_mail))
        return way(gate)

    def _who(self, kind: str) -> str:
        return self.installation.hub.luck.choice(DECIDES.get(kind, (OWNER,)))

    def _verdict(self, kind: str) -> Verdict:
        if kind not in DECIDES or self.installation.hub.luck.random() > self.contrary:
            return Verdict.APPROVE
        return Verdict.REJECT

    def _code(self, by: str, gate: str) -> str:
        with self.installation.ours.writing() as session:
            return issue(session, self.installation.ours, by, [gate], at=self._now)

    @property
    def _now(self) -> Any:
        return self.installation.hub.now

    def _in_form(self, gate: dict[str, Any]) -> bool:
        """The engine's form of this gate is filled, if it is shown."""
        number, kind = f"G-{gate['id']}", str(gate["kind"])
        server = self.installation.engine.server
        key = f"{number.lower()}-"
        waiting = [
            (run_id, run.form)
            for run_id, run in server.runs.items()
            if run.state.type is RunType.PAUSED and run.form and run.form.key.startswith(key)
        ]
        if not waiting:
            return False
        by, verdict = self._who(kind), self._verdict(kind)
        code = self._code(by, number)
        if self.installation.hub.luck.random() < 0.05:
            code = "00000000"
        words = {Verdict.APPROVE: "end_wait" if kind in ONLY_WAIT else "approve"}
        decision = words.get(verdict, str(verdict))
        comment = "" if verdict is Verdict.APPROVE else "还不行"
        filled = {"decision": decision, "approver": by, "code": code, "comment": comment}
        if kind == "intake":
            filled["kind"] = "other"
        run_id = waiting[0][0]
        return self._noted(
            number,
            by,
            verdict,
            Channel.PREFECT_UI,
            lambda: self.installation.engine.resume(run_id, filled),
        )

    def _noted(self, gate: str, by: str, verdict: Verdict, channel: Channel, act: Any) -> bool:
        """What act gives; the word counts as said before it is known whether it was taken."""
        hub = self.installation.hub
        spoken = Said(gate, by, str(verdict), str(channel), False, hub.steps)
        self.said.append(spoken)
        taken = bool(act())
        if taken:
            self.said.append(Said(gate, by, str(verdict), str(channel), True, hub.steps))
        return taken

    def _at_the_door(self, gate: dict[str, Any]) -> bool:
        """The command line or the portal."""
        number, kind = f"G-{gate['id']}", str(gate["kind"])
        by, verdict = self._who(kind), self._verdict(kind)
        code = self._code(by, number)
        comment = "" if verdict is Verdict.APPROVE else "还不行"
        fields = {"kind": "other"} if kind == "intake" else {}
        answer = Answer(number, verdict, by, Channel.CLI, code=code, comment=comment, fields=fields)
        return self._noted(
            number,
            by,
            verdict,
            Channel.CLI,
            lambda: decide_one(self.installation.ours, answer),
        )

    def _by_mail(self, gate: dict[str, Any]) -> bool:
        """An approver answers the mail that asked."""
        number, kind = f"G-{gate['id']}", str(gate["kind"])
        asked = self._asked("approval", number)
        if not asked:
            return False
        by = asked["recipient"].partition("@")[0]
        verdict = self._verdict(kind)
        text = "同意" if verdict is Verdict.APPROVE else "不同意:还不行"
        self.said.append(Said(number, by, str(verdict), str(Channel.MAIL), False, 0))
        self._mail(asked["recipient"], f"Re: {asked['subject']}", text, asked["message_id"])
        return True

    def _asked(self, purpose: str, gate: str) -> dict[str, Any] | None:
        """A mail of ours that asked about this gate and has arrived."""
        rows = self.installation.database.rows(
            "select recipient, subject, message_id from outbox where purpose = ? and gate_id = ?",
            purpose,
            int(gate.removeprefix("G-")),
        )
        here = {each.message_id for each in self.installation.mail.delivered}
        rows = [row for row in rows if row["message_id"] in here]
        return self.installation.hub.luck.choice(rows) if rows else None

    def _customer(self, gate: dict[str, Any]) -> bool:
        purpose, yes, but = CUSTOMER_SAYS[str(gate["kind"])]
        number = f"G-{gate['id']}"
        asked = self._asked(purpose, number)
        if not asked:
            return False
        agrees = self.installation.hub.luck.random() > self.contrary
        self.said.append(Said(number, CUSTOMER, "approve" if agrees else "other", "mail", False, 0))
        text = yes if agrees else but
        self._mail(CUSTOMER, f"Re: {asked['subject']}", text, asked["message_id"])
        return True

    def _work(self, gate: dict[str, Any]) -> bool:
        """Everybody reports that everything is done."""
        ours = self.installation.ours
        with ours.reading() as session:
            labels = [each.label for each in unfinished(session, int(gate["order_id"]))]
        self.said.append(Said(f"G-{gate['id']}", "wang.lei", "approve", "cli", False, 0))
        for label in labels:
            said = progress.Report(label, percent=100)
            progress.report(ours, str(gate["order_no"]), said, by="wang.lei", channel=Channel.CLI)
        return bool(labels)

    def _ask_for_something(self) -> bool:
        """Somebody holds an order, lets it go on, wants it cancelled, or orders once more."""
        luck, ours = self.installation.hub.luck, self.installation.ours
        rows = self.installation.database.rows(
            'select o.order_no, o.state, r.flow_run_id from "order" o'
            " join run r on r.order_id = o.id where r.ended_at is null order by o.id"
        )
        wish = luck.choice(("hold", "resume", "cancel", "press", "order", "again"))
        if wish == "order":
            self.order()
        elif wish == "again":
            box = self.installation.inbox.box
            keys = list(box._mails)
            if keys:
                box.deliver(box._mails[luck.choice(keys)])
                self.installation.hub.changed("inbox")
        elif not rows:
            return False
        else:
            row = luck.choice(rows)
            if wish == "hold":
                requests.hold(ours, row["order_no"], "等一等", by=OWNER)
            elif wish == "resume":
                requests.resume(ours, row["order_no"], by=OWNER)
            elif wish == "cancel":
                requests.cancel(ours, row["order_no"], "不要了", by=OWNER)
            elif row["flow_run_id"] in self.installation.engine.server.runs:
                self.installation.engine.server.ask_to_cancel(row["flow_run_id"])
        self.installation.hub.note(f"asked {wish}")
        return True

    def _mail(self, sender: str, subject: str, text: str, answers: str = "") -> None:
        self.letters += 1
        mail = EmailMessage()
        mail["From"], mail["To"], mail["Subject"] = sender, ORDERS, subject
        mail["Date"] = format_datetime(self._now)
        mail["Message-ID"] = f"<{self.letters}.{self._now.timestamp()}@{sender.split('@')[1]}>"
        if answers:
            mail["In-Reply-To"] = f"<{answers}>"
        mail.set_content(text)
        self.installation.inbox.box.deliver(mail.as_bytes())
        self.installation.hub.changed("inbox")
