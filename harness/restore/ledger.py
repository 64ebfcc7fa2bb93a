"""Restore: what the harness changes on a phone is written down on this computer first.

So that it comes back whatever happens.

A check may end at any line: an error, Ctrl-C, a pulled cable, a killed process. The ledger is a small file for each
device, outside of the run folder. An entry is written before the change and taken out after it was undone: at the end
of the block, else at the next connect (``harness.session.session_lifecycle``), else by ``apprights restore``.
"""

import hashlib
import json
import math
import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

from harness.device.protocol import Device, perform
from harness.errors import CommandFailed, DeviceTimeout, EvidenceError, FormatError, HarnessError, why
from harness.events.delivery_events import Witness
from harness.language import Text, _, known, pgettext, text_of
from harness.parsers.package import parse_package
from harness.recording.run_folder import write_atomic
from harness.restore.delivery_removal import Before, remove_deliveries
from harness.restore.wall_clock import ClockRefused, Run, WallClock, set_wall_clock

LEDGER_FORMAT = 1
VIRTUAL = "ro.apprights.virtual"
_LEDGER_LIMIT = 1 << 20  # bytes; a ledger holds a handful of entries
_NAME_LIMIT = 80
_apart: ContextVar[Path | None] = ContextVar("apart", default=None)


_NAMES = (
    ("what the app loaded", _("what the app loaded")),
    ("battery", _("charging (simulated)")),
    ("Wi-Fi", _("Wi-Fi")),
    ("mobile data", _("mobile network")),
    ("association tracking", _("tracking of who starts whom")),
    ("autostart of", _("autostart of")),
    ("the stopped state of", _("the stopped state of")),
    ("time zone", _("time zone")),
    ("wall clock", _("wall clock")),
    ("automatic time zone", _("automatic time zone")),
    ("automatic time", _("automatic time")),
    ("screen timeout", _("screen timeout")),
    ("setting of a probe in", _("setting of a probe in")),
    ("test picture", _("test picture")),
    ("test app", _("test app")),
    ("deep idle", _("deep idle")),
    ("film", pgettext("change", "film")),
    ("package", pgettext("change", "package")),
)
"""How the names of changes begin, by which the ledger knows them, and what is said of each."""


