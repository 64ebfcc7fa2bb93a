"""Stimuli: what a tester does to a phone that may make an app start by itself; each is undone where it changes a setting.

What shell may do without root, and what each sets off: signals.md, section 5.2 (read in the services' shell commands and
in the Shell package's manifest). A stimulus that a device refuses raises CommandFailed with the device's own words.
"""

from __future__ import annotations

from importlib.resources import as_file, files
from typing import TYPE_CHECKING

from harness.errors import CommandFailed, ScenarioError
from harness.events import Trigger

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from harness.session import Session

PICTURE = "/sdcard/Pictures/apprights-stimulus.png"
OTHER_ZONE, SPARE_ZONE = "Asia/Tokyo", "Asia/Shanghai"
SCANS_BY_PATH = 30  # Android 11
HELPER_PACKAGE = "com.github.uiautomator"
SETTLE_SECONDS = 3.0
"""Between switching something off and on again [PROJECT]: Android debounces power and network changes for 1 to 2 s."""


def screen(session: Session) -> None:
    """Screen off, on, and the lock screen away: SCREEN_OFF, SCREEN_ON, USER_PRESENT."""
    run_command(session, ["input", "keyevent", "KEYCODE_SLEEP"])
    session.idle(SETTLE_SECONDS)
    run_command(session, ["input", "keyevent", "KEYCODE_WAKEUP"])
    run_command(session, ["wm", "dismiss-keyguard"])


def power(session: Session) -> None:
    """Unplug and plug in again, as the battery service reports it: ACTION_POWER_DISCONNECTED and _CONNECTED."""
    try:
        run_command(session, ["dumpsys", "battery", "unplug"])
        session.idle(SETTLE_SECONDS)
        run_command(session, ["dumpsys", "battery", "set", "ac", "1"])
        session.idle(SETTLE_SECONDS)
    finally:
        run_command(session, ["dumpsys", "battery", "reset"])


def network(session: Session) -> None:
    """Wi-Fi off and on. Not on a phone that is reached over it: that would cut the branch we sit on."""
    if over_network(session.device.serial):
        raise ScenarioError("the phone is reached over the network: attach it by USB to try a change of connectivity")
    try:
        run_command(session, ["svc", "wifi", "disable"])
        session.idle(SETTLE_SECONDS)
    finally:
        run_command(session, ["svc", "wifi", "enable"])


def package(session: Session) -> None:
    """Another app is installed and removed: PACKAGE_ADDED, PACKAGE_REMOVED. The input app of uiautomator2 serves."""
    listed = session.device.shell(["pm", "list", "packages", HELPER_PACKAGE]).stdout.split()
    there = f"package:{HELPER_PACKAGE}" in listed
    with as_file(files("uiautomator2") / "assets" / "app-uiautomator.apk") as apk:
        session.device.install(apk)
    session.idle(SETTLE_SECONDS)
    if not there:
        run_command(session, ["pm", "uninstall", HELPER_PACKAGE])


def zone(session: Session) -> None:
    """Another time zone and back: ACTION_TIMEZONE_CHANGED. The wall clock itself stays."""
    before = session.device.shell(["getprop", "persist.sys.timezone"]).stdout.strip() or SPARE_ZONE
    try:
        run_command(session, ["cmd", "alarm", "set-timezone", OTHER_ZONE if before != OTHER_ZONE else SPARE_ZONE])
        session.idle(SETTLE_SECONDS)
    finally:
        run_command(session, ["cmd", "alarm", "set-timezone", before])


def media(session: Session) -> None:
    """A picture is added to the shared storage and the media store told of it."""
    try:
        run_command(session, ["screencap", "-p", PICTURE])
        run_command(session, _tell_media_store(session))
        session.idle(SETTLE_SECONDS)
    finally:
        run_command(session, ["rm", "-f", PICTURE])


def _tell_media_store(session: Session) -> list[str]:
    """The command that has one file scanned: a call of the media provider since Android 11, a broadcast before.

    MediaProvider.callInternal (packages/providers/MediaProvider): ``scan_file`` wants a Parcelable before Android 11, which no
    command line can give. The broadcast still reaches its receiver then (allow-implicit-broadcast, framework-sysconfig.xml).
    """
    sdk = session.device.shell(["getprop", "ro.build.version.sdk"]).stdout.strip()
    if sdk.isdecimal() and int(sdk) < SCANS_BY_PATH:
        return ["am", "broadcast", "-a", "android.intent.action.MEDIA_SCANNER_SCAN_FILE", "-d", f"file://{PICTURE}"]
    return ["content", "call", "--uri", "content://media", "--method", "scan_file", "--arg", PICTURE]


def doze(session: Session) -> None:
    """Deep idle by command."""
    run_command(session, ["dumpsys", "deviceidle", "force-idle"])


def wake(session: Session) -> None:
    """Out of deep idle."""
    run_command(session, ["dumpsys", "deviceidle", "unforce"])


STIMULI: Mapping[Trigger, Callable[[Session], None]] = {
    Trigger.SCREEN: screen,
    Trigger.POWER: power,
    Trigger.NETWORK: network,
    Trigger.PACKAGE: package,
    Trigger.TIME: zone,
    Trigger.MEDIA: media,
}
"""How each stimulus is done, in the order in which a round tries them."""


def over_network(serial: str) -> bool:
    """Whether adb reaches the device by an address that is not this machine's own."""
    host, colon, port = serial.rpartition(":")
    return bool(colon) and port.isdigit() and host not in ("127.0.0.1", "localhost", "[::1]")


def run_command(session: Session, command: Sequence[str]) -> None:
    """Run a command that must succeed; some services print a SecurityException and still exit with 0."""
    text = " ".join(command)
    result = session.device.shell(command)
    said = result.stderr + result.stdout
    session.journal.write("command", command=text, code=result.code, text=said[:500])
    if result.code != 0 or "Exception" in said:
        raise CommandFailed(text, result.code, said)
