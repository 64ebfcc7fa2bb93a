"""first tables."""

import sqlalchemy as sa
from alembic import op

from device_farm.store import column_types

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Forward."""
    op.create_table(
        "apps",
        sa.Column("id", column_types.Number, nullable=False),
        sa.Column("sha256", column_types.Sha256(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("size", column_types.Number, nullable=False),
        sa.Column("package", sa.String(length=255), nullable=False),
        sa.Column("label", sa.String(length=255), nullable=False),
        sa.Column("version_name", sa.String(length=255), nullable=False),
        sa.Column("version_code", column_types.Number, nullable=False),
        sa.Column("signer", sa.String(length=64), nullable=False),
        sa.Column("store", sa.String(length=100), nullable=False),
        sa.Column("first_seen_at", column_types.Moment(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("apps_key")),
        sa.UniqueConstraint("sha256", name=op.f("apps_sha256_once")),
    )
    with op.batch_alter_table("apps", schema=None) as batch_op:
        batch_op.create_index("apps_package", ["package", "version_code"], unique=False)

    op.create_table(
        "campaigns",
        sa.Column("id", column_types.Number, nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("created_at", column_types.Moment(), nullable=False),
        sa.Column("city", sa.String(length=100), nullable=False),
        sa.Column("begins_at", column_types.Moment(), nullable=True),
        sa.Column("ends_at", column_types.Moment(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("campaigns_key")),
        sa.UniqueConstraint("name", name=op.f("campaigns_name_once")),
    )
    op.create_table(
        "devices",
        sa.Column("id", column_types.Number, nullable=False),
        sa.Column("host", sa.String(length=255), nullable=False),
        sa.Column("address", sa.String(length=255), nullable=False),
        sa.Column("serial", sa.String(length=255), nullable=False),
        sa.Column("labels", column_types.Json, nullable=False),
        sa.Column("facts", column_types.Json, nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("reason_zh", sa.Text(), nullable=False),
        sa.Column("reason_en", sa.Text(), nullable=False),
        sa.Column("faults", sa.Integer(), nullable=False),
        sa.Column("changed_at", column_types.Moment(), nullable=False),
        sa.Column("seen_at", column_types.Moment(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("devices_key")),
        sa.UniqueConstraint("host", "address", name=op.f("devices_host_address_once")),
    )
    op.create_table(
        "happenings",
        sa.Column("id", column_types.Number, nullable=False),
        sa.Column("at", column_types.Moment(), nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("unit_id", column_types.Number, nullable=True),
        sa.Column("device_id", column_types.Number, nullable=True),
        sa.Column("text_zh", sa.Text(), nullable=False),
        sa.Column("text_en", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("happenings_key")),
    )
    op.create_table(
        "units",
        sa.Column("id", column_types.Number, nullable=False),
        sa.Column("key", column_types.Sha256(), nullable=False),
        sa.Column("campaign_id", column_types.Number, nullable=False),
        sa.Column("app_id", column_types.Number, nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("clauses", column_types.Json, nullable=False),
        sa.Column("options", column_types.Json, nullable=False),
        sa.Column("requirement", sa.String(length=255), nullable=False),
        sa.Column("priority", sa.Integer(), nullable=False),
        sa.Column("limit_seconds", sa.Double(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("counts", sa.Integer(), nullable=True),
        sa.Column("outcome", sa.String(length=16), nullable=True),
        sa.Column("reason_zh", sa.Text(), nullable=False),
        sa.Column("reason_en", sa.Text(), nullable=False),
        sa.Column("submitted_at", column_types.Moment(), nullable=False),
        sa.Column("changed_at", column_types.Moment(), nullable=False),
        sa.ForeignKeyConstraint(["app_id"], ["apps.id"], name=op.f("units_app_id_known")),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaigns.id"], name=op.f("units_campaign_id_known")),
        sa.PrimaryKeyConstraint("id", name=op.f("units_key")),
        sa.UniqueConstraint("key", name=op.f("units_key_once")),
    )
    with op.batch_alter_table("units", schema=None) as batch_op:
        batch_op.create_index("units_app", ["app_id"], unique=False)
        batch_op.create_index("units_campaign", ["campaign_id", "state"], unique=False)
        batch_op.create_index("units_next", ["state", "priority", "id"], unique=False)

    op.create_table(
        "attempts",
        sa.Column("id", column_types.Number, nullable=False),
        sa.Column("unit_id", column_types.Number, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("device_id", column_types.Number, nullable=True),
        sa.Column("worker", sa.String(length=255), nullable=False),
        sa.Column("started_at", column_types.Moment(), nullable=False),
        sa.Column("lease_until", column_types.Moment(), nullable=False),
        sa.Column("ended_at", column_types.Moment(), nullable=True),
        sa.Column("end", sa.String(length=16), nullable=True),
        sa.Column("reason_zh", sa.Text(), nullable=False),
        sa.Column("reason_en", sa.Text(), nullable=False),
        sa.Column("run", sa.Text(), nullable=False),
        sa.Column("root", column_types.Sha256(), nullable=True),
        sa.Column("seconds", sa.Double(), nullable=False),
        sa.Column("device_seconds", sa.Double(), nullable=False),
        sa.ForeignKeyConstraint(["device_id"], ["devices.id"], name=op.f("attempts_device_id_known")),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("attempts_unit_id_known")),
        sa.PrimaryKeyConstraint("id", name=op.f("attempts_key")),
        sa.UniqueConstraint("unit_id", "number", name=op.f("attempts_unit_id_number_once")),
    )
    with op.batch_alter_table("attempts", schema=None) as batch_op:
        batch_op.create_index("attempts_device", ["device_id", "started_at"], unique=False)
        batch_op.create_index("attempts_open", ["ended_at", "lease_until"], unique=False)

    op.create_table(
        "findings",
        sa.Column("id", column_types.Number, nullable=False),
        sa.Column("unit_id", column_types.Number, nullable=False),
        sa.Column("app_id", column_types.Number, nullable=False),
        sa.Column("rule", sa.String(length=80), nullable=False),
        sa.Column("clause", sa.String(length=20), nullable=False),
        sa.Column("outcome", sa.String(length=16), nullable=False),
        sa.Column("part", sa.Text(), nullable=False),
        sa.Column("key", sa.String(length=12), nullable=False),
        sa.Column("sdk", sa.String(length=200), nullable=False),
        sa.Column("reason_zh", sa.Text(), nullable=False),
        sa.Column("reason_en", sa.Text(), nullable=False),
        sa.Column("picture", column_types.Sha256(), nullable=True),
        sa.Column("found_at", column_types.Moment(), nullable=False),
        sa.ForeignKeyConstraint(["app_id"], ["apps.id"], name=op.f("findings_app_id_known")),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("findings_unit_id_known")),
        sa.PrimaryKeyConstraint("id", name=op.f("findings_key")),
    )
    with op.batch_alter_table("findings", schema=None) as batch_op:
        batch_op.create_index("findings_again", ["key"], unique=False)
        batch_op.create_index("findings_rule", ["rule", "outcome", "id"], unique=False)
        batch_op.create_index("findings_sdk", ["sdk", "outcome"], unique=False)
        batch_op.create_index("findings_unit", ["unit_id"], unique=False)

    op.create_table(
        "results",
        sa.Column("id", column_types.Number, nullable=False),
        sa.Column("unit_id", column_types.Number, nullable=False),
        sa.Column("rule", sa.String(length=80), nullable=False),
        sa.Column("clause", sa.String(length=20), nullable=False),
        sa.Column("outcome", sa.String(length=16), nullable=False),
        sa.Column("reason_zh", sa.Text(), nullable=False),
        sa.Column("reason_en", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("results_unit_id_known")),
        sa.PrimaryKeyConstraint("id", name=op.f("results_key")),
        sa.UniqueConstraint("unit_id", "rule", name=op.f("results_unit_id_rule_once")),
    )
    with op.batch_alter_table("results", schema=None) as batch_op:
        batch_op.create_index("results_rule", ["rule", "outcome"], unique=False)

    op.create_table(
        "artifacts",
        sa.Column("id", column_types.Number, nullable=False),
        sa.Column("attempt_id", column_types.Number, nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("sha256", column_types.Sha256(), nullable=False),
        sa.Column("size", column_types.Number, nullable=False),
        sa.ForeignKeyConstraint(["attempt_id"], ["attempts.id"], name=op.f("artifacts_attempt_id_known")),
        sa.PrimaryKeyConstraint("id", name=op.f("artifacts_key")),
        sa.UniqueConstraint("attempt_id", "path", name=op.f("artifacts_attempt_id_path_once")),
    )
    with op.batch_alter_table("artifacts", schema=None) as batch_op:
        batch_op.create_index("artifacts_sha256", ["sha256"], unique=False)


def downgrade() -> None:
    """Back."""
    with op.batch_alter_table("artifacts", schema=None) as batch_op:
        batch_op.drop_index("artifacts_sha256")

    op.drop_table("artifacts")
    with op.batch_alter_table("results", schema=None) as batch_op:
        batch_op.drop_index("results_rule")

    op.drop_table("results")
    with op.batch_alter_table("findings", schema=None) as batch_op:
        batch_op.drop_index("findings_unit")
        batch_op.drop_index("findings_sdk")
        batch_op.drop_index("findings_rule")
        batch_op.drop_index("findings_again")

    op.drop_table("findings")
    with op.batch_alter_table("attempts", schema=None) as batch_op:
        batch_op.drop_index("attempts_open")
        batch_op.drop_index("attempts_device")

    op.drop_table("attempts")
    with op.batch_alter_table("units", schema=None) as batch_op:
        batch_op.drop_index("units_next")
        batch_op.drop_index("units_campaign")
        batch_op.drop_index("units_app")

    op.drop_table("units")
    op.drop_table("happenings")
    op.drop_table("devices")
    op.drop_table("campaigns")
    with op.batch_alter_table("apps", schema=None) as batch_op:
        batch_op.drop_index("apps_package")

    op.drop_table("apps")
