"""Abilities that are tried by doing something on the phone; whatever is changed is undone through the ledger."""

import time
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import ExitStack, suppress
from functools import partial

from harness.abilities.ability import CannotTell, wait_for
from harness.device.network_address import lost_by_reboot, over_network
from harness.device.protocol import Device, perform
from harness.errors import CommandFailed, HarnessError
from harness.events.box import centre
from harness.language import _, quoted
from harness.parsers.battery import parse_battery
from harness.parsers.hierarchy import Node, parse_hierarchy
from harness.recording.clock_map import probe
from harness.restore.helper_app import HELPER_INSTALLED, HELPER_PACKAGE, has_helper, helper_apk
from harness.restore.ledger import WIFI_OFF, WIFI_ON, Change, Ledger
from harness.roms import FACTS

WORD = "apprights"
"""Small letters of ASCII: what a keyboard in the middle would compose or replace shows as a difference."""


def type_by_agent(device: Device) -> None:
    """By uiautomator2, as walks type."""
    _typed(device, lambda: device.type_text(WORD))


def type_by_input(device: Device) -> None:
    """By ``input text``, key by key."""
    _typed(device, lambda: perform(device, ["input", "text", WORD]))


def _typed(device: Device, act: Callable[[], object]) -> None:
    """Type into a field of the system, read it there, and take it back; raises CannotTell where no page has one."""
    try:
        before = _opened(device)
        device.tap(*centre(before.box))
        if not wait_for(lambda: (field := _field(device)) is not None and field.focused):
            raise CommandFailed("tap", 1, _("a touch did not give the text field the focus"))
        try:
            act()
            if not wait_for(lambda: _text(device) == WORD):
                raise CommandFailed("type", 1, _("the field shows {text}", text=quoted(_text(device)[:80])))
        finally:
            with suppress(HarnessError):
                device.type_text("" if before.text in ("", before.hint) else before.text)
    finally:
        with suppress(HarnessError):
            device.press("home")


def _opened(device: Device) -> Node:
    """The first text field on a page of the system that has one."""
    for action in FACTS["text_pages"]["actions"]:
        device.press("home")
        said = device.shell(["am", "start", "-a", action])
        if said.code == 0 and "Error" not in said.stdout + said.stderr and wait_for(lambda: _field(device) is not None):
            found = _field(device)
            if found is not None and found.text in ("", found.hint):
                return found
    raise CannotTell(_("no page of the system that was opened has an empty text field"))


def _field(device: Device) -> Node | None:
    nodes = (node for root in parse_hierarchy(device.tree()) for node in root.walk())
    return next((node for node in nodes if node.class_name.endswith("EditText") and node.visible and node.enabled), None)


def _text(device: Device) -> str:
    found = _field(device)
    return found.text if found is not None else ""


INSTALL_SECONDS = 60.0
"""How long somebody may take to confirm it on the phone [PROJECT]."""
OPEN = ["am", "start", "-a", "android.intent.action.MAIN", "-c", "android.intent.category.LAUNCHER", "-p", HELPER_PACKAGE]
HOME = ["am", "start", "-a", "android.intent.action.MAIN", "-c", "android.intent.category.HOME"]


class HelperActs:
    """The app while it is tried with; where it was on the phone before, it is neither cleared nor taken away."""

    def __init__(self, device: Device, kept: ExitStack) -> None:
        """Nothing is done yet; what is installed is taken away with ``kept``."""
        self._device, self._kept = device, kept
        self._ours = False

    def install(self) -> None:
        if has_helper(self._device):
            raise CannotTell(_("the test app {package} is on the phone already", package=HELPER_PACKAGE))
        with ExitStack() as begun:
            begun.enter_context(Ledger(self._device).kept(HELPER_INSTALLED))
            self._send()
            self._kept.enter_context(begun.pop_all())
        self._ours = True

    def install_over(self) -> None:
        """Once more, over itself."""
        self._send()

    def clear(self) -> None:
        if not self._ours:
            raise CannotTell(_("the test app {package} is on the phone already", package=HELPER_PACKAGE))
        said = self._device.shell(["pm", "clear", HELPER_PACKAGE])
        if "Success" not in said.stdout:
            raise CommandFailed("pm clear", said.code, said.stdout + said.stderr)

    def kill(self) -> None:
        """End its process, behind Home: ColorOS 16 takes the command and ends nothing, as one tester saw."""
        perform(self._device, OPEN)
        wait_for(lambda: bool(self._process()))
        perform(self._device, HOME)
        process = self._process()
        if not process:
            raise CannotTell(_("the test app does not keep running"))
        if not wait_for(lambda: perform(self._device, ["am", "kill", HELPER_PACKAGE]).code == 0 and self._process() != process):
            raise CommandFailed("am kill", 0, _("it ended nothing"))

    def _send(self) -> None:
        with helper_apk() as apk:
            self._device.install(apk, timeout=INSTALL_SECONDS)

    def _process(self) -> str:
        return self._device.shell(["pidof", HELPER_PACKAGE]).stdout.strip()


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
