"""One order being played: each step is done by somebody and told to whoever listens."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from domain.names import Language, Purpose
from models import activity, outbox
from models.order import Order
from tasks.rehearsal.cast import Cast
from tasks.rehearsal.mailbox import link_in, look_at, press
from templates.words import word

Tell = Callable[[str, str, str], None]
"""Says what has happened: order number, Chinese, English."""

ANSWERS = {
    "quantity": ("16 张", "16 pieces"),
    "special_requirements": ("无", "none"),
    "customer": ("苏州砺嘉精密", "Brentmoor Packaging"),
    "contact": ("刘强", "Alice Fenwick"),
}
"""What customers answer to our questions, in Chinese and English."""


@dataclass(frozen=True)
class Story:
    """One order being played; `zh` where the customer writes Chinese."""

    cast: Cast
    tell: Tell
    no: str
    customer: str
    zh: bool

    def say(self, zh: str, en: str) -> None:
        """The audience hears it."""
        self.tell(self.no, zh, en)

    def form(self, kind: str, verdict: str = "approve", comment: str = "") -> None:
        """Whoever may answer the gate fills Prefect's form, with a fresh code."""
        by = self.cast.approver(self.no, kind)
        gate = self.cast.fill(self.no, kind, by, verdict, comment=comment)
        name, _ = self.cast.person(by)
        zh, en = (
            (word("gate", kind, each), word("verdict", verdict, each))
            for each in (Language.ZH, Language.EN)
        )
        why = (f",“{comment}”", f" (“{comment}”)") if comment else ("", "")
        self.say(
            f"{name}在 Prefect 表单中答复 {gate} {zh[0]}:{zh[1]}{why[0]}",
            f"{by} fills Prefect's form of {gate}, {en[0]}: {en[1]}{why[1]}",
        )

    def wrong_code(self, kind: str) -> None:
        """A wrong code is typed into the form; it comes back and says so."""
        by = self.cast.approver(self.no, kind)
        if not self.cast.may_mistype(by):
            return  # played often within a quarter of an hour: one more would block the person
        self.cast.fill(self.no, kind, by, code="00000000")

        def back() -> str | None:
            return self.cast.asked(self.no, kind).note or None

        note = self.cast.until(back, f"{self.no}: the form of {kind} again")
        name, _ = self.cast.person(by)
        zh, _, en = note.partition(" / ")
        self.say(f"{name}输错验证码,表单再次出现:{zh}", f"{by} mistypes; the form is back: {en}")

    def customer_says(self, purpose: Purpose, text: str, nth: int = 1) -> None:
        """The customer answers our mail."""
        mail = self.cast.mail(self.customer, purpose, self.no, nth)
        self.say(f"客户收到“{mail.subject}”", f"the customer has “{mail.subject}”")
        self.cast.reply(mail, text, self.customer)
        said = " · ".join(text.splitlines())
        self.say(f"客户回复:{said}", f"the customer answers: {said}")

    def answers(self) -> None:
        """The customer answers whatever we ask, by the numbers of our questions."""

        def understood() -> Order | None:
            order = self.cast.order(self.no)
            return order if order.state in ("awaiting_info", "confirming") else None

        order = self.cast.until(understood, f"{self.no}: understood")
        if order.state == "awaiting_info":
            texts = enumerate((self._answer(order, str(key)) for key in order.questions), start=1)
            lines = [f"{number}. {text}" for number, text in texts]
            self.customer_says(Purpose.QUESTION, "\n".join(lines))

    def _answer(self, order: Order, key: str) -> str:
        field = key.partition(":")[0]
        if field != "due_date":
            return ANSWERS[field][0 if self.zh else 1]
        readings = dict(order.sources.get("due_date") or {}).get("alternatives") or []
        later = self.cast.services.today() + timedelta(days=24)
        day = date.fromisoformat(readings[-1]) if readings else later
        return f"{day.month}月{day.day}日" if self.zh else f"{day:%d %B %Y}"

    def manager_says(self, kind: str, text: str) -> None:
        """Whoever may answer the gate answers the mail that asks."""
        by = self.cast.approver(self.no, kind)
        name, address = self.cast.person(by)
        with self.cast.services.reading() as session:
            owed = outbox.of_order(session, self.cast.order(self.no).id)
        sent = sum(e.purpose == Purpose.APPROVAL and e.recipient == address for e in owed)
        mail = self.cast.mail(address, Purpose.APPROVAL, self.no, sent)
        self.cast.reply(mail, text, address)
        self.say(f"{name}回复邮件“{mail.subject}”:{text}", f"{by} answers “{mail.subject}”: {text}")

    def work(self, round_: int = 1) -> None:
        """Everybody reports their tasks as done by answering their mail."""
        self.cast.asked(self.no, "work")
        order = self.cast.order(self.no)
        if round_ == 1:
            tasks = self.cast.tasks(self.no)
            self.say(
                f"计划已发布:{order.priority},{tasks} 项任务,承诺 {order.promised_on}",
                f"the plan is out: {order.priority}, {tasks} tasks, promised {order.promised_on}",
            )
        for person, labels in self.cast.open_work(self.no).items():
            name, address = self.cast.person(person)
            nth = round_ if round_ > 1 and person in self._worked_before(order.id) else 1
            mail = self.cast.mail(address, Purpose.ASSIGNMENT, self.no, nth)
            lines = [f"[{each}] {'完成' if self.zh else 'done'}" for each in labels]
            self.cast.reply(mail, "\n".join(lines), address)
            named = ", ".join(labels)
            self.say(f"{name}邮件报告完成 {named}", f"{person} reports by mail: {named} done")

    def _worked_before(self, order_id: int) -> frozenset[str]:
        with self.cast.services.reading() as session:
            rows = activity.of_order(session, order_id)
            return frozenset(each.person for each in rows if each.person and each.round == 1)

    def accepts_by_link(self, nth: int) -> None:
        """A mail scanner opens the link, which decides nothing; then the customer presses."""
        mail = self.cast.mail(self.customer, Purpose.ACCEPTANCE, self.no, nth)
        self.say(f"客户收到“{mail.subject}”", f"the customer has “{mail.subject}”")
        link = link_in(mail, self.cast.services.settings.public_url)
        look_at(link)
        self.say(
            "邮件扫描器打开了链接,什么也没有决定",
            "a mail scanner opens the link, which decides nothing",
        )
        press(link, {"verdict": "approve", "comment": ""})
        self.say("客户在网页上点击“验收通过”", "the customer presses “accept” on the page")

    def finish(self, scores: str) -> None:
        """Certified, looked back at, closed, archived."""
        self.cast.mail(self.customer, Purpose.CERTIFICATE, self.no)
        self.say("验收证书(PDF)已发出", "the acceptance certificate is out as PDF")
        self.customer_says(Purpose.SURVEY, scores)
        self.form("close")
        self.cast.becomes(self.no, "closed")
        zh, en = self.cast.learned(self.no)
        self.say(f"已结案归档。{zh}", f"closed and archived. {en}")
