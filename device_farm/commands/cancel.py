"""``apprights farm cancel`` and ``retry``: units that are not to be done, and such as are to be done after all."""

from collections.abc import Iterator, Sequence
from typing import Annotated

import typer
from sqlalchemy import select

from device_farm.commands.which_store import Database, Out, chosen_store, url_of
from device_farm.store import transitions
from device_farm.store.database import Store
from device_farm.store.models import Campaign, Unit
from device_farm.units.unit import ENDED, UnitState
from harness import console
from harness.errors import ScenarioError
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
                if out is None:  # a desk has no queue, and needs no library for one
                    from device_farm.dispatch.procrastinate_engine import Procrastinate

                    Procrastinate(url_of(database)).withdraw(session, some)
                count += transitions.cancel(session, some)
    console.say((said(_("cancelled: {count}", count=count)), ""))


BATCH = 1000
"""Units of a transaction."""


def selected_units(store: Store, numbers: Sequence[int], campaign: str | None, states: Sequence[str]) -> Iterator[list[int]]:
    """The numbers of units in one of ``states``, those that were named or all of a campaign. Raises ScenarioError."""
    if bool(numbers) == (campaign is not None):
        raise ScenarioError(_("say which units: their numbers, or --campaign NAME"))
    wanted = select(Unit.id).where(Unit.state.in_(states)).order_by(Unit.id)
    with store.begin() as session:
        if campaign is not None:
            number = session.scalars(select(Campaign.id).where(Campaign.name == campaign)).first()
            if number is None:
                raise ScenarioError(_("there is no campaign {name}", name=campaign[:200]))
            wanted = wanted.where(Unit.campaign_id == number)
        else:
            known = set(session.scalars(select(Unit.id).where(Unit.id.in_(numbers))))
            if unknown := sorted(set(numbers) - known):
                raise ScenarioError(_("there is no unit {number}", number=unknown[0]))
            wanted = wanted.where(Unit.id.in_(numbers))
    last = 0
    while True:
        with store.begin() as session:
            some = list(session.scalars(wanted.where(Unit.id > last).limit(BATCH)))
        if not some:
            return
        last = some[-1]
        yield some


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
    if not count:
        console.progress(said(_("what has a result is not done again, also an inconclusive one: submit it with a new --campaign name")))
        raise typer.Exit(1)
