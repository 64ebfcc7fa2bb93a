"""Abilities that are tried by doing something on the phone; whatever is changed is undone through the ledger."""

import time
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import ExitStack, suppress
from functools import partial

from harness.abilities.helper_acts import HelperActs
from harness.abilities.text_acts import type_by_agent, type_by_input
from harness.abilities.uncertainty import CannotTell, wait_for
from harness.device.network_address import lost_by_reboot, over_network
from harness.device.protocol import Device, perform
from harness.errors import CommandFailed, HarnessError
from harness.language import _, quoted
from harness.parsers.battery import parse_battery
from harness.parsers.hierarchy import parse_hierarchy
from harness.recording.clock_map import probe
from harness.restore.ledger import WIFI_OFF, WIFI_ON, Change, Ledger

FILM = "/data/local/tmp/apprights-probe.mp4"
UP_SECONDS, UNLOCK_SECONDS = 240.0, 60.0
"""From a reboot to sys.boot_completed, and to the open storage of the user [PROJECT]: an old one takes two minutes."""
UNLOCKED = ("am", "get-started-user-state", "0")
LOCKED = ("BOOTING", "RUNNING_LOCKED", "RUNNING_UNLOCKING")  # services/core/java/com/android/server/am/UserState.java


def touch(device: Device) -> None:
    """Home: the harmless one among the keys that go the way of touches."""
    device.press("home")


def tree(device: Device) -> None:
    """The view tree of whatever is in front."""
    device.tree()


def recents(device: Device) -> None:
    """The screen of Recents: other views than those of Home."""
    device.press("home")
    home = _ids(device)
    try:
        device.press("recent")
        if not wait_for(lambda: _ids(device) != home):
            raise CommandFailed("recent", 1, _("the key changed nothing on the screen"))
    finally:
        with suppress(HarnessError):
            device.press("home")


def _ids(device: Device) -> set[tuple[str, str]]:
    return {(node.resource_id, node.class_name) for root in parse_hierarchy(device.tree()) for node in root.walk()}


def clock(device: Device) -> None:
    """Set to what it shows: off by the length of a command at most."""
    taken = probe(device)
    perform(device, ["cmd", "alarm", "set-time", str(round((taken.wall + time.monotonic() - taken.host) * 1000))])


def zone(device: Device) -> None:
    """Set to what it is: AlarmManagerService asks for the permission all the same, and tells no app."""
    now = device.shell(["getprop", "persist.sys.timezone"]).stdout.strip()
    if not now:
        raise CannotTell(_("the phone does not tell its time zone"))
    perform(device, ["cmd", "alarm", "set-timezone", now])


def wifi(device: Device) -> None:
    """Off, and on again. Not where adb may come over it, and not where it is off."""
    if over_network(device.serial):
        raise CannotTell(_("the phone is reached over the network: attach it by USB to try a change of connectivity"))
    if _wifi(device) in WIFI_OFF:
        raise CannotTell(_("Wi-Fi is off: switch it on to try a change of connectivity"))
    with Ledger(device).kept(WIFI_ON):
        perform(device, ["svc", "wifi", "disable"])
        if not wait_for(lambda: _wifi(device) in WIFI_OFF):
            raise CommandFailed("svc wifi disable", 1, _("Wi-Fi stayed on"))


def _wifi(device: Device) -> str:
    return device.shell(["settings", "get", "global", "wifi_on"]).stdout.strip()


def battery(device: Device) -> None:
    """Unplugged, as the battery service reports it, and back."""
    with Ledger(device).kept(Change("battery", ("dumpsys", "battery", "reset"))):
        perform(device, ["dumpsys", "battery", "unplug"])
        told = device.shell(["dumpsys", "battery"]).stdout
        if parse_battery(told).level is None:
            raise CommandFailed("dumpsys battery", 1, told)
        if parse_battery(told).powered:
            raise CommandFailed("dumpsys battery unplug", 1, _("the phone still reports that it is plugged in"))


def screenshot(device: Device) -> None:
    """A picture of one colour is no proof: a window that forbids pictures, or a ROM that does, gives a black one."""
    if int(device.screenshot().std()) == 0:
        raise CommandFailed("screencap", 1, _("the picture is of one colour"))


def film(device: Device) -> None:
    """A film of a second that has something in it."""
    try:
        perform(device, ["screenrecord", "--time-limit", "1", FILM])
        if not wait_for(lambda: device.shell(["stat", "-c", "%s", FILM]).stdout.strip() not in ("", "0")):
            raise CommandFailed("screenrecord", 1, _("it recorded nothing"))
    finally:
        with suppress(HarnessError):
            device.shell(["rm", "-f", FILM])


def reboot(device: Device) -> None:
    """Restart, and wait until the user's storage is open: a phone with a screen lock stays locked."""
    if lost_by_reboot(device):
        raise CannotTell(_("the phone is reached over the network, and adb would not find it again"))
    device.reboot()
    if _until(device, ("getprop", "sys.boot_completed"), UP_SECONDS, {"", "0"}) != "1":
        raise CommandFailed("reboot", 1, _("the system did not come up"))
    perform(device, ["wm", "dismiss-keyguard"])
    if (state := _until(device, UNLOCKED, UNLOCK_SECONDS, LOCKED)) in LOCKED:
        raise CommandFailed("reboot", 1, _("it stays locked after the reboot: {state}: take the screen lock off", state=quoted(state)))


def _until(device: Device, command: Sequence[str], seconds: float, early: Collection[str]) -> str:
    """What a command says once that is none of ``early``, or after ``seconds`` of the phone's time."""
    began, skipped = time.monotonic(), 0.0
    while (said := device.shell(command).stdout.strip()) in early and skipped + time.monotonic() - began < seconds:
        skipped += device.pass_time(1.0).skipped
    return said


def acts(device: Device, kept: ExitStack) -> Mapping[str, Callable[[], None]]:
    """How each is tried: it raises CommandFailed or DeviceTimeout for what the phone lacks, CannotTell in doubt.

    What one leaves for the next ends with ``kept``.
    """
    helper = HelperActs(device, kept)
    shared = {"install": helper.install, "install-over": helper.install_over, "pm-clear": helper.clear, "am-kill": helper.kill}
    return {name: partial(act, device) for name, act in _ACTS.items()} | shared


_ACTS: Mapping[str, Callable[[Device], None]] = {
    "touch": touch,
    "text": type_by_agent,
    "input-text": type_by_input,
    "tree": tree,
    "recents": recents,
    "clock": clock,
    "zone": zone,
    "wifi": wifi,
    "battery": battery,
    "screenshot": screenshot,
    "film": film,
    "reboot": reboot,
}
