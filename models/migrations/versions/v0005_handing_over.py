"""Handing over and looking back."""

import sqlalchemy as sa
from alembic import op

revision = "0005_handing_over"
down_revision = "0004_work"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """The tables are as this revision wants them."""
    op.create_table(
        "acceptance",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("order_id", sa.Integer(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("order_version", sa.Integer(), nullable=False),
        sa.Column("criteria", sa.JSON(), nullable=False),
        sa.Column("result", sa.String(length=24), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("signed_by", sa.String(length=254), nullable=True),
        sa.Column("method", sa.String(length=16), nullable=True),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("certificate_no", sa.String(length=40), nullable=True),
        sa.ForeignKeyConstraint(["order_id"], ["order.id"], name=op.f("fk_acceptance_order_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_acceptance")),
        sa.UniqueConstraint("order_id", "round", name=op.f("uq_acceptance_order_id_round")),
    )
    op.create_index(op.f("ix_acceptance_order_id"), "acceptance", ["order_id"], unique=False)
    op.create_table(
        "archive",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("order_id", sa.Integer(), nullable=False),
        sa.Column("manifest", sa.JSON(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("keep_until", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["order_id"], ["order.id"], name=op.f("fk_archive_order_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_archive")),
        sa.UniqueConstraint("order_id", name=op.f("uq_archive_order_id")),
    )
    op.create_table(
        "delivery",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("order_id", sa.Integer(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("manifest", sa.JSON(), nullable=False),
        sa.Column("package_sha256", sa.String(length=64), nullable=False),
        sa.Column("delivered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("received_by", sa.String(length=254), nullable=True),
        sa.ForeignKeyConstraint(["order_id"], ["order.id"], name=op.f("fk_delivery_order_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delivery")),
        sa.UniqueConstraint("order_id", "round", name=op.f("uq_delivery_order_id_round")),
    )
    op.create_index(op.f("ix_delivery_order_id"), "delivery", ["order_id"], unique=False)
    op.create_table(
        "document",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("order_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("mime", sa.String(length=80), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("customer_visible", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["order_id"], ["order.id"], name=op.f("fk_document_order_id")),
        sa.ForeignKeyConstraint(["sha256"], ["blob.sha256"], name=op.f("fk_document_sha256")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document")),
        sa.UniqueConstraint(
            "order_id", "kind", "version", name=op.f("uq_document_order_id_kind_version")
        ),
    )
    op.create_index(op.f("ix_document_order_id"), "document", ["order_id"], unique=False)
    op.create_table(
        "improvement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("order_id", sa.Integer(), nullable=False),
        sa.Column("order_type", sa.String(length=32), nullable=False),
        sa.Column("node", sa.String(length=40), nullable=False),
        sa.Column(
            "extra_hours", sa.Numeric(20, 4).with_variant(sa.String(32), "sqlite"), nullable=False
        ),
        sa.Column("text_zh", sa.Text(), nullable=False),
        sa.Column("text_en", sa.Text(), nullable=False),
        sa.Column("owner", sa.String(length=40), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["order_id"], ["order.id"], name=op.f("fk_improvement_order_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_improvement")),
    )
    op.create_index(op.f("ix_improvement_order_id"), "improvement", ["order_id"], unique=False)
    op.create_table(
        "lesson",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("order_id", sa.Integer(), nullable=False),
        sa.Column("order_type", sa.String(length=32), nullable=False),
        sa.Column("text_zh", sa.Text(), nullable=False),
        sa.Column("text_en", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["order_id"], ["order.id"], name=op.f("fk_lesson_order_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lesson")),
    )
    op.create_index(op.f("ix_lesson_order_id"), "lesson", ["order_id"], unique=False)
    op.create_index(op.f("ix_lesson_order_type"), "lesson", ["order_type"], unique=False)
    op.create_table(
        "retrospective",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("order_id", sa.Integer(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["order_id"], ["order.id"], name=op.f("fk_retrospective_order_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_retrospective")),
        sa.UniqueConstraint("order_id", "round", name=op.f("uq_retrospective_order_id_round")),
    )
    op.create_index(op.f("ix_retrospective_order_id"), "retrospective", ["order_id"], unique=False)
    op.create_table(
        "survey",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("order_id", sa.Integer(), nullable=False),
        sa.Column("contact_mail", sa.String(length=254), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("comment", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["order_id"], ["order.id"], name=op.f("fk_survey_order_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_survey")),
        sa.UniqueConstraint(
            "order_id", "contact_mail", name=op.f("uq_survey_order_id_contact_mail")
        ),
    )
    op.create_index(op.f("ix_survey_order_id"), "survey", ["order_id"], unique=False)
    op.create_table(
        "punch_item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("acceptance_id", sa.Integer(), nullable=False),
        sa.Column("no", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("severity", sa.String(length=12), nullable=False),
        sa.Column("activity_number", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["acceptance_id"], ["acceptance.id"], name=op.f("fk_punch_item_acceptance_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_punch_item")),
    )
    op.create_index(
        op.f("ix_punch_item_acceptance_id"), "punch_item", ["acceptance_id"], unique=False
    )


def downgrade() -> None:
    """The tables are as before this revision; what the new ones held is gone."""
    op.drop_index(op.f("ix_punch_item_acceptance_id"), table_name="punch_item")
    op.drop_table("punch_item")
    op.drop_index(op.f("ix_survey_order_id"), table_name="survey")
    op.drop_table("survey")
    op.drop_index(op.f("ix_retrospective_order_id"), table_name="retrospective")
    op.drop_table("retrospective")
    op.drop_index(op.f("ix_lesson_order_type"), table_name="lesson")
    op.drop_index(op.f("ix_lesson_order_id"), table_name="lesson")
    op.drop_table("lesson")
    op.drop_index(op.f("ix_improvement_order_id"), table_name="improvement")
    op.drop_table("improvement")
    op.drop_index(op.f("ix_document_order_id"), table_name="document")
    op.drop_table("document")
    op.drop_index(op.f("ix_delivery_order_id"), table_name="delivery")
    op.drop_table("delivery")
    op.drop_table("archive")
    op.drop_index(op.f("ix_acceptance_order_id"), table_name="acceptance")
    op.drop_table("acceptance")
