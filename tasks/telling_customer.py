"""Mails to the customer."""

from datetime import datetime

from sqlalchemy.orm import Session

from domain.names import Event, Purpose
from domain.worktime import local_date
from models import delivery as deliveries
from models import gate as gates
from models.gate import Gate
from models.order import Order
from tasks import showing
from tasks.approving import CUSTOMER_DECIDES
from tasks.post import Letter, enclosure
from tasks.services import Services
from templates.views import (
    AskedView,
    CertificateView,
    ChangeView,
    CriterionView,
    DeliveryView,
    FileView,
    NewsView,
    QuestionView,
    ReceivedView,
)
from templates.views.customer import CustomerMail


def letter_to(
    order: Order,
    purpose: Purpose,
    view: CustomerMail,
    key: str,
    *,
    variant: str | None = None,
    gate: Gate | None = None,
) -> Letter:
    """A letter to the order's contact in the order's language."""
    return Letter(
        key=key,
        purpose=purpose,
        recipient=order.contact_mail,
        recipient_name=order.contact_name,
        language=order.language,
        view=view,
        variant=variant,
        gate_id=gate.id if gate else None,
    )


def received(
    session: Session, services: Services, order: Order, event: Event, at: datetime
) -> list[Letter]:
    """The order is here and complete; once per order."""
    if not order.contact_mail:
        return []
    view = ReceivedView(
        order=showing.order_view(session, services, order),
        to=order.contact_name,
        confirm_by=services.due(session, 4, at=at),
    )
    return [letter_to(order, Purpose.RECEIVED, view, "received")]


def question(
    session: Session, services: Services, order: Order, event: Event, at: datetime
) -> list[Letter]:
    """What we understood, and only the gaps, one numbered question each."""
    view = AskedView(
        order=showing.order_view(session, services, order),
        to=order.contact_name,
        questions=questions(order),
        answer_by=services.due(session, 16, at=at),
    )
    return [letter_to(order, Purpose.QUESTION, view, f"question:{order.round}")]


def questions(order: Order) -> tuple[QuestionView, ...]:
    """The order's open questions as the customer reads them."""
    made = []
    for number, key in enumerate(order.questions, start=1):
        name, _, line_no = str(key).partition(":")
        line = next((e for e in order.lines if line_no and e.line_no == int(line_no)), None)
        source = order.sources.get(name, {})
        made.append(
            QuestionView(
                no=number,
                field=name,
                line_no=line.line_no if line else None,
                item=" ".join(p for p in (line.item, line.model) if p) if line else "",
                written=str(source.get("written", "")) if isinstance(source, dict) else "",
                alternatives=tuple(source.get("alternatives", ()))
                if isinstance(source, dict)
                else (),
            )
        )
    return tuple(made)


def changes(differences: list[dict[str, str]]) -> tuple[ChangeView, ...]:
    """Differences of two versions as they are shown."""
    return tuple(
        ChangeView(
            what=each["what"],
            before=each["before"] or None,
            after=each["after"] or None,
            line_no=int(each["line_no"]) if each.get("line_no") else None,
        )
        for each in differences
    )


def delivery(
    session: Session, services: Services, order: Order, event: Event, at: datetime
) -> list[Letter]:
    """What was delivered, file by file, with the package's hash."""
    made = deliveries.last_delivery(session, order.id)
    if made is None or not order.contact_mail:
        return []
    view = _delivery_view(session, services, order, made)
    letter = letter_to(order, Purpose.DELIVERY, view, f"delivery:{made.round}")
    papers = [
        enclosure(session, each.name, each.mime, each.sha256)
        for each in deliveries.documents(session, order.id)
        if each.sha256 in {str(f["sha256"]) for f in made.manifest}
    ]
    return [_with(letter, *papers)]


def _delivery_view(
    session: Session, services: Services, order: Order, made: deliveries.Delivery
) -> DeliveryView:
    return DeliveryView(
        order=showing.order_view(session, services, order),
        to=order.contact_name,
        delivery_no=f"{order.order_no}-D{made.round}",
        round=made.round,
        delivered_at=made.delivered_at,
        lines=showing.lines(order),
        files=files(made.manifest),
        package_sha256=made.package_sha256,
    )


def receipt_reminder(
    session: Session, services: Services, order: Order, made: deliveries.Delivery
) -> Letter:
    """Has it arrived? Without the papers, which the customer has already."""
    view = _delivery_view(session, services, order, made)
    key = f"delivery:{made.round}:reminder"
    return letter_to(order, Purpose.DELIVERY, view, key, variant="reminder")


def files(manifest: list[dict[str, object]]) -> tuple[FileView, ...]:
    """The files of a manifest as they are shown."""
    return tuple(
        FileView(
            name=str(each["name"]),
            size=int(str(each["size"])),
            sha256=str(each["sha256"]),
            kind=str(each.get("kind", "")),
        )
        for each in manifest
    )


def criteria(stored: list[dict[str, object]]) -> tuple[CriterionView, ...]:
    """Acceptance criteria as they are shown."""
    return tuple(
        CriterionView(
            no=number,
            text=str(each["text"]),
            line_no=int(str(each["line_no"])) if each.get("line_no") else None,
            result=str(each.get("result", "")),
        )
        for number, each in enumerate(stored, start=1)
    )


def certificate(
    session: Session, services: Services, order: Order, event: Event, at: datetime
) -> list[Letter]:
    """The acceptance is certified, with the certificate enclosed."""
    accepted = deliveries.last_acceptance(session, order.id)
    paper = deliveries.newest(session, order.id, "acceptance_certificate")
    if accepted is None or paper is None or accepted.signed_at is None or not order.contact_mail:
        return []
    view = CertificateView(
        order=showing.order_view(session, services, order),
        to=order.contact_name,
        certificate_no=accepted.certificate_no or "",
        accepted_at=accepted.signed_at,
        accepted_by=accepted.signed_by or "",
        warranty_until=order.warranty_until,
    )
    made = letter_to(order, Purpose.CERTIFICATE, view, f"certificate:{accepted.round}")
    return [_with(made, enclosure(session, paper.name, paper.mime, paper.sha256))]


NEWS = {
    Event.ORDER_REFUSED: "refused",
    Event.ORDER_CANCELLED: "cancelled",
    Event.ORDER_HELD: "held",
    Event.ORDER_RESUMED: "resumed",
}


def notice(
    session: Session, services: Services, order: Order, event: Event, at: datetime
) -> list[Letter]:
    """The customer knows what has become of the order; never why we say so among ourselves."""
    if not order.contact_mail:
        return []
    asked = [g for g in gates.open_gates(session, order.id) if g.kind in CUSTOMER_DECIDES]
    goes_on = event is Event.ORDER_RESUMED and asked
    view = NewsView(
        order=showing.order_view(session, services, order),
        to=order.contact_name,
        until=local_date(services.calendar(session), asked[0].due_at) if goes_on else None,
    )
    key = f"{NEWS[event]}:{order.row_version}"
    return [letter_to(order, Purpose.NOTICE, view, key, variant=NEWS[event])]


def _with(letter: Letter, *enclosed: object) -> Letter:
    return Letter(**{**vars(letter), "enclosures": tuple(enclosed)})
