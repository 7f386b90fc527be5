"""Planned work and what is reported of it."""

import sqlalchemy as sa
from alembic import op

revision = "0004_work"
down_revision = "0003_decisions"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """The tables are as this revision wants them."""
    op.create_table(
        "activity",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("order_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("wbs", sa.String(length=24), nullable=False),
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("name_zh", sa.String(length=300), nullable=False),
        sa.Column("name_en", sa.String(length=300), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("party", sa.String(length=16), nullable=False),
        sa.Column("skill", sa.String(length=40), nullable=False),
        sa.Column("person", sa.String(length=40), nullable=True),
        sa.Column(
            "work_hours", sa.Numeric(20, 4).with_variant(sa.String(32), "sqlite"), nullable=False
        ),
        sa.Column("milestone", sa.Boolean(), nullable=False),
        sa.Column("checkpoint", sa.Boolean(), nullable=False),
        sa.Column("critical", sa.Boolean(), nullable=False),
        sa.Column("links", sa.JSON(), nullable=False),
        sa.Column("reason", sa.JSON(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("finishes_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("percent", sa.Integer(), nullable=False),
        sa.Column(
            "remaining_hours",
            sa.Numeric(20, 4).with_variant(sa.String(32), "sqlite"),
            nullable=True,
        ),
        sa.Column(
            "spent_hours", sa.Numeric(20, 4).with_variant(sa.String(32), "sqlite"), nullable=False
        ),
        sa.Column("blocked", sa.Text(), nullable=False),
        sa.Column("blocked_party", sa.String(length=16), nullable=False),
        sa.Column("blocked_since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("origin", sa.String(length=120), nullable=False),
        sa.ForeignKeyConstraint(["order_id"], ["order.id"], name=op.f("fk_activity_order_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_activity")),
        sa.UniqueConstraint("order_id", "number", name=op.f("uq_activity_order_id_number")),
    )
    op.create_index(op.f("ix_activity_order_id"), "activity", ["order_id"], unique=False)
    op.create_index(op.f("ix_activity_person"), "activity", ["person"], unique=False)
    op.create_table(
        "baseline",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("order_id", sa.Integer(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finishes_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "work_hours", sa.Numeric(20, 4).with_variant(sa.String(32), "sqlite"), nullable=False
        ),
        sa.Column("cost", sa.Numeric(20, 4).with_variant(sa.String(32), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["order_id"], ["order.id"], name=op.f("fk_baseline_order_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_baseline")),
        sa.UniqueConstraint("order_id", "n", "number", name=op.f("uq_baseline_order_id_n_number")),
    )
    op.create_index(op.f("ix_baseline_order_id"), "baseline", ["order_id"], unique=False)
    op.create_table(
        "progress",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("order_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=254), nullable=False),
        sa.Column("channel", sa.String(length=16), nullable=False),
        sa.Column("percent", sa.Integer(), nullable=True),
        sa.Column(
            "remaining_hours",
            sa.Numeric(20, 4).with_variant(sa.String(32), "sqlite"),
            nullable=True,
        ),
        sa.Column("blocked", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["order_id"], ["order.id"], name=op.f("fk_progress_order_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_progress")),
    )
    op.create_index(op.f("ix_progress_order_id"), "progress", ["order_id"], unique=False)
    op.create_table(
        "risk",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("order_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("text_zh", sa.Text(), nullable=False),
        sa.Column("text_en", sa.Text(), nullable=False),
        sa.Column("probability", sa.Integer(), nullable=False),
        sa.Column("impact", sa.Integer(), nullable=False),
        sa.Column("response_zh", sa.Text(), nullable=False),
        sa.Column("response_en", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(["order_id"], ["order.id"], name=op.f("fk_risk_order_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_risk")),
    )
    op.create_index(op.f("ix_risk_order_id"), "risk", ["order_id"], unique=False)


def downgrade() -> None:
    """The tables are as before this revision; what the new ones held is gone."""
    op.drop_index(op.f("ix_risk_order_id"), table_name="risk")
    op.drop_table("risk")
    op.drop_index(op.f("ix_progress_order_id"), table_name="progress")
    op.drop_table("progress")
    op.drop_index(op.f("ix_baseline_order_id"), table_name="baseline")
    op.drop_table("baseline")
    op.drop_index(op.f("ix_activity_person"), table_name="activity")
    op.drop_index(op.f("ix_activity_order_id"), table_name="activity")
    op.drop_table("activity")
