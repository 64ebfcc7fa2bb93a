"""the index of a phone's tries says how each ended: a page counts hundreds of thousands without reading them."""

from alembic import op

revision = "0007_tries"
down_revision = "0006_web"


def upgrade() -> None:
    """Forward."""
    _index(["device_id", "started_at", "end"])


def downgrade() -> None:
    """Back."""
    _index(["device_id", "started_at"])


def _index(columns: list[str]) -> None:
    with op.batch_alter_table("attempts", schema=None) as batch_op:
        batch_op.drop_index("attempts_device")
        batch_op.create_index("attempts_device", columns, unique=False)
