"""Three orders as they are lived: by Excel and mail, with a second acceptance, by telephone."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import uuid4

from domain.mail.decode import read
from domain.names import Purpose
from models import activity, outbox
from models.order import Order
from tasks.entering import enter
from tasks.rehearsal.cast import Cast
from tasks.samples.mails import sample_mails

Tell = Callable[[str, str, str], None]
"""Says what has happened: order number, Chinese, English."""

WORDS = {
    "quantity": ("8", "8"),
    "due_date": ("{year}-12-18", "18 December {year}"),
    "special_requirements": ("无", "none"),
    "customer": ("苏州砺嘉精密", "Brentmoor Packaging"),
    "contact": ("陆培", "Alice Fenwick"),
}
"""What customers answer to our questions, in Chinese and English."""


@dataclass(frozen=True)
class Story:
    """One order being played."""

    cast: Cast
    tell: Tell
    no: str
    customer: str
    zh: bool

    def say(self, zh: str, en: str) -> None:
        """The audience hears it."""
        self.tell(self.no, zh, en)

    def form(self, kind: str, verdict: str = "approve", comment: str = "") -> None:
        """Whoever may answer the gate fills Prefect's form."""
        by = self.cast.approver(self.no, kind)
        gate = self.cast.fill(self.no, kind, by, verdict, comment=comment)
        self.say(
            f"{by} 在 Prefect 中答复 {gate}({kind}):{verdict}",
            f"{by} answers {gate} ({kind}) in Prefect: {verdict}",
        )

    def customer_says(self, purpose: Purpose, text: str, nth: int = 1) -> None:
        """The customer answers our mail."""
        mail = self.cast.mail(self.customer, purpose, self.no, nth)
        self.say(f"客户收到“{mail.subject}”", f"the customer has “{mail.subject}”")
        self.cast.reply(mail, text, self.customer)
        first = text.splitlines()[0]
        self.say(f"客户回复:{first}", f"the customer answers: {first}")

    def work(self, round_: int = 1) -> None:
        """Everybody reports their tasks as done by answering their mail."""
        self.cast.asked(self.no, "work")
        for person, labels in self.cast.open_work(self.no).items():
            address = self.cast.address(person)
            mail = self.cast.mail(address, Purpose.ASSIGNMENT, self.no, self._nth(person, round_))
            self.cast.reply(mail, "\n".join(f"[{each}] done" for each in labels), address)
            named = ", ".join(labels)
            self.say(f"{person} 反馈完成 {named}", f"{person} reports {named} done")

    def _nth(self, person: str, round_: int) -> int:
        return round_ if round_ == 1 or person in self._workers_before else 1

    @property
    def _workers_before(self) -> frozenset[str]:
        order = self.cast.order(self.no)
        with self.cast.services.reading() as session:
            rows = activity.of_order(session, order.id)
        return frozenset(e.person for e in rows if e.person and e.round == 1)

    def finish(self, scores: str = "5 5 4 5 9") -> None:
        """Looked back at, closed, archived."""
        self.cast.mail(self.customer, Purpose.CERTIFICATE, self.no)
        self.say("验收证书已发出", "the acceptance certificate is out")
        self.customer_says(Purpose.SURVEY, scores)
        self.form("close")
        self.cast.becomes(self.no, "closed")
        self.say("已结案归档", "closed and archived")


def by_table(cast: Cast, tell: Tell) -> str:
    """An Excel table without one quantity; a yes with a but; the plan approved by mail."""
    story = _by_mail(cast, tell, 0, zh=True)
    _answer_questions(story)
    story.form("confirm")
    story.customer_says(Purpose.CONFIRMATION, "确认,但第 2 行改 18 件")
    story.form("confirm")
    story.say("第 2 版发给客户,改动已标出", "version 2 goes out with the change marked")
    story.customer_says(Purpose.CONFIRMATION, "确认", 2)
    manager = cast.approver(story.no, "plan")
    mail = cast.mail(cast.address(manager), Purpose.APPROVAL, story.no, _approvals(story, manager))
    cast.reply(mail, "同意", cast.address(manager))
    story.say(f"{manager} 回复邮件:同意", f"{manager} answers the mail: 同意")
    story.work()
    story.form("completion")
    story.customer_says(Purpose.ACCEPTANCE, "验收通过")
    story.finish()
    return story.no


