"""the tables of AppRights 0.2.0, from which an old store is brought up; a new one is made as the models say."""

revision = "0008_refused"
down_revision = None


def upgrade() -> None:
    """Nothing: whoever is at this revision has its tables."""
