"""Whether a database has exactly the tables that the models describe."""

from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext

from models import base
from models.migrations import options
from models.tables import METADATA


def differences(url: str) -> list[str]:
    """What the database has otherwise than the models, a line each; empty when they agree."""
    engine = base.engine(url)
    try:
        with engine.connect() as connection:
            context = MigrationContext.configure(connection, opts=options(connection))
            return [repr(each) for each in compare_metadata(context, METADATA)]
    finally:
        engine.dispose()
