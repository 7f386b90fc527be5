"""Runs, due actions, owed mails."""

import sqlalchemy as sa
from alembic import op

revision = "0006_engine"
down_revision = "0005_handing_over"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """The tables are as this revision wants them."""
    op.create_table(
        "run",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("order_id", sa.Integer(), nullable=True),
        sa.Column("gate_id", sa.Integer(), nullable=True),
        sa.Column("leg", sa.Integer(), nullable=False),
        sa.Column("flow_run_id", sa.String(length=40), nullable=True),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("boot", sa.String(length=40), nullable=False),
        sa.Column("wake_seq", sa.Integer(), nullable=False),
        sa.Column("seen_seq", sa.Integer(), nullable=False),
        sa.Column("shown_seq", sa.Integer(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("start_after", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["order_id"], ["order.id"], name=op.f("fk_run_order_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_run")),
        sa.UniqueConstraint("gate_id", name=op.f("uq_run_gate_id")),
        sa.UniqueConstraint("order_id", name=op.f("uq_run_order_id")),
    )
    op.create_index(op.f("ix_run_flow_run_id"), "run", ["flow_run_id"], unique=False)
    op.create_index("ix_run_lease", "run", ["ended_at", "lease_until"], unique=False)
    op.create_index("ix_run_start", "run", ["ended_at", "flow_run_id", "start_after"], unique=False)
    op.create_table(
        "outbox",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("order_id", sa.Integer(), nullable=True),
        sa.Column("gate_id", sa.Integer(), nullable=True),
        sa.Column("purpose", sa.String(length=24), nullable=False),
        sa.Column("sender", sa.String(length=254), nullable=False),
        sa.Column("recipient", sa.String(length=254), nullable=False),
        sa.Column("subject", sa.String(length=400), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("message_id", sa.String(length=300), nullable=False),
        sa.Column("raw", sa.LargeBinary(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("next_try_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("claimed_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("error", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["gate_id"], ["gate.id"], name=op.f("fk_outbox_gate_id")),
        sa.ForeignKeyConstraint(["order_id"], ["order.id"], name=op.f("fk_outbox_order_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox")),
        sa.UniqueConstraint("key", name=op.f("uq_outbox_key")),
        sa.UniqueConstraint("message_id", name=op.f("uq_outbox_message_id")),
    )
    op.create_index("ix_outbox_due", "outbox", ["state", "next_try_at"], unique=False)
    op.create_index(op.f("ix_outbox_order_id"), "outbox", ["order_id"], unique=False)
    op.create_table(
        "timer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=160), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("order_id", sa.Integer(), nullable=True),
        sa.Column("gate_id", sa.Integer(), nullable=True),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("payload", sa.JSON(), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["gate_id"], ["gate.id"], name=op.f("fk_timer_gate_id")),
        sa.ForeignKeyConstraint(["order_id"], ["order.id"], name=op.f("fk_timer_order_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_timer")),
        sa.UniqueConstraint("key", name=op.f("uq_timer_key")),
    )
    op.create_index("ix_timer_due", "timer", ["done_at", "due_at"], unique=False)
    op.create_index(op.f("ix_timer_gate_id"), "timer", ["gate_id"], unique=False)
    op.create_index(op.f("ix_timer_order_id"), "timer", ["order_id"], unique=False)


def downgrade() -> None:
    """The tables are as before this revision; what the new ones held is gone."""
    op.drop_index(op.f("ix_timer_order_id"), table_name="timer")
    op.drop_index(op.f("ix_timer_gate_id"), table_name="timer")
    op.drop_index("ix_timer_due", table_name="timer")
    op.drop_table("timer")
    op.drop_index(op.f("ix_outbox_order_id"), table_name="outbox")
    op.drop_index("ix_outbox_due", table_name="outbox")
    op.drop_table("outbox")
    op.drop_index("ix_run_start", table_name="run")
    op.drop_index("ix_run_lease", table_name="run")
    op.drop_index(op.f("ix_run_flow_run_id"), table_name="run")
    op.drop_table("run")
