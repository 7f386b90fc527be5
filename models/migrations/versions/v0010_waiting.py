"""Questions cost what is due, not what waits; runs that only wait can be parked."""

import sqlalchemy as sa
from alembic import op

revision = "0010_waiting"
down_revision = "0008_mail_variant"
branch_labels = None
depends_on = None

WAITS = "ended_at IS NULL AND parked_at IS NULL AND flow_run_id IS NOT NULL AND lease_until IS NULL"
PARTIAL = (
    ("ix_event_untold", "event", "id", "told_at IS NULL"),
    (
        *("ix_run_start", "run", "start_after"),
        "ended_at IS NULL AND flow_run_id IS NULL AND parked_at IS NULL",
    ),
    (
        *("ix_run_wake", "run", "id"),
        "ended_at IS NULL AND flow_run_id IS NOT NULL AND wake_seq > seen_seq",
    ),
    (
        *("ix_run_lease", "run", "lease_until"),
        "ended_at IS NULL AND flow_run_id IS NOT NULL AND lease_until IS NOT NULL",
    ),
    (
        *("ix_run_show", "run", "id"),
        "order_id IS NOT NULL AND flow_run_id IS NOT NULL AND wake_seq > shown_seq",
    ),
    ("ix_run_waiting", "run", "id", WAITS),
    ("ix_run_waits_since", "run", "waits_since", WAITS),
    ("ix_run_parked", "run", "parked_at", "parked_at IS NOT NULL AND flow_run_id IS NOT NULL"),
)
"""Index, table, column, and the rows that it holds."""


def upgrade() -> None:
    """The tables are as this revision wants them."""
    op.drop_index("ix_run_lease", "run")
    op.drop_index("ix_run_start", "run")
    op.add_column("run", sa.Column("waits_since", sa.DateTime(timezone=True), nullable=True))
    op.add_column("run", sa.Column("parked_at", sa.DateTime(timezone=True), nullable=True))
    # Since when a run of before waits is not known; it was started at this instant or later.
    op.execute(f"UPDATE run SET waits_since = start_after WHERE {WAITS}")  # noqa: S608  # ours
    for name, table, column, where in PARTIAL:
        only = sa.text(where)
        op.create_index(name, table, [column], postgresql_where=only, sqlite_where=only)
    op.create_index("ix_order_next", "order", ["next_action_at", "id"])


def downgrade() -> None:
    """The tables are as before; since when runs wait, and which are parked, is gone."""
    op.drop_index("ix_order_next", "order")
    for name, table, _column, _where in PARTIAL:
        op.drop_index(name, table)
    # The schema of before cannot say "parked": such a run is started, and stands at its gate.
    with op.batch_alter_table("run") as run:
        run.drop_column("parked_at")
        run.drop_column("waits_since")
    op.create_index("ix_run_lease", "run", ["ended_at", "lease_until"])
    op.create_index("ix_run_start", "run", ["ended_at", "flow_run_id", "start_after"])
