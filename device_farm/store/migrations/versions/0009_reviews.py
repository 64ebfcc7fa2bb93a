"""what people say of findings."""

import sqlalchemy as sa
from alembic import op

from device_farm.store import column_types

revision = "0009_reviews"
down_revision = "0008_refused"


def upgrade() -> None:
    op.create_table(
        "finding_reviews",
        sa.Column("id", column_types.Number, nullable=False),
        sa.Column("finding_id", column_types.Number, nullable=False),
        sa.Column("decision", sa.String(length=10), nullable=False),
        sa.Column("by", sa.String(length=200), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", column_types.Moment(), nullable=False),
        sa.ForeignKeyConstraint(["finding_id"], ["findings.id"], name=op.f("finding_reviews_finding_id_known")),
        sa.PrimaryKeyConstraint("id", name=op.f("finding_reviews_key")),
    )
    with op.batch_alter_table("finding_reviews", schema=None) as batch_op:
        batch_op.create_index("finding_reviews_finding", ["finding_id", "id"], unique=False)
