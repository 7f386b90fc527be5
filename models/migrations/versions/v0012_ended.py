"""Runs that ended lately are found without reading all that ever ended."""

import sqlalchemy as sa
from alembic import op

revision = "0012_ended"
down_revision = "0011_words"
branch_labels = None
depends_on = None

ENDED = sa.text("ended_at IS NOT NULL")


def upgrade() -> None:
    """The tables are as this revision wants them."""
    op.create_index("ix_run_ended", "run", ["ended_at"], postgresql_where=ENDED, sqlite_where=ENDED)


def downgrade() -> None:
    """The tables are as before this revision."""
    op.drop_index("ix_run_ended", "run")
