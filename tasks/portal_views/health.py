"""Whether the portal can show anything at all."""

from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from tasks.services import Services


def database_answers(services: Services) -> bool:
    """True while the database answers."""
    try:
        with services.reading() as session:
            session.execute(text("SELECT 1"))
    except SQLAlchemyError:
        return False
    return True
