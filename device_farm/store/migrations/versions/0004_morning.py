"""what the morning page counts, and when companies were told."""

import sqlalchemy as sa
from alembic import op

from device_farm.store import column_types

revision = "0004_morning"
down_revision = "0003_phones"


def upgrade() -> None:
    """Forward. Counts of an old store are made by ``apprights farm recount``."""
    op.create_table(
        "tallies",
        sa.Column("campaign_id", column_types.Number, nullable=False),
        sa.Column("subject", sa.String(length=10), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("outcome", sa.String(length=16), nullable=False),
        sa.Column("units", column_types.Number, nullable=False),
        sa.Column("findings", column_types.Number, nullable=False),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaigns.id"], name=op.f("tallies_campaign_id_known")),
        sa.PrimaryKeyConstraint("campaign_id", "subject", "name", "outcome", name=op.f("tallies_key")),
    )
    with op.batch_alter_table("tallies", schema=None) as batch_op:
        batch_op.create_index("tallies_subject", ["subject", "name", "outcome"], unique=False)

    op.create_table(
        "tellings",
        sa.Column("id", column_types.Number, nullable=False),
        sa.Column("app_id", column_types.Number, nullable=False),
        sa.Column("told_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("by", sa.String(length=100), nullable=False),
        sa.ForeignKeyConstraint(["app_id"], ["apps.id"], name=op.f("tellings_app_id_known")),
        sa.PrimaryKeyConstraint("id", name=op.f("tellings_key")),
        sa.UniqueConstraint("app_id", name=op.f("tellings_app_id_once")),
    )
    with op.batch_alter_table("tellings", schema=None) as batch_op:
        batch_op.create_index("tellings_due", ["due_on", "id"], unique=False)

    with op.batch_alter_table("apps", schema=None) as batch_op:
        for column in ("package", "label"):
            batch_op.create_index(f"apps_{column}_begins", [column], unique=False, postgresql_ops={column: "varchar_pattern_ops"})

    with op.batch_alter_table("units", schema=None) as batch_op:
        batch_op.drop_index("units_campaign")
        batch_op.create_index("units_campaign", ["campaign_id", "state", "outcome", "id"], unique=False)

    with op.batch_alter_table("findings", schema=None) as batch_op:
        batch_op.add_column(sa.Column("campaign_id", column_types.Number, nullable=True))
        batch_op.drop_index("findings_sdk")
        batch_op.create_index("findings_found", ["found_at", "id"], unique=False)
    op.execute("update findings set campaign_id = (select campaign_id from units where units.id = findings.unit_id)")
    with op.batch_alter_table("findings", schema=None) as batch_op:
        batch_op.alter_column("campaign_id", existing_type=column_types.Number, nullable=False)
        batch_op.create_foreign_key(op.f("findings_campaign_id_known"), "campaigns", ["campaign_id"], ["id"])
        batch_op.create_index("findings_campaign_rule", ["campaign_id", "rule", "outcome", "id"], unique=False)

    op.create_table(
        "finding_sdks",
        sa.Column("finding_id", column_types.Number, nullable=False),
        sa.Column("sdk", sa.String(length=200), nullable=False),
        sa.Column("campaign_id", column_types.Number, nullable=False),
        sa.Column("outcome", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaigns.id"], name=op.f("finding_sdks_campaign_id_known")),
        sa.ForeignKeyConstraint(["finding_id"], ["findings.id"], name=op.f("finding_sdks_finding_id_known")),
        sa.PrimaryKeyConstraint("finding_id", "sdk", name=op.f("finding_sdks_key")),
    )
    with op.batch_alter_table("finding_sdks", schema=None) as batch_op:
        batch_op.create_index("finding_sdks_all", ["sdk", "outcome", "finding_id"], unique=False)
        batch_op.create_index("finding_sdks_campaign", ["campaign_id", "sdk", "outcome", "finding_id"], unique=False)


def downgrade() -> None:
    """Back."""
    with op.batch_alter_table("finding_sdks", schema=None) as batch_op:
        batch_op.drop_index("finding_sdks_campaign")
        batch_op.drop_index("finding_sdks_all")

    op.drop_table("finding_sdks")
    with op.batch_alter_table("findings", schema=None) as batch_op:
        batch_op.drop_index("findings_campaign_rule")
        batch_op.drop_index("findings_found")
        batch_op.create_index("findings_sdk", ["sdk", "outcome"], unique=False)
        batch_op.drop_constraint(op.f("findings_campaign_id_known"), type_="foreignkey")
        batch_op.drop_column("campaign_id")

    with op.batch_alter_table("units", schema=None) as batch_op:
        batch_op.drop_index("units_campaign")
        batch_op.create_index("units_campaign", ["campaign_id", "state"], unique=False)

    with op.batch_alter_table("apps", schema=None) as batch_op:
        batch_op.drop_index("apps_label_begins")
        batch_op.drop_index("apps_package_begins")

    with op.batch_alter_table("tellings", schema=None) as batch_op:
        batch_op.drop_index("tellings_due")

    op.drop_table("tellings")
    with op.batch_alter_table("tallies", schema=None) as batch_op:
        batch_op.drop_index("tallies_subject")

    op.drop_table("tallies")
