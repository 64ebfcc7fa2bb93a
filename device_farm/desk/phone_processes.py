"""Child processes that look for the phones of a desk, clean them and examine them.

The coordinator itself has neither adb nor OpenCV in memory, and no phone that hangs holds it up.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from device_farm.units.job import Limit, Phone
from harness.language import Text, text_of

if TYPE_CHECKING:
    from device_farm.store.database import Store

LOOK_SECONDS = 3.0
"""How often adb is asked which phones there are [PROJECT]: a phone that is plugged in begins soon."""
SAME_START_SECONDS = 60.0
"""Tries that began within this time of each other on one phone were one shared night [PROJECT]."""


@dataclass(frozen=True, slots=True)
class PhonesSeen:
    """The phones that can be used now, by their addresses; or why none could be looked for."""

    ready: frozenset[str] = frozenset()
    others: tuple[tuple[str, Text], ...] = ()
    """Phones that are listed and cannot be used, each with the reason."""
    problem: Text | None = None


@dataclass(frozen=True, slots=True)
class PhoneFitness:
    """Whether a phone is clean and fit."""

    fit: bool


def watch_phones(tell: Callable[[Any], None], store: Path, adb_port: int | None, host: str) -> None:
    """Look for phones again and again, and write them to the store; ends when it is told to stop."""
    from device_farm.phones.inventory_records import record
    from device_farm.phones.phone_inventory import Looking
    from device_farm.store.database import open_store
    from harness.errors import HarnessError

    tell(Limit(float("inf")))
    opened, never, eyes = open_store(store, create=False), threading.Event(), Looking(adb_port, host)
    while True:
        try:
            seen = eyes.look()
            with opened.begin() as session:
                record(session, seen, host=host)
            others = tuple((one.address, one.problem) for one in seen if not one.ready)
            tell(PhonesSeen(frozenset(one.address for one in seen if one.ready), others))
        except HarnessError as error:
            told = text_of(error)
            tell(PhonesSeen(problem=told if isinstance(told, Text) else Text("{error}", {"error": error})))
        never.wait(LOOK_SECONDS)


def prepare_phone(tell: Callable[[Any], None], store: Path, phone: Phone, device: int) -> None:
    """Take away what the last unit left on a phone, look at it, and write down how it stands."""
    from device_farm.phones.cleaning import cleaned_and_examined
    from device_farm.phones.phone_transitions import after
    from device_farm.store.database import open_store

    opened = open_store(store, create=False)
    health = cleaned_and_examined(phone, packages_of(opened, device))
    with opened.begin() as session:
        after(session, device, None, health)
    tell(PhoneFitness(health.ok))


def packages_of(store: Store, device: int) -> list[str]:
    """The apps that the last try on a phone installed, or the last night of tries; none that was there before."""
    from datetime import timedelta

    from sqlalchemy import func, select

    from device_farm.store.models import App, Attempt, Unit

    with store.begin() as session:
        newest = session.scalar(select(func.max(Attempt.started_at)).where(Attempt.device_id == device))
        if newest is None:
            return []
        tried = select(App.package, App.place).join(Unit, Unit.app_id == App.id).join(Attempt, Attempt.unit_id == Unit.id)
        lately = Attempt.started_at >= newest - timedelta(seconds=SAME_START_SECONDS)
        rows = session.execute(tried.where(Attempt.device_id == device, lately).distinct()).all()
    return sorted({package for package, place in rows if package and package != place})
