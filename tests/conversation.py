"""The people around an order: customers and colleagues by mail, operators in Prefect's pages."""

import email
import email.policy
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.utils import formatdate, make_msgid
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import select

from models.activity import unfinished
from models.event import history
from models.gate import Gate
from models.message import Message
from models.order import Order
from models.step import StepRow
from tasks.codes import issue
from tests.installation import Installation, until
from tests.smtp import hand_over

ORDERS = "orders@zheling.example"
PURPOSE = "X-Orderflow-Purpose"


@dataclass(frozen=True)
class Correspondent:
    """Somebody with a mailbox."""

    installation: Installation
    address: str

    def write(self, text: str, subject: str, *, answers: EmailMessage | None = None) -> str:
        """The Message-ID of the mail that was sent to the company."""
        mail = EmailMessage()
        mail["From"], mail["To"], mail["Subject"] = self.address, ORDERS, subject
        mail["Date"] = formatdate(localtime=True)
        mail["Message-ID"] = make_msgid(domain=self.address.partition("@")[2])
        if answers is not None:
            mail["In-Reply-To"] = mail["References"] = str(answers["Message-ID"])
        mail.set_content(text)
        self.send(mail)
        return str(mail["Message-ID"])

    def send(self, mail: EmailMessage) -> None:
        """The mail is with the company's server."""
        raw = mail.as_bytes(policy=email.policy.SMTP)
        hand_over(raw, self.installation.facts["smtp"], sender=self.address, to=ORDERS)

    def reply(self, mail: EmailMessage, text: str) -> str:
        """Answers as mail programs do: first the answer, then the mail that is answered."""
        quoted = "\n".join(f"> {line}" for line in body(mail).splitlines())
        return self.write(f"{text}\n\n{quoted}\n", f"Re: {mail['Subject']}", answers=mail)

    def mails(self, purpose: str, about: str) -> list[EmailMessage]:
        """Mails of this purpose about this order, oldest first."""
        told = [m for m in self.box() if m[PURPOSE] == purpose]
        chosen = [m for m in told if f"[{about}]" in str(m["Subject"])]
        return sorted(chosen, key=lambda m: (str(m["Date"]), str(m["Message-ID"])))

    def box(self) -> list[EmailMessage]:
        """Every mail in the mailbox."""
        name, _, domain = self.address.partition("@")
        folder = Path(self.installation.facts["maildir"], domain, name, "new")
        return [_read(file) for file in folder.glob("*")]

    def mail(self, purpose: str, about: str, number: int = 1) -> EmailMessage:
        """The mail of this purpose about this order, once so many have come."""
        what = f"{number} mail(s) {purpose} about {about} for {self.address}"
        found = until(lambda: (m := self.mails(purpose, about)) and len(m) >= number and m, what)
        return found[number - 1]


@cache
def _read(file: Path) -> EmailMessage:
    found = email.message_from_bytes(file.read_bytes(), policy=email.policy.default)
    assert isinstance(found, EmailMessage)
    return found


def body(mail: EmailMessage) -> str:
    """The plain text of a mail."""
    part = mail.get_body(("plain",))
    return str(part.get_content()) if part is not None else ""


@dataclass(frozen=True)
class Form:
    """A form as Prefect shows it: what it asks, what stands above it."""

    flow_run_id: str
    key: str
    kind: str
    fields: Mapping[str, Any]
    briefing: str


@dataclass(frozen=True)
class Story:
    """One order as those who wait for it see it."""

    installation: Installation
    order_no: str

    @property
    def order(self) -> Order:
        """Its row, with its lines."""
        with self.installation.services.reading() as session:
            found = session.scalars(select(Order).where(Order.order_no == self.order_no)).one()
            list(found.lines), list(found.requirements)
            return found

    def gates(self, kind: str = "") -> list[Gate]:
        """Its gates of this kind with their votes, oldest first."""
        with self.installation.services.reading() as session:
            asked = select(Gate).join(Order).where(Order.order_no == self.order_no)
            found = session.scalars(asked.order_by(Gate.id)).all()
            return [
                gate for gate in found if kind in ("", gate.kind) and list(gate.votes) is not None
            ]

    def open_gate(self, kind: str, round_: int = 1) -> Gate:
        """Its open gate of this kind in this round or a later one, as soon as it is there."""

        def look() -> Gate | None:
            found = [g for g in self.gates(kind) if g.state == "open" and g.round >= round_]
            return next(iter(found), None)

        return until(look, f"{self.order_no} waits at {kind}")

    def becomes(self, state: str, seconds: float = 120) -> None:
        """The order gets there."""
        until(lambda: self.order.state == state, f"{self.order_no} is {state}", seconds)

    def events(self) -> list[str]:
        """What has happened to it, in order."""
        with self.installation.services.reading() as session:
            return [each.kind for each in history(session, self.order.id)]

    def steps(self) -> list[tuple[str, int]]:
        """Stage and round of each commit, in order."""
        with self.installation.services.reading() as session:
            rows = session.scalars(
                select(StepRow).where(StepRow.order_id == self.order.id).order_by(StepRow.id)
            )
            return [(row.stage, row.round) for row in rows]

    def open_work(self) -> dict[str, list[str]]:
        """Labels of the activities that are not done, by who reports them."""
        found: dict[str, list[str]] = {}
        with self.installation.services.reading() as session:
            for each in unfinished(session, self.order.id):
                found.setdefault(each.person or self.order.owner, []).append(each.label)
        return found

    def runs(self) -> list[dict[str, Any]]:
        """Its runs in Prefect."""
        body = {"flow_runs": {"tags": {"all_": [f"order:{self.order_no}"]}}}
        found: list[dict[str, Any]] = (
            self.installation.prefect.post("/flow_runs/filter", json=body).raise_for_status().json()
        )
        return found

    def task_runs(self) -> list[str]:
        """Names of its steps in Prefect."""
        ids = [run["id"] for run in self.runs()]
        asked = {"flow_runs": {"id": {"any_": ids}}, "sort": "EXPECTED_START_TIME_ASC"}
        found = self.installation.prefect.post("/task_runs/filter", json=asked).json()
        return [each["name"] for each in found]

    def artifact(self, key: str = "") -> str:
        """The newest page of this key in Prefect (its card if none is named)."""
        name = key or f"order-{self.order_no.lower()}"
        return str(self.installation.prefect.get(f"/artifacts/{name}/latest").json().get("data"))


