"""A whole installation in memory: real rules, rows, templates; engine, mail and clock are ours."""

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path

from pydantic import SecretStr
from sqlalchemy import select

from connectors.mailer import MemoryMailer
from connectors.runs_memory import MemoryRuns
from domain.names import Channel, Verdict
from models.base import engine
from models.customer import Contact, Customer
from models.gate import Gate
from models.installation import remember
from models.order import Order
from models.outbox import Owed
from models.person import PersonRow
from models.run import Run
from models.tables import METADATA
from tasks import driving, progress, routing, storing
from tasks.codes import issue
from tasks.deciding import Answer, Decided, decide_one
from tasks.driving import Ended, Wait, Work
from tasks.services import Services
from tasks.settings import Mail, Policy, Portal, Settings
from tasks.stage import commit

KEY = SecretStr("MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=")
START = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)

PEOPLE = (
    ("chen.yu", "陈昱", ["owner"], None, "li.ming", []),
    ("li.ming", "李铭", ["manager"], Decimal(500000), "zhao.wen", []),
    ("zhao.wen", "赵雯", ["director"], Decimal(-1), None, []),
    ("wang.lei", "王磊", ["engineer"], None, "li.ming", ["design:3", "machining:3", "assembly:3"]),
    ("sun.jie", "孙捷", ["engineer"], None, "li.ming", ["software:3", "testing:3", "service:3"]),
    ("he.qing", "何清", ["buyer"], None, "li.ming", ["purchasing:3"]),
    ("zhou.min", "周敏", ["quality"], None, "li.ming", ["inspection:3"]),
    ("wu.fang", "吴芳", ["clerk"], None, "li.ming", []),
)


@dataclass
class World:
    """One installation and the people around it."""

    services: Services
    clock: list[datetime]
    mailer: MemoryMailer
    read: int = 0
    said: int = field(default=0)

    def later(self, **by: float) -> None:
        """The clock goes on."""
        self.clock[0] += timedelta(**by)

    def mail(self, raw: bytes) -> None:
        """A mail comes in and is dealt with."""
        storing.store(self.services, "orders", raw)
        routing.read_all(self.services)

    def write(
        self,
        text: str,
        *,
        sender: str = "liu.qiang@lijia.example",
        subject: str = "订单",
        answers: Owed | None = None,
    ) -> None:
        """A customer or colleague writes plain text."""
        self.said += 1
        message = EmailMessage()
        message["From"] = sender
        message["To"] = "orders@zheling.example"
        message["Subject"] = f"Re: {answers.subject}" if answers else subject
        message["Date"] = format_datetime(self.clock[0])
        message["Message-ID"] = f"<{self.said}.{self.clock[0].timestamp()}@{sender.split('@')[1]}>"
        if answers is not None:
            message["In-Reply-To"] = f"<{answers.message_id}>"
        message.set_content(text)
        self.mail(message.as_bytes())

    def drive(self) -> str:
        """The order's work is done until it waits or has ended; what it stands at comes back."""
        with self.services.reading() as session:
            run = session.scalars(select(Run).where(Run.order_id.is_not(None))).all()[-1]
            run_id, leg = run.id, run.leg
            flow_run_id = run.flow_run_id or f"flow-{run_id}-{leg}"
        ride = driving.take(self.services, run_id, leg, flow_run_id)
        assert ride is not None
        from tasks.stage_tasks import STAGES

        for _ in range(30):
            match driving.look(self.services, ride):
                case Ended(name):
                    return name
                case Wait() as wait:
                    return wait.kind
                case Work(ticket):
                    outcome = STAGES[ticket.stage](ticket.order_id, self.services)
                    commit(self.services, ticket, outcome)
        raise AssertionError("The order never stands still.")

    def gate(self, kind: str) -> str:
        """The number of the open gate of this kind."""
        with self.services.reading() as session:
            found = session.scalars(
                select(Gate).where(Gate.kind == kind, Gate.state == "open")
            ).all()
            assert found, f"no open {kind} gate"
            return found[-1].number

    def answer(self, kind: str, by: str, verdict: str = "approve", **more: object) -> Decided:
        """Somebody of ours answers with an issued code."""
        with self.services.writing() as session:
            code = issue(session, self.services, by, [], at=self.clock[0])
        number = self.gate(kind)
        return decide_one(
            self.services,
            Answer(number, Verdict(verdict), by, Channel.CLI, code=code, **more),  # type: ignore[arg-type]
        )

    def order(self) -> Order:
        """The newest order, detached, with its lines."""
        with self.services.reading() as session:
            found = session.scalars(select(Order).order_by(Order.id.desc())).first()
            assert found is not None
            list(found.lines), list(found.requirements)
            return found

    def owed(self, purpose: str) -> list[Owed]:
        """Mails of this purpose, oldest first."""
        with self.services.reading() as session:
            return list(
                session.scalars(select(Owed).where(Owed.purpose == purpose).order_by(Owed.id))
            )

    def do_all_work(self) -> None:
        """Everybody reports that everything is done."""
        from models.activity import unfinished

        with self.services.reading() as session:
            work = [e.label for e in unfinished(session, self.order().id)]
        for label in work:
            progress.report(
                self.services,
                self.order().order_no,
                progress.Report(label, percent=100),
                by="wang.lei",
                channel=Channel.CLI,
            )


def make_world(url: str, home: Path) -> World:
    """A fresh installation at this database with eight people and one customer."""
    clock = [START]
    mailer = MemoryMailer()
    settings = Settings(
        home=home,
        samples=True,
        mail=Mail(maildir=str(home / "mail")),
        portal=Portal(url="http://127.0.0.1:8080"),
        policy=Policy(preset="samples", promise_runs=50),
    )
    settings = settings.model_copy(
        update={"database": settings.database.model_copy(update={"url": url})}
    )
    bound = engine(url)
    METADATA.create_all(bound)
    services = Services(
        settings=settings,
        engine=bound,
        runs=MemoryRuns(lambda: clock[0]),
        mailer=mailer,
        key=KEY,
        clock=lambda: clock[0],
        boot="boot-1",
    )
    with services.writing() as session:
        remember(session, "instance", "test")
        for person, name, roles, limit, manager, skills in PEOPLE:
            session.add(
                PersonRow(
                    person=person,
                    name=name,
                    mail=f"{person}@zheling.example",
                    language="zh-CN",
                    roles=roles,
                    limit=limit,
                    manager=manager,
                    skills=skills,
                )
            )
        customer = Customer(
            code="LIJIA",
            name_zh="苏州砺嘉精密",
            name_en="Lijia Precision",
            tier="B",
            account_manager="chen.yu",
            created_at=START,
        )
        session.add(customer)
        session.add(Contact(customer=customer, name="刘强", mail="liu.qiang@lijia.example"))
    return World(services, clock, mailer)


__all__ = ["START", "World", "date", "make_world", "replace"]
