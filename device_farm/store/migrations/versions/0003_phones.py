"""how a phone stood: its last ends, who holds it, when it is looked at again."""

import sqlalchemy as sa
from alembic import op

from device_farm.store import column_types

revision = "0003_phones"
down_revision = "0002_farm"


def upgrade() -> None:
    """Forward."""
    with op.batch_alter_table("devices", schema=None) as batch_op:
        batch_op.add_column(sa.Column("ends", sa.String(length=10), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("held", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column("rest_until", column_types.Moment(), nullable=True))
        batch_op.add_column(sa.Column("fault_at", column_types.Moment(), nullable=True))


def downgrade() -> None:
    """Back."""
    with op.batch_alter_table("devices", schema=None) as batch_op:
        batch_op.drop_column("fault_at")
        batch_op.drop_column("rest_until")
        batch_op.drop_column("held")
        batch_op.drop_column("ends")
