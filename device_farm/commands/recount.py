"""``apprights farm recount``: the counts that pages show, made anew from the results."""

from __future__ import annotations

from device_farm.commands.which_store import Database, Out, chosen_store
from harness import console
from harness.language import _, said


def recount(
    database: Database = None,
    out: Out = None,
) -> None:
    """Make the counts by clause, rule and SDK anew from the results, as after a restored backup of an older version."""
    with chosen_store(database, out) as store, store.begin() as session:
        from device_farm.store.tallies import recount as made_anew

        count = made_anew(session)
    console.progress(said(_("{count} counts are made anew", count=count)))
