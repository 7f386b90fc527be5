"""The text found in a file that came with a mail."""

import sqlalchemy as sa
from alembic import op

revision = "0011_words"
down_revision = "0010_waiting"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """The tables are as this revision wants them; files of before have no words yet."""
    with op.batch_alter_table("attachment") as attachment:
        attachment.add_column(sa.Column("words", sa.Text(), server_default="", nullable=False))


def downgrade() -> None:
    """The tables are as before this revision; what was read is gone, the files stay."""
    with op.batch_alter_table("attachment") as attachment:
        attachment.drop_column("words")
