"""Apps that a kind of phone cannot install, because they need another Android or processor.

Such a unit goes to a phone of another kind. Only where there is none it is told so: what is needed, and what there is.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from device_farm.store.models import Attempt, Device, Unit
from device_farm.store.transitions import Ended
from device_farm.units.unit import INCOMPATIBLE, End, fits
from harness.language import _

Labels = Mapping[str, str]

_LISTED = 8


def same_kind(end: End, tried: Labels, other: Labels) -> bool:
    """Whether a phone is as incompatible as the one on which a try ended so."""
    if end is End.OTHER_ABI:
        return other.get("abi") == tried.get("abi")
    mine, its = _version(tried), _version(other)
    if mine is None or its is None:
        return tried.get("android") == other.get("android")
    return its <= mine if end is End.TOO_OLD else its >= mine


def incompatible_phones(session: Session, units: Sequence[int]) -> dict[int, set[int]]:
    """The phones that cannot take each unit, by what it met on others of their kind."""
    met = select(Attempt.unit_id, Attempt.end, Device.id, Device.labels).join(Device, Device.id == Attempt.device_id)
    tried = session.execute(met.where(Attempt.unit_id.in_(units), Attempt.end.in_(INCOMPATIBLE))).all() if units else ()
    every = session.execute(select(Device.id, Device.labels)).all() if tried else ()
    incompatible: dict[int, set[int]] = {}
    for unit, end, device, labels in tried:
        incompatible.setdefault(unit, set()).update(
            other for other, its in every if other == device or (end is not None and same_kind(End(end), labels, its))
        )
    return incompatible


def placed(session: Session, attempt: Attempt, ended: Ended, phones: Iterable[tuple[int, Labels]]) -> Ended:
    """How a try ended, which met an incompatible phone, now that it is known which ``phones`` there are.

    Where one of another kind can take the unit it is as it was, and the unit waits for that one. Else it is the app's
    own: no phone here takes it.
    """
    if ended.end not in INCOMPATIBLE:
        return ended
    unit = session.get_one(Unit, attempt.unit_id)
    incompatible = incompatible_phones(session, [unit.id]).get(unit.id, set())
    tried = session.get(Device, attempt.device_id) if attempt.device_id is not None else None
    mine = tried.labels if tried is not None else {}
    fitting = [(number, labels) for number, labels in phones if fits(unit.requirement, labels)]
    for number, labels in fitting:
        if number not in incompatible | {attempt.device_id} and not same_kind(ended.end, mine, labels):
            return ended
    name = "abi" if ended.end is End.OTHER_ABI else "android"
    there = sorted({labels[name] for _number, labels in [*fitting, (attempt.device_id, mine)] if name in labels})
    some = ", ".join(f"{name}={value}" for value in there[:_LISTED]) + (" ..." if len(there) > _LISTED else "")
    told = _("no kind of phone here can take it: {reason}; there is {there}", reason=ended.reason or "-", there=some or "-")
    return replace(ended, end=End.APP_FAULT, reason=told)


def _version(labels: Labels) -> tuple[int, ...] | None:
    words = labels.get("android", "").split(".")
    return tuple(map(int, words)) if all(word.isdecimal() for word in words) else None
