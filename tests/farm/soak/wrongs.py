"""What must never be shown: a fault as passed, a guilty unit as clear."""

from sqlalchemy import select

from device_farm.store.database import Store
from device_farm.store.models import Result, Unit
from device_farm.units.unit import UnitState
from tests.farm.soak.stub import GUILTY


def wrongly_clear(store: Store) -> list[str]:
    """Units with results of a try that does not count, guilty ones that are clear, and the reverse."""
    wrong = []
    with store.begin() as opened:
        for unit in opened.scalars(select(Unit)):
            said = set(opened.scalars(select(Result.reason_en).where(Result.unit_id == unit.id)))
            if said - {f"try {unit.counts}"}:
                wrong.append(f"unit {unit.id}: results of {sorted(said)}, and try {unit.counts} counts")
            if unit.state == UnitState.DONE and (unit.outcome == "violation") != (unit.id % GUILTY == 0):
                wrong.append(f"unit {unit.id}: is shown as {unit.outcome}")
    return wrong
