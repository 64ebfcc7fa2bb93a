"""which apps disturbed each other in a shared night."""

import sqlalchemy as sa
from alembic import op

from device_farm.store import column_types

revision = "0005_night"
down_revision = "0004_morning"


def upgrade() -> None:
    """Forward."""
    op.create_table(
        "night_pairs",
        sa.Column("one", sa.String(length=255), nullable=False),
        sa.Column("other", sa.String(length=255), nullable=False),
        sa.Column("found_at", column_types.Moment(), nullable=False),
        sa.PrimaryKeyConstraint("one", "other", name=op.f("night_pairs_key")),
    )
    with op.batch_alter_table("night_pairs", schema=None) as batch_op:
        batch_op.create_index("night_pairs_other", ["other"], unique=False)


def downgrade() -> None:
    """Back."""
    with op.batch_alter_table("night_pairs", schema=None) as batch_op:
        batch_op.drop_index("night_pairs_other")
    op.drop_table("night_pairs")
