"""Gates as their pages show them: to us with the briefing, to a customer in their own words."""

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.orm import Session

from domain.errors import BadLink, NotAllowed, UnknownGate
from domain.names import GateKind, GateState, Language, Party, Purpose, Stage, Verdict
from domain.process import CURRENT, PROCESSES
from models import delivery as deliveries
from models import gate as gates
from models.gate import Gate
from models.order import Order
from models.person import person_row
from tasks import approving, links, showing, telling_gate
from tasks.portal_views.files import Paper, papers
from tasks.services import Services
from templates.render import mail
from templates.views import ConfirmationView

GONE = (GateState.SUPERSEDED, GateState.WITHDRAWN)


@dataclass(frozen=True)
class Closed:
    """How a gate was answered; `by` is empty where the reader may not know it."""

    state: GateState
    by: str
    at: datetime | None


@dataclass(frozen=True)
class Guest:
    """Who holds a mailed link, and for which gate; `closed` once it has been answered."""

    gate: str
    kind: GateKind
    order_no: str
    person: str
    name: str
    language: str
    has_authenticator: bool
    closed: Closed | None = None

    @property
    def of_customer(self) -> bool:
        """True for a contact of a customer: they are shown nothing of ours."""
        return "@" in self.person


@dataclass(frozen=True)
class Said:
    """One vote as it is shown."""

    by: str
    acting_for: str
    verdict: Verdict
    channel: str
    comment: str
    at: datetime
    counts: bool


@dataclass(frozen=True)
class Preview:
    """The mail that goes out when the gate is approved."""

    recipient: str
    subject: str
    text: str


@dataclass(frozen=True)
class GatePage:
    """A gate as our own people see it."""

    gate: str
    kind: GateKind
    stage: Stage
    round: int
    order_no: str
    customer: str
    party: Party
    state: GateState
    briefing: str
    note: str
    sha256: str
    asked_by: str
    asked_at: datetime
    due_at: datetime
    overdue: bool
    approvers: tuple[str, ...]
    verdicts: tuple[Verdict, ...]
    only_waits: bool
    records: bool
    may_answer: bool
    acting_for: str
    answered_by: str
    answered_at: datetime | None
    comment: str
    votes: tuple[Said, ...]
    papers: tuple[Paper, ...]
    preview: Preview | None
    prefect_url: str
    zone: str


def guest(services: Services, token: str) -> Guest:
    """Who holds the link. Raises BadLink (forged, expired, superseded) or NotAllowed."""
    granted = links.read(services, links.GATE, token)
    with services.reading() as session:
        try:
            gate = gates.numbered(session, granted.subject)
        except UnknownGate:
            raise BadLink("forged") from None
        if not gate.subject_sha256.startswith(granted.sha256) or gate.state in GONE:
            raise BadLink("superseded")
        if gate.state == GateState.EXPIRED:
            raise BadLink("expired")
        order = session.get(Order, gate.order_id) if gate.order_id else None
        return _holder(session, services, gate, order, granted.person.lower())


def language_of_link(services: Services, token: str) -> str | None:
    """The language of whoever the link was sent to, as far as the link is genuine."""
    try:
        granted = links.read(services, links.GATE, token)
    except BadLink:
        return None
    with services.reading() as session:
        row = person_row(session, granted.person)
        if row is not None:
            return row.language
        try:
            gate = gates.numbered(session, granted.subject)
        except UnknownGate:
            return None
        order = session.get(Order, gate.order_id) if gate.order_id else None
        return order.language if order else None


def _holder(
    session: Session, services: Services, gate: Gate, order: Order | None, person: str
) -> Guest:
    number = order.order_no if order else "–"
    allowed = approving.allowed(session, services, gate)
    kind = GateKind(gate.kind)
    if "@" in person:
        if person not in allowed or order is None:
            raise NotAllowed(gate.number, number, person, "not_a_contact")
        name, language = order.contact_name, order.language
        ended = _closed(gate, for_customer=True)
        return Guest(gate.number, kind, number, person, name, language, False, ended)
    row = person_row(session, person)
    if row is None or not (row.person in allowed or _recorded_by_us(gate)):
        raise NotAllowed(gate.number, number, person, "not_an_approver")
    enrolled, ended = row.totp_secret is not None, _closed(gate, for_customer=False)
    return Guest(gate.number, kind, number, row.person, row.name, row.language, enrolled, ended)


