"""Which mail of its purpose an owed one is."""

import sqlalchemy as sa
from alembic import op

revision = "0008_mail_variant"
down_revision = "0007_reviews"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """The tables are as this revision wants them."""
    with op.batch_alter_table("outbox") as outbox:
        outbox.add_column(
            sa.Column("variant", sa.String(length=24), server_default="?", nullable=False)
        )


def downgrade() -> None:
    """The tables are as before this revision; what `variant` held is gone."""
    with op.batch_alter_table("outbox") as outbox:
        outbox.drop_column("variant")
