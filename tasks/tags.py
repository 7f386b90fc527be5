"""How an order's run is named and tagged in the engine."""

from sqlalchemy.orm import Session

from models.order import Order
from tasks.upkeep import waiting_for


def run_name(order: Order) -> str:
    """`SO-2026-00123 · 苏州砺嘉精密`."""
    customer = order.customer_name or order.contact_mail or "?"
    return f"{order.order_no} · {customer}"


def run_tags(session: Session, order: Order) -> tuple[str, ...]:
    """Tags by which operators find the run."""
    tags = [f"order:{order.order_no}", f"stage:{order.stage}"]
    if order.customer is not None:
        tags.append(f"customer:{order.customer.code}")
    waiting = waiting_for(session, order)
    if waiting is not None:
        tags.append(f"waiting:{waiting}")
    if order.priority is not None:
        tags.append(f"priority:{order.priority}")
    return tuple(tags)
