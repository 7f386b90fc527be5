"""The signed address of an order's schedule picture on our own portal."""

from datetime import datetime, timedelta

from tasks import links
from tasks.services import Services

PICTURE = "picture"


def picture_url(services: Services, order_no: str, at: datetime) -> str:
    """Where a briefing finds the newest schedule of the order; good for a month."""
    until = at + timedelta(days=links.DAYS_VALID)
    granted = links.Pass(PICTURE, order_no, "", "", until)
    token = links.token(services, granted)
    base = services.settings.public_url
    return f"{base}/pictures/{order_no}/schedule.svg?t={token}"