def story_of(installation: Installation, po_no: str, seconds: float = 120) -> Story:
    """The order that came of the customer's own number."""

    def look() -> str | None:
        with installation.services.reading() as session:
            return session.scalar(select(Order.order_no).where(Order.customer_po_no == po_no))

    found = until(look, f"an order for {po_no}", seconds)
    return Story(installation, str(found))


def gate_of_mail(installation: Installation, message_id: str) -> Gate | None:
    """The gate at which somebody says what this mail is."""
    with installation.services.reading() as session:
        asked = select(Gate).join(Message, Message.id == Gate.message_id)
        return session.scalar(asked.where(Message.message_id == message_id.strip("<>")))


def story_of_mail(installation: Installation, message_id: str) -> Story | None:
    """The order to which this mail belongs."""
    with installation.services.reading() as session:
        asked = select(Order.order_no).join(Message, Message.order_id == Order.id)
        found = session.scalar(asked.where(Message.message_id == message_id.strip("<>")))
    return Story(installation, found) if found else None


@dataclass(frozen=True)
class Operator:
    """Somebody in front of Prefect's pages, who types a name and a code into forms."""

    installation: Installation
    person: str
    last: dict[str, str] = field(default_factory=dict)

    def code(self, *gates: str) -> str:
        """A fresh code for these gates."""
        services = self.installation.services
        with services.writing() as session:
            return issue(session, services, self.person, gates, at=services.now())

    def form(self, gate: Gate, seconds: float = 120) -> Form:
        """The form of this gate, as soon as a run is suspended at it with a key not yet used."""

        def look() -> Form | None:
            return open_form(self.installation, gate.number, unlike=self.last.get(gate.number, ""))

        return until(look, f"the form of {gate.number} ({gate.kind})", seconds)

    def submit(self, form: Form, **fields: str) -> dict[str, Any]:
        """What Prefect's server says to the resume that its page sends."""
        reply = self.installation.prefect.post(
            f"/flow_runs/{form.flow_run_id}/resume", json={"run_input": fields}
        )
        found: dict[str, Any] = reply.raise_for_status().json()
        return found

    def answers(
        self, gate: Gate, decision: str = "approve", *, code: str | None = None, **fields: str
    ) -> Form:
        """The form that was filled in and taken by Prefect."""
        form = self.form(gate)
        said = {
            "decision": decision,
            "approver": self.person,
            "code": self.code(gate.number) if code is None else code,
            "comment": "",
            **fields,
        }
        assert set(said) <= set(form.fields), form.fields
        reply = self.submit(form, **said)
        assert reply["status"] == "ACCEPT", reply
        self.last[gate.number] = form.key
        return form


def open_form(installation: Installation, number: str, *, unlike: str = "") -> Form | None:
    """The form under which a run waits at this gate now, if its key is not `unlike`."""
    for run_id, keys in waiting(installation):
        if keys["response"].startswith(f"suspended-{number.lower()}-"):
            return form_of(installation, run_id, keys) if keys["response"] != unlike else None
    return None


def waiting(installation: Installation) -> Iterator[tuple[str, dict[str, str]]]:
    """Runs that wait with a form: their ids, and the keys under which Prefect keeps the form."""
    runs = {"state": {"type": {"any_": ["PAUSED"]}}}
    found = installation.prefect.post("/flow_runs/filter", json={"flow_runs": runs})
    for run in found.raise_for_status().json():
        keys = (run["state"].get("state_details") or {}).get("run_input_keyset") or {}
        if keys.get("response"):
            yield run["id"], keys


def form_of(installation: Installation, run_id: str, keys: Mapping[str, str]) -> Form | None:
    """The form, read as Prefect's page reads it; None where it is not whole.

    Prefect stores the form's state, fields and briefing one after the other.
    """
    where = f"/flow_runs/{run_id}/input"
    schema = installation.prefect.get(f"{where}/{keys['schema']}")
    briefing = installation.prefect.get(f"{where}/{keys['description']}")
    if not (schema.is_success and briefing.is_success):
        return None
    return Form(
        flow_run_id=run_id,
        key=keys["response"],
        kind=schema.json()["title"].removeprefix("Gate_"),
        fields=schema.json()["properties"],
        briefing=briefing.text,
    )
