"""Read what the phone allows the app in the background, before and after the trials.

The page where the user sets it is photographed.

Shell reads the app ops, the battery allowlist and the standby bucket on every phone. What a ROM adds (自启动,
应用启动管理, 耗电管理) it keeps to itself; only MIUI and HyperOS have it as an app op. So the ROM's own page is opened
and a picture of it taken, where shell may open it, and Android's page of the app, which many ROMs hang their switches
on.
"""

from harness.events.action_kinds import Purpose
from harness.language import _
from harness.recording import steps
from harness.replay.start_log import autostart_allowed
from harness.roms import AUTOSTART_OP, FACTS
from harness.session.session import Session

DETAILS = "android.settings.APPLICATION_DETAILS_SETTINGS"
OPEN_SECONDS = 3.0  # until a page is drawn [PROJECT]


def read_start_policy(session: Session, rom: str) -> None:
    """Read what shell can read, and photograph the pages; one that does not open is noted."""
    package = session.app.package
    session.read("start-ops", ["cmd", "appops", "get", package])
    session.read("battery-allowlist", ["dumpsys", "deviceidle", "whitelist"])
    session.read("standby-bucket", ["am", "get-standby-bucket", package])
    pages = FACTS["start_pages"]["components"].get(rom, ())
    if not any(_photograph(session, ["-n", component], component) for component in pages) and pages:
        session.note(_("the start manager's page of {rom} does not open for shell: see to its switches by hand", rom=rom))
    _photograph(session, ["-a", DETAILS, "-d", f"package:{package}"], DETAILS)


def _photograph(session: Session, intent: list[str], page: str) -> bool:
    """Open a page of the system, take its picture and leave by Back; False where it does not open."""
    result = session.device.shell(["am", "start", *intent])
    said = result.stdout + result.stderr
    if result.code != 0 or "Error" in said or "Exception" in said:
        return False
    session.idle(OPEN_SECONDS)
    session.journal.write(steps.StartPageSeen(page=page, screenshot=session.picture("start-policy")))
    session.press("back", Purpose.CLOSE)
    session.idle(1.0)
    return True


def read_autostart(session: Session) -> bool | None:
    """The ROM's switch for starts without the user, as it is now; None where shell cannot read it."""
    return autostart_allowed(session.read("autostart", ["cmd", "appops", "get", session.app.package, AUTOSTART_OP]))