def in_english(cast: Cast, tell: Tell) -> str:
    """In English and euros; one thing is not accepted, corrected, and accepted then."""
    story = _by_mail(cast, tell, 1, zh=False)
    _answer_questions(story)
    story.form("confirm")
    story.customer_says(Purpose.CONFIRMATION, "Confirmed")
    story.form("plan")
    story.work()
    story.form("completion")
    story.customer_says(Purpose.ACCEPTANCE, "not accepted\nThe guard does not close")
    story.say("未验收项成为任务", "what was not accepted is a task now")
    story.work(2)
    story.form("completion")
    story.customer_says(Purpose.ACCEPTANCE, "accepted", 2)
    story.finish("4 4 4 5 8")
    return story.no


def by_telephone(cast: Cast, tell: Tell) -> str:
    """Told on the telephone; a wrong code; a plan that is sent back once."""
    customer = "xu.lan@hengchuan.example"
    given = {
        "channel": "phone",
        "customer": "恒川水务集团",
        "contact": "许澜",
        "mail": customer,
        "language": "zh-CN",
        "customer_po_no": f"TEL-{uuid4().hex[:6].upper()}",
        "open_date": True,
        "special_requirements": "none",
        "lines": [
            {"item": "潜水泵", "model": "QW-65", "quantity": 4, "unit": "台", "unit_price": "5200"}
        ],
    }
    no = enter(cast.services, given).order_no
    story = Story(cast, tell, no, customer, zh=True)
    story.say("电话订单已录入", "an order came by telephone")
    by = cast.approver(no, "confirm")
    cast.fill(no, "confirm", by, code="00000000")
    story.say(f"{by} 的验证码有误,表单再次出现", f"{by}'s code was wrong: the form is back")
    cast.until(lambda: cast.asked(no, "confirm").note or None, f"{no}: the form's note")
    story.form("confirm")
    story.customer_says(Purpose.CONFIRMATION, "确认")
    story.form("plan", "reject", "装配时间不够")
    cast.until(lambda: cast.order(no).round == 2 or None, f"{no}: plan r2")
    story.say("计划退回,重新排程", "the plan was sent back and is made again")
    story.form("plan")
    story.work()
    story.form("completion")
    story.customer_says(Purpose.ACCEPTANCE, "验收通过")
    story.finish()
    return no


def _by_mail(cast: Cast, tell: Tell, which: int, *, zh: bool) -> Story:
    services = cast.services
    to = services.settings.mail.inboxes[0]
    sample = sample_mails(to, at=services.now(), instance=uuid4().hex)[which]
    mail = _mail_of(sample.content)
    cast.send(sample.content, mail[1])
    no = cast.order_of(mail[0])
    story = Story(cast, tell, no, mail[1], zh)
    story.say(f"来自 {mail[1]} 的邮件成为订单", f"a mail from {mail[1]} is an order now")
    return story


def _mail_of(raw: bytes) -> tuple[str, str]:
    mail = read(raw)
    return mail.message_id or "", mail.sender.address


def _answer_questions(story: Story) -> None:
    """The customer answers whatever we ask, by the numbers of our questions."""
    cast = story.cast

    def understood() -> Order | None:
        order = cast.order(story.no)
        return order if order.state in ("awaiting_info", "confirming") else None

    seen = cast.until(understood, f"{story.no}: understood")
    if seen.state != "awaiting_info":
        return
    year = cast.services.now().year
    answers = []
    for number, key in enumerate(seen.questions, start=1):
        text = WORDS[str(key).partition(":")[0]][0 if story.zh else 1].format(year=year)
        answers.append(f"{number}. {text}")
    story.customer_says(Purpose.QUESTION, "\n".join(answers))


def _approvals(story: Story, person: str) -> int:
    """How many approval mails this person has got about the order: the last one is asked."""
    order = story.cast.order(story.no)
    address = story.cast.address(person)
    with story.cast.services.reading() as session:
        rows = outbox.of_order(session, order.id)
    return sum(e.purpose == Purpose.APPROVAL and e.recipient == address for e in rows)


STORIES = (by_table, in_english, by_telephone)
