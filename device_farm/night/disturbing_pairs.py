"""Keep pairs of apps that disturbed each other in a night, so that they do not share one again."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from sqlalchemy import or_, select

from device_farm.store.database import StoreError, now
from device_farm.store.models import NightPair

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlalchemy.orm import Session

    from device_farm.store.database import Store

_AT_ONCE = 400  # names in one question; SQLite takes 999 variables


def known_pairs(session: Session, packages: Sequence[str]) -> set[frozenset[str]]:
    """The pairs that one of these is part of."""
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
