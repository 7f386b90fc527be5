"""What virtual people can do: write and read mail, fill Prefect's form, look where orders stand."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid
from pathlib import Path
from typing import TypeVar

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from connectors.runs import RunType
from domain.mail.message import Mail
from domain.names import GateState, Purpose
from models.activity import of_order as activities_of
from models.activity import unfinished
from models.gate import Gate
from models.message import Message
from models.order import Order
from models.person import person_row
from models.retrospective import Lesson
from models.run import of_order
from tasks.approving import allowed
from tasks.codes import TRIES, issue, wrong_codes
from tasks.rehearsal.mailbox import Mailbox, Stuck, mailbox
from tasks.services import Services

LOOK_SECONDS = 0.1
PATIENCE_SECONDS = 90.0

Found = TypeVar("Found")


@dataclass(frozen=True)
class Asked:
    """An open gate as the engine's form shows it."""

    number: str
    flow_run_id: str
    note: str


@dataclass(frozen=True)
class Stand:
    """Where an order stands; `waiting_for` is the kind of its oldest open gate, or empty."""

    order_no: str
    customer: str
    state: str
    stage: str
    round: int
    priority: str
    waiting_for: str


@dataclass(frozen=True)
class Cast:
    """Everybody who plays, on one installation."""

    services: Services
    boxes: dict[str, Mailbox] = field(default_factory=dict)

    def until(self, look: Callable[[], Found | None], what: str) -> Found:
        """What is found as soon as it is there; Stuck after a minute and a half."""
        end = time.monotonic() + PATIENCE_SECONDS
        while True:
            found = look()
            if found is not None:
                return found
            if time.monotonic() > end:
                raise Stuck(what)
            time.sleep(LOOK_SECONDS)

    def send(self, raw: bytes, sender: str) -> None:
        """The mail is with the company's server."""
        to = self.services.settings.mail.inboxes[0]
        self.services.mailer.send(raw, sender, [to])

    def reply(self, mail: Mail, text: str, sender: str) -> None:
        """The person answers this mail with a few words above all that it said."""
        message = EmailMessage()
        message["From"], message["To"] = sender, self.services.settings.mail.inboxes[0]
        message["Subject"] = " ".join(f"Re: {mail.subject}".split())
        message["Date"] = format_datetime(self.services.now())
        message["Message-ID"] = make_msgid(domain=sender.partition("@")[2])
        message["In-Reply-To"] = message["References"] = f"<{mail.message_id}>"
        quoted = "\n".join(f"> {line}" for line in mail.text.splitlines())
        message.set_content(f"{text}\n\n{quoted}\n", cte="base64")
        self.send(message.as_bytes(), sender)

    def mail(self, address: str, purpose: Purpose, order_no: str, nth: int = 1) -> Mail:
        """The nth mail of this purpose about the order that this person has got."""
        maildir = Path(self.services.settings.mail.maildir)
        box = self.boxes.setdefault(address, mailbox(maildir, address))

        def look() -> Mail | None:
            found = box.mails(purpose, order_no)
            return found[nth - 1] if len(found) >= nth else None

        return self.until(look, f"{order_no}: mail {purpose} ({nth}) for {address}")

    def order_of(self, message_id: str) -> str:
        """The number of the order that this mail has opened."""

        def look() -> str | None:
            with self.services.reading() as session:
                row = session.scalar(select(Message).where(Message.message_id == message_id))
                order = session.get(Order, row.order_id) if row and row.order_id else None
                return order.order_no if order else None

        return self.until(look, f"the order of mail {message_id}")

    def order(self, order_no: str) -> Order:
        """The order as it is now, with its lines."""
        with self.services.reading() as session:
            found = _order(session, order_no)
            list(found.lines)
            return found

    def stands(self, order_no: str) -> Stand:
        """Where the order stands now, for people who watch."""
        with self.services.reading() as session:
            order = _order(session, order_no)
            gate = session.scalar(_open(order.id).order_by(Gate.id).limit(1))
            return Stand(
                order.order_no,
                order.customer_name,
                str(order.state),
                str(order.stage),
                order.round,
                order.priority or "",
                str(gate.kind) if gate is not None else "",
            )

    def becomes(self, order_no: str, state: str) -> None:
        """The order has got there."""
        self.until(lambda: self.order(order_no).state == state or None, f"{order_no}: {state}")

    def asked(self, order_no: str, kind: str) -> Asked:
        """The form of the order's open gate of this kind, once it can be filled."""

        def look() -> Asked | None:
            with self.services.reading() as session:
                order = _order(session, order_no)
                run = of_order(session, order.id)
                gate = session.scalar(_open(order.id).where(Gate.kind == kind, Gate.asks > 0))
                if gate is None or run is None or run.flow_run_id is None:
                    return None
                found = Asked(gate.number, run.flow_run_id, gate.note)
            state = self.services.runs.states([found.flow_run_id]).get(found.flow_run_id)
            return found if state is not None and state.type is RunType.PAUSED else None

        return self.until(look, f"{order_no}: form of {kind}")

    def fill(
        self,
        order_no: str,
        kind: str,
        by: str,
        decision: str = "approve",
        *,
        code: str = "",
        comment: str = "",
    ) -> str:
        """Prefect's form is filled and sent, as a click on Resume does; the gate's number."""

        def click() -> str | None:
            form = self.asked(order_no, kind)
            given = {"decision": decision, "approver": by, "comment": comment}
            given["code"] = code or self.code(by, form.number)
            sent = self.services.runs.resume(form.flow_run_id, given)
            return form.number if sent else None

        return self.until(click, f"{order_no}: answer to {kind}")

    def code(self, person: str, gate: str) -> str:
        """A fresh code of this person for this gate."""
        with self.services.writing() as session:
            return issue(session, self.services, person, [gate], at=self.services.now())

    def may_mistype(self, person: str) -> bool:
        """Whether a wrong code leaves the person enough tries for the rest of the day's work."""
        with self.services.reading() as session:
            return wrong_codes(session, person, at=self.services.now()) < TRIES - 2

    def person(self, person: str) -> tuple[str, str]:
        """Name and mail address of somebody of ours."""
        with self.services.reading() as session:
            row = person_row(session, person)
            return (row.name, row.mail) if row is not None else (person, person)

    def open_work(self, order_no: str) -> dict[str, list[str]]:
        """Who still has which tasks; those of nobody are the owner's to report."""
        found: dict[str, list[str]] = {}
        with self.services.reading() as session:
            order = _order(session, order_no)
            for each in unfinished(session, order.id):
                found.setdefault(each.person or order.owner, []).append(each.label)
        return found

    def tasks(self, order_no: str) -> int:
        """How many tasks the plan of the order has."""
        with self.services.reading() as session:
            return len(activities_of(session, _order(session, order_no).id))

    def learned(self, order_no: str) -> tuple[str, str]:
        """The first thing that the order taught, in Chinese and English."""
        with self.services.reading() as session:
            of_it = Lesson.order_id == _order(session, order_no).id
            found = session.scalar(select(Lesson).where(of_it).order_by(Lesson.id).limit(1))
            return (found.text_zh, found.text_en) if found is not None else ("–", "–")

    def approver(self, order_no: str, kind: str) -> str:
        """Somebody who may answer the order's open gate of this kind, once it is there."""

        def look() -> str | None:
            with self.services.reading() as session:
                order = _order(session, order_no)
                gate = session.scalar(_open(order.id).where(Gate.kind == kind))
                people = sorted(allowed(session, self.services, gate)) if gate else []
                return people[0] if people else None

        return self.until(look, f"{order_no}: gate {kind}")


def _order(session: Session, order_no: str) -> Order:
    return session.scalars(select(Order).where(Order.order_no == order_no)).one()


def _open(order_id: int) -> Select[Gate]:
    return select(Gate).where(Gate.order_id == order_id, Gate.state == GateState.OPEN)
