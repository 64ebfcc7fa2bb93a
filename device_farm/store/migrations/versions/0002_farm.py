"""hosts, settings, the version that submitted a unit, and the feeder's way through the units."""

import sqlalchemy as sa
from alembic import op

from device_farm.store import column_types

revision = "0002_farm"
down_revision = "0001"


def upgrade() -> None:
    """Forward."""
    op.create_table(
        "hosts",
        sa.Column("id", column_types.Number, nullable=False),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("version", sa.String(length=40), nullable=False),
        sa.Column("clock_off", sa.Double(), nullable=False),
        sa.Column("phones", sa.Integer(), nullable=False),
        sa.Column("draining", sa.Boolean(), nullable=False),
        sa.Column("reason_zh", sa.Text(), nullable=False),
        sa.Column("reason_en", sa.Text(), nullable=False),
        sa.Column("seen_at", column_types.Moment(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("hosts_key")),
        sa.UniqueConstraint("name", name=op.f("hosts_name_once")),
    )
    op.create_table(
        "settings",
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("settings_key")),
    )
    with op.batch_alter_table("units", schema=None) as batch_op:
        batch_op.add_column(sa.Column("version", sa.String(length=40), nullable=False, server_default=""))
        batch_op.create_index("units_feed", ["state", "campaign_id", "requirement", "priority", "id"], unique=False)


def downgrade() -> None:
    """Back."""
    with op.batch_alter_table("units", schema=None) as batch_op:
        batch_op.drop_index("units_feed")
        batch_op.drop_column("version")

    op.drop_table("settings")
    op.drop_table("hosts")
