"""Everybody around the orders as machines: they answer whatever is open, until nothing is.

They see what people see (mailboxes, Prefect's forms, pages behind links), bear every outage, and
are as people are: a mail is sent twice, a button pressed twice, the newest mail answered first.
"""

import hashlib
import re
import threading
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import formatdate
from pathlib import Path
from random import Random
from typing import Any, Protocol

import httpx
from sqlalchemy.exc import DBAPIError

from connectors.errors import Rejected, Unreachable
from deployments.mail_loop import mailbox
from domain.mail.decode import read
from domain.mail.message import Mail
from tasks.codes import issue
from tasks.rehearsal.mailbox import Stuck, link_in
from tasks.services import Services

OUTAGE = (httpx.HTTPError, OSError, Unreachable, Rejected, DBAPIError)
"""What people see while something is away; they try again."""
ORDERS = "orders@zheling.example"
CUSTOMER = "liu.qiang@lijia.example"
ORDER = """您好,

请按以下内容下单:
订单号:{po}
品名:传动轴
型号:CX-40
数量:16件
单价:1200元
交货日期:2027年3月25日
特殊要求:表面镀铬,附材质报告

刘强
苏州砺嘉精密
"""
CUSTOMER_SAYS = {"confirmation": "确认", "acceptance": "验收通过", "survey": "5 5 4 5 9"}
HAS_LINK = ("confirmation", "acceptance")
DECIDES = {
    "confirm": ("li.ming", "zhao.wen"),
    "plan": ("li.ming", "zhao.wen"),
    "completion": ("zhou.min", "zhao.wen"),
    "close": ("li.ming", "zhao.wen"),
    "trouble": ("chen.yu", "li.ming"),
}
WORKERS = ("chen.yu", "wang.lei", "sun.jie", "he.qing", "zhou.min", "wu.fang", "zhao.wen")
OVER = (httpx.codes.GONE, httpx.codes.CONFLICT)
_MARK = re.compile(r'name="mark" value="([^"]+)"')


@dataclass(frozen=True)
class Form:
    """A form under which a run waits: the run, the key, the gate's number and kind."""

    flow_run_id: str
    key: str
    gate: str
    kind: str


class Inhabited(Protocol):
    """What people see of an installation; its tasks make their codes."""

    @property
    def facts(self) -> dict[str, Any]:
        """Addresses, under the names of HOME/run.json."""

    @property
    def services(self) -> Services:
        """The installation as its own tasks see it."""

    @property
    def prefect(self) -> httpx.Client:
        """Prefect's HTTP API."""


