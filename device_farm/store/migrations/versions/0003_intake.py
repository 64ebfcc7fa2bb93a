"""apps are found by the name that a complaint gives them."""

from __future__ import annotations

from alembic import op

revision = "0003_intake"
down_revision = "0002_farm"


def upgrade() -> None:
    """Forward."""
    op.create_index("apps_label", "apps", ["label"], unique=False)


def downgrade() -> None:
    """Back."""
    op.drop_index("apps_label", table_name="apps")
