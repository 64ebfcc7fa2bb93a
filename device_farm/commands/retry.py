"""``apprights farm retry``: units that were given up, quarantined or cancelled are done after all."""

from __future__ import annotations

from typing import Annotated

import typer

from device_farm.commands.which_store import Database, Out, chosen_store
from device_farm.dispatch.unit_selection import selected_units
from device_farm.store import transitions
from device_farm.units.unit import UnitState
from harness import console
from harness.language import _, said

_AGAIN = (UnitState.GIVEN_UP, UnitState.QUARANTINED, UnitState.CANCELLED)


def retry(
    units: Annotated[list[int] | None, typer.Argument(metavar="UNITS...", help=_("numbers of units, as 'farm status' has them"))] = None,
    campaign: Annotated[
        str | None, typer.Option("--campaign", metavar="NAME", help=_("all of a campaign that were given up, quarantined or cancelled"))
    ] = None,
    database: Database = None,
    out: Out = None,
) -> None:
    """Let units wait again that were given up, quarantined or cancelled; what was tried before stays as history."""
    with chosen_store(database, out) as store:
        count = 0
        for some in selected_units(store, units or [], campaign, _AGAIN):
            with store.begin() as session:
                count += transitions.retry(session, some)
    console.say((said(_("wait again: {count}", count=count)), ""))
