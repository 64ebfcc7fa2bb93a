"""messages to group chats."""

import sqlalchemy as sa
from alembic import op

from device_farm.store import column_types

revision = "0006_web"
down_revision = "0005_night"


def upgrade() -> None:
    """Forward."""
    op.create_table(
        "messages",
        sa.Column("id", column_types.Number, nullable=False),
        sa.Column("chat", sa.String(length=100), nullable=False),
        sa.Column("event", sa.String(length=200), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("upto", column_types.Number, nullable=True),
        sa.Column("made_at", column_types.Moment(), nullable=False),
        sa.Column("next_at", column_types.Moment(), nullable=False),
        sa.Column("reason", sa.String(length=60), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("messages_key")),
        sa.UniqueConstraint("chat", "event", name=op.f("messages_chat_event_once")),
    )
    with op.batch_alter_table("messages", schema=None) as batch_op:
        batch_op.create_index("messages_due", ["state", "next_at"], unique=False)


def downgrade() -> None:
    """Back."""
    with op.batch_alter_table("messages", schema=None) as batch_op:
        batch_op.drop_index("messages_due")

    op.drop_table("messages")
