"""What a virtual person can do: write and read mail, fill Prefect's form, report work."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid
from pathlib import Path
from typing import TypeVar

from sqlalchemy import select

from connectors.runs import RunType
from domain.mail.decode import read
from domain.mail.message import Mail
from domain.names import GateState, Purpose
from models.activity import unfinished
from models.gate import Gate
from models.message import Message
from models.order import Order
from models.person import person_row
from models.run import of_order
from tasks.approving import allowed
from tasks.codes import issue
from tasks.driving import form_key
from tasks.services import Services

LOOK_SECONDS = 0.1
PATIENCE_SECONDS = 60.0

Found = TypeVar("Found")


class Stuck(Exception):
    """Something that was waited for has not come."""


@dataclass(frozen=True)
class Asked:
    """An open gate as the engine's form shows it."""

    number: str
    flow_run_id: str
    note: str


@dataclass(frozen=True)
class Cast:
    """Everybody who plays, on one installation."""

    services: Services

    def until(self, look: Callable[[], Found | None], what: str) -> Found:
        """What is found as soon as it is there; Stuck after a minute."""
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
        """The person answers this mail with a few words above it."""
        message = EmailMessage()
        message["From"], message["To"] = sender, self.services.settings.mail.inboxes[0]
        message["Subject"] = " ".join(f"Re: {mail.subject}".split())
        message["Date"] = format_datetime(self.services.now())
        message["Message-ID"] = make_msgid(domain=sender.partition("@")[2])
        message["In-Reply-To"] = message["References"] = f"<{mail.message_id}>"
        message.set_content(text, cte="base64")
        self.send(message.as_bytes(), sender)

    def mail(self, address: str, purpose: Purpose, order_no: str, nth: int = 1) -> Mail:
        """The nth mail of this purpose about the order that this person has got."""
        local, _, domain = address.lower().partition("@")
        box = Path(self.services.settings.mail.maildir) / domain / local / "new"

        def look() -> Mail | None:
            mails = [read(each.read_bytes()) for each in sorted(box.glob("*"))]
            fits = [
                each
                for each in mails
                if each.header("x-orderflow-purpose") == purpose and order_no in each.subject
            ]
            return fits[nth - 1] if len(fits) >= nth else None

        return self.until(look, f"{order_no}: mail {purpose} for {address}")

    def order_of(self, message_id: str) -> str:
        """The number of the order that this mail has opened."""

        def look() -> str | None:
            with self.services.reading() as session:
                row = session.scalar(select(Message).where(Message.message_id == message_id))
                order = session.get(Order, row.order_id) if row and row.order_id else None
                return order.order_no if order else None

        return self.until(look, f"the order of mail {message_id}")

    def order(self, order_no: str) -> Order:
        """The order as it is now."""
        with self.services.reading() as session:
            found = session.scalars(select(Order).where(Order.order_no == order_no)).one()
            list(found.lines)
            return found

    def becomes(self, order_no: str, state: str) -> None:
        """The order has got there."""
        self.until(lambda: self.order(order_no).state == state or None, f"{order_no}: {state}")

    def asked(self, order_no: str, kind: str, unlike: str = "") -> Asked:
        """The form of the order's open gate of this kind, once it can be filled."""

        def look() -> Asked | None:
            with self.services.reading() as session:
                order = session.scalars(select(Order).where(Order.order_no == order_no)).one()
                run = of_order(session, order.id)
                gate = session.scalar(
                    select(Gate)
                    .where(Gate.order_id == order.id, Gate.kind == kind)
                    .where(Gate.state == GateState.OPEN, Gate.asks > 0)
                )
                if gate is None or run is None or run.flow_run_id is None:
                    return None
                key = form_key(gate.number, gate.asks)
                found = Asked(gate.number, run.flow_run_id, gate.note)
            if key == unlike:
                return None
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

    def address(self, person: str) -> str:
        """The mail address of somebody of ours."""
        with self.services.reading() as session:
            row = person_row(session, person)
            return row.mail if row is not None else person

    def open_work(self, order_no: str) -> dict[str, list[str]]:
        """Who still has which tasks; those of others are the owner's to report."""
        with self.services.reading() as session:
            order = session.scalars(select(Order).where(Order.order_no == order_no)).one()
            found: dict[str, list[str]] = {}
            for each in unfinished(session, order.id):
                found.setdefault(each.person or order.owner, []).append(each.label)
            return found

    def approver(self, order_no: str, kind: str) -> str:
        """Somebody who may answer the order's open gate of this kind."""

        def look() -> str | None:
            with self.services.reading() as session:
                order = session.scalars(select(Order).where(Order.order_no == order_no)).one()
                gate = session.scalar(
                    select(Gate)
                    .where(Gate.order_id == order.id, Gate.kind == kind)
                    .where(Gate.state == GateState.OPEN)
                )
                people = sorted(allowed(session, self.services, gate)) if gate else []
                return people[0] if people else None

        return self.until(look, f"{order_no}: gate {kind}")
