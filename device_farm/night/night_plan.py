"""Group apps that share a night on one phone: of different makers, and none that wakes another."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, object_session

from device_farm.store.database import Store, StoreError, now
from device_farm.store.models import App, NightPair, Unit

MOST = 20
"""Apps in a night [PROJECT]: each costs some two minutes of device time, and memory that it needs to stay alive."""


@dataclass(frozen=True, slots=True)
class Guest:
    """What matters of an app for who may share its night. Without a signer or a label nobody knows, and it may."""

    unit: int
    package: str
    signer: str = ""
    label: str = ""
    like: tuple[str, ...] = ()
    """What all of a night must have alike: the phone that is wanted, the clauses, the options that say how to judge."""


def groups(units: Sequence[Unit], most: int = MOST) -> list[list[Unit]]:
    """Nights of units of a store, in the order in which the first of each was given."""
    if not units:
        return []
    session = object_session(units[0])
    assert session is not None
    apps = {app.id: app for app in session.scalars(select(App).where(App.id.in_({unit.app_id for unit in units})))}
    guests = [guest_of(unit, apps[unit.app_id]) for unit in units]
    by_id = {unit.id: unit for unit in units}
    apart = known_pairs(session, [guest.package for guest in guests])
    return [[by_id[guest.unit] for guest in night] for night in nights(guests, most, apart)]


def guest_of(unit: Unit, app: App) -> Guest:
    """A unit as a guest. An app that was not opened yet goes by the place where it is."""
    like = (unit.requirement, ",".join(map(str, sorted(unit.clauses))))
    return Guest(unit.id, app.package or app.place, app.signer, app.label, like)


def nights(guests: Iterable[Guest], most: int = MOST, apart: Collection[frozenset[str]] = ()) -> list[list[Guest]]:
    """Put each guest into the first night where it gets on with all others; ``apart`` are pairs of packages."""
    found: list[list[Guest]] = []
    for guest in guests:
        fitting = (night for night in found if len(night) < most and all(_get_on(guest, other, apart) for other in night))
        night = next(fitting, None)
        if night is None:
            found.append([guest])
        else:
            night.append(guest)
    return found


def again(night: Sequence[str], disturbed: dict[str, frozenset[str]], unexplained: Collection[str]) -> list[list[str]]:
    """The next, smaller nights of the apps whose verdicts neighbours left open.

    ``disturbed`` names for an app who woke it, or whom it called: they go apart. Where nobody knows who it was
    (``unexplained``) those apps go in two halves, and at last each of them alone.
    """
    guests = [Guest(place, package) for place, package in enumerate(night) if package in disturbed or package in unexplained]
    apart = {frozenset((package, other)) for package, others in disturbed.items() for other in others}
    parts = [[guest for guest in guests if guest.package not in unexplained]]
    doubtful = [guest for guest in guests if guest.package in unexplained]
    whole = len(doubtful) == len(night)
    parts += [doubtful[0::2], doubtful[1::2]] if whole or parts == [[]] else [doubtful]
    return [[guest.package for guest in one] for part in parts if part for one in nights(part, len(night), apart)]


def _get_on(one: Guest, other: Guest, apart: Collection[frozenset[str]]) -> bool:
    if one.like != other.like or one.package == other.package:
        return False
    if any(mine and mine == theirs for mine, theirs in ((one.signer, other.signer), (one.label, other.label))):
        return False  # one maker's apps wake each other; by the label the Recents screen tells cards apart
    return frozenset((one.package, other.package)) not in apart


def all_pairs(disturbed: dict[str, frozenset[str]]) -> Iterator[tuple[str, str]]:
    """Return the pairs that disturbed each other, to be kept for later nights."""
    for package, others in disturbed.items():
        for other in sorted(others):
            yield package, other


_AT_ONCE = 400  # names in one question; SQLite takes 999 variables


def known_pairs(session: Session, packages: Sequence[str]) -> set[frozenset[str]]:
    found: set[frozenset[str]] = set()
    for start in range(0, len(packages), _AT_ONCE):
        some = packages[start : start + _AT_ONCE]
        asked = select(NightPair).where(or_(NightPair.one.in_(some), NightPair.other.in_(some)))
        found |= {frozenset((pair.one, pair.other)) for pair in session.scalars(asked)}
    return found


def keep(store: Store, pairs: Iterable[tuple[str, str]]) -> None:
    """Remember pairs in a store; one that cannot be written now is found again in a later night."""
    if some := list(pairs):
        with suppress(StoreError), store.begin() as session:
            keep_pairs(session, some)


def keep_pairs(session: Session, pairs: Iterable[tuple[str, str]]) -> None:
    """Remember pairs; one that is known stays as it is."""
    for pair in {(min(pair), max(pair)) for pair in pairs}:
        if session.get(NightPair, pair) is None:
            session.add(NightPair(one=pair[0], other=pair[1], found_at=now(session)))
