"""An order that may have been sent twice: marked for whoever confirms it, never merged."""

from datetime import timedelta

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from domain.likeness import alike
from models.message import Attachment, Message
from models.order import Order
from tasks.content import line_content

WITHIN = timedelta(days=14)
DOCUMENTS = (".pdf", ".xlsx", ".xls", ".xlsm", ".csv", ".docx", ".doc", ".zip", ".rar")
"""Files that may hold an order; the picture of a signature comes with every mail."""


def repeated(session: Session, order: Order) -> str | None:
    """The newest earlier order of the same customer that this one may repeat, by its number.

    The customer's own number counts at any time; the same file or similar lines within 14 days.
    """
    theirs = _of_same_customer(order)
    if theirs is None:
        return None
    before = (
        select(Order.order_no).where(theirs, Order.id < order.id).order_by(Order.id.desc()).limit(1)
    )
    if order.customer_po_no:
        found = session.scalar(before.where(Order.customer_po_no == order.customer_po_no))
        if found:
            return found
    lately = Order.received_at >= order.received_at - WITHIN
    return session.scalar(before.where(lately, _same_file(order))) or _similar(
        session, order, theirs & lately
    )


def _of_same_customer(order: Order) -> ColumnElement[bool] | None:
    if order.customer_id is not None:
        return Order.customer_id == order.customer_id
    return Order.contact_mail == order.contact_mail if order.contact_mail else None


def _same_file(order: Order) -> ColumnElement[bool]:
    files = select(Attachment.sha256).join(Message, Message.id == Attachment.message_id)
    kept = files.where(Attachment.size > 0, _is_document())
    own = kept.where(Message.order_id == order.id)
    again = (
        select(Message.order_id)
        .join(Attachment, Attachment.message_id == Message.id)
        .where(Attachment.sha256.in_(own), Message.order_id.is_not(None))
    )
    return Order.id.in_(again)


def _is_document() -> ColumnElement[bool]:
    first, *others = (Attachment.name.iendswith(each, autoescape=True) for each in DOCUMENTS)
    for each in others:
        first = first | each
    return first


def _similar(session: Session, order: Order, lately: ColumnElement[bool]) -> str | None:
    """The newest of these orders with about the same lines."""
    lines = [line_content(each) for each in order.lines]
    earlier = select(Order).where(lately, Order.id < order.id).order_by(Order.id.desc()).limit(50)
    return next(
        (
            each.order_no
            for each in session.scalars(earlier)
            if alike(lines, [line_content(row) for row in each.lines])
        ),
        None,
    )
