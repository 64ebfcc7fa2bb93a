"""``apprights farm recount``: the counts that pages show, made anew from the results."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from harness import console
from harness.language import _, said


def recount(
    database: Annotated[
        str | None, typer.Option("--database", metavar="URL", help=_("the farm's store: postgresql://USER@HOST/NAME"))
    ] = None,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="DIR", help=_("the folder of a desk: its store is farm.sqlite in it"))
    ] = None,
) -> None:
    """Make the counts by clause, rule and SDK anew from the results, as after a restored backup of an older version."""
    from device_farm.commands.export import opened
    from device_farm.store.tallies import recount as made_anew

    store = opened(database, out)
    try:
        with store.begin() as session:
            count = made_anew(session)
    finally:
        store.close()
    console.progress(said(_("{count} counts are made anew", count=count)))
