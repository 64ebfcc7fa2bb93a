"""The phones of a desk: those of an adb server, as they come and go, and virtual ones; a process a phone."""

import socket
import threading
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from device_farm.desk.executor import Executor
from device_farm.desk.next_unit import KnownPhone
from device_farm.execution.child_process import Child
from device_farm.phones import phone_transitions
from device_farm.store.database import Store
from device_farm.store.models import Device
from device_farm.units.job import Limit, Phone, Virtual
from device_farm.units.unit import End
from harness.language import Text, _, text_of

if TYPE_CHECKING:
    pass

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


VIRTUAL_HOST = "virtual"
"""The host of phones that adb does not list: what is looked for on the real ones is not missed here."""
AGAIN_SECONDS = 5.0
"""After so long the process that looks for phones is started again, where it ended by itself [PROJECT]."""


class DeskPhonePool:
    """Real phones where ``adb`` is wanted, all or those of ``serials``, and so many virtual ones."""

    def __init__(
        self,
        store: Store,
        path: Path,
        *,
        adb: bool,
        serials: Collection[str] = (),
        adb_port: int | None = None,
        virtual: Sequence[Virtual] = (),
    ) -> None:
        """``path`` is that of the store, for other processes."""
        self._store, self._path, self._serials, self._adb_port = store, path, frozenset(serials), adb_port
        self._host = socket.gethostname()
        self._executors: dict[int, Executor] = {}
        self._stop, self._found = threading.Event(), threading.Event()
        self.looked = PhonesSeen()
        """The latest inventory."""
        with store.begin() as session:
            for number, kind in enumerate(virtual, 1):
                executor = _virtual(session, f"virtual-{number}", kind)
                self._executors[executor.known.device] = executor
        self._thread = threading.Thread(target=self._look, name="phones", daemon=True)
        if adb:
            self._thread.start()
        else:
            self._found.set()

    def wait(self, seconds: float) -> None:
        """Wait for the first phone; where adb lists none at all, only until it has said so."""
        self._found.wait(seconds)

    def executors(self) -> Sequence[Executor]:
        """Every phone that was seen."""
        return tuple(self._executors.values())

    def may_take(self, session: Session, executor: Executor) -> bool:
        return phone_transitions.may_take(session, executor.known.device)

    def on_trial(self, session: Session, executor: Executor) -> bool:
        return phone_transitions.on_trial(session, executor.known.device)

    def after(self, session: Session, executor: Executor, end: End) -> None:
        """Settle how it stands after a unit."""
        phone_transitions.after(session, executor.known.device, end, None)

    def prepare_phone(self, executor: Executor) -> bool:
        """Clean it and look at it, in a process of its own; a virtual one is new each time."""
        if executor.phone.virtual is not None:
            return True
        fit = False
        for message in Child(prepare_phone, self._path, executor.phone, executor.known.device).messages(self._stop):
            fit = isinstance(message, PhoneFitness) and message.fit
        return fit

    def close(self) -> None:
        self._stop.set()
        if self._thread.is_alive():
            self._thread.join()

    def _look(self) -> None:
        while not self._stop.is_set():
            for message in Child(watch_phones, self._path, self._adb_port, self._host).messages(self._stop):
                if isinstance(message, PhonesSeen):
                    self.looked = message
                    self._seen(message.ready)
                    if self._executors or not message.others:
                        self._found.set()
            self._stop.wait(AGAIN_SECONDS)

    def _seen(self, ready: frozenset[str]) -> None:
        """Take phones that are new, and note which are here."""
        with self._store.begin() as session:
            rows = session.scalars(select(Device).where(Device.host == self._host, Device.address.in_(ready))).all()
        for row in rows:
            if row.id not in self._executors and (not self._serials or {row.address, row.serial} & self._serials):
                self._executors[row.id] = Executor(KnownPhone(row.id, row.labels), Phone(row.address, self._adb_port, row.host))
        for executor in self.executors():
            if executor.phone.virtual is None:
                executor.here = executor.phone.address in ready

    @property
    def missing(self) -> list[str]:
        """The serials that were named and are not here."""
        here = {executor.phone.address for executor in self.executors() if executor.here}
        return sorted(self._serials - here)


def _virtual(session: Session, name: str, kind: Virtual) -> Executor:
    """A virtual phone, as the store knows it from an earlier session or from now on."""
    row = phone_transitions.virtual_phone(session, VIRTUAL_HOST, name, kind)
    return Executor(KnownPhone(row.id, row.labels), Phone(name, None, VIRTUAL_HOST, kind), fit=True)


def missing_words(serial: str) -> Text:
    """Return the message about a phone that was named and is not here."""
    return _("no phone {serial}: it is waited for; 'apprights devices' lists those that are here", serial=serial[:80])
