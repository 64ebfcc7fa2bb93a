"""The commands that tell what came to the phone, under the names that ``parsers/delivery_changes.py`` reads them by."""

import shlex
from collections.abc import Sequence

from harness.device.protocol import Device
from harness.events.delivery_events import Witness
from harness.parsers.delivery_changes import BYTES, FILES, NOTES, PACKAGES, ROWS, SESSIONS_OPEN
from harness.parsers.public_files import FORMAT

MOST_FILES = 4000
"""Lines of the list of public files at most [PROJECT]: a phone in use has hundreds of them outside of DCIM."""
DEPTH, OWN_DEPTH = 5, 7
"""Folders below the top of the shared storage, and below the app's own there, that are looked into [PROJECT]."""
_QTAGUID = "/proc/net/xt_qtaguid/stats"
_COUNTS = "dumpsys netstats | grep -A 1000 'mAppUidStatsMap:$'"  # the rest of it is long, and read every few seconds
_COUNTS_IN_DUMP = 34  # the first Android whose own netstats prints the kernel's counts
LIST_ROWS = ["dumpsys", "activity", "provider", "com.android.providers.downloads/.DownloadProvider"]
LIST_SESSIONS = ["dumpsys", "package", "installs"]
LIST_PACKAGES = ["pm", "list", "packages", "-U", "-i"]


def list_files(package: str) -> list[str]:
    """Every file that others can see, at most MOST_FILES: first the app's own folders, then the rest without photos."""
    shown = f"-type f -exec stat -c {shlex.quote(FORMAT)} {{}} +"
    own = " ".join(shlex.quote(f"/sdcard/Android/{part}/{package}") for part in ("data", "obb"))
    rest = "! -path '/sdcard/Android/*' ! -path '/sdcard/DCIM/*'"
    first = f"find {own} -maxdepth {OWN_DEPTH} {shown} 2>/dev/null"
    then = f"find /sdcard/Download /sdcard/ -maxdepth {DEPTH} {rest} {shown} 2>/dev/null"
    asked = "ls /sdcard/ >/dev/null 2>&1 || echo 'shell may not list /sdcard'"  # an empty list would look like an empty card
    return ["sh", "-c", f"( {asked}; {first}; {then} ) | head -n {MOST_FILES}"]


class Commands:
    """What is read on one phone; the traffic is read as its Android tells it."""

    def __init__(self, device: Device, package: str) -> None:
        sdk = device.shell(["getprop", "ro.build.version.sdk"]).stdout.strip()
        number = int(sdk) if sdk.isdecimal() else _COUNTS_IN_DUMP
        old = number <= 28 and device.shell(["cat", _QTAGUID]).stdout.startswith("idx ")
        self.before: Sequence[Sequence[str]] = () if old or number >= _COUNTS_IN_DUMP else (["dumpsys", "netstats", "--poll"],)
        """What makes the phone count, run before it is read."""
        history = ["dumpsys", "netstats", "--uid"] if self.before else ["sh", "-c", _COUNTS]
        counts = ["cat", _QTAGUID] if old else history
        self.readings: tuple[tuple[str, Witness, list[str]], ...] = (
            (ROWS, Witness.ROW, LIST_ROWS),
            (FILES, Witness.FILE, list_files(package)),
            (NOTES, Witness.NOTIFICATION, ["dumpsys", "notification", "--noredact"]),
            (SESSIONS_OPEN, Witness.SESSION, LIST_SESSIONS),
            (PACKAGES, Witness.PACKAGE, LIST_PACKAGES),
            (BYTES, Witness.BYTES, counts),
        )
        """Name of the reading, whose witness it is, and the command."""
