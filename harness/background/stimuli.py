"""Stimuli: what a tester does to a phone that may make an app start by itself.

What it changes comes back (harness.restore.ledger).

What shell may do without root, and what each sets off: docs/signals.md 9.1 (read in the services' shell commands and
in the Shell package's manifest). A stimulus that a device refuses raises CommandFailed with the device's own words.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from functools import partial

from harness.device.network_address import over_network
from harness.device.protocol import ShellResult, perform
from harness.errors import CommandFailed, ScenarioError
from harness.events import Trigger
from harness.language import _
from harness.recording import steps
from harness.restore.helper_app import HELPER_INSTALLED, has_helper, helper_apk
from harness.restore.ledger import WIFI_OFF, WIFI_ON, Change, Ledger
from harness.session.install_pages import install
from harness.session.session import Session

PICTURE = "/sdcard/Pictures/apprights-stimulus.png"
OTHER_ZONE, SPARE_ZONE = "Asia/Tokyo", "Asia/Shanghai"
SCANS_BY_PATH = 30  # Android 11
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
    with ledger(session).kept(Change("battery", ("dumpsys", "battery", "reset"))):
        run_command(session, ["dumpsys", "battery", "unplug"])
        session.idle(SETTLE_SECONDS)
        run_command(session, ["dumpsys", "battery", "set", "ac", "1"])
        session.idle(SETTLE_SECONDS)


def network(session: Session) -> None:
    """Wi-Fi off and on. Not on a phone that is reached over it: that would cut the branch we sit on."""
    if over_network(session.device.serial):
        raise ScenarioError(_("the phone is reached over the network: attach it by USB to try a change of connectivity"))
    if session.device.shell(["settings", "get", "global", "wifi_on"]).stdout.strip() in WIFI_OFF:
        raise ScenarioError(_("Wi-Fi is off: switch it on to try a change of connectivity"))
    with ledger(session).kept(WIFI_ON):
        run_command(session, ["svc", "wifi", "disable"])
        session.idle(SETTLE_SECONDS)


def package(session: Session) -> None:
    """Another app is installed and removed: PACKAGE_ADDED, PACKAGE_REMOVED. The input app of uiautomator2 serves."""
    with ExitStack() as stack:
        if not has_helper(session.device):
            stack.enter_context(ledger(session).kept(HELPER_INSTALLED))
        apk = stack.enter_context(helper_apk())
        if session.options.unattended:
            for text in install(session.device, apk, session.folder.path.parent, session.progress, session.journal.hide):
                session.note(text)
        else:
            session.device.install(apk)
        session.idle(SETTLE_SECONDS)


def zone(session: Session) -> None:
    """Another time zone and back: ACTION_TIMEZONE_CHANGED. The wall clock itself stays."""
    before = session.device.shell(["getprop", "persist.sys.timezone"]).stdout.strip() or SPARE_ZONE
    with ledger(session).kept(Change("time zone", ("cmd", "alarm", "set-timezone", before))):
        run_command(session, ["cmd", "alarm", "set-timezone", OTHER_ZONE if before != OTHER_ZONE else SPARE_ZONE])
        session.idle(SETTLE_SECONDS)


def media(session: Session) -> None:
    """A picture is added to the shared storage and the media store told of it."""
    with ledger(session).kept(Change("test picture", ("rm", "-f", PICTURE))):
        run_command(session, ["screencap", "-p", PICTURE])
        run_command(session, _tell_media_store(session))
        session.idle(SETTLE_SECONDS)


def _tell_media_store(session: Session) -> list[str]:
    """The command that has one file scanned: a call of the media provider since Android 11, a broadcast before.

    MediaProvider.callInternal (packages/providers/MediaProvider): ``scan_file`` wants a Parcelable before Android 11,
    which no command line can give. The broadcast still reaches its receiver then (allow-implicit-broadcast,
    framework-sysconfig.xml).
    """
    sdk = session.device.shell(["getprop", "ro.build.version.sdk"]).stdout.strip()
    if sdk.isdecimal() and int(sdk) < SCANS_BY_PATH:
        return ["am", "broadcast", "-a", "android.intent.action.MEDIA_SCANNER_SCAN_FILE", "-d", f"file://{PICTURE}"]
    return ["content", "call", "--uri", "content://media", "--method", "scan_file", "--arg", PICTURE]


@contextmanager
def dozing(session: Session) -> Iterator[None]:
    """Deep idle by command, for the length of the block."""
    with ledger(session).kept(Change("deep idle", ("dumpsys", "deviceidle", "unforce"))):
        run_command(session, ["dumpsys", "deviceidle", "force-idle"])
        yield


STIMULI: Mapping[Trigger, Callable[[Session], None]] = {
    Trigger.SCREEN: screen,
    Trigger.POWER: power,
    Trigger.NETWORK: network,
    Trigger.PACKAGE: package,
    Trigger.TIME: zone,
    Trigger.MEDIA: media,
}
"""How each stimulus is done, in the order in which a round tries them."""


def ledger(session: Session) -> Ledger:
    """What the session must undo on its device; each undoing is a line of its journal."""
    return Ledger(session.device, partial(run_command, session))


def run_command(session: Session, command: Sequence[str]) -> ShellResult:
    """Run a command that must succeed; raises CommandFailed. It is a line of the journal either way."""
    text = " ".join(command)
    try:
        result = perform(session.device, command)
    except CommandFailed as failed:
        session.journal.write(steps.Command(command=text, code=failed.code, text=failed.output[:500]))
        raise
    session.journal.write(steps.Command(command=text, code=result.code, text=(result.stderr + result.stdout)[:500]))
    return result
