"""Documents of an order as PDF bytes, in the customer's language first."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from domain.content import Content, digest, snapshot
from domain.names import Channel, Language
from models.delivery import Acceptance, Delivery
from models.order import Order
from tasks import showing, telling_customer
from tasks.services import Services
from templates.document import pdf
from templates.views import (
    AcceptanceCertificateView,
    CriterionView,
    LineView,
    OrderView,
    PunchView,
    ScopeStatementView,
)

OTHER = {Language.ZH: Language.EN, Language.EN: Language.ZH}


def scope_statement(
    session: Session,
    services: Services,
    order: Order,
    offered: Content,
    n: int,
    changed: tuple[dict[str, Any], ...],
    *,
    at: datetime,
) -> bytes:
    """The scope statement of this version, its hash printed on it."""
    view = ScopeStatementView(
        order=_as_offered(session, services, order, offered, n),
        made_at=at,
        criteria=criteria_of(offered),
        valid_until=(at + timedelta(days=30)).date(),
        changed_lines=tuple(sorted({int(c["line_no"]) for c in changed if c.get("line_no")})),
    )
    return _pdf("scope_statement", view, order)


def _as_offered(
    session: Session, services: Services, order: Order, offered: Content, n: int
) -> OrderView:
    """The order as this version says, not as its rows say."""
    shown = showing.order_view(session, services, order)
    lines = tuple(
        LineView(
            no=each.no,
            item=each.item,
            model=each.model,
            quantity=each.quantity,
            unit=each.unit,
            unit_price=each.unit_price,
            currency=offered.currency if each.unit_price is not None else "",
            due_on=each.due_on,
            criterion=each.criterion,
        )
        for each in offered.lines
    )
    return replace(
        shown,
        lines=lines,
        promised_on=offered.promised_on,
        version=n,
        sha256=digest(snapshot(offered)),
    )


def criteria_of(offered: Content) -> tuple[CriterionView, ...]:
    """Acceptance criteria: what a line says itself, else that it arrives as ordered; then each
    requirement. They come from the version, not from memory."""
    found: list[tuple[str, int | None]] = []
    for each in offered.lines:
        name = " ".join(part for part in (each.item, each.model) if part)
        amount = f"{each.quantity} {each.unit}".strip() if each.quantity is not None else ""
        found.append((each.criterion or f"{name} × {amount}".strip(" ×"), each.no))
    found += [(text, None) for text in offered.requirements]
    return tuple(
        CriterionView(no=number, text=text, line_no=line_no)
        for number, (text, line_no) in enumerate(found, start=1)
    )


def acceptance_certificate(
    session: Session,
    services: Services,
    order: Order,
    accepted: Acceptance,
    delivered: Delivery | None,
    *,
    at: datetime,
) -> bytes:
    """Who accepted what, by which criteria, when and how."""
    view = AcceptanceCertificateView(
        order=showing.order_view(session, services, order),
        made_at=at,
        certificate_no=accepted.certificate_no or "",
        delivery_no=f"{order.order_no}-D{delivered.round if delivered else 1}",
        round=accepted.round,
        result=accepted.result,
        signed_by=accepted.signed_by or "",
        signed_at=accepted.signed_at or at,
        via=Channel(accepted.method or Channel.MAIL),
        criteria=telling_customer.criteria(accepted.criteria),
        punch=tuple(
            PunchView(no=e.no, text=e.text, severity=e.severity, due_on=e.due_on)
            for e in accepted.punch_items
        ),
        package_sha256=delivered.package_sha256 if delivered else "",
        warranty_until=order.warranty_until,
    )
    return _pdf("acceptance_certificate", view, order)


def paper(name: str, view: Any, order: Order) -> bytes:
    """A document of the delivery package."""
    return _pdf(name, view, order)


def _pdf(name: str, view: Any, order: Order) -> bytes:
    language = Language(order.language)
    return pdf(name, view, language, OTHER[language])
