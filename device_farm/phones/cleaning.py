"""Remove what a unit left on the phone, and verify it: the next app starts on a phone as the last one found it.

Uninstalling removes an app's data, its windows and its permissions for every user (PackageManagerShellCommand.java:
without ``--user`` it is for all, since 7). What it may leave are files that others own, settings in which it wrote its
name, a process that does not end, and an administrator of the device, which cannot be uninstalled.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from device_farm.phones.health import Check, Health, examine
from device_farm.units.job import Phone
from harness.device.protocol import Device, ShellResult, run_together
from harness.errors import FormatError, HarnessError
from harness.language import Text, _
from harness.parsers.processes import ps_processes
from harness.parsers.user_list import user_numbers

SECONDS = 60.0
"""How long one step may take [PROJECT]: an uninstall of a large app takes some seconds."""
_PACKAGE = re.compile(r"[A-Za-z][A-Za-z0-9_]*(?:\.[A-Za-z0-9_]+)+")
_FILES = ("/sdcard/Android/data", "/sdcard/Android/obb", "/sdcard/Android/media")
_TABLES = ("secure", "global")
HANDLERS = frozenset(
    {
        "always_on_vpn_app",
        "assistant",
        "autofill_service",
        "default_input_method",
        "dialer_default_application",
        "enabled_accessibility_services",
        "enabled_input_methods",
        "enabled_notification_listeners",
        "enabled_notification_policy_access_packages",
        "sms_default_application",
        "voice_interaction_service",
    }
)
"""Settings that name who handles something for the whole phone (Settings.java)."""


@dataclass(frozen=True, slots=True)
class Cleaned:
    """What is left of the app, a line each; empty when it is clean."""

    left: tuple[Text, ...] = ()

    @property
    def ok(self) -> bool:
        """Whether nothing is left."""
        return not self.left

    @property
    def reason(self) -> Text:
        """Return what is left in one line; empty for nothing."""
        return _("left of the last app: {left}", left="; ".join(self.left)) if self.left else Text("")


def cleaned_and_examined(phone: Phone, packages: Iterable[str]) -> Health:
    """How a phone is once the apps of its last unit are gone; nothing is raised for what goes wrong with it.

    One that is in use is waited for and not touched before; one that cannot be cleaned is not fit.
    """
    from harness.device.adb import open_device
    from harness.restore.device_lock import DeviceLock

    try:
        with open_device(phone.address, port=phone.adb_port) as device:
            lock = DeviceLock.take(device, hint=False, wait=True)
            try:
                for package in packages:
                    cleaned = clean(device, package)
                    if not cleaned.ok:
                        return _unfit("clean", _("{package} is not gone: {left}", package=package, left=cleaned.reason))
                return examine(device)
            finally:
                lock.release()
    except HarnessError as error:
        return _unfit("adb", Text("{error}", {"error": error}))


def _unfit(name: str, reason: Text) -> Health:
    return Health(ok=False, checks=(Check(name, ok=False, reason=reason),))


def clean(device: Device, package: str) -> Cleaned:
    """Undo what the ledger has, uninstall ``package`` for all users and look for what is left.

    An app of the system cannot be uninstalled: its data is cleared. Raises FormatError for what is no package's name.
    """
    if not _PACKAGE.fullmatch(package):
        raise FormatError(_("'{package}' is no package's name", package=package[:80]))
    from harness.restore.ledger import Ledger  # with all that a run folder needs

    put_back = Ledger(device).undo_all()
    left = [_("{name} could not be put back: {problem}", name=one.name, problem=one.problem) for one in put_back if one.problem]
    users = _users(device)
    system = _listed(device, package, "-s")
    if system:
        for user in users:
            device.shell(["pm", "clear", "--user", str(user), package], timeout=SECONDS)
    elif any(_listed(device, package, "--user", str(user)) for user in users) or _listed(device, package, "-u"):
        device.shell(["am", "force-stop", package], timeout=SECONDS)
        device.shell(["pm", "uninstall", package], timeout=SECONDS)
        for user in users:  # up to Android 6 it is for the owner alone
            if _listed(device, package, "--user", str(user)):
                device.shell(["pm", "uninstall", "--user", str(user), package], timeout=SECONDS)
    places = [f"{folder}/{package}" for folder in _FILES]
    device.shell(["rm", "-rf", *places], timeout=SECONDS)
    return Cleaned((*left, *_left(device, package, users, places, system=system)))


def _left(device: Device, package: str, users: list[int], places: list[str], *, system: bool) -> Iterator[Text]:
    """Read back: nobody has the app, nothing of it runs, and no setting names it."""
    if not system:
        having = [user for user in users if _listed(device, package, "--user", str(user))]
        if having:
            yield _("the app is still installed for user {users}: {why}", users=", ".join(map(str, having)), why=_why(device, package))
    asked = [["ls", "-d", *places], ["ps", "-A", "-o", "PID,NAME"], *(["settings", "list", table] for table in _TABLES)]
    files, processes, *tables = run_together(device, asked, timeout=SECONDS)
    found = sorted(line.strip() for line in files.stdout.splitlines() if line.strip() in places)
    if found:
        yield _("files: {places}", places=", ".join(found))
    running = _running(processes, package)
    if running and not system:
        yield _("it still runs: {processes}", processes=", ".join(running))
    named = sorted({name for table in tables for name in _named(table.stdout, package)})
    if named:
        yield _("settings that name it: {names}", names=", ".join(named))


def _users(device: Device) -> list[int]:
    """The users of the phone; the owner where they are not told."""
    return [*user_numbers(device.shell(["pm", "list", "users"]).stdout)] or [0]


def _listed(device: Device, package: str, *options: str) -> bool:
    """Whether the package manager lists exactly this package; its filter takes parts of names."""
    return f"package:{package}" in device.shell(["pm", "list", "packages", *options, package]).stdout.split()


def _why(device: Device, package: str) -> Text:
    """Why it cannot be uninstalled: as the package manager says, once more."""
    said = device.shell(["pm", "uninstall", package], timeout=SECONDS)
    told = " ".join((said.stdout + said.stderr).split())[:200]
    if "DEVICE_POLICY" in told:
        return _("it is an administrator of the device: take that from it in the settings ({told})", told=told)
    return Text("{told}", {"told": told or "-"})


def _running(answer: ShellResult, package: str) -> list[str]:
    try:
        return sorted({process.name for process in ps_processes(answer.stdout) if process.belongs_to(package)})
    except FormatError:
        return []


def _named(listing: str, package: str) -> Iterator[str]:
    """The settings in which the package is a keyboard, a listener, the default for SMS ..."""
    names = re.compile(rf"(?<![\w.]){re.escape(package)}(?![\w.])")
    for line in listing.splitlines():
        name, sign, value = line.partition("=")
        if sign and name.strip() in HANDLERS and names.search(value):
            yield name.strip()
