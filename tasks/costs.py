"""What an order has cost so far, in the company's currency."""

from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from models import activity as activities
from models.activity import Activity
from models.person import PersonRow

CENT = Decimal("0.01")


def cost_to_date(session: Session, order_id: int) -> Decimal:
    """Hours of work spent so far times the hourly rates of the people."""
    rates = {e.person: e.hourly_rate for e in session.scalars(select(PersonRow))}
    total = Decimal(0)
    for each in activities.of_order(session, order_id):
        total += spent_hours(each) * rates.get(each.person or "", Decimal(0))
    return total.quantize(CENT)


def spent_hours(activity: Activity) -> Decimal:
    """Hours spent: as booked, else what the reports say has been done of the planned work."""
    if activity.spent_hours:
        return activity.spent_hours
    if activity.state == "done":
        return activity.work_hours
    return (activity.work_hours * activity.percent / 100).quantize(CENT)
