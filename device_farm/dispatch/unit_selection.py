"""Select units by number or by campaign, in batches."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from device_farm.store.models import Campaign, Unit
from harness.errors import ScenarioError
from harness.language import _

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from device_farm.store.database import Store

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