class People:
    """The customer, the approvers and the colleagues of one installation."""

    def __init__(self, installation: Inhabited, luck: Random, *, twice: float = 0.2) -> None:
        """They do nothing before `start`; a share of what they do they do twice."""
        self._installation = installation
        self._luck, self._twice = luck, twice
        self._mails: dict[str, Mail] = {}
        self._sent: set[str] = set()
        self._answered: set[str] = set()
        self._tried: Counter[str] = Counter()
        self.repeated = 0
        """How many mails, forms and clicks were sent once more."""
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._live, daemon=True)

    def start(self) -> None:
        """They look around again and again."""
        self._thread.start()

    def stop(self) -> None:
        """They have stopped."""
        self._stopped.set()
        self._thread.join(60)

    def order(self, po: str) -> None:
        """The customer orders, trying until the mail is taken."""
        mail = _mail(CUSTOMER, f"采购订单 {po}", ORDER.format(po=po), "order " + po)
        while not self._stopped.is_set() and not self._send(mail):
            self._stopped.wait(0.2)

    def _live(self) -> None:
        while not self._stopped.is_set():
            for act in (self._customer_answers, self._colleagues_report, self._approvers_decide):
                with suppress(*OUTAGE, Stuck):
                    act()
            self._stopped.wait(0.3)

    def _customer_answers(self) -> None:
        for mail in self._box(CUSTOMER):
            purpose = mail.header("x-orderflow-purpose") or ""
            words = CUSTOMER_SAYS.get(purpose)
            if words is None or mail.message_id in self._sent:
                continue
            if purpose in HAS_LINK and int(_name(mail.message_id or ""), 16) % 3 == 0:
                self._press(mail)
            else:
                self._reply(CUSTOMER, mail, words)

    def _press(self, mail: Mail) -> None:
        """The page behind the mail's link is answered; some press twice."""
        link = link_in(mail, self._installation.facts["portal"])
        with httpx.Client(timeout=30, trust_env=False) as browser:
            for _ in range(self._times()):
                page = browser.get(link)
                mark = _MARK.search(page.text)
                if page.status_code in OVER or mark is None:
                    break
                said = {"mark": mark[1], "verdict": "approve", "comment": ""}
                browser.post(link, data=said).raise_for_status()
        self._sent.add(mail.message_id or "")

    def _colleagues_report(self) -> None:
        for person in WORKERS:
            address = f"{person}@zheling.example"
            for mail in self._box(address):
                if mail.header("x-orderflow-purpose") == "assignment":
                    tasks = dict.fromkeys(re.findall(r"\bT\d+\b", mail.text))
                    self._reply(address, mail, "\n".join(f"[{task}] done" for task in tasks))

    def _approvers_decide(self) -> None:
        forms = list(self._forms())
        self._luck.shuffle(forms)
        for form in forms:
            if form.key not in self._answered and form.kind in DECIDES:
                self._decide(form)

    def _decide(self, form: Form) -> None:
        """Whoever may; where that one was refused, the other one."""
        people = DECIDES[form.kind]
        person = people[self._tried[form.gate] % len(people)]
        services = self._installation.services
        with services.writing() as session:
            code = issue(session, services, person, [form.gate], at=services.now())
        said = {"decision": "approve", "approver": person, "code": code, "comment": ""}
        for _ in range(self._times()):
            taken = services.runs.resume(form.flow_run_id, dict(said))
            if taken:
                self._answered.add(form.key)
                self._tried[form.gate] += 1

    def _forms(self) -> Iterator[Form]:
        prefect = self._installation.prefect
        asked = {"flow_runs": {"state": {"type": {"any_": ["PAUSED"]}}}}
        for run in prefect.post("/flow_runs/filter", json=asked).raise_for_status().json():
            keys: Mapping[str, Any] = run["state"]["state_details"].get("run_input_keyset") or {}
            key = str(keys.get("response", ""))
            if not key or key in self._answered:
                continue
            schema = prefect.get(f"/flow_runs/{run['id']}/input/{keys['schema']}")
            if schema.is_success:
                gate = key.removeprefix("suspended-").rpartition("-")[0].rpartition("-")[0]
                kind = schema.json()["title"].removeprefix("Gate_")
                yield Form(run["id"], key, gate.upper(), kind)

    def _reply(self, sender: str, mail: Mail, words: str) -> None:
        about = f"{mail.message_id} {sender}"
        if about not in self._sent:
            answer = _mail(sender, f"Re: {' '.join(mail.subject.split())}", words, about)
            answer["In-Reply-To"] = f"<{mail.message_id}>"
            if self._send(answer):
                self._sent.add(about)

    def _send(self, mail: EmailMessage) -> bool:
        """The mail is with the company's server, once or twice."""
        with suppress(*OUTAGE):
            for _ in range(self._times()):
                mailer = self._installation.services.mailer
                mailer.send(mail.as_bytes(), str(mail["From"]), [ORDERS])
            return True
        return False

    def _times(self) -> int:
        again = self._luck.random() < self._twice
        self.repeated += again
        return 1 + again

    def _box(self, address: str) -> list[Mail]:
        """The mails in somebody's box, the newest first as often as not."""
        files = sorted(
            (mailbox(Path(self._installation.facts["maildir"]), address) / "new").glob("*")
        )
        for file in files:
            if file.name not in self._mails:
                self._mails[file.name] = read(file.read_bytes())
        found = [self._mails[file.name] for file in files]
        return found[::-1] if self._luck.random() < 0.5 else found


def _mail(sender: str, subject: str, text: str, about: str) -> EmailMessage:
    """A mail whose name comes of what it is about: sending it twice is once."""
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = sender, ORDERS, subject
    mail["Date"] = formatdate(localtime=True)
    mail["Message-ID"] = f"<{_name(about)}@{sender.partition('@')[2]}>"
    mail.set_content(text, cte="base64")
    return mail


def _name(about: str) -> str:
    return hashlib.sha256(about.encode()).hexdigest()[:24]


class Customer:
    """Orders again and again, each time under a number of its own that begins with `mark`."""

    def __init__(self, people: People, mark: str, most: int = 14) -> None:
        """Nothing is ordered yet; at most so many will be."""
        self.mark = mark
        self.numbers: list[str] = []
        self._people, self._most = people, most

    def order(self) -> bool:
        """One more order; False where there are enough."""
        if len(self.numbers) >= self._most:
            return False
        self.numbers.append(f"{self.mark}-{len(self.numbers):03d}")
        self._people.order(self.numbers[-1])
        return True
