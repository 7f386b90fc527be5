"""The sample company as a whole: there once, or not at all."""

from datetime import datetime, timedelta

from sqlalchemy import select

from models.installation import remember, value
from models.person import PersonRow
from tasks.samples.customers import add_customers
from tasks.samples.history import add_history
from tasks.samples.people import add_people
from tasks.services import Services

FILLED = "samples"
"""The name under which the installation keeps when its samples came."""

KNOWN_SINCE = timedelta(days=900)
"""How long we have known the sample customers."""


def fill(services: Services) -> datetime | None:
    """When the samples came; None where people of a real company are here already.

    All of it is one transaction; a second call changes nothing.
    """
    at = services.now()
    with services.writing() as session:
        before = value(session, FILLED)
        if before is not None:
            return datetime.fromisoformat(before)
        if session.scalar(select(PersonRow.id).limit(1)) is not None:
            return None
        add_people(session, services)
        customers = add_customers(session, at=at - KNOWN_SINCE)
        add_history(session, services, customers, at=at)
        remember(session, FILLED, at.isoformat())
    return at
