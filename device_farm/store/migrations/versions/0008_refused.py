"""what was submitted and makes no unit: it is part of what could not be tested."""

import sqlalchemy as sa
from alembic import op

from device_farm.store import column_types

revision = "0008_refused"
down_revision = "0007_tries"


def upgrade() -> None:
    """Forward."""
    op.create_table(
        "refusals",
        sa.Column("id", column_types.Number, nullable=False),
        sa.Column("campaign_id", column_types.Number, nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("reason_zh", sa.Text(), nullable=False),
        sa.Column("reason_en", sa.Text(), nullable=False),
        sa.Column("refused_at", column_types.Moment(), nullable=False),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaigns.id"], name=op.f("refusals_campaign_id_known")),
        sa.PrimaryKeyConstraint("id", name=op.f("refusals_key")),
    )
    with op.batch_alter_table("refusals", schema=None) as batch_op:
        batch_op.create_index("refusals_campaign", ["campaign_id", "id"], unique=False)


def downgrade() -> None:
    """Back."""
    with op.batch_alter_table("refusals", schema=None) as batch_op:
        batch_op.drop_index("refusals_campaign")
    op.drop_table("refusals")
