"""Orders: their content, its versions, their history."""

import sqlalchemy as sa
from alembic import op

revision = "0002_orders"
down_revision = "0001_initial"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """The tables are as this revision wants them."""
    op.create_table(
        "order",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("order_no", sa.String(length=20), nullable=False),
        sa.Column("process_version", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=24), nullable=False),
        sa.Column("held_state", sa.String(length=24), nullable=True),
        sa.Column("stage", sa.String(length=16), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("rounds", sa.JSON(), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("channel", sa.String(length=16), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=True),
        sa.Column("contact_id", sa.Integer(), nullable=True),
        sa.Column("customer_name", sa.String(length=200), nullable=False),
        sa.Column("contact_name", sa.String(length=120), nullable=False),
        sa.Column("contact_mail", sa.String(length=254), nullable=False),
        sa.Column("contact_phone", sa.String(length=60), nullable=False),
        sa.Column("customer_po_no", sa.String(length=120), nullable=False),
        sa.Column("delivery_place", sa.String(length=400), nullable=False),
        sa.Column("requested_on", sa.Date(), nullable=True),
        sa.Column("open_date", sa.Boolean(), nullable=False),
        sa.Column("promised_on", sa.Date(), nullable=True),
        sa.Column("amount", sa.Numeric(20, 4).with_variant(sa.String(32), "sqlite"), nullable=True),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("budget", sa.Numeric(20, 4).with_variant(sa.String(32), "sqlite"), nullable=True),
        sa.Column("urgency", sa.String(length=16), nullable=True),
        sa.Column("no_special_requirements", sa.Boolean(), nullable=False),
        sa.Column("sources", sa.JSON(), nullable=False),
        sa.Column("questions", sa.JSON(), nullable=False),
        sa.Column("order_type", sa.String(length=32), nullable=True),
        sa.Column("priority", sa.String(length=2), nullable=True),
        sa.Column("score", sa.Numeric(20, 4).with_variant(sa.String(32), "sqlite"), nullable=True),
        sa.Column("score_parts", sa.JSON(), nullable=False),
        sa.Column("blueprint", sa.String(length=64), nullable=True),
        sa.Column("owner", sa.String(length=40), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state_since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("next_action", sa.String(length=120), nullable=False),
        sa.Column("next_action_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("hold_reason", sa.Text(), nullable=True),
        sa.Column("hold_party", sa.String(length=16), nullable=True),
        sa.Column("cancel_reason", sa.Text(), nullable=True),
        sa.Column("duplicate_of", sa.String(length=20), nullable=True),
        sa.Column("warranty_until", sa.Date(), nullable=True),
        sa.Column("sample", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["contact_id"], ["contact.id"], name=op.f("fk_order_contact_id")),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customer.id"], name=op.f("fk_order_customer_id")
        ),
        sa.ForeignKeyConstraint(["owner"], ["person.person"], name=op.f("fk_order_owner")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_order")),
        sa.UniqueConstraint("order_no", name=op.f("uq_order_order_no")),
    )
    op.create_index(op.f("ix_order_customer_id"), "order", ["customer_id"], unique=False)
    op.create_index(op.f("ix_order_customer_po_no"), "order", ["customer_po_no"], unique=False)
    op.create_index("ix_order_open", "order", ["state", "next_action_at"], unique=False)
    op.create_index(op.f("ix_order_owner"), "order", ["owner"], unique=False)
    op.create_table(
        "event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("order_id", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor", sa.String(length=254), nullable=False),
        sa.Column("channel", sa.String(length=16), nullable=False),
        sa.Column("payload", sa.JSON(), nullable=False),
        sa.Column("prev_hash", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["order_id"], ["order.id"], name=op.f("fk_event_order_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event")),
        sa.UniqueConstraint("order_id", "seq", name=op.f("uq_event_order_id_seq")),
    )
    op.create_index(op.f("ix_event_at"), "event", ["at"], unique=False)
    op.create_table(
        "line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("order_id", sa.Integer(), nullable=False),
        sa.Column("line_no", sa.Integer(), nullable=False),
        sa.Column("item", sa.String(length=300), nullable=False),
        sa.Column("model", sa.String(length=300), nullable=False),
        sa.Column(
            "quantity", sa.Numeric(20, 4).with_variant(sa.String(32), "sqlite"), nullable=True
        ),
        sa.Column("unit", sa.String(length=20), nullable=False),
        sa.Column(
            "unit_price", sa.Numeric(20, 4).with_variant(sa.String(32), "sqlite"), nullable=True
        ),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("criterion", sa.Text(), nullable=False),
        sa.Column("delivered", sa.Boolean(), nullable=False),
        sa.Column("accepted", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["order_id"], ["order.id"], name=op.f("fk_line_order_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_line")),
    )
    op.create_index(op.f("ix_line_order_id"), "line", ["order_id"], unique=False)
    op.create_table(
        "order_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("order_id", sa.Integer(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("snapshot", sa.JSON(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("differences", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["order_id"], ["order.id"], name=op.f("fk_order_version_order_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_order_version")),
        sa.UniqueConstraint("order_id", "n", name=op.f("uq_order_version_order_id_n")),
    )
    op.create_index(op.f("ix_order_version_order_id"), "order_version", ["order_id"], unique=False)
    op.create_table(
        "requirement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("order_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=16), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("source", sa.String(length=300), nullable=False),
        sa.Column("criterion", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(["order_id"], ["order.id"], name=op.f("fk_requirement_order_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_requirement")),
    )
    op.create_index(op.f("ix_requirement_order_id"), "requirement", ["order_id"], unique=False)
    op.create_table(
        "step",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("order_id", sa.Integer(), nullable=False),
        sa.Column("stage", sa.String(length=16), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("event", sa.String(length=40), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("committed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["order_id"], ["order.id"], name=op.f("fk_step_order_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_step")),
        sa.UniqueConstraint(
            "order_id", "stage", "round", name=op.f("uq_step_order_id_stage_round")
        ),
    )


def downgrade() -> None:
    """The tables are as before this revision; what the new ones held is gone."""
    op.drop_table("step")
    op.drop_index(op.f("ix_requirement_order_id"), table_name="requirement")
    op.drop_table("requirement")
    op.drop_index(op.f("ix_order_version_order_id"), table_name="order_version")
    op.drop_table("order_version")
    op.drop_index(op.f("ix_line_order_id"), table_name="line")
    op.drop_table("line")
    op.drop_index(op.f("ix_event_at"), table_name="event")
    op.drop_table("event")
    op.drop_index(op.f("ix_order_owner"), table_name="order")
    op.drop_index("ix_order_open", table_name="order")
    op.drop_index(op.f("ix_order_customer_po_no"), table_name="order")
    op.drop_index(op.f("ix_order_customer_id"), table_name="order")
    op.drop_table("order")
