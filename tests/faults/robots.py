"""Everybody around the orders as machines: they answer whatever is open, until nothing is.

They see what people see (mailboxes and Prefect's forms), bear every outage, and may be asked the
same again at any time. What they send has a name of its own, so that sending it twice is once.
"""

import hashlib
import re
import smtplib
import threading
from collections import Counter
from contextlib import suppress
from email.message import EmailMessage
from email.utils import formatdate

import httpx
from sqlalchemy.exc import DBAPIError

from tests.conversation import (
    ORDERS,
    PURPOSE,
    Correspondent,
    Form,
    Operator,
    body,
    form_of,
    waiting,
)
from tests.installation import Installation

OUTAGE = (httpx.HTTPError, OSError, smtplib.SMTPException, DBAPIError)
CUSTOMER_SAYS = {"confirmation": "确认", "acceptance": "验收通过", "survey": "5 5 4 5 9"}
DECIDES = {
    "confirm": ("li.ming", "zhao.wen"),
    "plan": ("li.ming", "zhao.wen"),
    "completion": ("zhou.min", "zhao.wen"),
    "close": ("li.ming", "zhao.wen"),
}
WORKERS = ("chen.yu", "wang.lei", "sun.jie", "he.qing", "zhou.min", "wu.fang", "zhao.wen")


class Robots:
    """The customer, the approvers and the colleagues of one installation."""

    def __init__(self, installation: Installation, customer: str) -> None:
        """They do nothing before `start`."""
        self._installation = installation
        self._customer = Correspondent(installation, customer)
        self._sent: set[str] = set()
        self._answered: set[str] = set()
        self._tried: Counter[str] = Counter()
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._live, daemon=True)

    def start(self) -> None:
        """They look around again and again."""
        self._thread.start()

    def stop(self) -> None:
        """They have stopped."""
        self._stopped.set()
        self._thread.join(30)

    def order(self, text: str, po: str) -> None:
        """The customer orders, trying until the mail is taken."""
        mail = self._mail(self._customer, f"采购订单 {po}", text.format(po=po), "order " + po)
        while not self._stopped.is_set() and not self._send(self._customer, mail):
            self._stopped.wait(0.2)

    def _live(self) -> None:
        while not self._stopped.is_set():
            for act in (self._customer_answers, self._colleagues_report, self._approvers_decide):
                with suppress(*OUTAGE):
                    act()
            self._stopped.wait(0.3)

    def _customer_answers(self) -> None:
        for mail in self._customer.box():
            words = CUSTOMER_SAYS.get(str(mail[PURPOSE]))
            if words is not None:
                self._reply(self._customer, mail, words)

    def _colleagues_report(self) -> None:
        for person in WORKERS:
            colleague = Correspondent(self._installation, f"{person}@zheling.example")
            for mail in colleague.box():
                if mail[PURPOSE] == "assignment" and str(mail["Message-ID"]) not in self._sent:
                    tasks = dict.fromkeys(re.findall(r"\bT\d+\b", body(mail)))
                    self._reply(colleague, mail, "\n".join(f"[{task}] done" for task in tasks))

    def _approvers_decide(self) -> None:
        for run_id, keys in waiting(self._installation):
            gate = keys["response"].removeprefix("suspended-").rpartition("-")[0].rpartition("-")[0]
            if keys["response"] not in self._answered:
                form = form_of(self._installation, run_id, keys)
                if form is not None and form.kind in DECIDES:
                    self._decide(gate.upper(), form)
                elif form is not None:
                    self._answered.add(form.key)  # nobody here answers this one

    def _decide(self, gate: str, form: Form) -> None:
        """Whoever may; where that one was refused, the other one."""
        people = DECIDES[form.kind]
        person = people[self._tried[gate] % len(people)]
        operator = Operator(self._installation, person)
        said = {"decision": "approve", "approver": person, "comment": ""}
        if operator.submit(form, **said, code=operator.code(gate))["status"] == "ACCEPT":
            self._answered.add(form.key)
            self._tried[gate] += 1

    def _reply(self, who: Correspondent, mail: EmailMessage, words: str) -> None:
        subject, about = f"Re: {mail['Subject']}", str(mail["Message-ID"])
        if about not in self._sent:
            answer = self._mail(who, subject, words, about + who.address)
            answer["In-Reply-To"] = about
            if self._send(who, answer):
                self._sent.add(about)

    def _mail(self, who: Correspondent, subject: str, text: str, about: str) -> EmailMessage:
        mail = EmailMessage()
        mail["From"], mail["To"], mail["Subject"] = who.address, ORDERS, subject
        mail["Date"] = formatdate(localtime=True)
        name = hashlib.sha256(about.encode()).hexdigest()[:24]
        mail["Message-ID"] = f"<{name}@{who.address.partition('@')[2]}>"
        mail.set_content(text)
        return mail

    def _send(self, who: Correspondent, mail: EmailMessage) -> bool:
        with suppress(*OUTAGE):
            who.send(mail)
            return True
        return False


class Customer:
    """Orders again and again, each time under a number of its own that begins with `mark`."""

    def __init__(self, robots: Robots, mark: str, text: str, most: int = 14) -> None:
        """Nothing is ordered yet; at most so many will be."""
        self.mark = mark
        self.numbers: list[str] = []
        self._robots, self._text, self._most = robots, text, most

    def order(self) -> None:
        """One more order, as long as there are not too many."""
        if len(self.numbers) < self._most:
            self.numbers.append(f"{self.mark}{len(self.numbers):02d}")
            self._robots.order(self._text, self.numbers[-1])
