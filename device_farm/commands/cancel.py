"""``apprights farm cancel``: units that are not to be done."""

from __future__ import annotations

from typing import Annotated

import typer

from device_farm.commands.which_store import Database, Out, chosen_store, url_of
from device_farm.dispatch.procrastinate_engine import Procrastinate
from device_farm.dispatch.unit_selection import selected_units
from device_farm.store import transitions
from device_farm.units.unit import ENDED, UnitState
from harness import console
from harness.language import _, said


def cancel(
    units: Annotated[list[int] | None, typer.Argument(metavar="UNITS...", help=_("numbers of units, as 'farm status' has them"))] = None,
    campaign: Annotated[str | None, typer.Option("--campaign", metavar="NAME", help=_("all units of a campaign that have no end"))] = None,
    database: Database = None,
    out: Out = None,
) -> None:
    """Cancel units that have no end yet; those that run stop within seconds, and their phones are put back."""
    states = [state for state in UnitState if state not in ENDED]
    with chosen_store(database, out) as store:
        count = 0
        for some in selected_units(store, units or [], campaign, states):
            with store.begin() as session:
                if out is None:
                    Procrastinate(url_of(database)).withdraw(session, some)
                count += transitions.cancel(session, some)
    console.say((said(_("cancelled: {count}", count=count)), ""))
