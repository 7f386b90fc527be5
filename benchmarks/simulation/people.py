"""The people around the orders: they look at what is open and answer it, through every door."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from benchmarks.simulation.hub import Process
from benchmarks.simulation.installation import CUSTOMER, Installation, Said
from benchmarks.simulation.letters import COMPLETE, ODD, letter
from benchmarks.simulation.roles import (
    CUSTOMER_SAYS,
    DECIDES,
    MEDDLER,
    ONLY_WAIT,
    OWNER,
    SILENCE_SECONDS,
)
from connectors.errors import Rejected, Unreachable
from connectors.runs import RunType
from domain.errors import Refusal
from domain.names import Channel, Verdict
from models.activity import unfinished
from tasks import links, progress, requests
from tasks.codes import issue
from tasks.deciding import Answer, decide_one
from tasks.effect import GROUND_LOST

OUTAGE = (Unreachable, Rejected, *GROUND_LOST)


@dataclass
class People:
    """Everybody outside; they act `left` times and then only wait."""

    installation: Installation
    left: int = 3
    contrary: float = 0.15
    """How often somebody says no, or not yet."""
    patience_seconds: float = 60

    def begin(self) -> None:
        """Two of them begin to look around."""
        for number in (1, 2):
            process = Process(f"people{number}", self._enters, mortal=False)
            wants = frozenset({"gate", "paused", "mail"})
            self.installation.hub.spawn(process, process.name, self._live, number, wants)

    def _enters(self) -> None:
        from tasks import services

        services._current[:] = [self.installation.ours]

    def order(self, text: str = COMPLETE) -> None:
        """The customer has written a first mail."""
        number = f"{len(self.installation.inbox.letters) + 1:03d}"
        subject = "采购订单 PO-" + number if text is not ODD else "那件事"
        self._mail(CUSTOMER, subject, text.format(number=number))

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
        if luck.random() < self.contrary:
            odd = luck.choice((self._look, self._meddle, self._say_nothing))
            return odd(gate)
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

    def _look(self, gate: dict[str, Any]) -> bool:
        """A scanner follows the link of a mail; nobody has decided anything."""
        ours = self.installation.ours
        until = self._now + timedelta(days=1)
        granted = links.Pass(links.GATE, f"G-{gate['id']}", OWNER, "", until)
        links.read(ours, links.GATE, links.token(ours, granted))
        return False

    def _meddle(self, gate: dict[str, Any]) -> bool:
        """Somebody who may not decide tries it with a good code of their own."""
        number = f"G-{gate['id']}"
        code = self._code(MEDDLER, number)
        answer = Answer(number, Verdict.APPROVE, MEDDLER, Channel.CLI, code=code)
        decide_one(self.installation.ours, answer)
        return False

    def _say_nothing(self, gate: dict[str, Any]) -> bool:
        """Days pass."""
        self.installation.hub.sleep(self.installation.hub.luck.random() * SILENCE_SECONDS)
        return True

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
        wrong = self.installation.hub.luck.random() < 0.05
        if wrong:
            code = "00000000"
        words = {Verdict.APPROVE: "end_wait" if kind in ONLY_WAIT else "approve"}
        decision = words.get(verdict, str(verdict))
        comment = "" if verdict is Verdict.APPROVE else "还不行"
        filled = {"decision": decision, "approver": by, "code": code, "comment": comment}
        if kind == "intake":
            filled["kind"] = "other"
        run_id = waiting[0][0]
        if wrong:
            self.installation.engine.resume(run_id, filled)
            return False
        may = by == DECIDES.get(kind, (OWNER,))[0]  # others are refused, in the next form
        return self._noted(
            number,
            by,
            verdict,
            Channel.PREFECT_UI,
            lambda: self.installation.engine.resume(run_id, filled),
            sure=may,
        )

    def _noted(
        self,
        gate: str,
        by: str,
        verdict: Verdict,
        channel: Channel,
        act: Callable[[], object],
        *,
        sure: bool = True,
    ) -> bool:
        """What act gives; the word counts as said before it is known whether it was taken."""
        self._says(gate, by, verdict, channel)
        taken = bool(act())
        if taken and sure:
            self._says(gate, by, verdict, channel, accepted=True)
        return taken

    def _says(
        self, gate: str, by: str, verdict: str, channel: str, *, accepted: bool = False
    ) -> None:
        said = Said(gate, by, str(verdict), str(channel), accepted)
        self.installation.said.append(said)

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
        self._says(number, by, verdict, Channel.MAIL)
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
        self._says(number, CUSTOMER, "approve" if agrees else "other", Channel.MAIL)
        text = yes if agrees else but
        self._mail(CUSTOMER, f"Re: {asked['subject']}", text, asked["message_id"])
        return True

    def _work(self, gate: dict[str, Any]) -> bool:
        """Everybody reports that everything is done."""
        ours = self.installation.ours
        with ours.reading() as session:
            labels = [each.label for each in unfinished(session, int(gate["order_id"]))]
        self._says(f"G-{gate['id']}", "wang.lei", "approve", Channel.CLI)
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
        self.installation.inbox.write(letter(sender, subject, text, answers, at=self._now))
