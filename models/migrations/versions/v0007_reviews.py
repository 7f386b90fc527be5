"""Reviews of all orders."""

import sqlalchemy as sa
from alembic import op

revision = "0007_reviews"
down_revision = "0006_engine"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """The tables are as this revision wants them."""
    op.create_table(
        "review",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("period", sa.String(length=16), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("snapshot", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review")),
        sa.UniqueConstraint("kind", "period", name=op.f("uq_review_kind_period")),
    )


def downgrade() -> None:
    """The tables are as before this revision; what the new ones held is gone."""
    op.drop_table("review")
