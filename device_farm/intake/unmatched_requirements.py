"""Report requirements that no phone of the store meets: their units wait."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from device_farm.intake.submission_rows import Noted, Place
from device_farm.store.models import Device
from device_farm.units.requirement import fits
from harness.language import _

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from device_farm.store.database import Store

_LISTED = 8


def without_phone(store: Store, requirements: Iterable[str]) -> Iterator[Noted]:
    """What is needed and no phone of the store is; nothing where no phone was ever seen: the hosts may come later."""
    with store.begin() as session:
        phones = list(session.scalars(select(Device.labels)))
    if not phones:
        return
    there = sorted({f"{name}={value}" for labels in phones for name, value in labels.items() if name != "serial"})
    for needed in sorted(requirements):
        if not any(fits(needed, labels) for labels in phones):
            some = ", ".join(there[:_LISTED]) + (" ..." if len(there) > _LISTED else "")
            yield Noted(
                Place(needed), _("no phone is {needed}: its units wait until one comes; there is {there}", needed=needed, there=some)
            )