def name_words(name: str) -> Text:
    """The name of a change for people, with what stands behind its beginning."""
    for beginning, words in _NAMES:
        if name == beginning:
            return words
        if name.startswith(f"{beginning} "):
            return _("{what} {which}", what=words, which=name.removeprefix(f"{beginning} "))
    return known(name, name)


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that the harness changed. ``name`` is what the ledger knows it by, ``name_words`` what people are told.

    ``undo`` is the shell command that puts it back; where ``check`` prints ``right``, it stands right already. A moved
    wall clock has ``clock`` instead: how it stood before; acts by which something may come to the phone have
    ``arrived``: what was there before. ``stopped`` is a package that we force-stopped: opening it alone takes
    that state away, so it is told, once, and not undone. One with none of these is its maker's to take back: the mark
    of whoever uses the phone.
    """

    name: str
    undo: tuple[str, ...] = ()
    check: tuple[str, ...] = ()
    right: str = ""
    clock: WallClock | None = None
    arrived: Before | None = None
    stopped: str = ""

    @property
    def ours(self) -> bool:
        """Whether the ledger can take it back."""
        return bool(self.undo or self.clock or self.arrived or self.stopped)


WIFI_ON = Change("Wi-Fi", ("svc", "wifi", "enable"), check=("settings", "get", "global", "wifi_on"), right="1")
WIFI_OFF = ("0", "3")
"""What the global setting wifi_on says then (WifiSettingsStore.java): disabled, disabled by airplane mode."""


@dataclass(frozen=True, slots=True)
class Undone:
    """What became of one change: put back, or why not (``problem``)."""

    name: str
    problem: str = ""


def setting(device: Device, name: str, key: str, *, table: str = "global") -> Change:
    """The change of a row of a table of the settings, as it stands now; one that is not there is deleted again."""
    check = ("settings", "get", table, key)
    value = device.shell(check).stdout.strip()
    undo = ("settings", "delete", table, key) if value == "null" else ("settings", "put", table, key, value)
    return Change(name, undo, check, value)


@contextmanager
def state_apart() -> Iterator[Path]:
    """A block that drives a device of its own: its ledger is in a folder that ends with the block.

    A virtual device dies with whoever made it, so nothing on it is anybody's to restore. Its address may be another's
    tomorrow, and its entries would stand beside those of the user's phones.
    """
    before = _apart.get()
    with tempfile.TemporaryDirectory(prefix="apprights-state-", ignore_cleanup_errors=True) as folder:
        _apart.set(Path(folder))
        try:
            yield Path(folder)
        finally:
            _apart.set(before)  # no token: a fixture of pytest may end in another context than it began in


def state_folder() -> Path:
    """Where the ledgers are: apart for a device of our own, else $APPRIGHTS_STATE, else where programs keep state."""
    if (apart := _apart.get()) is not None:
        return apart
    for name, below in (("APPRIGHTS_STATE", ""), ("XDG_STATE_HOME", "apprights"), ("LOCALAPPDATA", "apprights")):
        if folder := os.environ.get(name):
            return Path(folder) / below
    try:
        return Path.home() / ".local" / "state" / "apprights"
    except RuntimeError:
        raise EvidenceError(_("no home folder is known: set APPRIGHTS_STATE to a folder that may be written")) from None


def device_file(device: Device, suffix: str) -> Path:
    """The file of this user about one device, named for its adb serial and its own serial number."""
    hardware = device.shell(["getprop", "ro.serialno"]).stdout.strip()
    names = dict.fromkeys((device.serial, hardware))
    return state_folder() / ("-".join(["device", *map(file_name, filter(None, names))]) + suffix)


class Ledger:
    """The changes of one device that are still to be undone.

    The file is named for the adb serial and, as an address may be another phone's tomorrow, the phone's own serial
    number.
    """

    def __init__(self, device: Device, run: Run | None = None) -> None:
        """``run`` runs a command on the device and raises CommandFailed where it is refused."""
        self._device = device
        self._run = run or (lambda command: perform(device, command))
        self.path = device_file(device, ".json")
        self._virtual: bool | None = None

    def changes(self) -> list[Change]:
        """What is still to be undone, oldest first; raises FormatError for a file that is damaged."""
        return read_ledger(self.path)[1] if self.path.exists() else []

    @contextmanager
    def kept(self, change: Change) -> Iterator[None]:
        """A block in which ``change`` may be made; it is undone at the end, however the block ends.

        An entry of that name that an earlier run left is the older truth, and is what comes back. What cannot be undone
        stays in the file; the error that ended the block goes on.
        """
        self.add(change)
        try:
            yield
        except BaseException:
            with suppress(HarnessError):
                self._undo(self._latest(change))
            raise
        self._undo(self._latest(change))

    def add(self, change: Change) -> None:
        """Write down what is about to be changed and stays so; ``forget`` takes it out once it was told."""
        before = self.changes()
        if all(one.name != change.name for one in before):
            self._virtual = self._device.shell(["getprop", VIRTUAL]).stdout.strip() == "1"
            self._write([*before, change])

    def forget(self, name: str) -> None:
        """Take out the entry of that name."""
        self._write([one for one in self.changes() if one.name != name])

    def update(self, change: Change) -> None:
        """Write down until when we watched what arrived; an entry that an earlier run left stays as it is."""
        before = self.changes()
        ours = [one for one in before if one.name == change.name and _begun(one) == _begun(change)]
        if ours:
            self._write([change if one in ours else one for one in before])

    def undo_all(self) -> list[Undone]:
        """Undo everything, newest first; what the device refuses stays. Raises DeviceLost when it goes away."""
        found: list[Undone] = []
        for change in reversed([change for change in self.changes() if change.ours]):
            try:
                self._undo(change)
                found.append(Undone(change.name))
            except (CommandFailed, ClockRefused, DeviceTimeout) as error:
                found.append(Undone(change.name, text_of(error)))
        return found

    def _latest(self, change: Change) -> Change:
        """The entry of that name as it stands in the file."""
        return next((one for one in self.changes() if one.name == change.name), change)

    def _undo(self, change: Change) -> None:
        if change.clock is not None:
            set_wall_clock(self._device, change.clock, self._run)
        elif change.arrived is not None:
            taken_away = remove_deliveries(self._device, change.arrived, self._run)
            left = [taken for taken in taken_away if taken.problem is not None and not taken.came.done]
            if left:
                raise CommandFailed(change.name, 1, "; ".join(f"{taken.came.name or taken.came.key}: {taken.problem}" for taken in left))
        elif change.stopped:
            self.forget(change.name)
            if self._is_stopped(change.stopped):
                raise CommandFailed(change.name, 1, _("a check force-stopped it: until it is opened it gets no alarms and no messages"))
        elif not change.check or self._device.shell(change.check).stdout.strip() != change.right:
            self._run(change.undo)
        self.forget(change.name)

    def _is_stopped(self, package: str) -> bool:
        """Whether a package is in the stopped state still; one that is gone is not."""
        state = parse_package(self._device.shell(["dumpsys", "package", package]).stdout, package).user()
        return state is not None and state.stopped is True

    def _write(self, changes: list[Change]) -> None:
        try:
            if not changes:
                self.path.unlink(missing_ok=True)
                return
            self.path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            reason = why(error)
            raise EvidenceError(
                _("{path} cannot be written: {reason}: set APPRIGHTS_STATE to a folder that may be", path=self.path, reason=reason)
            ) from None
        listed = [{key: value for key, value in asdict(change).items() if value} for change in changes]
        virtual = is_virtual(self.path) if self._virtual is None else self._virtual
        record = {"format": LEDGER_FORMAT, "serial": self._device.serial, "virtual": virtual, "changes": listed}
        write_atomic(self.path, json.dumps(record, ensure_ascii=False, indent=1).encode())


def put_back(device: Device, tell: Callable[[str], None]) -> list[Undone]:
    """Undo what an earlier run left changed on the device, and tell the user, a line each."""
    found = Ledger(device).undo_all()
    for undone in found:
        serial, name = device.serial, name_words(undone.name)
        if undone.problem:
            tell(_("{serial}: {name} could not be put back: {problem}", serial=serial, name=name, problem=undone.problem))
        else:
            tell(_("{serial}: as it was before: {name}", serial=serial, name=name))
    return found


def ledgers() -> list[Path]:
    """The files of all devices on which something is still to be undone."""
    folder = state_folder()
    return sorted(folder.glob("device-*.json")) if folder.is_dir() else []


def read_ledger(path: Path) -> tuple[str, list[Change]]:
    """The adb serial and the changes of a ledger; raises FormatError when the file is damaged."""
    try:
        data = _data(path)
        return str(data["serial"]), [_change(entry) for entry in data["changes"]]
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        raise FormatError(
            _("{path} is damaged: put the clock and the settings of that phone right by hand, then delete it", path=path)
        ) from None


def is_virtual(path: Path) -> bool:
    """Whether a ledger is of a virtual device, which ends with whoever made it: then nothing is left to restore."""
    try:
        return _data(path).get("virtual") is True
    except (OSError, ValueError, AttributeError, RecursionError):
        return False


def _data(path: Path) -> Any:
    with path.open("rb") as file:
        return json.loads(file.read(_LEDGER_LIMIT))


def _change(entry: dict[str, Any]) -> Change:
    return Change(
        name=str(entry["name"]),
        undo=tuple(str(word) for word in entry.get("undo", ())),
        check=tuple(str(word) for word in entry.get("check", ())),
        right=str(entry.get("right", "")),
        clock=_wall_clock(entry["clock"]) if "clock" in entry else None,
        arrived=_before(entry["arrived"]) if "arrived" in entry else None,
        stopped=str(entry.get("stopped", "")),
    )


def _begun(change: Change) -> int | None:
    return None if change.arrived is None else change.arrived.since


def _before(entry: dict[str, Any]) -> Before:
    names = tuple(str(name) for name in entry["names"])
    told = tuple(Witness(witness) for witness in entry["told"])
    moved = tuple((int(since), int(until)) for since, until in entry.get("moved", ()))
    return Before(str(entry["package"]), int(entry["since"]), int(entry["until"]), told, names, moved)


def _wall_clock(entry: dict[str, Any]) -> WallClock:
    clock = WallClock(str(entry["boot_id"]), float(entry["offset"]), float(entry["against_host"]))
    if not math.isfinite(clock.offset + clock.against_host):
        raise ValueError("no number of seconds")
    return clock


def file_name(serial: str) -> str:
    """``serial`` as part of a file name on any system."""
    safe = quote(serial, safe="")
    return safe if len(safe) <= _NAME_LIMIT else safe[:_NAME_LIMIT] + hashlib.sha256(serial.encode()).hexdigest()[:16]
