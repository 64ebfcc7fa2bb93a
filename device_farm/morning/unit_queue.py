"""Queries of waiting units, by the phone that they need, and whether any phone could take them."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from device_farm.morning.page_labels import SICK
from device_farm.morning.page_model import QueueRow
from device_farm.store.models import Device, Unit
from device_farm.units.requirement import fits
from device_farm.units.unit import UnitState

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

OPEN = (UnitState.WAITING, UnitState.QUEUED, UnitState.RUNNING)


def queue(session: Session) -> tuple[QueueRow, ...]:
    """Each requirement with what is open of it, the most urgent first."""
    query = select(Unit.requirement, Unit.state, func.count(), func.max(Unit.priority)).where(Unit.state.in_(OPEN))
    numbers, priorities = defaultdict[str, Counter[str]](Counter), Counter[str]()
    for requirement, state, number, priority in session.execute(query.group_by(Unit.requirement, Unit.state)):
        numbers[requirement][state] = number
        priorities[requirement] = max(priorities.get(requirement, priority), priority)
    well = [device.labels for device in session.scalars(select(Device).where(Device.state.not_in(SICK)))]
    rows = [
        QueueRow(
            requirement=requirement,
            waiting=states[UnitState.WAITING],
            queued=states[UnitState.QUEUED],
            running=states[UnitState.RUNNING],
            priority=priorities[requirement],
            fits=sum(fits(requirement, labels) for labels in well),
        )
        for requirement, states in numbers.items()
    ]
    return tuple(sorted(rows, key=lambda row: (-row.priority, row.requirement)))
