"""Notices to our own people: somebody should know, or do something."""

from datetime import datetime

from sqlalchemy.orm import Session

from domain.names import Purpose, Role
from models.order import Order
from models.outbox import Owed
from models.person import PersonRow, people, person_row
from tasks.post import Letter, post
from tasks.services import Services
from tasks.showing import order_view
from templates.views import AlertView


def codes_blocked(session: Session, services: Services, person: str, *, at: datetime) -> None:
    """The person knows that wrong codes were given in their name."""
    row = person_row(session, person)
    if row is not None:
        view = AlertView(to=row.name, person=row.person, minutes=15)
        key = f"codes_blocked:{row.person}:{at:%Y%m%d%H}{at.minute // 15}"
        _send(session, services, None, row, "code_blocked", key, view, at=at)


def mail_failed(session: Session, services: Services, owed: Owed, *, at: datetime) -> None:
    """The order's owner (else the administrators) knows that a mail did not arrive."""
    order = session.get(Order, owed.order_id) if owed.order_id else None
    for row in _responsible(session, order):
        if row.mail.lower() == owed.recipient.lower():
            continue  # a notice to an address that fails would fail as well
        view = AlertView(
            to=row.name,
            order=order_view(session, services, order) if order else None,
            recipient=owed.recipient,
            subject=owed.subject,
            reason=owed.error[:300],
        )
        key = f"mail_failed:{owed.id}"
        _send(session, services, order, row, "mail_failed", key, view, at=at)


def tell(
    session: Session,
    services: Services,
    order: Order,
    row: PersonRow,
    key: str,
    item: str,
    *,
    at: datetime,
) -> None:
    """The person knows one thing about the order."""
    view = AlertView(to=row.name, order=order_view(session, services, order), items=(item,))
    _send(session, services, order, row, "finding", key, view, at=at)


def tell_owner(
    session: Session,
    services: Services,
    order: Order,
    variant: str,
    key: str,
    items: tuple[str, ...],
    *,
    at: datetime,
) -> None:
    """The order's owner knows what was found."""
    row = person_row(session, order.owner)
    if row is not None:
        view = AlertView(to=row.name, order=order_view(session, services, order), items=items)
        _send(session, services, order, row, variant, key, view, at=at)


def _responsible(session: Session, order: Order | None) -> list[PersonRow]:
    if order is not None:
        row = person_row(session, order.owner)
        return [row] if row is not None else []
    found = [person_row(session, p.person) for p in people(session) if Role.ADMIN in p.roles]
    return [each for each in found if each is not None]


def _send(
    session: Session,
    services: Services,
    order: Order | None,
    row: PersonRow,
    variant: str,
    key: str,
    view: AlertView,
    *,
    at: datetime,
) -> None:
    letter = Letter(
        key=key,
        purpose=Purpose.NOTICE,
        recipient=row.mail,
        recipient_name=row.name,
        language=row.language,
        view=view,
        variant=variant,
    )
    post(session, services, order, letter, at=at)