def _closed(gate: Gate, *, for_customer: bool) -> Closed | None:
    """How the gate ended. A customer is told of their own people, never of ours by name."""
    if gate.state == GateState.OPEN:
        return None
    by = gate.answered_by or ""
    shown = by if not for_customer or "@" in by else ""
    return Closed(GateState(gate.state), shown, gate.answered_at)


def gate_page(services: Services, number: str, person: str) -> GatePage:
    """The gate as this person of ours sees it, open or not."""
    with services.reading() as session:
        gate = gates.numbered(session, number)
        order = session.get(Order, gate.order_id) if gate.order_id else None
        allowed = approving.ours(session, services, gate, order)
        records = _recorded_by_us(gate)
        return GatePage(
            gate=gate.number,
            kind=GateKind(gate.kind),
            stage=Stage(gate.stage),
            round=gate.round,
            order_no=order.order_no if order else "",
            customer=order.customer_name if order else "",
            party=Party(gate.party),
            state=GateState(gate.state),
            briefing=gate.briefing,
            note=gate.note,
            sha256=gate.subject_sha256,
            asked_by=gate.requested_by,
            asked_at=gate.asked_at,
            due_at=gate.due_at,
            overdue=gate.state == GateState.OPEN and gate.due_at <= services.now(),
            approvers=tuple(sorted(approving.allowed(session, services, gate))),
            verdicts=offered(order, gate),
            only_waits=approving.only_waits(order, gate),
            records=records,
            may_answer=records or person in allowed,
            acting_for=_other(allowed.get(person, person), person),
            answered_by=gate.answered_by or "",
            answered_at=gate.answered_at,
            comment=gate.comment,
            votes=votes(gate),
            papers=papers(session, services, order.id, person) if order else (),
            preview=_preview(session, services, order, gate),
            prefect_url=showing.prefect_url(session, services, gate),
            zone=services.settings.company.timezone,
        )


def offered(order: Order | None, gate: Gate) -> tuple[Verdict, ...]:
    """The verdicts that the gate takes, in a fixed order."""
    process = order.process if order else PROCESSES[CURRENT]
    answers = process.gate(GateKind(gate.kind), Stage(gate.stage)).answers
    return tuple(each for each in Verdict if each in answers)


def votes(gate: Gate) -> tuple[Said, ...]:
    """What has been said at the gate, oldest first."""
    return tuple(
        Said(
            by=each.by,
            acting_for=each.acting_for or "",
            verdict=Verdict(each.verdict),
            channel=each.channel,
            comment=each.comment,
            at=each.at,
            counts=each.counts,
        )
        for each in gate.votes
    )


def _preview(
    session: Session, services: Services, order: Order | None, gate: Gate
) -> Preview | None:
    """The confirmation as the customer will get it; its link and date belong to the next gate."""
    if gate.kind != GateKind.CONFIRM or order is None or gate.state != GateState.OPEN:
        return None
    reader, at = telling_gate.contact(order), services.now()
    letters = telling_gate.confirmation(session, services, order, gate, reader, at)
    letter = letters[0] if letters else None
    if letter is None or not isinstance(letter.view, ConfirmationView):
        return None
    until = services.due(session, 80, at=at)
    link = f"{services.settings.public_url}/gate/…" if letter.view.link else ""
    view = replace(letter.view, link=link, answer_by=until)
    said = mail(Purpose.CONFIRMATION, None, Language(order.language), view)
    return Preview(letter.recipient, said.subject, said.text)


def _recorded_by_us(gate: Gate) -> bool:
    return gate.kind in approving.CUSTOMER_DECIDES


def _other(person: str, than: str) -> str:
    return person if person != than else ""


def newest_paper(
    session: Session, services: Services, order: Order, kind: str, person: str
) -> tuple[Paper, ...]:
    """The newest document of this kind as this person is offered it."""
    found = deliveries.newest(session, order.id, kind)
    every = papers(session, services, order.id, person)
    return tuple(each for each in every if found and each.sha256 == found.sha256)[-1:]
